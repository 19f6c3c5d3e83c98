import { DateTime, FixedOffsetZone } from 'luxon';
import { dateOf } from './day-phrase.ts';
import { isMidnight } from './echo.ts';
import { endAfter } from './end-after.ts';
import { ClockError, type Direction } from './errors.ts';
import type { DayPart, Said, SaidDay, SaidTime } from './said.ts';
import { refuseYear } from './vague.ts';
import { EXAMPLES } from './written.ts';

export interface ReadOptions {
  /** The present, in the zone whose wall clock is meant. */
  readonly now: DateTime;
  /** The argument that carries the text; errors name it. */
  readonly argument: string;
  /** Which of several days "Monday" and "3 March" mean. */
  readonly direction: Direction;
  /** The day that a bare time belongs to; the day of `now` when left out. */
  readonly day?: DateTime;
  /** A bare hour that could be either side of noon is the first one after this moment. */
  readonly after?: DateTime;
  /** The other end is said in 24 hours, so that an hour with minutes is in the half of the day that it names. */
  readonly isExact?: boolean;
  /** ... or the last one before this moment. */
  readonly before?: DateTime;
  /** A filter takes a date without its year from this year where it has just passed; anything else asks for the year. */
  readonly isFilter?: boolean;
}

const quoted = (text: string): string => JSON.stringify(text);

/** A date without a year that passed, or is to come, within so many days may well be that one. */
const NEAR_DAYS = 60;

/** The local midnight of a day that was said. @throws {ClockError} for one that does not exist or could be another */
export function dayOf(
  said: SaidDay,
  text: string,
  { now, argument, direction, isFilter = false }: ReadOptions,
): DateTime<true> {
  const today = now.startOf('day') as DateTime<true>;
  if (said.kind === 'date') {
    const date = DateTime.fromObject({ year: said.year, month: said.month, day: said.day }, { zone: now.zone });
    if (date.isValid) {
      checkWeekday(date, said.weekday, text, argument);
      return date.startOf('day') as DateTime<true>;
    }
    throw new ClockError(
      argument,
      'notInCalendar',
      `${argument} ${quoted(text)} is not a date that exists. Send one like ${today.toISODate()}.`,
    );
  }
  if (said.kind === 'weekday') return weekdayOf(said, today, direction);
  const dates = candidates(said, today);
  const chosen = nearest(dates, today, direction);
  if (said.kind === 'yearless' && said.weekday !== undefined) checkNearYear(said, chosen, { text, today, argument });
  if (chosen === undefined)
    throw new ClockError(
      argument,
      'contradiction',
      `${argument} ${quoted(text)} is not a date of this year or the ones beside it. Check the weekday, or send it with its year, like ${today.toISODate()}.`,
    );
  // "27 November", due, said on the 29th: this year's has just passed, and next year's is hardly meant.
  const other = said.kind === 'yearless' && said.weekday === undefined ? nearest(dates, today, 'either') : chosen;
  const isClose = other !== undefined && Math.abs(other.diff(today, 'days').days) <= NEAR_DAYS;
  if (other === undefined || other.toMillis() === chosen.toMillis() || !isClose) return chosen;
  if (isFilter) return direction === 'ahead' ? other : chosen;
  throw new ClockError(
    argument,
    'ambiguous',
    `${argument} ${quoted(text)} can be read as ${other.toISODate()} or ${chosen.toISODate()}. Send the one you mean.`,
  );
}

function checkWeekday(date: DateTime, weekday: number | undefined, text: string, argument: string): void {
  if (weekday === undefined || weekday === date.weekday) return;
  const is = date.setLocale('en-GB').toFormat('cccc');
  throw new ClockError(
    argument,
    'contradiction',
    `${argument} ${quoted(text)} names another weekday: ${date.toISODate()} is a ${is}. Send the date alone.`,
  );
}

/** The days that a phrase can mean, over which the direction decides. */
function candidates(said: Exclude<SaidDay, { kind: 'date' | 'weekday' }>, today: DateTime): readonly DateTime<true>[] {
  if (said.kind === 'recurring') return said.days;
  return said.kind === 'yearless' ? yearsOf(said, today) : monthsOf(said.day, today);
}

/**
 * "Thu 4 Dec", said in November of a year in which the 4th is a Friday: that of last year has the weekday, and is hardly meant.
 * @throws {ClockError} where the weekday alone leads to another year than the date
 */
function checkNearYear(
  said: Extract<SaidDay, { kind: 'yearless' }>,
  chosen: DateTime | undefined,
  { text, today, argument }: { text: string; today: DateTime<true>; argument: string },
): void {
  const near = nearest(yearsOf({ ...said, weekday: undefined }, today), today, 'either');
  // Answers show dates of this year without it.
  if (near === undefined || chosen?.year === today.year || chosen?.hasSame(near, 'day')) return;
  const isNear = Math.abs(near.diff(today, 'days').days) <= NEAR_DAYS;
  if (chosen === undefined || isNear) checkWeekday(near, said.weekday, text, argument);
}

