import type { ManageRecord } from '../../manage/index.ts';
import { all, field } from '../../query/index.ts';
import { type Collection, eachOf, type Wanted } from '../collection.ts';
import { kept, readOnce } from '../several-lists.ts';
import { fieldsOf, flag, Table, text } from '../tables/table.ts';
import type { Reading } from '../tables/table-cache.ts';
import { openBetween, tickets } from './tickets.ts';

const LIST = 'GET /service/tickets';
const SCHEDULE = 'GET /schedule/entries';
const SCHEDULE_TYPES = 'GET /schedule/types';

/** Open service tickets, with whether somebody is still to work on them by the schedule. */
async function readBooked(wanted: Wanted, reading: Reading): Promise<Table> {
  const { context } = reading;
  const { manage, signal } = context;
  const now = await context.now();
  return readOnce('booked', wanted, reading, async () => {
    const [types, rows] = await Promise.all([
      manage.all<ManageRecord>(SCHEDULE_TYPES, { fields: ['id', 'identifier'], signal }),
      manage.all<ManageRecord>(LIST, {
        ...wanted.narrowed,
        conditions: all(field('closedFlag', '=', false), wanted.narrowed.conditions),
        fields: fieldsOf(tickets.columns),
        signal,
      }),
    ]);
    const ofTickets = types.filter(({ identifier }) => identifier === 'S').map(({ id }) => Number(id));
    const conditions = all(
      field('type/id', 'in', ofTickets),
      field('dateEnd', '>=', now),
      field('doneFlag', '=', false),
    );
    const booked = new Set<number>();
    if (ofTickets.length > 0)
      for await (const { objectId } of manage.stream<ManageRecord>(SCHEDULE, {
        conditions,
        fields: ['id', 'objectId'],
        signal,
      }))
        booked.add(Number(objectId));
    const table = new Table({ ...tickets.columns, booked: flag('booked') });
    for (const row of rows) table.add({ ...row, booked: booked.has(Number(row.id)) });
    return table;
  });
}

/** Open service tickets with whether they are scheduled. */
export const bookedTickets: Collection = {
  ...tickets,
  name: 'bookedTickets',
  hasCustomFields: false,
  uses: [...tickets.uses, SCHEDULE, SCHEDULE_TYPES],
  read: readBooked,
};

const CONFIGURATIONS = 'GET /company/configurations';
const OF_TICKET = 'GET /service/tickets/{parentId}/configurations';

/** Service tickets with the configurations that are attached to each, which Manage gives for one ticket at a time. */
async function readDevices(wanted: Wanted, reading: Reading): Promise<Table> {
  const { context } = reading;
  const { manage, signal } = context;
  return kept('devices', wanted, reading, async () => {
    const conditions = all(openBetween(wanted.start, wanted.end), wanted.narrowed.conditions);
    const fields = fieldsOf(tickets.columns);
    const rows = await manage.all<ManageRecord>(LIST, { ...wanted.narrowed, conditions, fields, signal });
    const lists = await eachOf(rows, { what: 'tickets, for their configurations', wanted, reading }, ({ id }) =>
      manage.all<ManageRecord>(OF_TICKET, { path: { parentId: Number(id) }, signal }),
    );
    // Tickets say only the device identifiers, which are not what people call their devices.
    const ids = [...new Set(lists.flat().map(({ id }) => Number(id)))];
    const devices = await manage.all<ManageRecord>(CONFIGURATIONS, {
      conditions: field('id', 'in', ids.length > 0 ? ids : [0]),
      fields: ['id', 'name'],
      signal,
    });
    const names = new Map(devices.map(({ id, name }) => [Number(id), String(name)]));
    const table = new Table({ ...tickets.columns, devices: text('devices') });
    for (const [index, row] of rows.entries()) {
      const named = (lists[index] ?? []).map(
        ({ id, deviceIdentifier }) => `${id} ${names.get(Number(id)) ?? deviceIdentifier ?? id}`,
      );
      table.add({ ...row, devices: named.join('\n') });
    }
    return table;
  });
}

/** Service tickets with their configurations; a request each. */
export const deviceTickets: Collection = {
  ...tickets,
  name: 'deviceTickets',
  hasCustomFields: false,
  uses: [LIST, OF_TICKET, CONFIGURATIONS],
  ways: { ...tickets.ways, configuration: { column: 'devices', list: true } },
  read: readDevices,
};
