import type { DateTime } from 'luxon';
import { fromManage } from '../../clock/index.ts';
import type { ManageRecord } from '../../manage/index.ts';
import { idOf } from '../../names/index.ts';
import { all, field } from '../../query/index.ts';
import { dayOf } from '../../tool/index.ts';
import { owesTime, PEOPLE_OPERATIONS, readCountedPeople, TEAM_OPERATIONS } from '../../working-time/people.ts';
import { CALENDAR_OPERATIONS, hoursDue, readCalendars } from '../../working-time/work-calendar.ts';
import { BY_MEMBER, type Collection, type Wanted } from '../collection.ts';
import { readOnce } from '../several-lists.ts';
import { day, number, reference, Table } from '../tables/table.ts';
import type { Reading } from '../tables/table-cache.ts';

/** Kinds of leave that a work type can stand for. */
const LEAVE: ReadonlySet<unknown> = new Set(['Vacation', 'Sick', 'PTO', 'Holiday']);

/** Ids of the work types that stand for time off. */
export async function leaveTypes({ context: { manage, signal } }: Reading): Promise<ReadonlySet<number>> {
  const types = await manage.all<ManageRecord>('GET /time/workTypes', { fields: ['id', 'accrualType'], signal });
  return new Set(types.filter(({ accrualType }) => LEAVE.has(accrualType)).map(({ id }) => Number(id)));
}

/** Hours of leave by member and calendar day of the member. */
async function readLeave(
  { start, end }: Wanted,
  zoneOf: ReadonlyMap<number, string>,
  reading: Reading,
): Promise<ReadonlyMap<string, number>> {
  const { manage, signal } = reading.context;
  const types = await leaveTypes(reading);
  const hours = new Map<string, number>();
  if (types.size === 0) return hours;
  const conditions = all(
    field('workType/id', 'in', [...types]),
    field('timeStart', '>=', start.minus({ days: 1 })),
    field('timeStart', '<', end.plus({ days: 1 })),
  );
  const fields = ['id', 'member/id', 'timeStart', 'actualHours'];
  for await (const row of manage.stream<ManageRecord>('GET /time/entries', { conditions, fields, signal })) {
    const member = idOf(row.member) ?? 0;
    const day = fromManage(row.timeStart, zoneOf.get(member) ?? 'utc')?.toISODate();
    const key = `${member} ${day}`;
    hours.set(key, (hours.get(key) ?? 0) + Number(row.actualHours ?? 0));
  }
  return hours;
}

const COLUMNS = {
  member: reference('member'),
  department: reference('department'),
  location: reference('location'),
  day: day('day'),
  hours: number('hours'),
  leave: number('leave'),
};

/** A row for each working day of each member, with the hours that are due on it; of a running period up to today. */
async function readCapacity(wanted: Wanted, reading: Reading, isAhead: boolean): Promise<Table> {
  const { context } = reading;
  const [now, everyone] = await Promise.all([context.now(), readCountedPeople(undefined, context)]);
  const people = everyone.filter(owesTime);
  const start = wanted.start;
  const isWhole = isAhead || start > now || wanted.end < now;
  const end = (isWhole ? wanted.end : now.plus({ days: 1 }).startOf('day')) as DateTime<true>;
  const zones = new Map(people.map(({ id, zone }) => [id, zone]));
  const [calendars, leave] = await Promise.all([
    readCalendars(context.manage, { start, end }, context.signal),
    readLeave({ ...wanted, end }, zones, reading),
  ]);
  const table = new Table(COLUMNS);
  for (const { id, name, zone, record } of people) {
    const calendar = calendars.of(record);
    const hired = dayOf(record.hireDate);
    for (let at: DateTime = start.startOf('day'); at < end; at = at.plus({ days: 1 }).startOf('day')) {
      const date = at.toISODate() ?? '';
      if (date < hired) continue;
      const due = hoursDue(calendar, at.setZone(zone, { keepLocalTime: true }), record);
      if (due === 0) continue;
      const off = Math.min(due, leave.get(`${id} ${date}`) ?? 0);
      table.add({
        member: { id, name },
        department: record.defaultDepartment,
        location: record.defaultLocation,
        day: `${date}T00:00:00Z`,
        hours: due - off,
        leave: off,
      });
    }
  }
  return table;
}

/** Hours that members owe by their calendars, holidays and time off taken out. */
export const capacityDays: Collection = {
  name: 'capacity',
  noun: 'working days',
  one: 'working day',
  schema: '',
  columns: COLUMNS,
  hasCustomFields: false,
  uses: [...PEOPLE_OPERATIONS, ...TEAM_OPERATIONS, ...CALENDAR_OPERATIONS, 'GET /time/workTypes', 'GET /time/entries'],
  ways: {
    member: BY_MEMBER.member,
    team: BY_MEMBER.team,
    department: { column: 'department' },
    location: { column: 'location' },
  },
  paths: {},
  read: (wanted, reading) => readOnce('capacity', wanted, reading, () => readCapacity(wanted, reading, false)),
};

/** The same of the whole period, for plans. */
export const capacityAhead: Collection = {
  ...capacityDays,
  name: 'capacityAhead',
  read: (wanted, reading) => readOnce('capacity ahead', wanted, reading, () => readCapacity(wanted, reading, true)),
};
