import type { Reference } from '../../../src/manage/client.ts';
import { type Named, type Names, nameOf } from '../../../src/names/index.ts';
import { boardsWith } from '../../../src/tickets/on-any-board.ts';
import { ToolInputError } from '../../../src/tool/index.ts';

/** Names of what belongs to a board, as people give them. */
export interface PlaceInput {
  readonly status?: string | undefined;
  readonly type?: string | undefined;
  readonly subtype?: string | undefined;
  readonly item?: string | undefined;
  readonly team?: string | undefined;
}

const MEMBERS = [
  ['status', 'status', 'status'],
  ['type', 'type', 'type'],
  ['subtype', 'subtype', 'subType'],
  ['item', 'item', 'item'],
  ['team', 'team', 'team'],
] as const;

/** Status, type, subtype, item and team as references of their board. @throws when one is named without a board to look on. */
export async function placeOnBoard(
  input: PlaceInput,
  boardId: number | undefined,
  names: Names,
): Promise<Record<string, Reference>> {
  const place: Record<string, Reference> = {};
  for (const [argument, kind, member] of MEMBERS) {
    const given = input[argument];
    if (given === undefined) continue;
    if (boardId === undefined) {
      const boards = await boardsWith(names, kind, given);
      const which = boards.length === 0 ? '' : ` ${JSON.stringify(given)} is on: ${boards.join(', ')}.`;
      throw new ToolInputError(argument, `A ${argument} belongs to a board: send board as well.${which}`);
    }
    place[member] = reference(await names.resolve(kind, given, { argument, boardId }));
  }
  return place;
}

/**
 * What a ticket takes along to another board: of type, subtype, item and team the one of the same name there, `null` where the
 * new board has none. Those of the old board would be refused.
 */
export async function carriedOver(
  record: Readonly<Record<string, unknown>>,
  boardId: number,
  names: Names,
): Promise<Record<string, Reference | null>> {
  const carried: Record<string, Reference | null> = {};
  // A subtype without its type, and an item without its subtype, are refused.
  let chain = true;
  for (const [, kind, member] of MEMBERS) {
    const name = nameOf(record[member]);
    if (member === 'status' || name === undefined) continue;
    const same = (await names.list(kind, { boardId })).find(({ label }) => label.toLowerCase() === name.toLowerCase());
    const belongs: boolean = kind !== 'subtype' && kind !== 'item' ? true : chain;
    carried[member] = same === undefined || !belongs ? null : reference(same);
    if (kind === 'type' || kind === 'subtype') chain = carried[member] !== null;
  }
  return carried;
}

/** A reference for a record to be written. Only its id is sent; the name is there for who reads the preview. */
export const reference = ({ id, label }: Named): Reference => ({ id, name: label });

/** Manage refuses longer summaries instead of cutting them. */
export const LONGEST_SUMMARY = 100;

export function checkSummary(summary: string | undefined): void {
  if (summary === undefined) return;
  if (summary.trim() === '') throw new ToolInputError('summary', 'summary is empty.');
  if (summary.length > LONGEST_SUMMARY) {
    throw new ToolInputError(
      'summary',
      `summary has ${summary.length} characters; Manage takes ${LONGEST_SUMMARY}. Shorten it and put the rest into the description or a note.`,
    );
  }
}
