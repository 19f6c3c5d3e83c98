import { DateTime } from 'luxon';
import { splitBreak } from './break.ts';
import { echoPeriod, repeatedHour } from './echo.ts';
import { ClockError, type Direction } from './errors.ts';
import { dayPartOf, momentOf, type ReadOptions } from './interpret.ts';
import { readLength, showHours } from './length.ts';
import { showDay, showMoment } from './manage-time.ts';
import { dayOrRefuse } from './moment.ts';
import type { Period } from './named-period.ts';
import { isRange, parsePhrase, parseSaid } from './phrase.ts';
import { isTimed, rangeOf } from './range.ts';
import type { Said } from './said.ts';

/** What people say about when something was done or is to be done. */
export interface SpanInput {
  /** A moment, or a range: "2pm to 3:30", "2pm for 45 minutes", "9 to 5 with a 1h lunch break". */
  readonly start?: string;
  readonly end?: string;
  /** From start to end, the break included. */
  readonly length?: string | number;
  /** The day that bare times belong to. */
  readonly day?: string | DateTime;
  readonly breakTime?: string | number;
}

export interface SpanOptions {
  readonly now: DateTime;
  readonly direction: Direction;
  /** What the tool calls its arguments; `start`, `end`, `hours`, `date`, `break` when left out. */
  readonly names?: Partial<Record<keyof SpanInput, string>>;
  /** Minutes that it lasts where nobody said; without it that is asked for. */
  readonly otherwise?: number;
  /** A length alone ends now. */
  readonly endsNow?: boolean;
  /** Nobody said the day: it is only where bare times belong, and `start` may name another one. */
  readonly dayMayDiffer?: boolean;
}

export interface Span extends Period {
  readonly kind: 'span';
  /** Minutes of the break, and of what is left without it. */
  readonly breakMinutes: number;
  readonly minutes: number;
  /** How it was read: dates, times and zone. */
  readonly echo: string;
  /** What has to be said of it: an hour that the clocks repeat. */
  readonly notes: readonly string[];
}

/** Only a day or a part of one was said; where in it is for the tool to choose. */
export interface LooseSpan {
  readonly kind: 'within';
  readonly period: Period;
  readonly isPart: boolean;
  readonly length?: number;
  readonly breakMinutes: number;
}

const NAMES = { start: 'start', end: 'end', length: 'hours', day: 'date', breakTime: 'break' } as const;
const LONGEST = 24 * 60;
const minutesBetween = (start: DateTime, end: DateTime): number => Math.round(end.diff(start, 'minutes').minutes);
const inHours = (minutes: number): number => Math.round((minutes / 60) * 100) / 100;

const FOR = /^(.+?) for ((?:about |around )?(?:an?\b|half\b|\d|[a-z]+ (?:and |hours?|minutes?)).*)$/i;

/** Breaks and lengths that stand inside of other arguments, in their places. */
function sorted(input: SpanInput, names: Record<keyof SpanInput, string>): SpanInput {
  let { start, end, length, breakTime } = input;
  const take = (key: 'start' | 'end' | 'length', text: string): string => {
    const split = splitBreak(text);
    if (split.breakTime === undefined) return text;
    if (breakTime !== undefined && breakTime !== split.breakTime)
      throw new ClockError(
        names.breakTime,
        'contradiction',
        `${names[key]} names a break (${split.breakTime}) as well; say it once.`,
      );
    breakTime = split.breakTime;
    return split.rest;
  };
  if (start !== undefined) start = take('start', start);
  if (end !== undefined) end = take('end', end);
  if (typeof length === 'string') length = take('length', length);
  const withLength =
    length === undefined && end === undefined && (start?.length ?? 0) <= 200 ? FOR.exec(start ?? '') : null;
  return withLength === null
    ? { ...input, start, end, length, breakTime }
    : { ...input, start: withLength[1], end, length: withLength[2], breakTime };
}

/**
 * The range of time that was meant by a start with an end or a length, a range in `start`, or a length alone. Ends are whole minutes.
 * @returns `LooseSpan` where only a day or a part of one was said
 * @throws {ClockError} for what is missing, cannot be read, contradicts itself, ends before it starts, or lasts longer than a day
 */
export function readSpan(given: SpanInput, options: SpanOptions): Span | LooseSpan {
  try {
    return spanOf(given, options);
  } catch (error) {
    if (!(error instanceof ClockError) || error.code !== 'unreadable') throw error;
    const others = unreadableIn(given, options).filter(({ argument }) => argument !== error.argument);
    throw new ClockError(error.argument, error.code, [error, ...others].map(({ message }) => message).join('\n'));
  }
}

