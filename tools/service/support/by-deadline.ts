import { DateTime } from 'luxon';
import { readsAsDay } from '../../../src/api/meanings.ts';
import { fromManage } from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { nameOf } from '../../../src/names/index.ts';
import { emptyLast, inOrder, parseOrderBy } from '../../../src/query/index.ts';
import { type Clean, cleanLine, lines, say } from '../../../src/text/index.ts';
import { doneWith } from '../../../src/tickets/open-tickets.ts';
import { isAtRisk, isBreached, nextDeadline, SLA_FIELDS } from '../../../src/tickets/sla.ts';
import type { ToolContext } from '../../../src/tool/index.ts';
import { orderFields, shortMoment, type TicketPage, type TicketQuestion } from './ticket-list.ts';

/** What tells whether a ticket is at risk. */
export const SLA_READ: readonly string[] = [...SLA_FIELDS, 'closedFlag'];

/** Manage's own order of priorities, the most urgent first. */
const URGENCY = 'priority/sort';

/** The lower, the more urgent. A ticket without a priority is the least. */
const urgencyOf = ({ priority }: ManageRecord): number =>
  (priority as { sort?: number } | undefined)?.sort ?? Number.MAX_SAFE_INTEGER;

/** What a list that was ordered here shows, and what has to be said of it. */
export interface Ordered extends TicketPage {
  readonly said: Clean | undefined;
}

interface Pressed {
  readonly row: ManageRecord;
  readonly goal: string;
  readonly at: DateTime<true> | undefined;
  readonly isLost: boolean;
}

const millis = ({ at }: Pressed): number => at?.toMillis() ?? Number.MAX_SAFE_INTEGER;

/** `#4711 VPN down (Acme Corporation, Priority 1 - Critical), Resolve by 24 Nov 14:00`. */
function told({ row, goal, at }: Pressed, now: DateTime<true>): Clean {
  const about = [nameOf(row.company), nameOf(row.priority)].filter((one) => one !== undefined).join(', ');
  const until =
    at === undefined ? cleanLine(row.slaStatus) : say`${cleanLine(goal)} by ${cleanLine(shortMoment(at, now))}`;
  return say`#${Number(row.id)} ${cleanLine(row.summary)} (${cleanLine(about)}), ${until}`;
}

/**
 * Tickets at risk of missing their service level or past it. In the order that is asked for, or by their deadline with the breached
 * ones behind; how many there are of each, the next to miss and the worst breached (by priority, then how long) are told.
 * @param orderBy none for the order of the deadlines
 */
export async function atRisk(
  { queryOf, columns, orderBy, page, limit }: TicketQuestion,
  { manage, signal, now }: Pick<ToolContext, 'manage' | 'signal' | 'now'>,
): Promise<Ordered> {
  const present = await now();
  const own = columns.flatMap((column) => column.fields);
  const fields = [...new Set([...own, ...SLA_READ, URGENCY, ...orderFields(orderBy)])];
  const rows = await manage.all<ManageRecord>('GET /service/tickets', { ...queryOf('service'), fields, signal });
  const known = [...rows]
    .filter((row) => isAtRisk(row, present))
    .map((row): Pressed => {
      const deadline = nextDeadline(row, present);
      return { row, goal: deadline?.goal ?? '', at: deadline?.at, isLost: isBreached(row, deadline, present) };
    })
    .sort((a, b) => Number(a.isLost) - Number(b.isLost) || millis(a) - millis(b));
  const breached = known.filter(({ isLost }) => isLost);
  const worked = known.filter(({ row }) => doneWith(row) === undefined);
  const next = worked.find(({ isLost }) => !isLost);
  // They are sorted by their deadline, so the first of the most urgent ones is the longest past it.
  const [worst] = worked.filter(({ isLost }) => isLost).sort((a, b) => urgencyOf(a.row) - urgencyOf(b.row));
  const left = known.length - breached.length;
  const sorted = known.map(({ row }) => row);
  const keys = parseOrderBy(orderBy.join(',')) ?? [];
  const [key] = keys;
  const ordered = key === undefined ? sorted : emptyLast(inOrder(sorted, keys), key);
  return {
    rows: ordered.slice((page - 1) * limit, page * limit),
    total: known.length,
    said: lines([
      orderBy.length === 0
        ? say`${left} at risk, by their deadline; then ${breached.length} breached.`
        : say`${left} at risk; ${breached.length} breached.`,
      next && say`Next to miss: ${told(next, present)}.`,
      worst && say`Worst breached: ${told(worst, present)}.`,
      worked.length < known.length &&
        say`${known.length - worked.length} of them are in a status that sounds done, in which their board lets the time run.`,
    ]),
  };
}

