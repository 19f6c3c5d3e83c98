import type { DateTime } from 'luxon';
import { namedPeriod, type Period, whole } from './calendar-words.ts';
import { readDayPart } from './day-part.ts';
import { ClockError } from './errors.ts';
import { bare, dayAt, namesDay } from './moment.ts';
import { componentsToMoment, leftOver, type ReadOptions, recognise, SAYS_HALF } from './recognise.ts';
import { spelledClock, spelledOut } from './spoken.ts';

export type { Period } from './calendar-words.ts';

const SINCE = /^(?:since|starting|from) (.+?)(?: on(?:wards?)?)?$/;
const AFTER = /^(?:after|later than) (.+)$/;
const BEFORE = /^(?:before|prior to|earlier than) (.+)$/;
const UP_TO = /^(?:until|till|up to|through|by) (.+)$/;
const WEEK_OF = /^(?:the )?week (?:of|from|beginning|starting|commencing|ending|with|containing|to) (?:on )?(.+)$/;
const SPAN = /^(?:from )?(.+?)(?:\s*(?:\.\.+|–|—)\s*|\s+(?:to|until|till|through|thru|-)\s+)(.+)$/;
const BETWEEN = /^between (.+?) and (.+)$/;
/** Two dates side by side, as calendars and other APIs write them. */
const DATES = /^\[?(\d{4}-\d{2}-\d{2})\]?\s*[,/;]\s*\[?(\d{4}-\d{2}-\d{2})\]?$/;

/** Before any record that Manage holds. */
const LONG_AGO = { years: 30 } as const;

/**
 * A period that somebody said, in the zone of `now`: "today", "yesterday", "this week" (from Monday), "last month", "last 7 days", "next 30 days",
 * "since Monday", "2026-11-01..2026-11-15" (both days included), "week of 9 November", "Q3", "year to date", a single day, a part
 * of one ("this morning"), or a month ("2026-11", "November 2026").
 * @throws {ClockError} when it is none, or holds more than was understood.
 */
export function periodOf(said: string, options: ReadOptions): Period {
  const { now, argument } = options;
  const text = bare(said)
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^(?:in|during|for|over|within|on) /, '');
  const period = namedPeriod(text, now) ?? bounded(text, options) ?? readDayPart(text, options) ?? plain(text, options);
  if (period === undefined)
    throw new ClockError(
      argument,
      'unreadable',
      `${argument} ${JSON.stringify(said)} is no period. Send "today", "this week", "last month", "last 7 days", a date, or 2026-11-01..2026-11-15.`,
    );
  if (period.end <= period.start)
    throw new ClockError(argument, 'order', `${argument} ${JSON.stringify(said)} ends before it starts.`);
  return period;
}

/** A part of a longer period: a day, or anything with a name. */
function part(text: string, options: ReadOptions): Period | undefined {
  return namedPeriod(text.trim(), options.now) ?? plain(text.trim(), options);
}

/** A period that is said by where it begins or ends. */
function bounded(text: string, options: ReadOptions): Period | undefined {
  const { now } = options;
  const rest = (pattern: RegExp): Period | undefined => {
    const found = pattern.exec(text);
    return found === null ? undefined : part(found[1] ?? '', options);
  };
  const week = rest(WEEK_OF);
  if (week !== undefined) return whole(week.start, 'week');
  const dates = DATES.exec(text);
  const span = dates ?? BETWEEN.exec(text) ?? SPAN.exec(text);
  if (span !== null) {
    const [start, end] = [part(span[1] ?? '', options), part(span[2] ?? '', options)];
    if (start !== undefined && end !== undefined) {
      // "Monday to Wednesday": the Wednesday after that Monday.
      const later =
        end.end > start.start
          ? end
          : part(span[2] ?? '', { ...options, now: start.start.plus({ days: 1 }), direction: 'ahead' });
      const follows = later !== undefined && later.end > start.start && later.end.diff(start.start, 'days').days <= 8;
      return { start: start.start, end: follows ? later.end : end.end };
    }
  }
  const since = rest(SINCE);
  if (since !== undefined) return { start: since.start, end: now as DateTime<true> };
  const after = rest(AFTER);
  if (after !== undefined) return { start: after.end, end: now as DateTime<true> };
  const before = rest(BEFORE);
  if (before !== undefined) return { start: before.start.minus(LONG_AGO), end: before.start };
  const upTo = rest(UP_TO);
  return upTo && { start: upTo.end.minus(LONG_AGO), end: upTo.end };
}

/** A day, a month, or a range that stands in one piece ("1-5 November"). */
function plain(text: string, options: ReadOptions): Period | undefined {
  const spelt = spelledOut(text, options.now, options.direction);
  const [result] = recognise(spelt, options);
  if (result?.end != null && leftOver(spelt, result.text) === '' && result.end.isCertain('day'))
    return {
      start: componentsToMoment(result.start, options, false).startOf('day'),
      end: componentsToMoment(result.end, options, false).startOf('day').plus({ days: 1 }),
    };
  if (
    result?.start.isCertain('month') &&
    !result.start.isCertain('day') &&
    !result.start.isCertain('weekday') &&
    leftOver(spelt, result.text) === ''
  )
    return whole(componentsToMoment(result.start, options, false), 'month');
  try {
    return whole(dayAt(text, options), 'day');
  } catch (error) {
    if (!(error instanceof ClockError) || error.code === 'ambiguous') throw error;
    return undefined;
  }
}

/**
 * A stretch of work that somebody said: "2pm to 3:30 yesterday", "14:00-14:45", "from 9 to 11am".
 * @returns `undefined` when the text names only one time.
 * @throws {ClockError} as `readMoment` does, and when it ends before it starts.
 */
export function readRange(said: string, options: ReadOptions): Period | undefined {
  const { argument } = options;
  const between = /^\s*between\b/i.test(said);
  const bared = bare(said).replace(/^(?:from|between)\s+/i, '');
  const text = spelledClock(
    spelledOut(between ? bared.replace(/\s+and\s+/i, ' to ') : bared, options.now, options.direction),
  );
  const [result] = recognise(text, options);
  if (result?.end == null || !result.start.isCertain('hour')) return undefined;
  const rest = leftOver(text, result.text);
  if (rest !== '')
    throw new ClockError(
      argument,
      'unreadable',
      `${argument} ${JSON.stringify(said)} says more than from when to when (${JSON.stringify(rest)}).`,
    );
  const [first = '', second = ''] = result.text.split(/\s*(?:\bto\b|-|–|—|\buntil\b|\btill\b)\s*/i);
  // "2-3pm" says its half once, for both.
  const shared = SAYS_HALF.test(second) && !SAYS_HALF.test(first) ? `${first}pm` : first;
  const start = componentsToMoment(result.start, options, true, shared);
  let end = componentsToMoment(result.end, { ...options, after: start }, true, second);
  // "22:00 to 1:00" runs past midnight.
  if (end <= start && !namesDay(text.slice(text.search(/\bto\b|-|–|until/i)), options)) end = end.plus({ days: 1 });
  if (end <= start || end.diff(start, 'hours').hours > 24) {
    throw new ClockError(
      argument,
      'order',
      `${argument} ${JSON.stringify(said)} ends before it starts, or lasts longer than a day.`,
    );
  }
  return { start, end };
}
