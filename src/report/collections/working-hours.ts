import { turn } from '../../in-turns.ts';
import type { Interval } from '../../working-time/intervals.ts';
import { owesTime, PEOPLE_OPERATIONS, readCountedPeople, readPeople } from '../../working-time/people.ts';
import { CALENDAR_OPERATIONS, readCalendars, workingTime } from '../../working-time/work-calendar.ts';
import type { Collection, Wanted } from '../collection.ts';
import { isTurn } from '../groups/hits.ts';
import { WallClock } from '../period.ts';
import { type Columns, DAY, day, number, reference, Table } from '../tables/table.ts';
import type { Reading } from '../tables/table-cache.ts';
import { capacityDays, leaveTypes } from './capacity.ts';
import { OF_MEMBERS, timeEntries, workEnd } from './time.ts';

const USES = [...new Set([...timeEntries.uses, ...PEOPLE_OPERATIONS, ...CALENDAR_OPERATIONS, 'GET /time/workTypes'])];

/** What a span of time and sorted working hours have in common, in milliseconds. */
function inside({ start, end }: Interval, work: readonly Interval[]): number {
  let low = 0;
  let high = work.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((work[middle] as Interval).end <= start) low = middle + 1;
    else high = middle;
  }
  let sum = 0;
  for (let index = low; index < work.length && (work[index] as Interval).start < end; index += 1) {
    const one = work[index] as Interval;
    sum += Math.min(end, one.end) - Math.max(start, one.start);
  }
  return sum;
}

/** Time entries, each with how many of its hours lie outside the working hours of its member. */
async function readOutside(wanted: Wanted, reading: Reading): Promise<Table> {
  const { context } = reading;
  const [table, people, zone] = await Promise.all([
    timeEntries.read(wanted, reading),
    readPeople(undefined, context),
    context.zone(),
  ]);
  const calendars = await readCalendars(context.manage, wanted, context.signal);
  const byId = new Map(people.map((person) => [person.id, person]));
  const bounds = { start: wanted.start.toMillis(), end: wanted.end.plus({ days: 2 }).toMillis() };
  const hours = new Map<number, readonly Interval[]>();
  const workOf = (member: number): readonly Interval[] => {
    const person = byId.get(member);
    const known = hours.get(member) ?? workingTime(calendars.of(person?.record ?? {}), person?.zone ?? zone, bounds);
    hours.set(member, known);
    return known;
  };
  for (let row = 0; row < table.length; row += 1) {
    if (isTurn(row)) await turn();
    const start = table.number('start', row);
    const worked = table.number('hours', row);
    const end = workEnd(table, row);
    const length = end - start;
    const share = length > 0 ? 1 - inside({ start, end }, workOf(table.number('member', row))) / length : 0;
    table.note('outside', row, worked * share);
  }
  return table;
}

/** Time entries with their hours outside of working hours. */
export const outsideHours: Collection = {
  ...timeEntries,
  name: 'outsideHours',
  uses: USES,
  ways: OF_MEMBERS,
  read: readOutside,
};

const COLUMNS: Columns = {
  member: reference('member'),
  department: reference('department'),
  location: reference('location'),
  day: day('day'),
  overtime: number('overtime'),
};

/** Hours of members by week, Monday first. Days are numbers since 1970. */
class Weeks {
  readonly #members = new Map<number, Map<number, { day: number; hours: number }>>();

  add(member: number, day: number, hours: number): void {
    const weeks = this.#members.get(member) ?? new Map<number, { day: number; hours: number }>();
    this.#members.set(member, weeks);
    // 1970 began on a Thursday.
    const number = Math.floor((day + 3) / 7);
    const week = weeks.get(number) ?? { day, hours: 0 };
    weeks.set(number, { day: Math.min(week.day, day), hours: week.hours + hours });
  }

  /** The first day with anything in each week, and its hours. */
  of(member: number): Iterable<{ readonly day: number; readonly hours: number }> {
    return this.#members.get(member)?.values() ?? [];
  }
}

/** A row for each week of each member in the period, with the hours worked beyond those that were due in it. */
async function readWeeks(wanted: Wanted, reading: Reading): Promise<Table> {
  const { context } = reading;
  const [due, entries, people, leave] = await Promise.all([
    capacityDays.read(wanted, reading),
    timeEntries.read({ ...wanted, narrowed: {}, more: {} }, reading),
    // By the days of what is due.
    readCountedPeople(undefined, context),
    leaveTypes(reading),
  ]);
  const [start, end] = [wanted.start.toMillis(), wanted.end.toMillis()];
  const weeks = new Weeks();
  for (let row = 0; row < due.length; row += 1)
    weeks.add(due.number('member', row), due.number('day', row) / DAY, -due.number('hours', row));
  const asked = people.filter(owesTime);
  const clocks = new Map(asked.map(({ id, zone }) => [id, new WallClock(zone)]));
  for (let row = 0; row < entries.length; row += 1) {
    if (isTurn(row)) await turn();
    const at = entries.number('start', row);
    const member = entries.number('member', row);
    const clock = clocks.get(member);
    if (clock === undefined || at < start || at >= end || leave.has(entries.number('workType', row))) continue;
    weeks.add(member, clock.dayOf(at), entries.number('hours', row));
  }
  const table = new Table(COLUMNS);
  table.readAt = Math.min(due.readAt, entries.readAt);
  for (const { id, name, record } of asked)
    for (const { day: first, hours } of weeks.of(id))
      table.add({
        member: { id, name },
        department: record.defaultDepartment,
        location: record.defaultLocation,
        day: new Date(first * DAY).toISOString(),
        overtime: Math.max(0, Math.round(hours * 100) / 100),
      });
  return table;
}

/** Weeks of members with their hours beyond what was due. */
export const overtimeWeeks: Collection = {
  ...capacityDays,
  name: 'overtime',
  noun: 'weeks of members',
  one: 'week of a member',
  columns: COLUMNS,
  uses: [...new Set([...capacityDays.uses, ...USES])],
  read: readWeeks,
};
