import type * as chrono from 'chrono-node';
// English alone: the other languages would cost as much to load as everything else here.
import { GB } from 'chrono-node/en';
import type { DateTime } from 'luxon';
import { lengthIn } from './length.ts';
import type { DayPart, PhraseOptions, Said, SaidDay, SaidRange, SaidTime } from './said.ts';
import { spelledClock, spelledDays } from './spelling.ts';
import { bare, ISO, iso, ownZone, refuseAmbiguous } from './written.ts';

/** Words around a time that change nothing of it. */
const FILLER =
  /\b(?:at|on|the|around|about|approximately|approx|roughly|circa|ca|sharp|exactly|o'?clock|local|time|start(?:ed|ing)?|began|beginning|from|in|during|of|for|by|due|whole|entire|all day)\b|[\s,.;()~-]/gi;

/** What a text says beside the part of it that was recognised; empty when that is all. */
function leftOver(text: string, recognised: string): string {
  const at = text.toLowerCase().indexOf(recognised.toLowerCase());
  if (at < 0) return '';
  const rest = `${text.slice(0, at)} ${text.slice(at + recognised.length)}`;
  return rest.replace(FILLER, '') === '' ? '' : rest.trim();
}

/** These words and signs say which half of the day an hour is in. */
const SAYS_HALF = /\d\s*[ap]\.?m\b|\b(?:noon|midnight|midday|morning|afternoon|evening|night|tonight)\b/i;
const DAY_PART = /\b(morning|afternoon|evening|tonight)\b/i;
const OF_MONTH = /\b(?:on )?the (\d{1,2})(?:st|nd|rd|th)\b(?! of)/i;
const RELATIVE = /^(?:(?:in|about|around) )?(.+?) (?:(ago)|from now|from the present|later|hence)$/;
const WITHIN = /^in (.+)$/;
const MIDNIGHT_24 = /\b24:00(?::00)?\b/;

/** Exactly so long before or after now: real time, whatever the clocks do. */
function relative(text: string, now: DateTime): DateTime<true> | undefined {
  if (/^(?:(?:right|just) )?now$/i.test(text)) return now.startOf('minute') as DateTime<true>;
  const found = RELATIVE.exec(text) ?? WITHIN.exec(text);
  const minutes = found === null ? undefined : lengthIn(found[1] ?? '', undefined);
  if (found === null || minutes === undefined) return undefined;
  return now.plus({ minutes: found[2] === undefined ? minutes : -minutes }).startOf('minute') as DateTime<true>;
}

function dayIn(found: chrono.ParsedComponents, text: string): SaidDay | undefined {
  const get = (part: 'year' | 'month' | 'day'): number => found.get(part) ?? 0;
  // chrono counts Sunday as 0.
  const weekday = found.isCertain('weekday') ? found.get('weekday') || 7 : undefined;
  if (found.isCertain('day') && found.isCertain('year'))
    return { kind: 'date', year: get('year'), month: get('month'), day: get('day'), weekday };
  if (found.isCertain('day') && found.isCertain('month'))
    return { kind: 'yearless', month: get('month'), day: get('day'), weekday };
  if (weekday === undefined) return undefined;
  const week = /\b(last|past|previous|this|next|coming)\s+week\b/i.exec(text)?.[1]?.toLowerCase();
  if (week !== undefined) return { kind: 'weekday', weekday, week: weeksOff(week) };
  const which = /\b(last|past|previous|next)\b/i.exec(text)?.[1]?.toLowerCase();
  return { kind: 'weekday', weekday, which: which === undefined || which === 'next' ? (which as 'next') : 'last' };
}

function weeksOff(word: string): number {
  if (word === 'this') return 0;
  return word === 'next' || word === 'coming' ? 1 : -1;
}

/** "Last night at 9" and "3 this afternoon" say the half of the day; the small hours are of the night as well. */
const isLate = (hour: number, text: string): boolean =>
  !/\d\s*[ap]\.?m\b/i.test(text) &&
  ((/\b(?:afternoon|evening|tonight)\b/i.test(text) && hour >= 1 && hour <= 11) ||
    (/\bnight\b/i.test(text) && hour >= 6 && hour <= 11));

function timeIn(found: chrono.ParsedComponents, text: string, has24: boolean): SaidTime | undefined {
  if (!found.isCertain('hour')) return undefined;
  const [said, minute] = [found.get('hour') ?? 0, found.get('minute') ?? 0];
  const endOfDay = has24 && said === 23 && minute === 59;
  const hour = isLate(said, text) ? said + 12 : said;
  return {
    hour: endOfDay ? 0 : hour,
    minute: endOfDay ? 0 : minute,
    endOfDay,
    certain: SAYS_HALF.test(text) || hour === 0 || hour > 11 || /(?<![\d:.])0\d/.test(text),
    offset: found.isCertain('timezoneOffset') ? (found.get('timezoneOffset') ?? undefined) : undefined,
  };
}

/** One moment, day, part of a day or month, recognised once. Nothing is refused for being something else than was wanted. */
export function parseSaid(given: string, options: PhraseOptions): Said {
  const text = bare(given, options.argument);
  const found = iso(text, options.argument);
  if (found !== undefined) return found;
  const { rest: own, zone, offset } = ownZone(text);
  const inZone = iso(own, options.argument);
  const said = inZone ?? worded(own, { ...options, now: zone === undefined ? options.now : options.now.setZone(zone) });
  const time = said.time && offset !== undefined ? { ...said.time, offset } : said.time;
  return { ...said, text, zone, time };
}

const END_OF = /^(?:by |the )*end of (the |this |next |coming )?(month|quarter|year)$/i;

function lastDayOf(unit: 'month' | 'quarter' | 'year', now: DateTime, isNext: boolean): SaidDay {
  const { year, month, day } = now.plus({ [`${unit}s`]: isNext ? 1 : 0 }).endOf(unit);
  return { kind: 'date', year, month, day };
}

function worded(text: string, options: PhraseOptions): Said {
  refuseAmbiguous(text, options);
  const { now } = options;
  const instant = relative(text.toLowerCase(), now);
  if (instant !== undefined) return { text, instant };
  const last = END_OF.exec(text);
  if (last !== null) return { text, day: lastDayOf(last[2] as 'month', now, /next|coming/i.test(last[1] ?? '')) };
  const has24 = MIDNIGHT_24.test(text);
  const spelt = spelledClock(spelledDays(has24 ? text.replace(MIDNIGHT_24, '23:59') : text));
  const ofMonth = OF_MONTH.exec(spelt);
  const asked = ofMonth === null ? spelt : spelt.replace(OF_MONTH, ' ').trim();
  // chrono reads in a world whose clock shows what `now` shows, so that "yesterday" turns over at local midnight.
  const shown = { instant: now.setZone('utc', { keepLocalTime: true }).toJSDate(), timezone: 0 };
  const [result, ...more] = asked === '' ? [] : GB.parse(asked, shown);
  const dayOfMonth: SaidDay | undefined =
    ofMonth === null ? undefined : { kind: 'dayOfMonth', day: Number(ofMonth[1]) };
  if (result === undefined)
    return { text, day: dayOfMonth, part: partIn(asked), rest: leftOver(asked, partIn(asked) ?? '') };
  const day = dayOfMonth ?? dayIn(result.start, asked);
  const time = timeIn(result.start, result.text, has24);
  const isMonth = day === undefined && result.start.isCertain('month') && !result.start.isCertain('day');
  return {
    text,
    day,
    lastDay: result.end == null ? undefined : dayIn(result.end, ''),
    time,
    part: time === undefined ? partIn(asked) : undefined,
    month: isMonth ? monthIn(result.start) : undefined,
    rest: isPeriodWord(asked, result.start) ? asked : leftOver(asked, result.text),
    several: more.length > 0 || (result.end != null && time !== undefined),
  };
}

const monthIn = (found: chrono.ParsedComponents): { year?: number; month: number } => ({
  month: found.get('month') ?? 1,
  year: found.isCertain('year') ? (found.get('year') ?? undefined) : undefined,
});

const partIn = (text: string): DayPart | undefined => {
  const part = DAY_PART.exec(text)?.[1]?.toLowerCase();
  return part === 'tonight' ? 'evening' : (part as DayPart | undefined);
};

/** "Last week" is not a day, although the parser takes it for the one a week ago. */
const isPeriodWord = (text: string, found: chrono.ParsedComponents): boolean =>
  !(found.isCertain('weekday') && !found.isCertain('day')) &&
  /\b(?:weeks?|weekend|weekday|months?|quarter|years?)\b/i.test(text) &&
  !/\b(?:ago|from now|from today|in \d+|in an?|later|hence)\b/i.test(text);

const BETWEEN = /^(?:(.{1,40}) )?between (.+?) and (.+)$/i;
const RANGE = /^(?:from )?(.+?)(?: ?(?:\.\.+|–|—) ?| (?:to|until|till|through|thru|-) )(.+)$/i;
const CLOCK_TIME = '\\d{1,2}(?:[:.]\\d{2})?(?: ?[ap]\\.?m\\.?)?';
/** "14:00-14:45", "9-10:30am", "0900-1030"; not the dashes of a date or of "9-13 November". */
const DASHED = new RegExp(`(?<![\\d-])(${CLOCK_TIME}|\\d{4}) ?- ?(${CLOCK_TIME}|\\d{4})(?![\\d-]| [a-z]{3})`, 'i');

/** Two phrases with "to", "until", a dash or "between ... and" in between; `undefined` for a single one. */
export function splitRange(given: string, argument: string): readonly [string, string] | undefined {
  const text = bare(given, argument).replace(/\bquarter to (?=[\da-z])/i, (said) => said.replace(' to ', '_to_'));
  if (ISO.test(text)) return undefined;
  const restored = (part = ''): string => part.replace('_to_', ' to ').trim();
  const between = BETWEEN.exec(text);
  if (between !== null) return [restored(`${between[1] ?? ''} ${between[2]}`), restored(between[3])];
  const found = RANGE.exec(text);
  if (found !== null) return [restored(found[1]), restored(found[2])];
  const dashed = DASHED.exec(text);
  if (dashed === null || !isClock(dashed, text)) return undefined;
  const at = dashed.index + (dashed[1] ?? '').length;
  const end = dashed.index + dashed[0].length - (dashed[2] ?? '').length;
  return [
    text
      .slice(0, at)
      .replace(/^from /i, '')
      .trim(),
    text.slice(end).trim(),
  ];
}

/** Two bare numbers with a dash are times only where nothing else is said. */
const isClock = ([whole, first = '', second = '']: RegExpExecArray, text: string): boolean =>
  /[:apm]/i.test(first + second) || (whole === text && (first.length === 4) === (second.length === 4));

const WEEKDAY = '(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?';
const DAY_AND_NUMBER = new RegExp(
  `^((?:on )?(?:(?:last|this|next) )?(?:(today|tomorrow|yesterday)|${WEEKDAY})),? (\\d{1,2})$`,
  'i',
);
const ENDS_AT = /^\d{1,2}(?<minutes>[:.]\d{2})?(?<half> ?[ap]\.?m\.?)?$/i;

/**
 * The start of a range with its number told as an hour, where it can be nothing else: "Friday 2" before "4pm", "tomorrow 9" before
 * "12". "Monday 9" before "12" stays as it is, because dates are written like that as well.
 */
function withHour(start: string, end: string): string {
  const said = DAY_AND_NUMBER.exec(start);
  const until = ENDS_AT.exec(end)?.groups;
  if (said === null || until === undefined) return start;
  const isHour = said[2] !== undefined || until.minutes !== undefined || until.half !== undefined;
  return isHour ? `${said[1]} at ${said[3]}` : start;
}

/** A phrase recognised once: one thing, or from one to another. */
export function parsePhrase(given: string, options: PhraseOptions): Said | SaidRange {
  const halves = splitRange(given, options.argument);
  if (halves === undefined) return parseSaid(given, options);
  const [start, end] = halves;
  return { start: parseSaid(withHour(start, end), options), end: parseSaid(end, options) };
}

export const isRange = (phrase: Said | SaidRange): phrase is SaidRange => 'start' in phrase;
