import type * as chrono from 'chrono-node';
// English alone: the other languages would cost as much to load as everything else here.
import { GB } from 'chrono-node/en';
import { DateTime } from 'luxon';
import { ClockError } from './errors.ts';

export interface ReadOptions {
  /** The present, in the zone whose wall clock is meant. */
  readonly now: DateTime;
  /** The argument that carries the text; errors name it. */
  readonly argument: string;
  /** The day that a bare time belongs to; the day of `now` when left out. */
  readonly day?: DateTime;
  /** What "Monday" and "3 March" mean when both a past and a coming one could be meant; `past` when left out. */
  readonly prefer?: 'past' | 'future';
}

const ISO = /^\d{4}-\d{2}-\d{2}([T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
const NUMERIC = /\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2,4}))?\b/;

/** Takes off what models carry over from the conditions language: `[2026-03-04T15:00:00Z]`, or quotes. */
export const bare = (text: string): string =>
  text
    .trim()
    .replace(/^[["']+|["'\]]+$/g, '')
    .trim();

/** 03/04 is April or March as one likes; 13/04 is not. */
function refuseAmbiguous(text: string, argument: string): void {
  const numeric = NUMERIC.exec(text);
  if (numeric === null || ISO.test(text)) return;
  const [a, b] = [Number(numeric[1]), Number(numeric[2])];
  if (a > 12 || b > 12 || a === b) return;
  const year = numeric[3] === undefined ? '2026' : numeric[3].padStart(4, '20');
  const iso = (month: number, day: number): string =>
    `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  throw new ClockError(
    argument,
    `${argument} ${JSON.stringify(text)} can be read as ${iso(a, b)} or ${iso(b, a)}. Send the one you mean.`,
  );
}

/** A wall clock in a zone. Times that daylight saving skips are refused; of repeated ones the first is taken. */
function wallClock(parts: WallClock, zone: string, argument: string): DateTime<true> {
  const moment = DateTime.fromObject(parts, { zone });
  if (!moment.isValid)
    throw new ClockError(argument, `${argument} is not a time: ${moment.invalidExplanation ?? 'out of range'}.`);
  if (moment.hour !== parts.hour || moment.minute !== parts.minute) {
    const said = `${String(parts.hour).padStart(2, '0')}:${String(parts.minute).padStart(2, '0')}`;
    throw new ClockError(
      argument,
      `${argument} ${said} does not exist on ${moment.toISODate()} in ${zone}: the clocks went forward. Send a time before or after the change.`,
    );
  }
  const [first] = moment.getPossibleOffsets();
  return (first ?? moment) as DateTime<true>;
}

interface WallClock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** What chrono recognised as a wall clock in the zone of `now`; chrono's own instant knows nothing of that zone's rules. */
export function componentsToMoment(
  found: chrono.ParsedComponents,
  options: ReadOptions,
  hourKnown: boolean,
): DateTime<true> {
  const get = (part: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'): number => found.get(part) ?? 0;
  // chrono claims the offset of its reference, 0, for "an hour ago"; only another one was said.
  const offset =
    found.isCertain('timezoneOffset') && found.get('timezoneOffset') !== 0 ? found.get('timezoneOffset') : null;
  const parts = {
    year: get('year'),
    month: get('month'),
    day: get('day'),
    hour: hourKnown ? get('hour') : 0,
    minute: hourKnown ? get('minute') : 0,
    second: hourKnown ? get('second') : 0,
  };
  if (offset !== null) {
    return DateTime.fromObject(parts, { zone: `UTC${offset < 0 ? '-' : '+'}${Math.abs(offset) / 60}` }).setZone(
      options.now.zone,
    ) as DateTime<true>;
  }
  return wallClock(parts, options.now.zoneName ?? 'utc', options.argument);
}

/** chrono reads in a world whose clock shows what `now` shows, so that "yesterday" turns over at local midnight. */
export function recognise(text: string, options: ReadOptions): chrono.ParsedResult[] {
  const base = (options.day ?? options.now).set({ hour: options.now.hour, minute: options.now.minute });
  const shown = { instant: base.setZone('utc', { keepLocalTime: true }).toJSDate(), timezone: 0 };
  return GB.parse(text, shown).map((result) => shiftToPast(result, text, base, options));
}

const dayOf = (part: chrono.ParsedComponents): DateTime =>
  DateTime.fromObject({ year: part.get('year') ?? 1, month: part.get('month') ?? 1, day: part.get('day') ?? 1 });

/** "On Monday" and "3 March", said about work done, are the last ones and not the next. */
function shiftToPast(
  result: chrono.ParsedResult,
  text: string,
  base: DateTime,
  { prefer }: ReadOptions,
): chrono.ParsedResult {
  const { start } = result;
  if (prefer === 'future' || /\bnext\b/i.test(text)) return result;
  const today = DateTime.fromObject({ year: base.year, month: base.month, day: base.day });
  if (dayOf(start) <= today) return result;
  const weekday = start.isCertain('weekday') && !start.isCertain('day');
  const yearless = start.isCertain('month') && !start.isCertain('year');
  if (!weekday && !yearless) return result;
  for (const part of [start, result.end]) {
    if (part == null) continue;
    const back = dayOf(part).minus(weekday ? { weeks: 1 } : { years: 1 });
    (part as chrono.ParsingComponents).assign('year', back.year).assign('month', back.month).assign('day', back.day);
  }
  return result;
}

const EXAMPLES = '"2pm", "yesterday 14:00", "2026-03-04 14:00" or "2026-03-04T19:00:00Z"';

/**
 * A moment that somebody said: ISO with or without offset (also in brackets), "2pm", "yesterday 14:00", "this morning at 9".
 * Without an offset it is the wall clock of `now`'s zone.
 * @throws {ClockError} when there is no time of day in it, when it can be read in two ways, or when daylight saving skips it.
 */
export function readMoment(said: string, options: ReadOptions): DateTime<true> {
  const { argument, now } = options;
  const text = bare(said);
  refuseAmbiguous(text, argument);
  if (ISO.test(text)) return readIso(text, options);
  const utc = /\s*\b(utc|gmt|zulu)$/i.exec(text);
  if (utc) {
    const inUtc = readMoment(text.slice(0, utc.index), { ...options, now: now.setZone('utc') });
    return inUtc.setZone(now.zone) as DateTime<true>;
  }
  if (/^now$/i.test(text)) return now.startOf('minute') as DateTime<true>;
  const [result, ...more] = recognise(/^\d{1,2}$/.test(text) ? '' : text, options);
  if (result === undefined || more.length > 0 || !result.start.isCertain('hour')) {
    const why =
      result === undefined ? 'is no time' : more.length > 0 ? 'names more than one time' : 'names no time of day';
    throw new ClockError(
      argument,
      `${argument} ${JSON.stringify(said)} ${why}. Send ${EXAMPLES}; a time without a zone is read in ${now.zoneName}.`,
    );
  }
  return componentsToMoment(result.start, options, true);
}

function readIso(text: string, { now, argument }: ReadOptions): DateTime<true> {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    throw new ClockError(
      argument,
      `${argument} ${JSON.stringify(text)} names no time of day. Send ${text} with one, like ${text} 14:00.`,
    );
  }
  const iso = text
    .replace(' ', 'T')
    .replace(',', '.')
    .replace(/\s+/g, '')
    .replace(/T(\d):/, 'T0$1:');
  const hasOffset = /(Z|[+-]\d{2}:?\d{2})$/i.test(iso);
  const moment = DateTime.fromISO(iso, { zone: hasOffset ? 'utc' : (now.zoneName ?? 'utc') });
  if (!moment.isValid)
    throw new ClockError(argument, `${argument} ${JSON.stringify(text)} is not a date that exists. Send ${EXAMPLES}.`);
  if (hasOffset) return moment.startOf('second').setZone(now.zone) as DateTime<true>;
  const [, hour = '0', minute = '0', second = '0'] = /T(\d{2}):(\d{2})(?::(\d{2}))?/.exec(iso) ?? [];
  const day = DateTime.fromISO(iso.slice(0, 10));
  return wallClock(
    {
      year: day.year,
      month: day.month,
      day: day.day,
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
    },
    now.zoneName ?? 'utc',
    argument,
  );
}

/** Whether a text names a day, or only a time of day. */
export function namesDay(said: string, options: ReadOptions): boolean {
  const text = bare(said);
  if (ISO.test(text)) return true;
  const start = recognise(text, options)[0]?.start;
  return start !== undefined && (start.isCertain('day') || start.isCertain('weekday'));
}

/**
 * A calendar day that somebody said ("today", "Monday", "2026-03-04", "3 March"), as its local midnight in `now`'s zone.
 * @throws {ClockError} when it is no day or can be read in two ways.
 */
export function readDay(said: string, options: ReadOptions): DateTime<true> {
  const { now, argument } = options;
  const text = bare(said);
  refuseAmbiguous(text, argument);
  if (ISO.test(text)) {
    const hasTime = text.length > 10;
    const day = hasTime ? readIso(text, options) : DateTime.fromISO(text, { zone: now.zone });
    if (day.isValid) return day.startOf('day') as DateTime<true>;
  }
  const [result] = recognise(text, options);
  if (result === undefined || !(result.start.isCertain('day') || result.start.isCertain('weekday'))) {
    throw new ClockError(
      argument,
      `${argument} ${JSON.stringify(said)} is no day. Send "today", "yesterday", "Monday" or a date like 2026-03-04.`,
    );
  }
  return componentsToMoment(result.start, options, false).startOf('day');
}
