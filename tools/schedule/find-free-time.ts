import { DateTime } from 'luxon';
import { z } from 'zod';
import { type Period, readPeriod, type SaidPeriod, showDay, showMoment } from '../../src/clock/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { type Clean, type CleanValue, cleanLine, cleanValue, counted, joined, say } from '../../src/text/index.ts';
import {
  defineTool,
  durationFor,
  fragments,
  listOutput,
  minutesFor,
  ToolInputError,
  tableResult,
} from '../../src/tool/index.ts';
import { type Interval, lengthOf } from '../../src/working-time/intervals.ts';
import { PEOPLE_OPERATIONS, readPeople } from '../../src/working-time/people.ts';
import { CALENDAR_OPERATIONS } from '../../src/working-time/work-calendar.ts';
import {
  byDay,
  byDayOfBegin,
  type FreeTime,
  freeTogether,
  LOGGED_OPERATIONS,
  readFreeTime,
} from './support/free-time.ts';
import { busySaid, namesOf, neverSaid } from './support/never-free.ts';
import { SCHEDULED_OPERATIONS } from './support/scheduled.ts';

const MOST_ROWS = 100;
/** Names that are said of those who are free first; more are a number. */
const MOST_NAMED = 3;
const MINUTE = 60_000;
/** Slots that begin at 14:03 are nobody's. */
const ROUND_TO = 5 * MINUTE;
/** Minutes that a slot lasts at least where nobody said. */
const HALF_AN_HOUR = 30;

/** The rest of a period, from now on. @throws {ToolInputError} when it is over */
function restOf({ start, end, echo }: SaidPeriod, now: DateTime<true>): Period {
  const from = Math.max(start.toMillis(), Math.ceil(now.toMillis() / ROUND_TO) * ROUND_TO);
  if (from >= end.toMillis())
    throw new ToolInputError(
      'period',
      say`period: ${cleanLine(echo)} is over. Send one that is to come, like "tomorrow" or "next week".`,
    );
  return { start: DateTime.fromMillis(from, { zone: now.zoneName }) as DateTime<true>, end };
}

/** A day on which somebody, or all of them, have time. */
interface Row {
  /** `2026-11-24`. */
  readonly day: string;
  readonly who: Clean;
  /** The work role of the one whose day it is, and the working hours of it that are taken. */
  readonly role?: Clean;
  readonly booked?: number;
  readonly slots: readonly Interval[];
  readonly remark: Clean;
}

const beginOf = ({ slots }: Row): number => slots[0]?.start ?? 0;

/** When a slot is on the wall clock; one that ends at midnight ends at 24:00. */
function clocksOf({ start, end }: Interval, zone: string): { readonly start: string; readonly end: string } {
  const clock = (moment: number): string => DateTime.fromMillis(moment, { zone }).toFormat('HH:mm');
  return { start: clock(start), end: clock(end).replace('00:00', '24:00') };
}

/** `09:00-17:00`, and `19:00-04:30 next day` for what runs past midnight. */
function rangeOf(slot: Interval, zone: string): string {
  const { start, end } = clocksOf(slot, zone);
  const isNextDay =
    end !== '24:00' &&
    !DateTime.fromMillis(slot.end, { zone }).hasSame(DateTime.fromMillis(slot.start, { zone }), 'day');
  return `${start}-${end}${isNextDay ? ' next day' : ''}`;
}

/** When the first slot begins, and for whom: several may begin at once, and none of them is the answer alone. */
function earliestOf(rows: readonly Row[]): { readonly who: Clean; readonly begin: number } | undefined {
  if (rows.length === 0) return undefined;
  const begin = Math.min(...rows.map(beginOf));
  const first = rows.filter((row) => beginOf(row) === begin).map(({ who }) => who);
  const who = first.length > MOST_NAMED ? say`${first.length} members` : joined(first, ', ');
  return { who: first.length > 1 ? say`${who} alike` : who, begin };
}

