import type * as chrono from 'chrono-node';
// English alone: the other languages would cost as much to load as everything else here.
import { GB } from 'chrono-node/en';
import { DateTime } from 'luxon';
import { dayPhrase } from './day-phrase.ts';
import { ClockError } from './errors.ts';
import { lengthIn } from './length.ts';
import { dayOfNight } from './night.ts';
import type { DayPart, PhraseOptions, Said, SaidDay, SaidRange, SaidTime } from './said.ts';
import { CLOSE, plainDays, spelledClock, spelledDays, WEEKDAY } from './spelling.ts';
import { joinedDays, sharedWeek, splitRange } from './split-range.ts';
import { refuseVague } from './vague.ts';
import { bare, iso, ownZone, refuseAmbiguous } from './written.ts';
import { checkAbbreviation, spokenZone } from './zone-words.ts';

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
export const SAYS_HALF = /\d\s*[ap]\.?m\b|\b(?:noon|midnight|midday|morning|afternoon|evening|night|tonight)\b/i;
const DAY_PART = /\b(morning|afternoon|evening|tonight|last night|night)\b/i;
const DAY_WORD = new RegExp(`\\b(?:tomorrow|yesterday|${WEEKDAY})\\b`, 'i');
const RELATIVE = /^(?:(?:in|about|around) )?(.+?) (?:(ago)|from now|from the present|hence)$/;
const WITHIN = /^in (.+)$/;
const MIDNIGHT_24 = /\b24:00(?::00)?\b/;

/** The present, in words. */
export const NOW = /^(?:(?:right|just) )?now$/i;

/** Exactly so long before or after now: real time, whatever the clocks do. */
function relative(text: string, now: DateTime): DateTime<true> | undefined {
  if (NOW.test(text)) return now.startOf('minute') as DateTime<true>;
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
  ((/\b(?:afternoon|evening)\b/i.test(text) && hour >= 1 && hour <= 11) ||
    (/\btonight\b/i.test(text) && hour >= 5 && hour <= 11) ||
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
    certain: SAYS_HALF.test(text) || hour === 0 || hour > 11 || /(?<![\d:./-])0\d(?=[:.h]|$)/.test(text),
    offset: found.isCertain('timezoneOffset') ? (found.get('timezoneOffset') ?? undefined) : undefined,
  };
}

/** One moment, day, part of a day or month, recognised once. Nothing is refused for being something else than was wanted. */
export function parseSaid(given: string, options: PhraseOptions): Said {
  const text = bare(given, options.argument);
  const found = iso(text, options);
  if (found !== undefined) return found;
  // Two dots are of a range.
  if (text.includes('..')) return { text, rest: text };
  const written = ownZone(text);
  const isWritten = written.zone !== undefined || written.offset !== undefined;
  const { rest: own, zone, offset } = isWritten ? written : (spokenZone(text, options.now) ?? written);
  const inZone = iso(own, options);
  const said = inZone ?? worded(own, { ...options, now: zone === undefined ? options.now : options.now.setZone(zone) });
  if (zone !== undefined && inZone === undefined) checkSameDay(said, worded(own, options), { ...options, zone });
  const time = said.time && offset !== undefined ? { ...said.time, offset } : said.time;
  return { ...said, text, zone, time };
}

/** "Tomorrow 2pm Berlin time", said when it is tomorrow there already. @throws {ClockError} where that is another day than here */
function checkSameDay(there: Said, here: Said, { argument, zone }: PhraseOptions & { zone: string }): void {
  if (there.day?.kind !== 'date' || here.day?.kind !== 'date') return;
  const [a, b] = [there.day, here.day].map(({ year, month, day }) => DateTime.utc(year, month, day));
  if (a === undefined || b === undefined || a.hasSame(b, 'day')) return;
  throw new ClockError(
    argument,
    'ambiguous',
    `${argument}: the day is ${b.toISODate()} here and ${a.toISODate()} in ${zone}. Send the date, like "${b.toISODate()} 14:00", with the zone's offset.`,
  );
}

