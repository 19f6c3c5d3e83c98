import type { DateTime } from 'luxon';
import { echoPeriod, isMidnight } from './echo.ts';
import { ClockError } from './errors.ts';
import type { ReadOptions } from './interpret.ts';
import type { Period } from './named-period.ts';
import { readPeriod, type SaidPeriod, withLead } from './period.ts';

const startOf = (moment: DateTime<true>): DateTime<true> => moment.startOf('day') as DateTime<true>;

/** The first and the last day of a period, `2026-11-23` and `2026-11-29`; one that ends at midnight is not on the day after. */
export const daysOf = ({ start, end }: Period): readonly [first: string, last: string] => [
  start.toISODate(),
  end.minus({ milliseconds: 1 }).toISODate(),
];

/** Whether a moment is some days or hours away from now, or begins a day: nobody said a time of day. */
function isUnsaid(moment: DateTime<true>, given: DateTime): boolean {
  const now = given.setZone(moment.zone);
  const isNow = moment.hour === now.hour && moment.minute === now.minute;
  return isMidnight(moment) || (isNow && [0, now.second].includes(moment.second));
}

/** From so many hours on a length is taken by the days that it touches. */
const DAY_HOURS = 24;

/** A UTC time that stands for its date: midnight, as Manage writes dates, and the last minute, as ranges end. */
const DATE_IN_UTC = /(\d{4}-\d{2}-\d{2}[T ](?:00:00|23:59)(?::\d{2}(?:\.\d+)?)?)Z/gi;

/** The last minute of a day, as ranges end. */
const isLast = (moment: DateTime<true>): boolean => moment.toFormat('HH:mm') === '23:59';

const tooFine = (said: string, argument: string): ClockError =>
  new ClockError(
    argument,
    'tooFine',
    `${argument} ${JSON.stringify(said)} is finer than a day, and here are only dates without a time. Send whole days.`,
  );

/**
 * A moment that a date without a time is compared with: "now", "in 3 days".
 * @throws {ClockError} where a time of day was said
 */
export function onItsDay(moment: DateTime<true>, said: string, { now, argument }: ReadOptions): DateTime<true> {
  if (isUnsaid(moment, now) || isLast(moment)) return moment;
  throw tooFine(said, argument);
}

/** Whole days that somebody said. */
export interface SaidDays extends SaidPeriod {
  /** The same words where it is another day already or still: "today" in a member's own zone. */
  inZone(zone: string): SaidDays;
}

/**
 * A period of what has dates without a time, as `readPeriod` reads it, in whole days: today belongs to "last 30 days", and what is
 * overdue ends yesterday. A day or more that is counted in hours, "last 36 hours", is widened to the days that it touches, and said so.
 * @throws {ClockError} as `readPeriod`, and for a time of day: whole days in its place would be more than was asked for
 */
export function readDays(said: string, options: ReadOptions): SaidDays {
  const inZone = (zone: string): SaidDays => readDays(said, { ...options, now: options.now.setZone(zone) });
  return { ...wholeDays(said, options), inZone };
}

function wholeDays(said: string, options: ReadOptions): SaidPeriod {
  const { now, argument } = options;
  const period = readPeriod(said.replace(DATE_IN_UTC, '$1'), options);
  const isWidened = period.isOfClock === true && period.end.diff(period.start, 'hours').hours >= DAY_HOURS;
  if (!isWidened && (!isUnsaid(period.start, now) || !isUnsaid(period.end, now))) throw tooFine(said, argument);
  if (isMidnight(period.start) && isMidnight(period.end)) return period;
  const start = startOf(period.start);
  const last = startOf(period.end);
  const isInside = isMidnight(period.end) || period.beforeDay === true;
  const lead = isWidened ? 'whole days' : period.lead;
  const days = { ...period, lead, start, end: isInside ? last : last.plus({ days: 1 }) };
  return { ...days, echo: withLead(echoPeriod(days, now, period.open), days) };
}
