import { Forbidden } from '../manage/index.ts';
import { TICKET_KINDS } from '../names/index.ts';
import { all, type Expression } from '../query/index.ts';
import type { ToolContext } from '../tool/index.ts';
import { openCondition } from './open-statuses.ts';

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