/** The phrases of a span that say no time at all, each by itself: whoever sent two of them learns both at once. */
export function unreadableIn(given: SpanInput, options: SpanOptions): ClockError[] {
  const names = { ...NAMES, ...options.names };
  const { start, end, length, day, breakTime } = given;
  const alone = { ...options, otherwise: 1, endsNow: true };
  const read = { now: options.now, direction: options.direction, argument: names.day };
  const readings = [
    () => start !== undefined && spanOf({ start }, alone),
    () => end !== undefined && spanOf({ start: end }, { ...alone, names: { start: names.end } }),
    () => length !== undefined && readLength(length, { argument: names.length }),
    () => dayAndStart({ day }, read),
    () => breakTime !== undefined && readLength(breakTime, { argument: names.breakTime, unit: 'unsaid' }),
  ];
  return readings.flatMap((reading) => {
    try {
      reading();
    } catch (error) {
      if (error instanceof ClockError && error.code === 'unreadable') return [error];
    }
    return [];
  });
}

function spanOf(given: SpanInput, options: SpanOptions): Span | LooseSpan {
  const names = { ...NAMES, ...options.names };
  const input = sorted(given, names);
  const read = { now: options.now, direction: options.direction };
  const breakMinutes =
    input.breakTime === undefined ? 0 : readLength(input.breakTime, { argument: names.breakTime, unit: 'unsaid' });
  const length = input.length === undefined ? undefined : readLength(input.length, { argument: names.length });
  const { day, start } = dayAndStart(input, { ...read, argument: names.day });
  const found = place({ start, end: input.end, length, day }, { ...options, names });
  if (!options.dayMayDiffer) checkDay({ start, day }, found.start ?? (found as Loose).period.start, { ...read, names });
  if (!DateTime.isDateTime(found.start)) return { kind: 'within', ...(found as Loose), length, breakMinutes };
  return checked(found as Period, {
    input: given,
    length,
    breakMinutes,
    names,
    now: options.now,
    direction: options.direction,
  });
}

/** A time that stands in the day is the start. */
function dayAndStart({ day, start, end }: SpanInput, read: ReadOptions): { day?: DateTime; start?: string | Said } {
  if (day === undefined || DateTime.isDateTime(day)) return { day: day as DateTime | undefined, start };
  const said = parsePhrase(day, read);
  const isStart = start === undefined && end === undefined;
  if (isRange(said))
    return isStart && isTimed(said) ? { start: day } : { day: dayOrRefuse(parseSaid(day, read), read) };
  if (isStart && said.time !== undefined && !isMidnight(said)) return { start: said };
  return { day: dayOrRefuse(said, read), start };
}

/** A day that is named twice has to be the same: where the two differ, either may be the slip. */
function checkDay(
  { start, day }: Pick<Placed, 'start' | 'day'>,
  found: DateTime,
  { now, names }: Pick<ReadOptions, 'now'> & { names: Record<keyof SpanInput, string> },
): void {
  if (start === undefined || day === undefined) return;
  const phrase = typeof start === 'string' ? parsePhrase(start, { now, argument: names.start }) : start;
  const first = isRange(phrase) ? phrase.start : phrase;
  if (first.day === undefined && first.instant === undefined) return;
  const local = found.setZone(now.zone);
  if (local.toISODate() === day.toISODate()) return;
  throw new ClockError(
    names.day,
    'contradiction',
    `${names.start} is on ${showDay(local)} and ${names.day} is ${showDay(day)}. Send the day once.`,
  );
}

/** Dates are written with a midnight by many who mean the day. */
const isMidnight = ({ time, text }: Said): boolean => time?.hour === 0 && time.minute === 0 && /^\d{4}-/.test(text);

interface Loose {
  readonly start?: undefined;
  readonly period: Period;
  readonly isPart: boolean;
}

interface Placed {
  readonly start?: string | Said;
  readonly end?: string;
  readonly length?: number;
  readonly day?: DateTime;
}

