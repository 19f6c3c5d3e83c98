import type { DateTime } from 'luxon';
import { ClockError } from './errors.ts';
import { dayOf, momentOf, type ReadOptions } from './interpret.ts';
import type { Period } from './named-period.ts';
import type { Said, SaidRange } from './said.ts';

/** Work that begins in the evening and ends early runs past midnight. */
const EVENING = 17;
const LONGEST_NIGHT_HOURS = 12;

/** The argument of the end, where start and end are two. */
interface RangeOptions extends ReadOptions {
  readonly endArgument?: string;
}

/** A zone that only the end names is the start's as well: "9am to 10am PST". */
function sharedZone({ start, end }: SaidRange): Said {
  if (start.zone !== undefined || start.time === undefined || start.time.offset !== undefined) return start;
  return { ...start, zone: end.zone, time: { ...start.time, offset: end.time?.offset } };
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
  const { end: until } = said;
  const from = sharedZone(said);
  const hasDay = until.day !== undefined || until.instant !== undefined;
  const isBare = options.day === undefined && from.day === undefined && from.instant === undefined;
  const day = hasDay && isBare ? dayNamedBy(until, { ...options, argument }) : options.day;
  const start = startBefore(from, until, { ...options, day }, argument);
  const end = momentOf(until, { ...options, argument, after: start, day: hasDay ? undefined : start });
  const isNight = (a: DateTime, b: DateTime): boolean =>
    end <= start && start.hour >= EVENING && b.diff(a, 'hours').hours <= LONGEST_NIGHT_HOURS;
  const [next, before] = [end.plus({ days: 1 }), start.minus({ days: 1 })];
  if (!hasDay && isNight(start, next)) return { start, end: next };
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
