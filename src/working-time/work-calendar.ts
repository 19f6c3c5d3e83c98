import { DateTime } from 'luxon';
import { dateOnly, type Period } from '../clock/index.ts';
import type { ManageReader, ManageRecord } from '../manage/index.ts';
import { idOf } from '../names/index.ts';
import { all, field } from '../query/index.ts';
import { type Clean, cleanLine, say } from '../text/index.ts';
import { dayOf, readable, readablePart } from '../tool/index.ts';
import { type Interval, joined, lengthOf, within, without } from './intervals.ts';

/** Minutes of the wall clock since midnight; an end at or before its start is on the next day. */
interface Hours {
  readonly from: number;
  readonly to: number;
}

export interface Holiday {
  /** `2026-11-26`, a day without a zone. */
  readonly date: string;
  readonly name: string;
  /** Only a part of the day. */
  readonly part?: Hours | undefined;
}

/** When somebody works: the hours of each weekday, Monday first, and the days off. */
export interface WorkCalendar {
  readonly name: string;
  readonly week: readonly (Hours | undefined)[];
  readonly holidays: readonly Holiday[];
  /** Its holidays may not be read, so that none of them is off. */
  readonly isUnread?: boolean;
}

/** Operations that reading calendars needs. */
export const CALENDAR_OPERATIONS = [
  'GET /schedule/calendars',
  'GET /schedule/holidayLists/{parentId}/holidays',
  'GET /system/myCompany/other',
] as const;

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const DAY_MINUTES = 1440;

/** For who has no calendar, nor the company. */
const ASSUMED: WorkCalendar = {
  name: 'no calendar set; Mon-Fri 08:00-17:00 assumed',
  week: WEEKDAYS.map((_, index) => (index < 5 ? { from: 480, to: 1020 } : undefined)),
  holidays: [],
};

/** Whether nobody said when these people work. */
export const isAssumed = (calendar: WorkCalendar): boolean => calendar === ASSUMED;

/** That a calendar's holidays are not known; nothing where they are. */
export const unreadSaid = ({ name, isUnread }: WorkCalendar): Clean | undefined =>
  isUnread ? say`the holidays of ${cleanLine(name)} may not be read with this role` : undefined;

/** What hours that are due by a calendar take for granted; nothing where it is known. */
export function assumedSaid(calendar: WorkCalendar): Clean | undefined {
  if (isAssumed(calendar)) return say`no calendar is known, so Mon-Fri without holidays is assumed`;
  const unread = unreadSaid(calendar);
  return unread && say`${unread}, so they count as working days`;
}

/** `08:30:00` as minutes; the last minute of a day stands for its end. */
function minutes(text: unknown): number | undefined {
  const parts = /^(\d{1,2}):(\d{2})/.exec(String(text ?? '').replace(/^.*T/, ''));
  if (parts === null) return undefined;
  const value = Number(parts[1]) * 60 + Number(parts[2]);
  return value === DAY_MINUTES - 1 ? DAY_MINUTES : value;
}

function hoursOf(from: unknown, to: unknown): Hours | undefined {
  const [start, end] = [minutes(from), minutes(to)];
  return start === undefined || end === undefined || start === end ? undefined : { from: start, to: end };
}

const holidayOf = (row: ManageRecord): Holiday => {
  const part = row.allDayFlag === true ? undefined : hoursOf(row.timeStart, row.timeEnd);
  return { date: dayOf(row.date), name: String(row.name ?? ''), part };
};

/**
 * Calendars with the holidays around a period. A member without a calendar has the company's, and where that is not set or may
 * not be read, Monday to Friday.
 * @param period what is looked at; where it is still being found out, the calendars are read meanwhile
 * @returns a function that gives the calendar of a member's record, or of a calendar's name
 */
