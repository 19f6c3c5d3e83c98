import type { Names } from '../../../src/names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import { openButDone } from '../../../src/tickets/open-tickets.ts';

/**
 * Which statuses count as open although they sound closed.
 * @param shown the statuses of the list where it is whole; only these are told then
 */
export async function openNote(
  names: Names,
  boardId: number | undefined,
  shown: readonly string[] | undefined,
): Promise<Clean | undefined> {
  const told = (await openButDone(names, boardId)).filter(({ status }) => shown?.includes(status) ?? true);
  if (told.length === 0) return undefined;
  const each = told.map(({ status, board }) => say`${cleanLine(status)} (${cleanLine(board)})`);
  return say`Open includes ${joined(each, ', ')}: these boards do not close tickets in them.`;
}
