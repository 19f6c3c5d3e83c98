import type { ManageRecord } from '../../manage/index.ts';
import { all, any, type Expression, field } from '../../query/index.ts';
import { ofBoards } from '../../tickets/boards.ts';
import { isClosed } from '../../tickets/open-tickets.ts';
import { type Collection, eachOf, type Wanted } from '../collection.ts';
import { kept, readOnce } from '../several-lists.ts';
import { type Columns, fieldsOf, number, reference, Table, time } from '../tables/table.ts';
import type { Reading } from '../tables/table-cache.ts';
import { tickets } from './tickets.ts';

const ENTRIES = 'GET /time/entries';
const AUDIT = 'GET /system/audittrail';

/** More tickets are not asked for one by one: everybody's time since the oldest of them was opened is read. */
const MOST_BY_ID = 2_000;

/** The time entries on tickets that were closed in a period. */
async function readTouches(ids: readonly number[], since: number, wanted: Wanted, reading: Reading): Promise<Table> {
  const { manage, signal } = reading.context;
  // Which tickets were closed in a period changes.
  const of = ids.length > MOST_BY_ID ? `since ${since}` : ids.join(' ');
  return readOnce(`touches ${of}`, wanted, reading, async () => {
    const table = new Table({ ticket: number('chargeToId'), member: reference('member') });
    if (ids.length === 0) return table;
    const which: Expression =
      ids.length > MOST_BY_ID ? field('timeStart', '>=', new Date(since)) : field('chargeToId', 'in', ids);
    const conditions = all(field('chargeToType', '=', 'ServiceTicket'), which);
    const fields = ['id', 'chargeToId', 'member/id', 'member/identifier'];
    for await (const row of manage.stream<ManageRecord>(ENTRIES, { conditions, fields, signal })) table.add(row);
    return table;
  });
}

/** Service tickets, those that were closed in the period with how many time entries they took, and of how many people. */
async function readWorked(wanted: Wanted, reading: Reading): Promise<Table> {
  const table = await tickets.read(wanted, reading);
  const [start, end] = [wanted.start.toMillis(), wanted.end.toMillis()];
  const rows = new Map<number, number>();
  let since = end;
  for (let row = 0; row < table.length; row += 1) {
    const closed = table.number('closed', row);
    if (table.number('isClosed', row) !== 1 || !(closed >= start && closed < end)) continue;
    rows.set(table.number('id', row), row);
    since = Math.min(since, table.number('entered', row) || since);
  }
  const touches = await readTouches([...rows.keys()], since, wanted, reading);
  const entries = new Map<number, number>();
  const workers = new Map<number, Set<number>>();
  for (let row = 0; row < touches.length; row += 1) {
    const ticket = touches.number('ticket', row);
    entries.set(ticket, (entries.get(ticket) ?? 0) + 1);
    workers.set(ticket, (workers.get(ticket) ?? new Set()).add(touches.number('member', row)));
  }
  for (const [id, row] of rows) {
    table.note('entries', row, entries.get(id) ?? Number.NaN);
    table.note('workers', row, workers.get(id)?.size ?? Number.NaN);
  }
  return table;
}

/** Service tickets with the work on them. */
export const workedTickets: Collection = {
  ...tickets,
  name: 'workedTickets',
  uses: [...tickets.uses, ENTRIES],
  read: readWorked,
};

const STATUS_CHANGE = /from "([^"]*)" to "([^"]*)"/;

/** When a ticket was opened again in a period, by its audit trail: out of a closed status into an open one. */
function reopenedAt(
  trail: readonly ManageRecord[],
  closed: ReadonlySet<string>,
  { start, end }: Wanted,
): string | undefined {
  const times = trail.flatMap(({ text, enteredDate }) => {
    const change = STATUS_CHANGE.exec(String(text ?? ''));
    const at = Date.parse(String(enteredDate));
    const isWithin = at >= start.toMillis() && at < end.toMillis();
    if (change === null || !/^status/i.test(String(text)) || !isWithin) return [];
    return closed.has(change[1] ?? '') && !closed.has(change[2] ?? '') ? [String(enteredDate)] : [];
  });
  return times.sort()[0];
}

const REOPENED: Columns = { ...tickets.columns, reopened: time('reopenedAt') };

/** Service tickets that changed since the beginning of the period, with when they were opened again in it. */
async function readReopened(wanted: Wanted, reading: Reading): Promise<Table> {
  const { context } = reading;
  const { manage, names, signal } = context;
  const { start, end, narrowed } = wanted;
  // When a ticket was opened again first in a period says nothing of a shorter one.
  return kept(`reopened ${+start} ${+end}`, wanted, reading, async () => {
    const conditions = all(
      field('dateEntered', '<', end),
      field('lastUpdated', '>=', start),
      any(field('closedFlag', '=', false), field('closedDate', '>=', start)),
      narrowed.conditions,
    );
    const fields = fieldsOf(tickets.columns);
    const rows = await manage.all<ManageRecord>('GET /service/tickets', {
      ...narrowed,
      conditions,
      fields,
      signal,
    });
    const statuses = await ofBoards(names, 'status');
    const closed = new Set(statuses.filter(isClosed).map(({ label }) => label));
    const trails = await eachOf(
      rows,
      { what: 'tickets that were open and changed since the period began, for their audit trails', wanted, reading },
      ({ id }) => manage.all<ManageRecord>(AUDIT, { query: { type: 'Ticket', id: Number(id) }, signal }),
    );
    const table = new Table(REOPENED);
    for (const [index, row] of rows.entries())
      table.add({ ...row, reopenedAt: reopenedAt(trails[index] ?? [], closed, wanted) });
    return table;
  });
}

/** Service tickets with when they were opened again; a request each. */
export const reopenedTickets: Collection = {
  ...tickets,
  name: 'reopenedTickets',
  columns: REOPENED,
  uses: [...tickets.uses, AUDIT, 'GET /service/boards', 'GET /service/boards/{parentId}/statuses'],
  read: readReopened,
};