function weekdayOf(
  said: Extract<SaidDay, { kind: 'weekday' }>,
  today: DateTime<true>,
  direction: Direction,
): DateTime<true> {
  const ofWeek = (weeks: number): DateTime<true> =>
    today.startOf('week').plus({ weeks, days: said.weekday - 1 }) as DateTime<true>;
  if (said.week !== undefined) return ofWeek(said.week);
  if (said.which === 'next') return ofWeek(1);
  const back = (today.weekday - said.weekday + 7) % 7;
  if (said.which === 'last') return today.minus({ days: back || 7 }) as DateTime<true>;
  const isBack = direction === 'past' || (direction === 'either' && back <= 3);
  return (isBack ? today.minus({ days: back }) : today.plus({ days: (7 - back) % 7 })) as DateTime<true>;
}

/** The years around this one in which a date exists, on its weekday where that is said; far enough for leap days. */
function yearsOf(said: Extract<SaidDay, { kind: 'yearless' }>, today: DateTime): DateTime<true>[] {
  const around = said.month === 2 && said.day === 29 ? 8 : 1;
  const years = Array.from({ length: 2 * around + 1 }, (_, index) => today.year - around + index);
  return years
    .map((year) => DateTime.fromObject({ year, month: said.month, day: said.day }, { zone: today.zone }))
    .filter((date): date is DateTime<true> => date.isValid && (said.weekday ?? date.weekday) === date.weekday);
}

/** The months around this one that have such a day. */
const monthsOf = (day: number, today: DateTime): DateTime<true>[] =>
  [-2, -1, 0, 1, 2]
    .map((months) => today.startOf('month').plus({ months }))
    .filter((month) => day >= 1 && day <= (month.daysInMonth ?? 0))
    .map((month) => month.set({ day }) as DateTime<true>);

/** The nearest date in its direction; in the other direction where this one has none. */
function nearest(dates: readonly DateTime<true>[], today: DateTime, direction: Direction): DateTime<true> | undefined {
  const distance = (date: DateTime): number => Math.abs(date.diff(today, 'days').days);
  const closest = [...dates].sort((a, b) => distance(a) - distance(b));
  const onSide = closest.find((date) => (direction === 'ahead' ? date >= today : date <= today));
  return direction === 'either' ? closest[0] : (onSide ?? closest[0]);
}

const clockText = ({ hour, minute }: SaidTime): string =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

/** A time on the wall clock of a day's zone. Times that daylight saving skips are refused; of repeated ones the first is taken. */
function onClock(day: DateTime, time: SaidTime, argument: string): DateTime<true> {
  const date = time.endOfDay ? day.plus({ days: 1 }) : day;
  const { year, month, day: number } = date;
  const { hour, minute } = time;
  if (time.offset !== undefined)
    return DateTime.fromObject(
      { year, month, day: number, hour, minute },
      { zone: FixedOffsetZone.instance(time.offset) },
    ).setZone(day.zone) as DateTime<true>;
  const moment = DateTime.fromObject({ year, month, day: number, hour, minute }, { zone: day.zone });
  if (moment.hour !== hour || moment.minute !== minute)
    throw new ClockError(
      argument,
      'skippedHour',
      `${argument} ${clockText(time)} does not exist on ${date.toISODate()} in ${day.zoneName}: the clocks went forward. Send a time before or after the change.`,
    );
  return (moment.getPossibleOffsets()[0] ?? moment) as DateTime<true>;
}

/** What a phrase says besides a moment, or lacks of one; for errors. */
function whyNoMoment({ rest = '', several, day, part, month, lastDay }: Said): string {
  if (several === true || lastDay !== undefined) return 'names more than one time';
  if (rest !== '' && (day !== undefined || part !== undefined)) return `says more than a time (${quoted(rest)})`;
  return day !== undefined || part !== undefined || month !== undefined ? 'names no time of day' : 'is not a time';
}

/** @throws {ClockError} that says what the phrase is instead of a moment */
function noMoment(said: Said, { argument, now }: ReadOptions): never {
  const { day, time, rest = '' } = said;
  const isDate = day?.kind === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(said.text);
  if (isDate)
    throw new ClockError(
      argument,
      'noTime',
      `${argument} ${quoted(said.text)} names no time of day. Send ${said.text} with one, like ${said.text} 14:00.`,
    );
  const why = time !== undefined && rest !== '' ? `says more than a time (${quoted(rest)})` : whyNoMoment(said);
  throw new ClockError(
    argument,
    why === 'names no time of day' ? 'noTime' : 'unreadable',
    `${argument} ${quoted(said.text)} ${why}. Send ${EXAMPLES}; a time without a zone is read in ${now.zoneName}.`,
  );
}

