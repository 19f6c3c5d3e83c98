import type { DateTime } from 'luxon';
import type { ApiDescription } from '../../../src/api/index.ts';
import { isMoment, readsAsDay } from '../../../src/api/meanings.ts';
import { fromManage } from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { nameOf, type TicketKind } from '../../../src/names/index.ts';
import {
  all,
  beginsEmpty,
  type Conditions,
  emptyLast,
  filledAt,
  inOrder,
  isEmptyAt,
  parseOrderBy,
  readPath,
} from '../../../src/query/index.ts';
import { type Clean, say } from '../../../src/text/index.ts';
import { isBreached, nextDeadline, SLA_FIELDS, slaText } from '../../../src/tickets/sla.ts';
import type { ToolContext } from '../../../src/tool/index.ts';

export const TICKET_SCHEMAS: Readonly<Record<TicketKind, string>> = { service: 'Ticket', project: 'ProjectTicket' };

/** What shows a ticket's cells: the wall clock and what the fields mean. */
interface Showing {
  readonly api: ApiDescription;
  readonly now: DateTime<true>;
}

interface TicketColumn {
  readonly title: string;
  readonly fields: readonly string[];
  show(row: ManageRecord, showing: Showing): unknown;
}

/** `24 Nov 14:00`, with the year where it is not this one's. */
export const shortMoment = (moment: DateTime | undefined, now: DateTime): string =>
  moment === undefined
    ? ''
    : moment.setLocale('en-GB').toFormat(moment.year === now.year ? 'd LLL HH:mm' : 'd LLL yyyy HH:mm');

/** A day or moment of a ticket, by what the field means. */
function shortTime(path: string) {
  return (row: ManageRecord, { api, now }: Showing): string => {
    const value = readPath(row, path.split('/'));
    if (readsAsDay(api, 'Ticket', path, row)) {
      const day = fromManage(value, 'utc');
      return day === undefined ? '' : day.setLocale('en-GB').toFormat(day.year === now.year ? 'd LLL' : 'd LLL yyyy');
    }
    return shortMoment(fromManage(value, now.zoneName), now);
  };
}

const named = (member: string) => (row: ManageRecord) => nameOf(row[member]);

const COLUMNS: readonly TicketColumn[] = [
  { title: 'id', fields: ['id'], show: ({ id }) => id },
  { title: 'summary', fields: ['summary'], show: ({ summary }) => summary },
  { title: 'company', fields: ['company/name'], show: named('company') },
  { title: 'board', fields: ['board/name'], show: named('board') },
  { title: 'status', fields: ['status/name'], show: named('status') },
  {
    title: 'prio',
    fields: ['priority/name'],
    show: ({ priority }) => nameOf(priority)?.replace(/^Priority (\d+).*/, 'P$1'),
  },
  { title: 'assigned', fields: ['resources'], show: ({ resources }) => resources ?? '-' },
  {
    title: 'updated',
    fields: ['_info/lastUpdated'],
    show: ({ _info }, { now }) =>
      shortMoment(fromManage((_info as ManageRecord | undefined)?.lastUpdated, now.zoneName), now),
  },
];

const SLA: TicketColumn = {
  title: 'SLA',
  fields: [...SLA_FIELDS, 'closedFlag'],
  show(row, { now }) {
    const words = slaText(row, now, (at) => shortMoment(at, now));
    return isBreached(row, nextDeadline(row, now), now) ? `breached: ${words}` : words;
  },
};

/** Columns that a list has only where somebody filters or orders by them. */
const EXTRA: Readonly<Record<string, TicketColumn>> = {
  requiredDate: { title: 'due', fields: ['requiredDate'], show: shortTime('requiredDate') },
  slaStatus: SLA,
  isInSla: SLA,
  closedDate: { title: 'closed', fields: ['closedDate'], show: shortTime('closedDate') },
  dateEntered: {
    title: 'opened',
    fields: ['_info/dateEntered'],
    show: ({ _info }, { now }) =>
      shortMoment(fromManage((_info as ManageRecord | undefined)?.dateEntered, now.zoneName), now),
  },
};

const SHOWN = new Set([
  ...COLUMNS.flatMap(({ fields }) => fields),
  'lastUpdated',
  'company',
  'board',
  'status',
  'priority',
]);

/** A column for a field that has none of its own. */
function plainColumn(path: string, api: ApiDescription): TicketColumn {
  const time = shortTime(path);
  const isTime = isMoment(api, 'Ticket', path);
  const show = (row: ManageRecord, showing: Showing): unknown => {
    const value = readPath(row, path.split('/'));
    return isTime ? time(row, showing) : (nameOf(value) ?? value);
  };
  return { title: path.replace(/\/name$/, ''), fields: [path], show };
}

/**
 * The columns of a list of tickets.
 * @param filtered fields that the list is filtered by; due dates, SLA deadlines and the like are shown then
 * @param ordered fields that it is ordered by, which are all shown
 */