/** Hours of the clock in which people are asked to meet, where they are. */
const DAY_HOURS = { from: 7, until: 19 } as const;

/** Of an earliest slot at night where the asker is: that it is, and the first one by day there. */
function byDayHere(rows: readonly Row[], begin: number, length: number, zone: string): Clean | undefined {
  const hour = DateTime.fromMillis(begin, { zone }).hour;
  if (hour >= DAY_HOURS.from && hour < DAY_HOURS.until) return undefined;
  const begins = rows.flatMap(({ slots }) =>
    slots.flatMap(({ start, end }) => {
      const first = DateTime.fromMillis(start, { zone });
      const morning = first.startOf('day').set({ hour: DAY_HOURS.from });
      return [morning, morning.plus({ days: 1 })].flatMap((from) => {
        const at = Math.max(start, from.toMillis());
        const until = from.set({ hour: DAY_HOURS.until }).toMillis();
        return at + length <= Math.min(end, until) ? [at] : [];
      });
    }),
  );
  const where = say`outside ${DAY_HOURS.from}:00-${DAY_HOURS.until}:00 in ${cleanLine(zone)}`;
  if (begins.length === 0) return say` (${where}, as is every other)`;
  const next = DateTime.fromMillis(Math.min(...begins), { zone }) as DateTime<true>;
  return say` (${where}; within it ${cleanLine(showMoment(next))})`;
}

const inHours = (milliseconds: number): number => Math.round(milliseconds / 36_000) / 100;

const remarkOf = ({ untimed }: FreeTime, day: string): Clean => {
  const count = untimed.get(day) ?? 0;
  return count === 0 ? say`` : say`${count} on this day without a time`;
};

/** Days with slots of at least a length (in milliseconds), earliest first. */
function rowsOf(all: readonly FreeTime[], together: boolean, length: number, zone: string): Row[] {
  const rows = together
    ? [...byDayOfBegin(freeTogether(all), length, zone)].map(([day, slots]) => ({
        day,
        slots,
        who: say`all ${all.length}`,
        remark: say``,
      }))
    : all.flatMap((one) =>
        [...byDayOfBegin(one.free, length, zone)].map(([day, slots]) => ({
          day,
          slots,
          who: one.person.name,
          role: cleanLine(nameOf(one.person.record.workRole)),
          booked: inHours(one.booked.get(day) ?? 0),
          remark: remarkOf(one, day),
        })),
      );
  return rows.sort((a, b) => a.day.localeCompare(b.day) || beginOf(a) - beginOf(b) || a.who.localeCompare(b.who));
}

/** `Thanksgiving (2026-11-26) of Alex Chen, Kaja Lind`, a piece each. */
function holidaysOf(all: readonly FreeTime[]): Clean[] {
  const holders = new Map<string, FreeTime[]>();
  for (const one of all)
    for (const { name, date } of one.holidays) {
      const key = `${name} (${date})`;
      holders.set(key, [...(holders.get(key) ?? []), one]);
    }
  return [...holders].map(
    ([key, own]) => say`${cleanLine(key)} of ${own.length === all.length ? say`all` : namesOf(own)}`,
  );
}

/** Everybody's days for the view of the schedule, by ids: its lanes, also of who has nothing free. */
const forDispatch = (all: readonly FreeTime[], length: number, zone: string): CleanValue =>
  cleanValue({
    seesLogged: all.every((one) => one.seesLogged),
    people: all.map(({ person, free, isAssumed, holidays, working }) => ({
      id: person.id,
      name: person.name,
      isAssumed,
      works: working > 0,
      holidays: holidays.map(({ date, name }) => ({ date, name })),
      free: [...byDay(free, length, zone)].flatMap(([day, slots]) =>
        slots.map((slot) => ({ day, ...clocksOf(slot, zone) })),
      ),
    })),
  });

