import { Forbidden } from '../manage/index.ts';
import { type Expression, field } from '../query/index.ts';
import type { Names } from '../reference/index.ts';

/**
 * The condition for open (or closed) tickets. Whether a status is a closed one is the set-up of its board; a ticket's own
 * `closedFlag` only repeats it where an administrator kept both in step, and lists by it alone are slow on cloud servers.
 * Callers without the right to read statuses get the flag.
 */
export async function openCondition(names: Names, open: boolean, boardId: number | undefined): Promise<Expression> {
  try {
    const boards = boardId === undefined ? (await names.list('board')).map(({ id }) => id) : [boardId];
    const tables = await Promise.all(boards.map((id) => names.list('status', { boardId: id })));
    const ids = tables
      .flat()
      .filter(({ record }) => (record.closedStatus === true) !== open)
      .map(({ id }) => id);
    return ids.length > 0 ? field('status/id', 'in', ids) : field('closedFlag', '=', !open);
  } catch (error) {
    if (error instanceof Forbidden) return field('closedFlag', '=', !open);
    throw error;
  }
}
