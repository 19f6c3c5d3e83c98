import { Forbidden, type ManageRecord } from '../manage/index.ts';
import { type Named, type Names, nameOf, TICKET_KINDS, type TicketKind } from '../names/index.ts';
import { all, type Expression, field } from '../query/index.ts';
import { type Clean, cleanLine, say } from '../text/index.ts';
import { type ToolContext, ToolInputError } from '../tool/index.ts';
import { ofBoards } from './boards.ts';

/** Whether a status is one in which its board counts tickets as closed. */
export const isClosed = ({ record }: Named): boolean => record.closedStatus === true;

/**
 * The condition for open (or closed) tickets. Whether a status is a closed one is the set-up of its board; a ticket's own
 * `closedFlag` only repeats it where an administrator kept both in step, and lists by it alone are slow on cloud servers.
 * Callers without the right to read statuses get the flag.
 */
export async function openCondition(names: Names, open: boolean, boardId: number | undefined): Promise<Expression> {
  try {
    const ids = (await ofBoards(names, 'status', boardId))
      .filter((status) => isClosed(status) !== open)
      .map(({ id }) => id);
    return ids.length > 0 ? field('status/id', 'in', ids) : field('closedFlag', '=', !open);
  } catch (error) {
    if (error instanceof Forbidden) return field('closedFlag', '=', !open);
    throw error;
  }
}

/** What people call a status in which nothing can be done until the customer answers. */
const WAITING =
  /(wait|pend|hold|need).*(customer|client|contact|user|info|response|reply)|(customer|client).*(wait|pend|hold|respon)/i;

/**
 * The condition for tickets that wait for the customer. Manage has no such flag: it is what boards call their statuses.
 * @throws {ToolInputError} with the statuses there are, when none is called so
 */
export async function waitingCondition(names: Names, boardId: number | undefined): Promise<Expression> {
  const statuses = await ofBoards(names, 'status', boardId);
  const ids = statuses.filter((status) => !isClosed(status) && WAITING.test(status.label)).map(({ id }) => id);
  if (ids.length > 0) return field('status/id', 'in', ids);
  throw new ToolInputError('only', say`No open status is called waiting for the customer here. Send status instead.`, {
    allowed: [...new Set(statuses.map(({ label }) => label))],
  });
}

/** What people call a status in which the work is done. */
const DONE = /\b(resolved|completed?|done|finished|closed|cancell?ed|solved)\b/i;

/**
 * Why nothing goes on in a ticket: it is closed, or in a status that is called so although its board counts it as open.
 * @returns nothing for a ticket that is worked on
 */
export function doneWith({ id, closedFlag, status }: ManageRecord): Clean | undefined {
  const name = nameOf(status) ?? '';
  if (closedFlag !== true && !DONE.test(name)) return undefined;
  return say`Ticket ${Number(id)} itself is ${cleanLine(name)}: what is still open would end in a ticket that nobody works on. update_ticket can give it another status.`;
}

/** A status that sounds closed and counts as open, because its board does not close tickets in it. */
export interface OpenButDone {
  readonly status: string;
  readonly board: string;
  /** The kind of the board's tickets. */
  readonly kind: TicketKind;
}

const kindOf = ({ record }: Named): TicketKind => (record.projectFlag === true ? 'project' : 'service');

/** The statuses of one board, or of all, that sound closed and count as open. */
export async function openButDone(names: Names, boardId: number | undefined): Promise<readonly OpenButDone[]> {
  try {
    const boards = (await names.list('board')).filter(({ id }) => boardId === undefined || id === boardId);
    const found = await Promise.all(
      boards.map(async (board) => {
        const statuses = await names.list('status', { boardId: board.id });
        return statuses
          .filter((status) => !isClosed(status) && DONE.test(status.label))
          .map(({ label }) => ({ status: label, board: board.label, kind: kindOf(board) }));
      }),
    );
    return found.flat();
  } catch (error) {
    if (error instanceof Forbidden) return [];
    throw error;
  }
}

/** Operations that counting needs; tools that count declare them. */
export const OPEN_TICKETS = TICKET_KINDS.map((kind) => `GET /${kind}/tickets/count`);

/**
 * How many open tickets there are under a condition, service and project tickets together: the total that `search_tickets` shows.
 * `undefined` where the role may not count them all.
 */
export async function countOpenTickets(
  own: Expression,
  { manage, names, signal }: Pick<ToolContext, 'manage' | 'names' | 'signal'>,
): Promise<number | undefined> {
  const conditions = all(own, await openCondition(names, true, undefined));
  try {
    const counts = await Promise.all(OPEN_TICKETS.map((count) => manage.count(count, { conditions, signal })));
    return counts.reduce((sum, count) => sum + count, 0);
  } catch (error) {
    if (error instanceof Forbidden) return undefined;
    throw error;
  }
}