export async function readCalendars(
  manage: ManageReader,
  period: Period | Promise<Period>,
  signal: AbortSignal,
): Promise<{ of(member: Readonly<Record<string, unknown>>): WorkCalendar; all: readonly WorkCalendar[] }> {
  const [rows, [company]] = await Promise.all([
    readablePart(manage.all<ManageRecord>('GET /schedule/calendars', { signal })),
    readablePart(
      manage.first<ManageRecord>('GET /system/myCompany/other', { signal }).then((row) => (row ? [row] : [])),
    ),
  ]);
  const lists = [...new Set(rows.flatMap(({ holidayList }) => idOf(holidayList) ?? []))];
  // A day to each side: a member elsewhere has another date.
  const { start, end } = await period;
  const conditions = all(
    field('date', '>=', dateOnly(start.minus({ days: 1 }))),
    field('date', '<=', dateOnly(end.plus({ days: 1 }))),
  );
  const holidays = new Map(
    await Promise.all(
      lists.map(async (id) => {
        const found: readonly ManageRecord[] | undefined = await readable(
          manage.all<ManageRecord>('GET /schedule/holidayLists/{parentId}/holidays', {
            path: { parentId: id },
            conditions,
            orderBy: ['date asc'],
            signal,
          }),
        );
        return [id, found?.map(holidayOf)] as const;
      }),
    ),
  );
  const calendars = new Map(
    rows.map((row) => {
      const list = idOf(row.holidayList) ?? 0;
      const calendar: WorkCalendar = {
        name: String(row.name),
        week: WEEKDAYS.map((day) => hoursOf(row[`${day}StartTime`], row[`${day}EndTime`])),
        holidays: holidays.get(list) ?? [],
        isUnread: holidays.has(list) && holidays.get(list) === undefined,
      };
      return [Number(row.id), calendar] as const;
    }),
  );
  const common = calendars.get(idOf(company?.defaultCalendar) ?? 0) ?? ASSUMED;
  return { of: (member) => calendars.get(idOf(member.calendar) ?? 0) ?? common, all: [...calendars.values()] };
}

/** A wall clock on a day; what daylight saving skips is the moment after it. */
const at = (day: DateTime, minute: number): number =>
  (minute >= DAY_MINUTES
    ? day.plus({ days: 1 }).startOf('day')
    : day.set({ hour: Math.floor(minute / 60), minute: minute % 60, second: 0, millisecond: 0 })
  ).toMillis();

const intervalOn = (day: DateTime, { from, to }: Hours): Interval => ({
  start: at(day, from),
  end: to <= from ? at(day.plus({ days: 1 }), to) : at(day, to),
});

/** What a calendar leaves of one day, on the wall clock of the day's zone. Shifts that run past midnight belong to the day they begin on. */
function workOn(calendar: WorkCalendar, day: DateTime): Interval[] {
  const hours = calendar.week[day.weekday - 1];
  if (hours === undefined) return [];
  const work = [intervalOn(day, hours)];
  const off = calendar.holidays.filter(({ date }) => date === day.toISODate());
  if (off.some(({ part }) => part === undefined)) return [];
  return without(
    work,
    off.flatMap(({ part }) => (part === undefined ? [] : intervalOn(day, part))),
  );
}

/** Working time within bounds, in milliseconds since the epoch, by a calendar whose wall clock is that of `zone`. */
export function workingTime(calendar: WorkCalendar, zone: string, bounds: Interval): Interval[] {
  const work: Interval[] = [];
  // A shift of the night before can reach into the first day.
  let day = DateTime.fromMillis(bounds.start, { zone }).startOf('day').minus({ days: 1 });
  for (; day.toMillis() < bounds.end; day = day.plus({ days: 1 }).startOf('day')) work.push(...workOn(calendar, day));
  return within(joined(work), bounds);
}

/** A day of a full-time member, where Manage holds no other. */
const FULL_DAY = 8;

const inHours = (intervals: readonly Interval[]): number => lengthOf(intervals) / 3_600_000;

/**
 * Hours that are due on a member's day: the member's daily capacity where the calendar has work, less for a holiday that takes a
 * part of it. Office hours are longer than what one person owes, so they only say on which days.
 */
export function hoursDue(calendar: WorkCalendar, day: DateTime, member: Readonly<Record<string, unknown>>): number {
  const whole = inHours(workOn({ ...calendar, holidays: [] }, day));
  const left = inHours(workOn(calendar, day));
  if (whole === 0 || left === 0) return 0;
  const capacity = Number(member.dailyCapacity ?? 0) || Math.min(FULL_DAY, whole);
  return Math.round(((capacity * left) / whole) * 100) / 100;
}