/** The moment that a phrase names, in the zone of `now`, in whole minutes. @throws {ClockError} */
export function momentOf(said: Said, options: ReadOptions): DateTime<true> {
  const { now, direction, argument } = options;
  if (said.instant !== undefined) return said.instant.setZone(now.zone) as DateTime<true>;
  const { time } = said;
  if (time === undefined || said.several === true || (said.rest ?? '') !== '') return noMoment(said, options);
  const isBareTime = said.day === undefined && options.day === undefined && options.after === undefined;
  if (isBareTime && direction !== 'past') refuseYear(said.text, options);
  const there = said.zone === undefined ? options : { ...options, now: now.setZone(said.zone) };
  const day =
    said.day === undefined
      ? ((options.day?.setZone(there.now.zone) ?? there.now).startOf('day') as DateTime<true>)
      : dayOf(said.day, said.text, there);
  if (time.isMidnight === true && said.day !== undefined) eitherMidnight(day, said.text, argument);
  const read = (on: DateTime): DateTime<true> =>
    whichHalf(onClock(on, time, argument), said, options).setZone(now.zone) as DateTime<true>;
  const moment = read(day);
  // A bare time that has passed today may mean tomorrow's, or a slip.
  const isBare = said.day === undefined && options.day === undefined;
  if (isBare && direction === 'ahead' && moment < now.startOf('minute')) {
    if (time.isMidnight === true) return read(day.plus({ days: 1 }));
    // As it was said: without a zone that was in it, the time would be another one.
    throw new ClockError(
      argument,
      'past',
      `${argument} ${quoted(said.text)} has passed today. Send the day as well, like "tomorrow ${said.text.trim().replace(/^(?:this|today) /i, '')}".`,
    );
  }
  // "Friday 9am", said on a Friday afternoon about what is to come, is in a week.
  const isToday = said.day?.kind === 'weekday' && said.day.which === undefined && day.hasSame(there.now, 'day');
  if (isToday && direction === 'ahead' && moment < now) return read(day.plus({ weeks: 1 }));
  return isToday && direction === 'past' && moment > now ? read(day.minus({ weeks: 1 })) : moment;
}

/** "Midnight Friday" is at either end of that day. */
function eitherMidnight(day: DateTime, text: string, argument: string): never {
  const at = `${day.toISODate()} 00:00`;
  throw new ClockError(
    argument,
    'ambiguous',
    `${argument} ${quoted(text)} can be read as ${at} or ${day.toISODate()} 24:00. Send the one you mean.`,
  );
}

/** Hours that people say of their work without naming the half of the day. */
const LATEST_UNSURE = 6;

/** The half of the day that a bare hour is in: beside a start or an end that is known, the one next to it; else the only one that can be. */
function whichHalf(moment: DateTime<true>, said: Said, options: ReadOptions): DateTime<true> {
  const { argument, after, before, now, direction } = options;
  if (said.time?.certain !== false) return moment;
  const late = moment.plus({ hours: 12 });
  if (after !== undefined) return endAfter(moment, after, said, options.isExact === true);
  if (before !== undefined) return late < before ? late : moment;
  if (moment.hour > LATEST_UNSURE) return moment;
  if (moment <= now && now < late && direction !== 'either') return direction === 'past' ? moment : late;
  throw new ClockError(
    argument,
    'ambiguous',
    `${argument} ${quoted(said.text)} can be read as ${moment.toFormat('HH:mm')} or ${late.toFormat('HH:mm')}. Send the one that is meant.`,
  );
}

/** Midnight, and the last minute of a day, are how a date is written where a moment is asked for. */
const standsForDay = ({ hour, minute, endOfDay }: SaidTime): boolean =>
  !endOfDay && ((hour === 0 && minute === 0) || (hour === 23 && minute === 59));

/**
 * The calendar day that a phrase names, as its local midnight; `undefined` where it names none.
 * @throws {ClockError} where it names a time of day as well, which would be lost
 */
export function wholeDayOf(said: Said, options: ReadOptions): DateTime<true> | undefined {
  const { time, rest = '', text } = said;
  // "EOD" by itself is of today.
  const day = said.day ?? (time?.isClose === true ? dateOf(options.now) : undefined);
  if (day === undefined || rest !== '' || said.lastDay !== undefined || said.several === true) return undefined;
  if (said.part !== undefined) return undefined;
  if (time === undefined || time.isClose === true || (/^\d{4}-/.test(text) && standsForDay(time)))
    return dayOf(day, text, options);
  // Local midnight, written in UTC.
  const moment = time.offset === undefined ? undefined : momentOf(said, options);
  return moment !== undefined && isMidnight(moment) ? moment : undefined;
}

/** When the parts of a working day are, as people mean them who say when they worked; hours of the wall clock. */
const PARTS: Readonly<Record<DayPart, readonly [number, number]>> = {
  morning: [8, 12],
  afternoon: [12, 17],
  evening: [17, 21],
  night: [17, 24],
};

/** The part of a day that a phrase names ("yesterday afternoon"), half-open; `undefined` where it names none. */
export function dayPartOf(
  said: Said,
  options: ReadOptions,
): { start: DateTime<true>; end: DateTime<true> } | undefined {
  if (said.part === undefined || (said.rest ?? '') !== '') return undefined;
  const day =
    said.day === undefined ? (options.day ?? options.now).startOf('day') : dayOf(said.day, said.text, options);
  const [from, to] = PARTS[said.part];
  const end = to === 24 ? day.plus({ days: 1 }) : day.set({ hour: to });
  return { start: day.set({ hour: from }) as DateTime<true>, end: end as DateTime<true> };
}