function worded(text: string, options: PhraseOptions): Said {
  const { now } = options;
  const days = spelledDays(text);
  refuseVague(days, options);
  const instant = relative(plainDays(text).toLowerCase(), now);
  if (instant !== undefined) return { text, instant };
  refuseAmbiguous(days, options);
  const counted = dayPhrase(days, options);
  const spelt = spelledClock(counted?.rest ?? days);
  const has24 = MIDNIGHT_24.test(spelt);
  const asked = has24 ? spelt.replace(MIDNIGHT_24, '23:59') : spelt;
  // chrono reads in a world whose clock shows what `now` shows, so that "yesterday" turns over at local midnight.
  const shown = { instant: now.setZone('utc', { keepLocalTime: true }).toJSDate(), timezone: 0 };
  const [result, ...more] = asked === '' ? [] : GB.parse(asked, shown);
  if (result === undefined)
    return { text, day: counted?.day, part: partIn(asked), rest: leftOver(asked, partWord(asked) ?? '') };
  const own = dayIn(result.start, asked);
  const part = partIn(asked);
  // "Last night" is a part of yesterday, which the parser takes for a time.
  const read = /^last night$/i.test(result.text) ? undefined : timeIn(result.start, result.text, has24);
  const time = read && withKind(read, text);
  if (time?.offset !== undefined) checkAbbreviation(result.text, time.offset, options);
  const isLost = losesSomething(result.text, { own, counted: counted?.day, time, now });
  const isMonth = own === undefined && result.start.isCertain('month') && !result.start.isCertain('day');
  return {
    text,
    day: counted?.day ?? dayOfNight(asked, time, options) ?? own,
    lastDay: result.end == null ? undefined : dayIn(result.end, ''),
    time,
    part: time === undefined ? part : undefined,
    month: isMonth && counted === undefined ? monthIn(result.start) : undefined,
    rest: isPeriodWord(asked, result.start) || isLost ? asked : leftOver(asked, result.text),
    several:
      more.length > 0 ||
      (result.end != null && time !== undefined) ||
      (counted !== undefined && (own !== undefined || isMonth)),
  };
}

/** A zone or an offset beside a time. */
const ZONE_WORD = /\b[A-Z]{1,5}T\b|\b(?:UTC|GMT|Z)\b|[\d\s][+-]\d{2}:?\d{2}\b|\dZ\b/i;
/** Nobody speaks of other years. */
const MOST_YEARS_AWAY = 100;

/** What the parser recognised without using it: a day beside a part of one, a time beside a day, a time as a year or a zone. */
function losesSomething(
  text: string,
  { own, counted, time, now }: { own?: SaidDay; counted?: SaidDay; time?: SaidTime; now: DateTime },
): boolean {
  if (own === undefined && counted === undefined && time === undefined && DAY_WORD.test(text)) return true;
  if (time === undefined && /\d:\d\d/.test(text)) return true;
  if (time?.offset !== undefined && !ZONE_WORD.test(text)) return true;
  return own?.kind === 'date' && Math.abs(own.year - now.year) > MOST_YEARS_AWAY;
}

/** The end of a day's work and midnight mean something else where a day stands beside them. */
function withKind(time: SaidTime, text: string): SaidTime {
  const isClose = text.replace(CLOSE, '') !== text && time.hour === 17 && time.minute === 0;
  const isMidnight = /\bmidnight\b/i.test(text) && !/\b(?:tonight|last night)\b/i.test(text);
  return { ...time, isClose: isClose || undefined, isMidnight: isMidnight || undefined };
}

const monthIn = (found: chrono.ParsedComponents): { year?: number; month: number } => ({
  month: found.get('month') ?? 1,
  year: found.isCertain('year') ? (found.get('year') ?? undefined) : undefined,
});

const partWord = (text: string): string | undefined => DAY_PART.exec(text)?.[1];

const partIn = (text: string): DayPart | undefined => {
  const part = partWord(text)?.toLowerCase();
  return part === 'tonight' || part === 'last night' ? 'night' : (part as DayPart | undefined);
};

/** "Last week" is not a day, although the parser takes it for the one a week ago. */
const isPeriodWord = (text: string, found: chrono.ParsedComponents): boolean =>
  !(found.isCertain('weekday') && !found.isCertain('day')) &&
  /\b(?:weeks?|weekend|weekday|months?|quarter|years?)\b/i.test(text) &&
  !/\b(?:ago|from now|from today|in \d+|in an?|hence)\b/i.test(text);

/** A phrase recognised once: one thing, or from one to another. */
export function parsePhrase(given: string, options: PhraseOptions): Said | SaidRange {
  const text = sharedWeek(joinedDays(bare(given, options.argument)));
  const halves = splitRange(text, options);
  if (halves === undefined) return parseSaid(text, options);
  const [start, end] = halves;
  return { start: parseSaid(start, options), end: parseSaid(end, options) };
}

/** Whether a phrase says a range, with a beginning and an end. */
export const isRange = (phrase: Said | SaidRange): phrase is SaidRange => 'start' in phrase;
