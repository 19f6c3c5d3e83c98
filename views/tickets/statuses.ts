import type { Asking } from '../shared/start-view.ts';
import { tableSchema } from '../shared/table.ts';
import type { Ticket } from './list.ts';

/** A status of a board. */
export interface Status {
  readonly name: string;
  readonly closes: boolean;
}

/** The statuses that tickets can have, in the order of their board; what is not known of a board is what its tickets here have. */
export type Statuses = (board: string) => readonly Status[];

/** What was read, by board: boards seldom get other statuses, and lists are read again after every change. */
const known = new Map<string, readonly Status[]>();

/** The statuses that are known. */
export function statusesOf(tickets: readonly Ticket[]): Statuses {
  return (board) => {
    const seen = new Set(tickets.filter((ticket) => ticket.board === board).map(({ status }) => status));
    return known.get(board) ?? [...seen].map((name) => ({ name, closes: false }));
  };
}

async function readBoard(board: string, asking: Asking): Promise<void> {
  const result = await asking.read('lookup_values', { table: 'statuses', board });
  const read = tableSchema.safeParse(result.structuredContent);
  if (result.isError === true || !read.success) return;
  const { columns, rows } = read.data;
  const [name, remark] = [columns.indexOf('name'), columns.indexOf('remark')];
  known.set(
    board,
    rows.map((row) => ({ name: row[name] ?? '', closes: (row[remark] ?? '').split(', ').includes('closed') })),
  );
}

/**
 * Reads the statuses of the boards of some tickets, by calls of the view's own: hosts without views need none of them.
 * @returns whether any were read that were not known
 */
export async function readStatuses(tickets: readonly Ticket[], asking: Asking): Promise<boolean> {
  const boards = [...new Set(tickets.map(({ board }) => board))].filter((board) => board !== '' && !known.has(board));
  const canRead = asking.canRead && asking.offers('lookup_values') && asking.offers('update_ticket');
  if (!canRead || boards.length === 0) return false;
  // A host that refuses leaves the statuses that are seen.
  await Promise.allSettled(boards.map((board) => readBoard(board, asking)));
  return boards.some((board) => known.has(board));
}
