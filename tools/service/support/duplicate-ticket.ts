import type { ManageRecord } from '../../../src/manage/index.ts';
import { idOf } from '../../../src/names/index.ts';
import { all, field } from '../../../src/query/index.ts';
import { saysSame, type ToolContext } from '../../../src/tool/index.ts';

/** A ticket of the same customer with the same summary within this time is a duplicate. */
export const DUPLICATE_HOURS = 24;

/** What a new ticket is told by, in the order in which people read it. */
export const NAMED = [
  'company',
  'contact',
  'site',
  'project',
  'phase',
  'board',
  'status',
  'type',
  'priority',
  'serviceLocation',
  'owner',
] as const;

/** The newest ticket of the last day that this one would double. */
export async function sameTicket(
  members: ManageRecord,
  list: string,
  { manage, now }: Pick<ToolContext, 'manage' | 'now'>,
  signal: AbortSignal,
): Promise<ManageRecord | undefined> {
  const since = (await now()).minus({ hours: DUPLICATE_HOURS });
  const conditions = all(field('company/id', '=', idOf(members.company) ?? 0), field('dateEntered', '>=', since));
  const rows = await manage.all<ManageRecord>(list, { conditions, orderBy: ['id desc'], signal });
  return rows.find((row) => saysSame(row.summary, members.summary));
}

/**
 * Whether a ticket is what an interrupted call of the same arguments left: it has everything that was asked for, and nobody is
 * assigned yet.
 */
export const isUnfinished = (ticket: ManageRecord, members: ManageRecord): boolean =>
  !ticket.resources &&
  NAMED.every((member) => members[member] === undefined || idOf(members[member]) === idOf(ticket[member]));
