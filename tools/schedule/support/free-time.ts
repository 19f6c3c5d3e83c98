import { DateTime } from 'luxon';
import { daysOf, type Period } from '../../../src/clock/index.ts';
import { Forbidden, type ManageRecord } from '../../../src/manage/index.ts';
import { idOf } from '../../../src/names/index.ts';
import { all, field } from '../../../src/query/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import type { ToolContext } from '../../../src/tool/index.ts';
import { intervalOf, toEntry } from '../../../src/working-time/entries.ts';
import { type Interval, joined, lengthOf, within, without } from '../../../src/working-time/intervals.ts';
import type { Person } from '../../../src/working-time/people.ts';
import { type Holiday, isAssumed, readCalendars, workingTime } from '../../../src/working-time/work-calendar.ts';
import { isAway, readScheduled, taken } from './scheduled.ts';

/** What a member has left of a period. */
export interface FreeTime {
  readonly person: Person;
  readonly free: readonly Interval[];
  /** The working time itself, in milliseconds. */
  readonly working: number;
  /** The working time that is taken, in milliseconds by the days of the conversation's zone. */
  readonly booked: ReadonlyMap<string, number>;
  /** Nobody said when this person works, so that office hours are assumed. */
  readonly isAssumed: boolean;
  /** Whether logged time is taken out: a dispatcher may see calendars without seeing time. */
  readonly seesLogged: boolean;
  /** What takes whole days: vacation, training. */
  readonly away: readonly Clean[];
  readonly holidays: readonly Holiday[];
  /** Work on these days that has no time yet, by date. */
  readonly untimed: ReadonlyMap<string, number>;
}

/** Operations that finding free time needs beside the calendars and their entries. */
export const LOGGED_OPERATIONS = ['GET /time/entries'] as const;

/** Time that was logged already, by member: what is done early, and leave that is entered ahead. `undefined` where the role may not read it. */
async function readLogged(
  memberIds: readonly number[] | undefined,
  period: Period,
  { manage, signal }: ToolContext,
): Promise<ReadonlyMap<number, readonly Interval[]> | undefined> {
  const conditions = all(
    memberIds && field('member/id', 'in', memberIds),
    // Entries last a day at the most.
    field('timeStart', '>=', period.start.minus({ days: 1 })),
    field('timeStart', '<', period.end),
  );
  const found = new Map<number, Interval[]>();
  const rows = manage.stream<ManageRecord>('GET /time/entries', {
    conditions,
    fields: ['id', 'member', 'timeStart', 'timeEnd', 'actualHours'],
    signal,
  });
  try {
    for await (const row of rows) {
      const entry = toEntry(row, 'utc');
      const id = idOf(row.member);
      if (entry !== undefined && id !== undefined) found.set(id, [...(found.get(id) ?? []), intervalOf(entry)]);
    }
  } catch (error) {
    if (error instanceof Forbidden) return undefined;
    throw error;
  }
  return found;
}

/**
 * The working time of people in a period that nothing takes: by their calendars and holidays, without what they are scheduled
 * for and what they logged. An entry that is not work and has no time takes the whole day.
 * @param only whether to ask for these people's entries alone; everybody's are read in one go
 */
export async function readFreeTime(
  people: readonly Person[],
  period: Period,
  { only }: { readonly only: boolean },
  context: ToolContext,
): Promise<FreeTime[]> {
  const ids = only ? people.map(({ id }) => id) : undefined;
  const [calendars, scheduled, logged] = await Promise.all([
    readCalendars(context.manage, period, context.signal),
    readScheduled(ids, period, context),
    readLogged(ids, period, context),
  ]);
  const bounds = { start: period.start.toMillis(), end: period.end.toMillis() };
  const [first, last] = daysOf(period);
  return people.map((person) => {
    const own = scheduled.filter(({ memberId }) => memberId === person.id);
    const off = own.filter(isAway);
    const untimed = new Map<string, number>();
    for (const { day, isWork } of own) if (day !== undefined && isWork) untimed.set(day, (untimed.get(day) ?? 0) + 1);
    const busy = [...own.map((entry) => taken(entry, person.zone)), ...(logged?.get(person.id) ?? [])];
    const calendar = calendars.of(person.record);
    const work = workingTime(calendar, person.zone, bounds);
    const free = without(work, busy);
    return {
      person,
      free,
      working: lengthOf(work),
      booked: bookedBy(work, free, period.start.zoneName),
      isAssumed: isAssumed(calendar),
      seesLogged: logged !== undefined,
      away: off.map(({ day, what }) => say`${what} (${cleanLine(day)})`),
      holidays: calendar.holidays.filter(({ date }) => date >= first && date <= last),
      untimed,
    };
  });
}

/** How much of the working time of each day is taken. */
function bookedBy(work: readonly Interval[], free: readonly Interval[], zone: string): Map<string, number> {
  const left = byDay(free, 0, zone);
  return new Map(
    [...byDay(work, 0, zone)].map(([day, slots]) => [day, lengthOf(slots) - lengthOf(left.get(day) ?? [])]),
  );
}

/** The time that all of some people have free. */
export function freeTogether(all: readonly FreeTime[]): Interval[] {
  const [first, ...rest] = all.map(({ free }) => free);
  return rest.reduce<Interval[]>(
    (common, free) => joined(common.flatMap((interval) => within(free, interval))),
    [...(first ?? [])],
  );
}

/** An interval in the pieces that the days of a zone make of it. */
function cutAtMidnight({ start, end }: Interval, zone: string): Interval[] {
  const pieces: Interval[] = [];
  for (let from = start; from < end; ) {
    const next = DateTime.fromMillis(from, { zone }).startOf('day').plus({ days: 1 }).startOf('day').toMillis();
    pieces.push({ start: from, end: Math.min(end, next) });
    from = next;
  }
  return pieces;
}

function byFirstDay(intervals: readonly Interval[], zone: string): ReadonlyMap<string, readonly Interval[]> {
  const days = new Map<string, Interval[]>();
  for (const interval of intervals) {
    const day = DateTime.fromMillis(interval.start, { zone }).toISODate() ?? '';
    days.set(day, [...(days.get(day) ?? []), interval]);
  }
  return days;
}

/** Free intervals of at least a length (in milliseconds) by the days of a zone; what runs past midnight is cut there, and its length counts as a whole. */
export const byDay = (
  free: readonly Interval[],
  length: number,
  zone: string,
): ReadonlyMap<string, readonly Interval[]> =>
  byFirstDay(
    free.filter(({ start, end }) => end - start >= length).flatMap((interval) => cutAtMidnight(interval, zone)),
    zone,
  );

const DAY = 24 * 60 * 60_000;

/**
 * Free intervals of at least a length (in milliseconds) by the days of a zone on which they begin: the night of who works elsewhere
 * is one. What is longer than a day is cut at midnight.
 */
export const byDayOfBegin = (
  free: readonly Interval[],
  length: number,
  zone: string,
): ReadonlyMap<string, readonly Interval[]> =>
  byFirstDay(
    free
      .filter(({ start, end }) => end - start >= length)
      .flatMap((interval) => (interval.end - interval.start > DAY ? cutAtMidnight(interval, zone) : [interval])),
    zone,
  );
