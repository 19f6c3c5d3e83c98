import { AmbiguousName, type Named, type NameKind, type NameScope, UnknownName } from '../../names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../text/index.ts';
import type { ToolContext } from '../context.ts';

const MOST = 5;

const recordLine = ({ id, label, hint }: Named): Clean =>
  hint === undefined ? say`${cleanLine(label)} (id ${id})` : say`${cleanLine(label)} (id ${id}, ${cleanLine(hint)})`;

const thereIs = (records: readonly Named[]): Clean =>
  say`There is ${joined(records.slice(0, MOST).map(recordLine), ', ')}.`;

/** A name as it was searched for, of one company's records where that is given. */
export interface SoughtName extends NameScope {
  readonly kind: NameKind;
  readonly name: string;
}

/**
 * What an empty list says of the name that it was searched by: who has it somewhere else, is inactive, or is called nearly so.
 * `undefined` when nothing is near.
 */
export async function nearestTo(
  { kind, name, ...scope }: SoughtName,
  { names, signal }: Pick<ToolContext, 'names' | 'signal'>,
): Promise<Clean | undefined> {
  try {
    // As for a write: what is near is named, and none of it taken.
    return thereIs([await names.resolve(kind, name, { argument: kind, use: 'write', signal, ...scope })]);
  } catch (error) {
    if (error instanceof AmbiguousName) return thereIs(error.candidates);
    if (!(error instanceof UnknownName)) return undefined;
    const { elsewhere, inactive, closest } = error;
    if (elsewhere.length > 0) return thereIs(elsewhere);
    if (inactive.length > 0) return say`Inactive: ${joined(inactive.slice(0, MOST).map(cleanLine), ', ')}.`;
    return closest.length > 0 ? say`Closest: ${joined(closest.slice(0, MOST).map(cleanLine), ', ')}.` : undefined;
  }
}
