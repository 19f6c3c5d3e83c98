import type * as chrono from 'chrono-node';
// English alone: the other languages would cost as much to load as everything else here.
import { GB } from 'chrono-node/en';
import { DateTime, FixedOffsetZone } from 'luxon';
import { ClockError, type Direction } from './errors.ts';
import { whichHalf } from './half-day.ts';

export interface ReadOptions {
  /** The present, in the zone whose wall clock is meant. */
  readonly now: DateTime;
  /** The argument that carries the text; errors name it. */
  readonly argument: string;
  /** The day that a bare time belongs to; the day of `now` when left out. */
  readonly day?: DateTime;
  /** What "Monday" and "3 March" mean when both a past and a coming one could be meant. */
  readonly direction: Direction;
  /** A bare hour that could be either side of noon is the one after this moment. */
  readonly after?: DateTime;
  /** ... or the one before this moment. */
  readonly before?: DateTime;
}

/** A wall clock in a zone. Times that daylight saving skips are refused; of repeated ones the first is taken. */
export function wallClock(parts: WallClock, zone: string, argument: string): DateTime<true> {
  const moment = DateTime.fromObject(parts, { zone });
  if (!moment.isValid)
    throw new ClockError(
      argument,
      'notInCalendar',
      `${argument} is not a time: ${moment.invalidExplanation ?? 'out of range'}.`,
    );
  if (moment.hour !== parts.hour || moment.minute !== parts.minute) {
    const said = `${String(parts.hour).padStart(2, '0')}:${String(parts.minute).padStart(2, '0')}`;
    throw new ClockError(
      argument,
      'skippedHour',
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
  text = '',
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
    return DateTime.fromObject(parts, { zone: FixedOffsetZone.instance(offset) }).setZone(
      options.now.zone,
    ) as DateTime<true>;
  }
  const moment = wallClock(parts, options.now.zoneName ?? 'utc', options.argument);
  return hourKnown && text !== ''
    ? whichHalf(moment, text, found.isCertain('meridiem') && SAYS_HALF.test(text), options)
    : moment;
}

/** chrono is certain of the half of the day for every hour that it finds; only these words say it. */
export const SAYS_HALF = /\d\s*[ap]\.?m\b|\b(noon|midnight|midday|morning|afternoon|evening|night|tonight)\b/i;

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
  { direction }: ReadOptions,
): chrono.ParsedResult {
  const { start } = result;
  if (direction === 'ahead' || /\bnext\b/i.test(text)) return result;
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

/** Words around a time that change nothing of it. */
const FILLER =
  /\b(?:at|on|the|around|about|approximately|approx|roughly|circa|ca|sharp|exactly|o'?clock|local|time|start(?:ed|ing)?|began|beginning|from|in|during|of|for|whole|entire|all day)\b|[\s,.;()~-]/gi;

/** What a text says beside the part of it that was recognised; empty when that is all. */
export function leftOver(text: string, recognised: string): string {
  const at = text.toLowerCase().indexOf(recognised.toLowerCase());
  if (at < 0) return '';
  const rest = `${text.slice(0, at)} ${text.slice(at + recognised.length)}`;
  return rest.replace(FILLER, '') === '' ? '' : rest.trim();
}