/** When a ticket is due. One without a time of day is due until its day is over. */
function dueAt(row: ManageRecord, { api, now }: { api: ToolContext['api']; now: DateTime<true> }): number | undefined {
  if (!readsAsDay(api, 'Ticket', 'requiredDate', row)) return fromManage(row.requiredDate, now.zoneName)?.toMillis();
  const day = fromManage(row.requiredDate, 'utc');
  return day && DateTime.fromISO(day.toISODate(), { zone: now.zone }).endOf('day').toMillis();
}

/** Whether checked keys ask for the most urgent first and nothing else, so that deadlines may break the ties. */
export const isByUrgency = (keys: readonly string[]): boolean => keys.join(',').toLowerCase() === `${URGENCY} asc`;

/** A deadline that does not come. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** What people call a status in which nobody works on a ticket now. */
const PARKED = /\b(hold|planned|waiting|pending|deferred|postponed|blocked)\b/i;

const isParked = (row: ManageRecord): boolean => PARKED.test(nameOf(row.status) ?? '') || doneWith(row) !== undefined;

/** Tickets of a kind of which all are read to be ordered. */
const MOST_READ = 1_000;

/**
 * The most urgent tickets first: by priority, equal ones by the nearest of due date and service level, what is past first.
 * @returns nothing where there are too many to read them all
 */
export async function byUrgency(
  { kinds, queryOf, columns, page, limit, parkedLast }: TicketQuestion,
  { manage, signal, now, api }: Pick<ToolContext, 'manage' | 'signal' | 'now' | 'api'>,
): Promise<Ordered | undefined> {
  const fields = [...new Set([...columns.flatMap((column) => column.fields), URGENCY, 'requiredDate', ...SLA_READ])];
  const lists = await Promise.all(
    kinds.map((kind) =>
      manage.list<ManageRecord>(`GET /${kind}/tickets`, {
        ...queryOf(kind),
        fields: kind === 'service' ? fields : fields.filter((field) => !SLA_FIELDS.includes(field)),
        page: 1,
        limit: MOST_READ,
        signal,
      }),
    ),
  );
  if (lists.some(({ complete }) => !complete)) return undefined;
  const present = await now();
  const deadline = (row: ManageRecord): number =>
    row.closedFlag === true
      ? NEVER
      : Math.min(nextDeadline(row, present)?.at.toMillis() ?? NEVER, dueAt(row, { api, now: present }) ?? NEVER);
  const known = lists
    .flatMap((list) => list.rows)
    .map((row) => ({ row, urgency: urgencyOf(row), at: deadline(row) }))
    .map((one) => ({ ...one, isParked: parkedLast === true && one.at === NEVER && isParked(one.row) }))
    .sort(
      (a, b) =>
        Number(a.isParked) - Number(b.isParked) ||
        a.urgency - b.urgency ||
        a.at - b.at ||
        Number(a.row.id) - Number(b.row.id),
    );
  return {
    rows: known.slice((page - 1) * limit, page * limit).map(({ row }) => row),
    total: known.length,
    said: say`By priority; equal ones by the nearest of due date and SLA, past ones first, those without either last.${known.some((one) => one.isParked) ? ' On hold, planned or done without a deadline: behind all others.' : ''}`,
  };
}
