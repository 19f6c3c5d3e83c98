import type { DateTime } from 'luxon';
import {
  ClockError,
  namesDay,
  readDay,
  readHours,
  readMoment,
  readRange,
  showMoment,
} from '../../../src/clock/index.ts';
import { ToolInputError } from '../../../src/tool/index.ts';
import { splitBreak } from './break-phrase.ts';

/** What people say about when work was done. */
export interface WhenInput {
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly hours?: string | number | undefined;
  readonly date?: string | undefined;
  readonly breakTime?: string | number | undefined;
}

export interface When {
  readonly start: DateTime<true>;
  readonly end: DateTime<true>;
  /** Hours of the break, not part of the work. */
  readonly deduct: number;
  readonly hours: number;
}

const LONGEST_HOURS = 24;
/** Longer texts are no phrase of time. */
const LONGEST_PHRASE = 200;

function hoursGiven(hours: string | number | undefined): number | undefined {
  if (hours === undefined) return undefined;
  const read = readHours(hours, { argument: 'hours' });
  if (read > LONGEST_HOURS)
    throw new ToolInputError(
      'hours',
      `hours ${JSON.stringify(hours)} is more than a day. For minutes send "${hours} minutes".`,
    );
  return read;
}

/** "2pm for 45 minutes": the length stands in the start. */
function withLength(input: WhenInput): WhenInput {
  if ((input.start ?? '').length > LONGEST_PHRASE) return input;
  const found = /^(.+?)\s+for\s+((?:an?\b|half\b|\d|[a-z]+ (?:hours?|minutes?)).*)$/i.exec(input.start ?? '');
  if (found === null || input.hours !== undefined || input.end !== undefined) return input;
  return { ...input, start: found[1], hours: found[2] };
}

/** Breaks are often said within the time: "2pm to 3:30 minus a 15-minute break". */
export function withBreak(said: WhenInput): WhenInput {
  const input = withLength(said);
  let { start, end, hours, breakTime } = input;
  for (const [name, text] of Object.entries({ start, end, hours })) {
    if (typeof text !== 'string') continue;
    const split = splitBreak(text);
    if (split.breakTime === undefined) continue;
    if (breakTime !== undefined && breakTime !== split.breakTime)
      throw new ToolInputError('break', `${name} names a break (${split.breakTime}) as well; say it once.`);
    breakTime = split.breakTime;
    if (name === 'start') start = split.rest;
    if (name === 'end') end = split.rest;
    // "2 hours minus a 15-minute break" is an hour and three quarters of work; the break itself still lies in the stretch.
    if (name === 'hours')
      hours = readHours(split.rest, { argument: name }) - readHours(split.breakTime, { argument: 'break' });
  }
  return { ...input, start, end, hours, breakTime };
}

/**
 * The stretch of work that was meant: start with end or hours, a range in `start` ("2pm to 3:30"), or hours alone, which end now.
 * A bare time belongs to `date`, else to today.
 * @throws {ToolInputError} or {ClockError} for what is missing, contradicts itself, or lies in the future
 */
export function readWhen(said: WhenInput, now: DateTime<true>): When {
  const input = withBreak(said);
  const day =
    input.date === undefined ? undefined : readDay(input.date, { now, direction: 'past', argument: 'date' }).at;
  const on = day === undefined ? {} : { day };
  const deduct = input.breakTime === undefined ? 0 : readHours(input.breakTime, { argument: 'break' });
  const hours = hoursGiven(input.hours);
  const { start, end } = stretch(input, hours, deduct, now, on);
  const worked = Math.round((end.diff(start, 'hours').hours - deduct) * 10_000) / 10_000;
  if (end <= start)
    throw new ToolInputError('end', `end is not after start (${showMoment(start)} to ${showMoment(end)}).`);
  if (worked <= 0) throw new ToolInputError('break', 'The break is as long as the work.');
  if (end.diff(start, 'hours').hours > LONGEST_HOURS)
    throw new ToolInputError('end', 'The stretch is longer than a day; log each day by itself.');
  if (hours !== undefined && input.end !== undefined && Math.abs(hours - worked) > 0.01) {
    throw new ToolInputError(
      'hours',
      `From start to end it is ${worked} h, not ${hours} h. Leave hours or end out, or send the difference as break.`,
    );
  }
  return { start, end, deduct, hours: worked };
}

function stretch(
  input: WhenInput,
  hours: number | undefined,
  deduct: number,
  now: DateTime<true>,
  on: { day?: DateTime },
): { start: DateTime<true>; end: DateTime<true> } {
  if (input.start === undefined) {
    if (hours === undefined)
      throw new ToolInputError(
        'start',
        'Say when it was: start with end or hours, like start "2pm", hours "45 minutes".',
      );
    if (input.end === undefined && on.day !== undefined && !on.day.hasSame(now, 'day'))
      throw new ToolInputError('start', 'Say when it started on that day, like start "2pm".');
    const end =
      input.end === undefined
        ? (now.startOf('minute') as DateTime<true>)
        : readMoment(input.end, { now, direction: 'past', argument: 'end', ...on }).at;
    return { start: end.minus({ hours: hours + deduct }), end };
  }
  const range =
    input.end === undefined ? readRange(input.start, { now, direction: 'past', argument: 'start', ...on }) : undefined;
  if (range !== undefined) return range;
  if (input.end !== undefined) return startAndEnd(input.start, input.end, now, on);
  const start = readMoment(input.start, { now, direction: 'past', argument: 'start', ...on }).at;
  if (hours === undefined) throw new ToolInputError('end', 'Say how long it took: end or hours.');
  return { start, end: start.plus({ hours: hours + deduct }) };
}

/** Work that begins in the evening and ends early runs past midnight. */
const EVENING = 17;
const LONGEST_NIGHT_HOURS = 12;

/**
 * Both ends of a stretch: each says which half of the day a bare hour of the other is in, and an end of which only the time is said
 * belongs to the other's day.
 */
function startAndEnd(
  said: string,
  until: string,
  now: DateTime<true>,
  on: { day?: DateTime },
): { start: DateTime<true>; end: DateTime<true> } {
  const hasDay = namesDay(until, { now, direction: 'past', argument: 'end' });
  const isBare = on.day === undefined && !namesDay(said, { now, direction: 'past', argument: 'start' });
  const ofEnd = hasDay && isBare ? { day: readMoment(until, { now, direction: 'past', argument: 'end' }).at } : on;
  const start = startBefore(said, until, now, ofEnd);
  const end = readMoment(until, {
    now,
    direction: 'past',
    argument: 'end',
    after: start,
    ...(hasDay ? {} : { day: start }),
  }).at;
  const isNight = (from: DateTime, to: DateTime): boolean =>
    end <= start && start.hour >= EVENING && to.diff(from, 'hours').hours <= LONGEST_NIGHT_HOURS;
  const [next, before] = [end.plus({ days: 1 }), start.minus({ days: 1 })];
  if (!hasDay && isNight(start, next)) return { start, end: next };
  if (ofEnd !== on && isNight(before, end)) return { start: before, end };
  return { start, end };
}

/** A start of which only the hour is said is the one before the end, where the end is certain. */
function startBefore(said: string, until: string, now: DateTime<true>, on: { day?: DateTime }): DateTime<true> {
  const options = { now, direction: 'past' as const, argument: 'start', ...on };
  try {
    return readMoment(said, options).at;
  } catch (error) {
    if (!(error instanceof ClockError) || error.code !== 'ambiguous') throw error;
    const end = readMoment(until, { now, direction: 'past', argument: 'end', ...on }).at;
    return readMoment(said, { ...options, before: end }).at;
  }
}
