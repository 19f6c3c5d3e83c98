import type { DateTime } from 'luxon';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { nameOf } from '../../../src/names/index.ts';
import { type Conditions, emptyLast, inOrder, parseOrderBy, type TimeSpan } from '../../../src/query/index.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../../src/text/index.ts';
import { doneWith } from '../../../src/tickets/open-tickets.ts';
import { deadlineAhead, isAtRisk, isBreached, nextDeadline } from '../../../src/tickets/sla.ts';
import type { ToolContext } from '../../../src/tool/index.ts';
import { isByUrgency, type Ordered, SLA_READ, URGENCY, urgencyOf } from './by-deadline.ts';
import { orderFields, shortMoment, type TicketQuestion } from './ticket-list.ts';

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

/** `Resolved (Help Desk), Completed (Onsite Services)`: the statuses of tickets that somebody is done with. */
const statusesOf = (rows: readonly ManageRecord[]): Clean => {
  const each = rows.map(({ status, board }) => `${nameOf(status)} (${nameOf(board)})`);
  return joined([...new Set(each)].sort().map(cleanLine), ', ');
};

/** The groups of a list of tickets at risk, in their order. */
const GROUPS = { toSave: 0, breached: 1, done: 2 } as const;

const groupOf = ({ row, isLost }: Pressed): number => {
  if (doneWith(row) !== undefined) return GROUPS.done;
  return isLost ? GROUPS.breached : GROUPS.toSave;
};

/** Whether a ticket is breached by a deadline before those that are asked for, and so is not listed with them. */
function isMissedBefore(row: ManageRecord, span: TimeSpan, present: DateTime<true>): boolean {
  const deadline = nextDeadline(row, present);
  const isBefore = deadline === undefined || deadline.at < span.start;
  return isBefore && isBreached(row, deadline, present) && !isAtRisk(row, present, span);
}

/** How many tickets of a query are at risk of missing their service level, or past it. */
export async function atRiskCount(
  query: Conditions,
  { manage, signal, now }: Pick<ToolContext, 'manage' | 'signal' | 'now'>,
): Promise<number> {
  const present = await now();
  const rows = await manage.all<ManageRecord>('GET /service/tickets', { ...query, fields: SLA_READ, signal });
  return rows.filter((row) => isAtRisk(row, present)).length;
}

/**
 * Tickets at risk of missing their service level or past it: those that can still be saved, then the breached ones, then those that
 * somebody is done with although their board lets the time run. Each group by its deadlines, or by priority and deadline; in any
 * other order that is asked for they are not kept apart. How many there are of each, the next to miss and the worst breached (by
 * priority, then how long) are told.
 * @param orderBy none for the order of the deadlines
 * @param span the deadlines that are asked for, where not all at risk are
 */
export async function atRisk(
  { queryOf, columns, orderBy, page, limit }: TicketQuestion,
  span: TimeSpan | undefined,
  { manage, signal, now }: Pick<ToolContext, 'manage' | 'signal' | 'now'>,
): Promise<Ordered> {
  const present = await now();
  const own = columns.flatMap((column) => column.fields);
  const fields = [...new Set([...own, ...SLA_READ, URGENCY, ...orderFields(orderBy)])];
  const rows = await manage.all<ManageRecord>('GET /service/tickets', { ...queryOf('service'), fields, signal });
  const byPriority = isByUrgency(orderBy);
  const isGrouped = byPriority || orderBy.length === 0;
  const meant = [...rows]
    .filter((row) => isAtRisk(row, present, span))
    .map((row): Pressed => {
      const deadline = deadlineAhead(row, present, span);
      const isLost = isBreached(row, nextDeadline(row, present), present);
      return { row, goal: deadline?.goal ?? '', at: deadline?.at, isLost };
    })
    .sort((a, b) => millis(a) - millis(b));
  const [toSave, breached, done] = Object.values(GROUPS).map((group) => {
    const of = meant.filter((one) => groupOf(one) === group);
    // They are in the order of their deadlines, which equal priorities keep.
    return byPriority ? of.toSorted((a, b) => urgencyOf(a.row) - urgencyOf(b.row)) : of;
  }) as [Pressed[], Pressed[], Pressed[]];
  const next = meant.find((one) => groupOf(one) === GROUPS.toSave);
  // The first of the most urgent ones is the longest past its deadline.
  const worst = breached.toSorted((a, b) => urgencyOf(a.row) - urgencyOf(b.row) || millis(a) - millis(b))[0];
  const sorted = [...toSave, ...breached, ...done].map(({ row }) => row);
  const keys = isGrouped ? [] : (parseOrderBy(orderBy.join(',')) ?? []);
  const [key] = keys;
  const ordered = key === undefined ? sorted : emptyLast(inOrder(sorted, keys), key);
  const how = byPriority ? say`by priority and deadline` : say`by their deadline`;
  const isCut = meant.length > limit;
  const behind = breached.filter(({ at }) => at === undefined || at >= present).length;
  const earlier = behind === 0 ? say`` : say` (${behind} of them by an earlier goal alone, such as a late response)`;
  const missed = span === undefined ? [] : rows.filter((row) => isMissedBefore(row, span, present));
  const counts = [
    isGrouped && meant.length > 0 ? say`${toSave.length} at risk, ${how}` : say`${toSave.length} at risk`,
    breached.length > 0 && say`${breached.length} breached${earlier}`,
    done.length > 0 &&
      say`${done.length} in ${statusesOf(done.map(({ row }) => row))}, where the board lets the time run`,
  ];
  return {
    rows: ordered.slice((page - 1) * limit, page * limit),
    total: meant.length,
    said: lines([
      span !== undefined && say`due: the deadline in column SLA, not the ticket's own due date.`,
      say`${joined(counts, isGrouped ? '; then ' : '; ')}.`,
      // A list that is whole shows both by itself.
      isCut && next && say`Next to miss: ${told(next, present)}.`,
      isCut && worst && say`Worst breached: ${told(worst, present)}.`,
      meant.length > 0 &&
        missed.length > 0 &&
        say`Not among them: ${missed.length} breached before that. Leave due out to have them listed.`,
      meant.length === 0 &&
        span !== undefined &&
        say`Without due: ${[...rows].filter((row) => isAtRisk(row, present)).length} that have it today or tomorrow, or are breached.`,
    ]),
  };
}
