import type { DateTime } from 'luxon';
import { dateOnly, fromManage, type Period } from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { idOf } from '../../../src/names/index.ts';
import { all, field } from '../../../src/query/index.ts';
import { type Clean, cleanLine } from '../../../src/text/index.ts';
import { dayOf, readablePart, type ToolContext } from '../../../src/tool/index.ts';
import type { Person } from '../../../src/working-time/people.ts';
import { hoursDue, type WorkCalendar } from '../../../src/working-time/work-calendar.ts';

/** Less than this is not worth asking somebody about. */
const TOLERANCE_HOURS = 0.25;

/** A day on which less time was entered than was due. */
interface ShortDay {
  readonly day: DateTime;
  readonly entered: number;
  readonly due: number;
}

/** What a member entered in a period, against what was due. */
export interface EnteredTime {
  readonly person: Person;
  readonly entered: number;
  readonly due: number;
  /** Hours that the whole period lacks; longer days make up for shorter ones. */
  readonly missing: number;
  readonly short: readonly ShortDay[];
  /** Hours that the short days lack together: more than `missing` where others make up for some of it. */
  readonly shortBy: number;
  /** The last day of somebody who left before the period: `2026-11-12`. */
  readonly leftOn?: string | undefined;
}

/** Hours by member and calendar day. */
export type HoursByDay = ReadonlyMap<number, ReadonlyMap<string, number>>;

const round = (hours: number): number => Math.round(hours * 100) / 100;

interface HoursQuestion {
  readonly people: readonly Person[];
  readonly period: Period;
  /** Whether these people's entries alone are asked for; everybody's are read in one go. */
  readonly only: boolean;
}

/** Hours of people's entries around a period; an entry belongs to the day on which it starts in its member's own zone. */
export async function readHoursByDay(
  { people, period, only }: HoursQuestion,
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
): Promise<HoursByDay> {
  const zones = new Map(people.map(({ id, zone }) => [id, zone]));
  const conditions = all(
    only ? field('member/id', 'in', [...zones.keys()]) : undefined,
    // A day to each side: the same dates begin earlier and end later elsewhere.
    field('timeStart', '>=', period.start.minus({ days: 1 })),
    field('timeStart', '<', period.end.plus({ days: 1 })),
  );
  const hours = new Map<number, Map<string, number>>();
  const fields = ['id', 'member', 'timeStart', 'actualHours'];
  const entries = manage.stream<ManageRecord>('GET /time/entries', { conditions, fields, signal });
  for await (const row of entries) {
    const member = idOf(row.member) ?? 0;
    const day = fromManage(row.timeStart, zones.get(member) ?? '')?.toISODate();
    if (day === undefined) continue;
    const days = hours.get(member) ?? new Map<string, number>();
    hours.set(member, days.set(day, (days.get(day) ?? 0) + Number(row.actualHours ?? 0)));
  }
  return hours;
}

/** Somebody who has become inactive, and since which day. */
export interface Left {
  readonly name: Clean;
  /** `2026-11-12`. */
  readonly since: string;
}

/** People who became inactive in a period; nobody where members may not be read. */
export async function readWhoLeft(
  { start, end }: Period,
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
): Promise<readonly Left[]> {
  const conditions = all(
    field('inactiveFlag', '=', true),
    field('licenseClass', '!=', 'A'),
    field('inactiveDate', '>=', dateOnly(start)),
    field('inactiveDate', '<', dateOnly(end)),
  );
  const fields = ['id', 'firstName', 'lastName', 'inactiveDate', 'requireTimeSheetEntryFlag'];
  const rows = await readablePart(
    manage.all<ManageRecord>('GET /system/members', { conditions, fields, orderBy: ['inactiveDate asc'], signal }),
  );
  return rows
    .filter((row) => row.requireTimeSheetEntryFlag !== false)
    .map((row) => ({
      name: cleanLine([row.firstName, row.lastName].filter(Boolean).join(' ')),
      since: dayOf(row.inactiveDate),
    }));
}

interface DueQuestion {
  readonly calendar: WorkCalendar;
  readonly period: Period;
  /** The member's hours by calendar day. */
  readonly hours: ReadonlyMap<string, number> | undefined;
  readonly now: DateTime;
}

/**
 * What a member entered on the calendar days of a period, against what was due. The dates are those of who asks; each is the
 * member's own day. Today is still going on, so it counts only when nothing but today is asked for.
 */
export function enteredTime(person: Person, { calendar, period, hours, now }: DueQuestion): EnteredTime {
  const today = now.setZone(person.zone).startOf('day');
  const last = period.end.minus({ milliseconds: 1 });
  const isToday = period.start.hasSame(now, 'day') && last.hasSame(now, 'day');
  const hired = dayOf(person.record.hireDate);
  const left = person.record.inactiveFlag === true ? dayOf(person.record.inactiveDate) : '';
  let [entered, due] = [0, 0];
  const short: ShortDay[] = [];
  const end = last.startOf('day').setZone(person.zone, { keepLocalTime: true });
  let day: DateTime = period.start.startOf('day').setZone(person.zone, { keepLocalTime: true }).startOf('day');
  for (; day <= end && (isToday || day < today); day = day.plus({ days: 1 }).startOf('day')) {
    const date = day.toISODate() ?? '';
    const onDay = hours?.get(date) ?? 0;
    const isThere = date >= hired && (left === '' || date <= left);
    const dueOnDay = isThere ? hoursDue(calendar, day, person.record) : 0;
    entered += onDay;
    due += dueOnDay;
    if (dueOnDay - onDay > TOLERANCE_HOURS) short.push({ day, entered: round(onDay), due: dueOnDay });
  }
  const missing = round(Math.max(0, due - entered));
  const lacked = short.reduce((sum, one) => sum + one.due - one.entered, 0);
  const leftOn = left !== '' && left < (period.start.toISODate() ?? '') ? left : undefined;
  return { person, entered: round(entered), due: round(due), missing, short, shortBy: round(lacked), leftOn };
}
