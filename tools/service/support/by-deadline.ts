import { DateTime } from 'luxon';
import { readsAsDay } from '../../../src/api/meanings.ts';
import { fromManage } from '../../../src/clock/index.ts';
import { Forbidden, type ManageRecord } from '../../../src/manage/index.ts';
import { nameOf } from '../../../src/names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import { doneWith } from '../../../src/tickets/open-tickets.ts';
import { openGoals, SLA_FIELDS } from '../../../src/tickets/sla.ts';
import type { ToolContext } from '../../../src/tool/index.ts';
import type { TicketPage, TicketQuestion } from './ticket-list.ts';

/** What tells whether a ticket is at risk. */
export const SLA_READ: readonly string[] = [...SLA_FIELDS, 'closedFlag'];

/** Manage's own order of priorities, the most urgent first. */
export const URGENCY = 'priority/sort';

/** The lower, the more urgent. A ticket without a priority is the least. */
export const urgencyOf = ({ priority }: ManageRecord): number =>
  (priority as { sort?: number } | undefined)?.sort ?? Number.MAX_SAFE_INTEGER;

/** What a list that was ordered here shows, and what has to be said of it. */
export interface Ordered extends TicketPage {
  readonly said: Clean | undefined;
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

/** Tickets of a kind of which all are read to be ordered. */
const MOST_READ = 1_000;

/** What is due within so many hours can still be done in time, and is lost unless it is done next. */
const SOON_HOURS = 2;

interface Known {
  readonly row: ManageRecord;
  readonly urgency: number;
  /** The first of its deadlines. */
  readonly at: number;
  /** One that can still be made, if it has to be within the next hours. */
  readonly soon: number | undefined;
}

/** The name of the priority that is before all others in the installation's own order, where the role may see them. */
async function highestPriority(names: ToolContext['names']): Promise<string | undefined> {
  try {
    const order = ({ record }: { readonly record: ManageRecord }): number => Number(record.sortOrder ?? NEVER);
    const [first] = (await names.list('priority')).toSorted((a, b) => order(a) - order(b));
    return first?.label;
  } catch (error) {
    if (error instanceof Forbidden) return undefined;
    throw error;
  }
}

/** What a dispatcher looks at first: the places of a list in which somebody asks what to do next. */
const PLACES = { highest: 0, soon: 1, others: 2, parked: 3, done: 4 } as const;

function placeOf({ row, at, soon }: Omit<Known, 'urgency'>, highest: string | undefined): number {
  if (doneWith(row) !== undefined) return PLACES.done;
  if (at === NEVER && PARKED.test(nameOf(row.status) ?? '')) return PLACES.parked;
  if (highest !== undefined && nameOf(row.priority) === highest) return PLACES.highest;
  return soon !== undefined ? PLACES.soon : PLACES.others;
}

/** What is told of an order in places, as far as the list has something in them. */
function placesSaid(placed: readonly (Known & { place: number })[], highest: string | undefined): Clean {
  const has = (place: number): boolean => placed.some((one) => one.place === place);
  const done = placed.filter(({ place }) => place === PLACES.done).map(({ row }) => nameOf(row.status) ?? '');
  const first = joined(
    [
      has(PLACES.highest) && cleanLine(highest),
      has(PLACES.soon) && say`due within ${SOON_HOURS} hours`,
      say`by priority, equal ones by the nearest of due date and SLA, past ones first`,
    ],
    ', then ',
  );
  const behind = joined(
    [
      has(PLACES.parked) && say`on hold, waiting or planned without a deadline`,
      done.length > 0 && joined([...new Set(done)].map(cleanLine), ', '),
    ],
    '; ',
  );
  return joined([say`Most urgent first: ${first}.`, behind !== '' && say`Last: ${behind}.`], ' ');
}

/**
 * The most urgent tickets first: by priority, equal ones by the nearest of due date and service level, what is past first. Who asks
 * what to do next (`isForNext`) sees what can still be kept before what was missed long ago: the highest priority, what is due within
 * two hours, the others by priority, then what nobody works on now.
 * @returns nothing where there are too many to read them all
 */
export async function byUrgency(
  { kinds, queryOf, columns, page, limit, isForNext }: TicketQuestion,
  { manage, signal, now, api, names }: Pick<ToolContext, 'manage' | 'signal' | 'now' | 'api' | 'names'>,
): Promise<Ordered | undefined> {
  const fields = [...new Set([...columns.flatMap((column) => column.fields), URGENCY, 'requiredDate', ...SLA_READ])];
  const [lists, highest] = await Promise.all([
    Promise.all(
      kinds.map((kind) =>
        manage.list<ManageRecord>(`GET /${kind}/tickets`, {
          ...queryOf(kind),
          fields: kind === 'service' ? fields : fields.filter((field) => !SLA_FIELDS.includes(field)),
          page: 1,
          limit: MOST_READ,
          signal,
        }),
      ),
    ),
    isForNext === true ? highestPriority(names) : undefined,
  ]);
  if (lists.some(({ complete }) => !complete)) return undefined;
  const present = await now();
  const deadlines = (row: ManageRecord): number[] =>
    row.closedFlag === true
      ? []
      : [...openGoals(row, present).map(({ at }) => at.toMillis()), dueAt(row, { api, now: present }) ?? NEVER];
  const [from, until] = [present.toMillis(), present.plus({ hours: SOON_HOURS }).toMillis()];
  const placed = lists
    .flatMap((list) => list.rows)
    .map((row): Known => {
      const all = deadlines(row).sort((a, b) => a - b);
      const soon = all.find((at) => at >= from && at <= until);
      return { row, urgency: urgencyOf(row), at: all[0] ?? NEVER, soon };
    })
    .map((one) => ({ ...one, place: isForNext === true ? placeOf(one, highest) : PLACES.others }))
    .sort(
      (a, b) =>
        a.place - b.place ||
        (a.place === PLACES.soon ? (a.soon ?? NEVER) - (b.soon ?? NEVER) : 0) ||
        a.urgency - b.urgency ||
        a.at - b.at ||
        Number(a.row.id) - Number(b.row.id),
    );
  return {
    rows: placed.slice((page - 1) * limit, page * limit).map(({ row }) => row),
    total: placed.length,
    said:
      isForNext === true
        ? placesSaid(placed, highest)
        : say`By priority; equal ones by the nearest of due date and SLA, past ones first, those without either last.`,
  };
}