function place(said: Placed, options: SpanOptions & { names: Record<keyof SpanInput, string> }): Period | Loose {
  const { names, now, direction } = options;
  const { day, length } = said;
  const read = { now, direction, day, argument: names.start };
  if (said.start === undefined) return withoutStart(said, options);
  const phrase = typeof said.start === 'string' ? parsePhrase(said.start, read) : said.start;
  if (isRange(phrase)) {
    if (!isTimed(phrase) && said.end === undefined)
      throw new ClockError(
        names.start,
        'unreadable',
        `${names.start} ${JSON.stringify(said.start)} is a range of days, or of hours that could be days. Say which half of the day: "Friday 2pm to 4pm".`,
      );
    if (said.end !== undefined)
      throw new ClockError(
        names.start,
        'unreadable',
        `${names.start} ${JSON.stringify(said.start)} is a range where a moment is needed. Send "2pm", or from when to when in ${names.start} alone.`,
      );
    const { start, end } = rangeOf(phrase, read);
    const isNight = end <= start && phrase.end.day === undefined && phrase.end.instant === undefined;
    return { start, end: isNight ? end.plus({ days: 1 }) : end };
  }
  if (said.end !== undefined) {
    const until = parseSaid(said.end, { ...read, argument: names.end });
    return rangeOf({ start: phrase, end: until }, { ...read, endArgument: names.end });
  }
  const part = phrase.time === undefined ? dayPartOf(phrase, read) : undefined;
  if (part !== undefined) return { period: part, isPart: true };
  const start = momentOf(phrase, read);
  const minutes = length ?? options.otherwise;
  if (minutes === undefined)
    throw new ClockError(names.end, 'missing', `Say how long it took: ${names.end} or ${names.length}.`);
  return { start, end: start.plus({ minutes }) };
}

function withoutStart(
  { end, length, day }: Placed,
  { names, now, direction, endsNow }: SpanOptions & { names: Record<keyof SpanInput, string> },
): Period | Loose {
  if (end !== undefined && length !== undefined) {
    const until = momentOf(parseSaid(end, { now, argument: names.end }), { now, direction, day, argument: names.end });
    return { start: until.minus({ minutes: length }), end: until };
  }
  if (end !== undefined)
    throw new ClockError(
      names.start,
      'missing',
      `Say when it was: ${names.start} with ${names.end} or ${names.length}, like ${names.start} "2pm", ${names.length} "45 minutes".`,
    );
  const isToday = day === undefined || day.hasSame(now, 'day');
  if (length !== undefined && endsNow === true && isToday) {
    const present = now.startOf('minute') as DateTime<true>;
    return { start: present.minus({ minutes: length }), end: present };
  }
  const whole = (day ?? now).startOf('day') as DateTime<true>;
  return { period: { start: whole, end: whole.plus({ days: 1 }) }, isPart: false };
}

interface Facts {
  readonly input: SpanInput;
  readonly length: number | undefined;
  readonly breakMinutes: number;
  readonly names: Record<keyof SpanInput, string>;
  readonly now: DateTime;
  readonly direction: Direction;
}

function checked(period: Period, { input, length, breakMinutes, names, now, direction }: Facts): Span {
  const { start, end } = period;
  const lasts = minutesBetween(start, end);
  const minutes = lasts - breakMinutes;
  if (lasts <= 0)
    throw new ClockError(
      names.end,
      'order',
      `${names.end} is not after ${names.start} (${showMoment(start)} to ${showMoment(end)}).`,
    );
  if (lasts > LONGEST)
    throw new ClockError(
      names.end,
      'tooLong',
      `From ${showMoment(start)} to ${showMoment(end)} is longer than a day (${showHours(lasts / 60)}). Send each day by itself.`,
    );
  if (minutes <= 0) throw new ClockError(names.breakTime, 'order', 'The break is as long as the work.');
  if (length !== undefined && length !== lasts && length !== minutes)
    throw new ClockError(
      names.length,
      'contradiction',
      `From ${names.start} to ${names.end} it is ${inHours(minutes)} h, not ${inHours(length)} h. Leave ${names.length} or ${names.end} out${direction === 'past' ? `, or send the difference as ${names.breakTime}` : ''}.`,
    );
  const notes = [start, end].map(repeatedHour).filter((note) => note !== undefined);
  if (/\b24:00\b/.test(input.start ?? '') && start.hour === 0)
    notes.push(`24:00 is the end of ${showDay(start.minus({ minutes: 1 }))}`);
  if (breakMinutes > 0 && input.length !== undefined && input.breakTime !== undefined)
    notes.push(`the ${names.breakTime} of ${breakMinutes} minutes is taken off the time from start to end`);
  return { kind: 'span', start, end, breakMinutes, minutes, echo: echoPeriod(period, now, undefined), notes };
}
