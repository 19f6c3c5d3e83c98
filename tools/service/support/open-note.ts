import type { Names, TicketKind } from '../../../src/names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import { openButDone } from '../../../src/tickets/open-tickets.ts';

interface Listed {
  readonly boardId: number | undefined;
  readonly kinds: readonly TicketKind[];
  /** The statuses of the list where it is whole; only these are told then. */
  readonly shown: readonly string[] | undefined;
}

/** Which statuses count as open although they sound closed, of boards that the listed tickets can be on. */
export async function openNote(names: Names, { boardId, kinds, shown }: Listed): Promise<Clean | undefined> {
  const told = (await openButDone(names, boardId)).filter(
    ({ status, kind }) => kinds.includes(kind) && (shown?.includes(status) ?? true),
  );
  if (told.length === 0) return undefined;
  const each = told.map(({ status, board }) => say`${cleanLine(status)} (${cleanLine(board)})`);
  return say`Open includes ${joined(each, ', ')}: these boards do not close tickets in them.`;
}
