import { type DateTime, FixedOffsetZone } from 'luxon';
import { LATEST_CLOSE } from './end-after.ts';
import { ClockError } from './errors.ts';
import { dayOf, momentOf, type ReadOptions } from './interpret.ts';
import type { Period } from './named-period.ts';
import { SAYS_HALF } from './phrase.ts';
import type { Said, SaidRange } from './said.ts';

/** Work that begins in the evening and ends early runs past midnight. */
const EVENING = 17;
const LONGEST_NIGHT_HOURS = 12;

/** The argument of the end, where start and end are two. */
interface RangeOptions extends ReadOptions {
  readonly endArgument?: string;
}

/** An offset as machines write it, which the other end of a range need not share. */
const WRITTEN_OFFSET = /\d\s*(?:Z|[+-]\d{2}:?\d{2})$/i;

/** Afternoon hours in 24 of them: who writes 15:30 writes 8:30 for the morning. What a machine wrote with its offset says nothing of that. */
const isIn24Hours = ({ time, text }: Said): boolean =>
  time?.certain === true && time.hour > 12 && time.offset === undefined && !SAYS_HALF.test(text);

/** Whether the end is as exact as it was said: its start is in 24 hours, or each names its day and no half of it. */
function isExactEnd(from: Said, until: Said): boolean {
  const bothDays = [from, until].every(({ day, instant }) => day !== undefined || instant !== undefined);
  return isIn24Hours(from) || (bothDays && from.time?.offset === undefined && !SAYS_HALF.test(from.text));
}

const hasZone = ({ zone, time }: Said): boolean => zone !== undefined || time?.offset !== undefined;

/** `said` with the zone that `other` names. */
function inZoneOf(other: Said, said: Said): Said {
  const { offset } = other.time ?? {};
  return { ...said, zone: other.zone ?? (offset === undefined ? undefined : FixedOffsetZone.instance(offset).name) };
}

/**
 * A zone that only one of the two names is the other's as well: "9am to 10am PST", "11am ET to noon". Beside an offset that a machine
 * wrote, a time without one can be local: models convert one of the two and leave the other as it was said.
 * @throws {ClockError} where the two readings differ
 */
function inOneZone(said: SaidRange, { now, argument }: ReadOptions, startArgument: string): SaidRange {
  const { start, end } = said;
  if (start.time === undefined || end.time === undefined || hasZone(start) === hasZone(end)) return said;
  const isStart = hasZone(start);
  const [zoned, bare] = isStart ? [start, end] : [end, start];
  if (WRITTEN_OFFSET.test(zoned.text) && zoned.time?.offset !== now.offset)
    throw new ClockError(
      isStart ? argument : startArgument,
      'ambiguous',
      `${isStart ? argument : startArgument} ${JSON.stringify(bare.text)} names no zone, and ${JSON.stringify(zoned.text)} does. Send both with it, or both in local time (${now.zoneName}).`,
    );
  return isStart ? { start, end: inZoneOf(start, end) } : { start: inZoneOf(end, start), end };
}

const dayNamedBy = ({ day, instant, text }: Said, options: ReadOptions): DateTime | undefined =>
  day === undefined ? instant : dayOf(day, text, options);

/** A start given only as an hour is the one before the end, where the end is certain. */
function startBefore(start: Said, end: Said, options: ReadOptions, endArgument: string): DateTime<true> {
  const isBare = start.time?.certain === false && start.time.hour <= 11;
  if (!isBare || end.time?.certain !== true || end.time.hour === 0) return momentOf(start, options);
  const isBareEnd = end.day === undefined && end.instant === undefined;
  const day = (isBareEnd ? dayNamedBy(start, options) : undefined) ?? options.day;
  const before = momentOf(end, { ...options, day, argument: endArgument });
  const early = momentOf(start, { ...options, before });
  // "10pm to 1am" and the like: what cannot lie before the end is read by itself.
  return early < before ? early : momentOf(start, { ...options, before: early });
}

/**
 * From one moment to another: each says which half of the day a bare hour of the other is in, and an end of which only the time is said
 * belongs to the other's day. The end may come out before the start.
 * @throws {ClockError}
 */
export function rangeOf(said: SaidRange, { endArgument, ...options }: RangeOptions): Period {
  const argument = endArgument ?? options.argument;
  const { start: from, end: until } = inOneZone(said, { ...options, argument }, options.argument);
  const hasDay = until.day !== undefined || until.instant !== undefined;
  const isBare = options.day === undefined && from.day === undefined && from.instant === undefined;
  const day = hasDay && isBare ? dayNamedBy(until, { ...options, argument }) : options.day;
  const start = startBefore(from, until, { ...options, day }, argument);
  const end = momentOf(until, {
    ...options,
    argument,
    after: start,
    isExact: isExactEnd(from, until),
    day: hasDay ? undefined : start,
  });
  const isNight = (a: DateTime, b: DateTime): boolean =>
    end <= start && start.hour >= EVENING && b.diff(a, 'hours').hours <= LONGEST_NIGHT_HOURS;
  const [next, before] = [end.plus({ days: 1 }), start.minus({ days: 1 })];
  // "20:30 to 8:15" is a slip as easily as a night.
  const isSure = until.time?.certain !== false || end.hour <= LATEST_CLOSE;
  if (!hasDay && isSure && isNight(start, next)) return { start, end: next };
  // Only the end of the two names a day: "10pm" to "1am on Sunday".
  return hasDay && isBare && isNight(before, end) ? { start: before, end } : { start, end };
}

/** Whether both ends name a time of day. */
export const isTimed = (said: SaidRange): boolean =>
  [said.start, said.end].every(({ time, instant }) => time !== undefined || instant !== undefined);

/** @throws {ClockError} where a range ends before it starts */
export function inOrder(period: Period, text: string, argument: string): Period {
  if (period.end > period.start) return period;
  throw new ClockError(argument, 'order', `${argument} ${JSON.stringify(text)} ends before it starts.`);
}
