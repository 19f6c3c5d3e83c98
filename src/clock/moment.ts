import type { DateTime } from 'luxon';
import { echoDay, echoMoment } from './echo.ts';
import { ClockError } from './errors.ts';
import { momentOf, type ReadOptions, wholeDayOf } from './interpret.ts';
import { parseSaid } from './phrase.ts';
import type { Said } from './said.ts';

export interface MomentOptions extends ReadOptions {
  /** The time of day, `HH:mm`, that a day without one stands for; without it such a day is refused. */
  readonly dayMeans?: string;
  /** Moments on the other side of now are refused; otherwise the direction only decides what could be either. */
  readonly only?: boolean;
}

export interface Moment {
  /** In the zone of `now`, a whole minute. */
  readonly at: DateTime<true>;
  /** False where only a day was said. */
  readonly precise: boolean;
  /** Whether only a time of day was said, which was put on the day of now. */
  readonly dayless: boolean;
  /** How it was understood, for the answer; reads back to the same moment. */
  readonly echo: string;
}

/**
 * A moment that somebody said: ISO with or without offset (also in brackets), "2pm", "yesterday 14:00", "in 2 hours", "this morning at 9",
 * "half past two". Without an offset it is the wall clock of `now`'s zone.
 * @throws {ClockError} when there is no time of day in it or more than was understood, when it can be read in two ways, or when
 * daylight saving skips it
 */
export function readMoment(text: string, { dayMeans, only = false, ...options }: MomentOptions): Moment {
  const said = parseSaid(text, options);
  const day = dayMeans === undefined || said.time !== undefined ? undefined : wholeDayOf(said, options);
  const [hour, minute] = (dayMeans ?? '').split(':').map(Number);
  const at = day === undefined ? momentOf(said, options) : (day.set({ hour, minute }) as DateTime<true>);
  const echo = echoMoment(at, options.now);
  if (only) checkSide(at, echo, options);
  const dayless = said.day === undefined && said.instant === undefined;
  return day === undefined
    ? { at, precise: true, dayless, echo }
    : { at, precise: false, dayless, echo: `${echo}, as no time was given` };
}

function checkSide(at: DateTime, echo: string, { now, direction, argument }: ReadOptions): void {
  if (direction === 'past' && at > now)
    throw new ClockError(argument, 'ahead', `${argument}: ${echo} is in the future. Send a time that has passed.`);
  if (direction === 'ahead' && at < now)
    throw new ClockError(argument, 'past', `${argument}: ${echo} is in the past. Send a time that is to come.`);
}

export interface Day {
  /** The calendar date, `2026-03-04`, which no zone shifts. */
  readonly day: string;
  /** Its local midnight in the zone of `now`. */
  readonly at: DateTime<true>;
  readonly echo: string;
}

export interface DayOptions extends ReadOptions {
  /** A day that comes round again is the first one from here on: "Friday" is the Friday after the day on which something starts. */
  readonly notBefore?: DateTime<true> | undefined;
  /** Days on the other side of today are refused; otherwise the direction only decides what could be either. */
  readonly only?: boolean;
}

/**
 * A calendar day that somebody said: "today", "Monday", "2026-03-04", "3 March".
 * @throws {ClockError} when it is not a day, can be read in two ways, has a time of day, which would be lost, or lies on the wrong side
 */
export function readDay(text: string, { notBefore, only = false, ...options }: DayOptions): Day {
  const dayFrom = (now: DateTime) => {
    const from = { ...options, now };
    return dayOrRefuse(parseSaid(text, from), from);
  };
  const soon = dayFrom(options.now);
  // "Next week" and "this Friday" are counted from today.
  const isFixed = notBefore === undefined || soon >= notBefore || /\b(this|next|last)\b/i.test(text);
  const at = isFixed ? soon : (nextFrom(notBefore, { soon, dayFrom }) ?? soon);
  const echo = echoDay(at, options.now);
  if (only) checkDaySide(at, echo, options);
  return { day: at.toISODate(), at, echo };
}

function checkDaySide(at: DateTime, echo: string, { now, direction, argument }: ReadOptions): void {
  const today = now.startOf('day');
  if (direction === 'past' && at > today)
    throw new ClockError(argument, 'ahead', `${argument}: ${echo} is in the future. Send a day that has come.`);
  if (direction === 'ahead' && at < today)
    throw new ClockError(argument, 'past', `${argument}: ${echo} is in the past. Send a day that is to come.`);
}

/** The day from `notBefore` on, unless it is counted from today ("tomorrow", "in 3 days") or cannot come again. */
function nextFrom(
  notBefore: DateTime<true>,
  { soon, dayFrom }: { soon: DateTime<true>; dayFrom: (now: DateTime) => DateTime<true> },
): DateTime<true> | undefined {
  const isCounted = dayFrom(notBefore).diff(dayFrom(notBefore.plus({ days: 1 })), 'days').days === -1;
  const later = dayFrom(notBefore);
  return isCounted || later < notBefore || later <= soon ? undefined : later;
}

/** The day of a phrase, as its local midnight. @throws {ClockError} as `readDay` */
export function dayOrRefuse(said: Said, options: ReadOptions): DateTime<true> {
  const at = wholeDayOf(said, options);
  if (at !== undefined) return at;
  const { argument } = options;
  const isTimed = said.time !== undefined || said.instant !== undefined || said.part !== undefined;
  const why = isTimed && (said.rest ?? '') === '' ? 'names a time of day, and only a day counts here' : 'is not a day';
  throw new ClockError(
    argument,
    'unreadable',
    `${argument} ${JSON.stringify(said.text)} ${why}. Send "today", "yesterday", "Monday" or a date like 2026-03-04.`,
  );
}