export function columnsFor(
  { filtered, ordered }: { filtered: readonly string[]; ordered: readonly string[] },
  api: ApiDescription,
): readonly TicketColumn[] {
  const wanted = [...filtered.filter((path) => path in EXTRA), ...ordered];
  // Those that every list may have stand in one order, however they were asked for.
  const extra = [...Object.keys(EXTRA).filter((path) => wanted.includes(path)), ...wanted]
    .filter((path) => !SHOWN.has(path) && !/^(priority|status|board|company)\//.test(path))
    .map((path) => EXTRA[path] ?? plainColumn(path, api));
  const titles = new Set<string>();
  return [...COLUMNS, ...extra].filter(({ title }) => !titles.has(title) && titles.add(title));
}

/** Both collections are merged here, so what they are ordered by has to be at hand; bare names of metadata are kept in `_info`. */
export const orderFields = (keys: readonly string[]): string[] =>
  keys.flatMap((key) => {
    const [path = key] = key.split(/\s/);
    return [path, `_info/${path}`];
  });

export interface TicketQuestion {
  readonly kinds: readonly TicketKind[];
  readonly queryOf: (kind: TicketKind) => Conditions;
  readonly columns: readonly TicketColumn[];
  readonly orderBy: readonly string[];
  readonly page: number;
  readonly limit: number;
  /** Whether the order of urgency is asked for to know what to do next, not for the priorities alone. */
  readonly isForNext?: boolean;
}

export interface TicketPage {
  readonly rows: readonly ManageRecord[];
  readonly total: number | undefined;
  /** How many of them are of projects, where both kinds are asked for. */
  readonly ofProjects?: number | undefined;
}

/** How many of a list are of projects, where some are and some are not. */
export const mixedSaid = (total: number | undefined, ofProjects = 0): Clean | undefined =>
  total !== undefined && ofProjects > 0 && ofProjects < total
    ? say`${ofProjects} of the ${total} ${ofProjects === 1 ? 'is a project ticket' : 'are project tickets'}.`
    : undefined;

/** Rows of one page of a collection, or of as many as the pages up to this one hold. */
const MOST_ROWS = 1_000;

/** How a collection is asked for. */
interface Asked extends Conditions {
  readonly list: string;
  readonly fields: readonly string[];
  readonly orderBy: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * The first rows of a collection, at least as many as are needed where there are so many. Those without a value in what they are
 * ordered by come last.
 */
async function firstRows(
  { list, ...asked }: Asked,
  needed: number,
  manage: ToolContext['manage'],
): Promise<TicketPage> {
  const read = async (query: Conditions): Promise<TicketPage & { complete: boolean }> => {
    const options = { ...asked, ...query };
    const limit = Math.min(needed, MOST_ROWS);
    const found = await manage.list<ManageRecord>(list, { ...options, limit, counted: 'beside' });
    if (needed <= MOST_ROWS || found.complete) return found;
    return { rows: await manage.all<ManageRecord>(list, options), total: found.total, complete: true };
  };
  const found = await read(asked);
  const [key] = parseOrderBy(asked.orderBy.join(',')) ?? [];
  const [start] = found.rows;
  if (!beginsEmpty(key) || start === undefined || !isEmptyAt(start, key)) return found;
  if (found.complete) return { rows: emptyLast(found.rows, key), total: found.total };
  const filled = await read({ conditions: all(asked.conditions, filledAt(key)) });
  return { rows: [...filled.rows, ...found.rows.filter((row) => isEmptyAt(row, key))], total: found.total };
}

/** One page of the tickets of both kinds, in one order. */
export async function ticketPage(
  { kinds, queryOf, columns, orderBy, page, limit }: TicketQuestion,
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
): Promise<TicketPage> {
  const isMerged = kinds.length > 1;
  const fields = [...new Set([...columns.flatMap((column) => column.fields), ...orderFields(orderBy)])];
  const needed = page * limit;
  const keys = parseOrderBy(orderBy.join(',')) ?? [];
  const [key] = keys;
  const isReordered = isMerged || beginsEmpty(key);
  const lists = await Promise.all(
    kinds.map(async (kind): Promise<TicketPage> => {
      const asked = { ...queryOf(kind), list: `GET /${kind}/tickets`, fields, orderBy, signal };
      // Each has to give all rows up to the page's end.
      if (isReordered) return firstRows(asked, needed, manage);
      return manage.list<ManageRecord>(asked.list, { ...asked, page, limit, counted: 'beside' });
    }),
  );
  const total = lists.every((list) => list.total !== undefined)
    ? lists.reduce((sum, list) => sum + (list.total ?? 0), 0)
    : undefined;
  const rows = lists.flatMap((list) => list.rows);
  const ofProjects = isMerged ? lists[kinds.indexOf('project')]?.total : undefined;
  if (!isReordered) return { rows, total };
  const ordered = emptyLast(isMerged ? inOrder(rows, keys) : rows, key);
  return { rows: ordered.slice(needed - limit, needed), total, ofProjects };
}

/** What people call what they order by. */
const ORDER_WORDS: Readonly<Record<string, string>> = {
  due: 'requiredDate',
  duedate: 'requiredDate',
  urgency: 'priority',
  updated: 'lastUpdated',
  modified: 'lastUpdated',
  opened: 'dateEntered',
  created: 'dateEntered',
  entered: 'dateEntered',
  closed: 'closedDate',
  assigned: 'resources',
  sla: 'slaStatus',
};

/** Whole orders in words. */
const ORDERS: Readonly<Record<string, string>> = {
  oldest: 'dateEntered asc',
  'oldest first': 'dateEntered asc',
  newest: 'dateEntered desc',
  'newest first': 'dateEntered desc',
  'most urgent': 'priority desc',
  'most urgent first': 'priority desc',
  'due date': 'requiredDate',
};

/** Whether an order asks for what to do next, not for the priorities alone. */
export const asksForUrgency = (text: string | undefined): boolean =>
  /^\s*(?:-?urgency(?: (?:asc|desc))?|most urgent(?: first)?)\s*$/i.test(text ?? '');

/** An order in people's words as fields of tickets. */
export const orderText = (text: string): string =>
  (ORDERS[text.trim().toLowerCase()] ?? text)
    .split(',')
    .map((key) => key.trim().replace(/^\w+/, (word) => ORDER_WORDS[word.toLowerCase()] ?? word))
    .join(', ');
