import { AmbiguousName, type Named, type NameKind, type NameScope, UnknownName } from '../../names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../text/index.ts';
import type { ToolContext } from '../context.ts';

const MOST = 5;
/** Namesakes: who has a common name is one of many. */
const MOST_NAMESAKES = 3;

const recordLine = ({ id, label, hint }: Named): Clean =>
  hint === undefined ? say`${cleanLine(label)} (id ${id})` : say`${cleanLine(label)} (id ${id}, ${cleanLine(hint)})`;

/** @param more how many there are beyond these, `some` when nobody counted them */
function thereIs(records: readonly Named[], more: number | 'some' = 0): Clean {
  const told = records.slice(0, MOST_NAMESAKES);
  const left = more === 'some' ? more : records.length - told.length + more;
  const others = left === 0 ? say`` : say`, and ${left} more`;
  return say`There is ${joined(told.map(recordLine), ', ')}${others}.`;
}

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
    if (error instanceof AmbiguousName) return thereIs(error.candidates, error.more);
    if (!(error instanceof UnknownName)) return undefined;
    const { elsewhere, inactive, deleted, closest } = error;
    if (elsewhere.records.length > 0) return thereIs(elsewhere.records, elsewhere.more ? 'some' : 0);
    if (inactive.length > 0)
      return say`${deleted ? 'Deleted' : 'Inactive'}: ${joined(inactive.slice(0, MOST).map(cleanLine), ', ')}.`;
    const near = closest.length > 0 && say`Closest: ${joined(closest.slice(0, MOST).map(cleanLine), ', ')}.`;
    const none =
      elsewhere.nowhere !== undefined &&
      say`No ${cleanLine(kind)} ${cleanLine(elsewhere.nowhere)} has that name either.`;
    return none || near ? joined([none, near], ' ') : undefined;
  }
}