export default defineTool({
  name: 'find_free_time',
  title: 'Find free time',
  toolset: 'schedule',
  core: true,
  effect: 'read',
  uses: [...CALENDAR_OPERATIONS, ...SCHEDULED_OPERATIONS, ...LOGGED_OPERATIONS, ...PEOPLE_OPERATIONS],
  description: 'Who is free when: working time without holidays and what is scheduled or logged.',
  input: z.strictObject({
    who: z.array(z.string()).optional().describe('Members, a team or work role; default everyone'),
    period: fragments.period('ahead', 'Default the next 7 days').optional(),
    length: fragments.length('unsaid', { description: 'Default 30 minutes' }).optional(),
    together: z.boolean().optional().describe('When all of them are free'),
  }),
  aliases: {
    member: 'who',
    members: 'who',
    team: 'who',
    workRole: 'who',
    technician: 'who',
    date: 'period',
    day: 'period',
    when: 'period',
    duration: durationFor('length', { overDay: 'minutes' }),
    minutes: minutesFor('length'),
    hours: 'length',
  },
  searchWords: 'available availability off away out absent sick vacation leave who is in today working',
  output: listOutput,
  looksUp: ({ who }, context) => [who && readPeople(who, context)],
  async run({ who, period: said, length: minutes = HALF_AN_HOUR, together }, context) {
    const now = await context.now();
    const zone = now.zoneName;
    const period = said ?? readPeriod('next 7 days', { now, argument: 'period', direction: 'ahead' });
    const people = await readPeople(who, context);
    const all = await readFreeTime(people, restOf(period, now), { only: who !== undefined }, context);
    const isTogether = together === true && all.length > 1;
    const rows = rowsOf(all, isTogether, minutes * MINUTE, zone);
    const earliest = earliestOf(rows);
    const busy = isTogether ? [] : all.filter(({ person }) => !rows.some((row) => row.who === person.name));
    const assumed = all.filter((one) => one.isAssumed);
    const away = all
      .filter((one) => one.away.length > 0)
      .map((one) => say`${one.person.name}, ${joined(one.away, ', ')}`);
    const holidays = holidaysOf(all);
    const shown = rows.slice(0, MOST_ROWS);
    const result = await tableResult({
      noun: isTogether ? 'days' : 'member days',
      head: joined(
        [
          joined(
            [
              say`period: ${cleanLine(period.echo)}`,
              say`at least ${minutes} minutes`,
              isTogether && say`all of ${namesOf(all)}`,
            ],
            ', ',
          ),
          isTogether && rows.length === 0 && neverSaid(all, minutes * MINUTE, zone),
          earliest &&
            say`earliest: ${earliest.who}, ${cleanLine(showMoment(DateTime.fromMillis(earliest.begin, { zone })))}${byDayHere(rows, earliest.begin, minutes * MINUTE, zone) ?? say``}`,
          busy.length > 0 && say`nothing free: ${busySaid(busy)}`,
          assumed.length > 0 && say`no calendar, so Mon-Fri 08:00-17:00 is assumed: ${namesOf(assumed)}`,
          all.some((one) => !one.seesLogged) && say`logged time cannot be read with this role, so it may be taken`,
          away.length > 0 && say`away: ${joined(away, '; ')}`,
          holidays.length > 0 && say`holiday: ${joined(holidays, '; ')}`,
          shown.length < rows.length &&
            say`the first ${MOST_ROWS} of ${counted(rows.length, 'row')}; narrow who or period for the rest`,
        ],
        '. ',
      ),
      columns: ['day', 'member', 'free', 'hours', 'remark', ...(isTogether ? [] : ['role', 'booked hours'])],
      rows: shown.map(({ day, who: member, slots, remark, role, booked }) => [
        showDay(DateTime.fromISO(day, { zone })),
        member,
        slots.map((slot) => rangeOf(slot, zone)).join(', '),
        inHours(lengthOf(slots)),
        remark,
        ...(isTogether ? [] : [role, booked]),
      ]),
      total: rows.length,
      pageSize: Math.max(1, rows.length),
    });
    return { ...result, aside: forDispatch(all, minutes * MINUTE, zone) };
  },
});
