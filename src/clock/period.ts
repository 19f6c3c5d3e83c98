import type { DateTime } from 'luxon';
import { calendarRange } from './calendar-range.ts';
import { echoPeriod, isMidnight } from './echo.ts';
import { ClockError } from './errors.ts';
import { dayOf, dayPartOf, momentOf, type ReadOptions, wholeDayOf } from './interpret.ts';
import { before, FAR, type NamedPeriod, namedPeriod, type Period, whole } from './named-period.ts';
import { isRange, NOW, parsePhrase } from './phrase.ts';
import { inOrder, isTimed, rangeOf } from './range.ts';
import type { Said, SaidDay, SaidRange } from './said.ts';
import { MONTHS, withDigits } from './spelling.ts';
import { joinedDays } from './split-range.ts';
import { weekdayRange } from './weekday-range.ts';
import { bare } from './written.ts';

const SINCE =
  /^(?:(?:since|starting|from|on or after|not before|no earlier than|not earlier than) |>= ?)(.+?)(?: on(?:wards?)?)?$|^(.+?)(?: ?\.\.| (?:onwards?|or later|and later))$/;
const AFTER = /^(?:(?:after|later than) |> ?)(.+)$/;
const BEFORE = /^(?:(?:before|prior to|earlier than) |< ?)(.+)$/;
const UP_TO =
  /^(?:(?:until|till|up to|through|by|on or before|not after|no later than|not later than) |<= ?|\.\. ?)(.+)$|^(.+) (?:or|and) (?:earlier|before)$/;
const WEEK_OF =
  /^(?:the )?(?:week (?:of|from|beginning|starting|commencing|ending|with|containing|to)|w\/?[cbe]) (?:on )?(.+)$/;
const SPAN = '(\\d+|an?) ?(minute|hour|hr|h|day|d|week|wk|w|month|quarter|year|yr|y)s?';
/** What began longer ago, and what began since then. */
const OLDER = new RegExp(
  `^(?:(?:older than|earlier than|more than|over|at least|longer than) ${SPAN}(?: ago| old| back)|older than ${SPAN}|(\\d+)\\+ ?(day|week|month|year)s?(?: ago| old))$`,
);
const NEWER = new RegExp(
  `^(?:less than|under|newer than|not more than|no more than|not older than) ${SPAN}(?: ago| old)?$`,
);
const DAY_ORDER = ['yesterday', 'today', 'tomorrow'];
const TWO_DAYS = /^(yesterday|today|tomorrow) and (yesterday|today|tomorrow)$/;
const OVERDUE = /^(?:overdue|past due|late)$/;
/** Two dates side by side, as calendars and other APIs write them. */
const DATES = /^(\d{4}-\d{2}-\d{2}) ?[,/;] ?(\d{4}-\d{2}-\d{2})$/;

/** Of a period that is named otherwise than by the unit that is running. */
const TO_DATE_OF = /^so far (?:in |of |this )?(.+)$|^(?:the )?(.+?)(?:[ -]to[ -]date|[ -]so[ -]far)$/;

/** Days of one month, as `joinedDays` writes them. */
const DAYS = /^\d{1,2}-\d{1,2} (?!-)[a-z]/;

type Open = 'start' | 'end' | 'both';
interface Bounded extends NamedPeriod {
  readonly open?: Open;
  /** What is meant lies before the day that it ends in, where only days are compared: what is overdue is not due today. */
  readonly beforeDay?: boolean;
}

export interface SaidPeriod extends Bounded {
  /** Its dates and zone, for the answer, behind what has to be said of them: "Mon 23 Nov to Sun 29 Nov (America/New_York)". */
  readonly echo: string;
}

/** "last 0 days" is no time at all: nothing would be found, or today. */
const NOTHING = /^(?:the )?(?:last|past|previous|next|coming) 0+ /;

/**
 * A period that somebody said, in the zone of `now`: "today", "this week" (from Monday), "last month", "last 7 days", "next 30 days",
 * "since Monday", "2026-11-01..2026-11-15" (both days included), "week of 9 November", "Q3", "year to date", a single day, a part of
 * one ("this morning"), a range of one ("Friday 9am to 10am"), or a month ("2026-11", "November 2026"). Times of day count.
 * @throws {ClockError} when it is not a period, or holds more than was understood
 */
export function readPeriod(said: string, given: ReadOptions): SaidPeriod {
  const options = { ...given, isFilter: true };
  const { now, argument, direction } = options;
  const text = withDigits(bare(said, argument).toLowerCase())
    .replace(/^(?:the )?(?:calendar year|(?:month|year) of) (?=\d{4}$|[a-z]{3})/, '')
    .replace(/^within (?:the )?(?=\d|an? |hour$)/, direction === 'past' ? 'last ' : 'next ')
    .replace(/^(?:in(?! (?:\d|an? ))|during|for|over(?! (?:\d|an? ))|within|on(?! or )) /, '');
  const isNothing = NOTHING.test(text);
  const named: Bounded | undefined = isNothing ? undefined : namedPeriod(text, now, direction);
  const period: Bounded | undefined = isNothing
    ? undefined
    : (named ??
      toDate(text, options) ??
      calendarRange(text, options) ??
      weekdayRange(text, options, (words) => weekOf(words, options) ?? part(words, options)) ??
      bounded(text, options) ??
      plain(text, options));
  if (period === undefined)
    throw new ClockError(
      argument,
      'unreadable',
      `${argument} ${JSON.stringify(said)} is not a period. Send "today", "this week", "last month", "last 7 days", a date, "Friday 2pm to 4pm", or 2026-11-01..2026-11-15.`,
    );
  inOrder(period, said, argument);
  const isEver = named !== undefined && named.end.diff(named.start, 'years').years > FAR.years;
  const open = isEver ? 'both' : period.open;
  return { ...period, open, echo: withLead(echoPeriod(period, now, open), period) };
}

/** What has to be said of a period before its dates. */
export const withLead = (echo: string, { lead }: NamedPeriod): string =>
  lead === undefined ? echo : `${lead}, ${echo}`;

/**
 * "Q4 to date", "November so far": what has passed of a period with a name.
 * @throws {ClockError} where it is over or has not begun
 */
function toDate(text: string, { now, direction, argument }: ReadOptions): Period | undefined {
  const [, before, behind] = TO_DATE_OF.exec(text) ?? [];
  const of = before ?? behind;
  const period = of === undefined ? undefined : namedPeriod(of, now, direction);
  if (period === undefined) return undefined;
  if (period.start < now && now < period.end) return { start: period.start, end: now as DateTime<true> };
  const is = period.end <= now ? 'is over' : 'has not begun';
  throw new ClockError(
    argument,
    'contradiction',
    `${argument} ${JSON.stringify(text)}: that ${is}. Send "${of}", or "since ${period.start.toISODate()}".`,
  );
}

/** A moment in place of a period: it begins and ends there. */
const instant = (at: DateTime<true>): Period => ({ start: at, end: at });

/** A part of a longer period: a moment, a day, or anything with a name. */
function part(text: string, options: ReadOptions): Period | undefined {
  const named = namedPeriod(text.trim(), options.now, options.direction);
  if (named !== undefined) return named;
  const said = parsePhrase(text, { ...options, takesRange: true });
  if (isRange(said)) return undefined;
  if (isTimeOfDay(said)) return instant(momentOf(said, options));
  return saidPeriod(said, options) ?? (isMoment(said) ? instant(momentOf(said, options)) : undefined);
}

/**
 * Whether a time of day was said beside a day: at an end of a period midnight counts as well, or the day that it begins would be in it.
 * The last minute of a day, and the end of work, are how a day is said to be in it.
 */
function isTimeOfDay(said: Said): boolean {
  const { day, time } = said;
  const isLast = time?.isClose === true || (time?.hour === 23 && time.minute === 59);
  return isMoment(said) && day !== undefined && time !== undefined && !isLast;
}

const isMoment = ({ time, instant: at, rest = '', several }: Said): boolean =>
  (time !== undefined || at !== undefined) && rest === '' && several !== true;

/** "The week of 9 November". */
function weekOf(text: string, options: ReadOptions): Period | undefined {
  const [, of] = WEEK_OF.exec(text) ?? [];
  const day = of === undefined || of.includes('..') ? undefined : part(of, options);
  return day && whole(day.start, 'week');
}

/** A period that is said by where it begins or ends. */
function bounded(text: string, options: ReadOptions): Bounded | undefined {
  const { now, direction } = options;
  // "From 20 to 27 November" begins like "from 20 November" and has an end.
  const days = joinedDays(text.replace(/^(?:from|since|starting) /, ''));
  if (DAYS.test(days)) return part(days, options);
  const rest = (pattern: RegExp): Period | undefined => {
    const found = pattern.exec(text);
    const of = found?.[1] ?? found?.[2];
    return of === undefined || of.includes('..') ? undefined : part(of, options);
  };
  const age = aged(text, now as DateTime<true>);
  if (age !== undefined) return age;
  if (direction === 'ahead' && OVERDUE.test(text))
    return { start: now.minus(FAR) as DateTime<true>, end: now as DateTime<true>, open: 'start', beforeDay: true };
  const [one, other] = (TWO_DAYS.exec(text)?.slice(1) ?? []).toSorted(
    (a, b) => DAY_ORDER.indexOf(a) - DAY_ORDER.indexOf(b),
  );
  if (one !== undefined && other !== undefined) return fromTo(one, other, options);
  const week = weekOf(text, options);
  if (week !== undefined) return week;
  const dates = DATES.exec(text);
  if (dates !== null) return fromTo(dates[1] ?? '', dates[2] ?? '', options);
  /** Until now; what begins later, or is asked about what is to come, has no end. */
  const from = (start: DateTime<true>): Bounded =>
    direction === 'past' && start < now
      ? { start, end: now as DateTime<true> }
      : { start, end: start.plus(FAR) as DateTime<true>, open: 'end' };
  const since = rest(SINCE);
  if (since !== undefined) return from(since.start);
  const after = rest(AFTER);
  if (after !== undefined) return from(after.end);
  const until = rest(BEFORE);
  if (until !== undefined) return { start: until.start.minus(FAR) as DateTime<true>, end: until.start, open: 'start' };
  const upTo = rest(UP_TO);
  return upTo && { start: upTo.end.minus(FAR) as DateTime<true>, end: upTo.end, open: 'start' };
}

/** "More than 30 days ago", "less than a week old". */
function aged(text: string, now: DateTime<true>): Bounded | undefined {
  const [count, unit] =
    OLDER.exec(text)
      ?.slice(1)
      .filter((part) => part !== undefined) ?? [];
  if (count !== undefined && unit !== undefined)
    return { start: now.minus(FAR), end: before(now, count, unit) as DateTime<true>, open: 'start', beforeDay: true };
  const newer = NEWER.exec(text);
  return newer === null
    ? undefined
    : { start: before(now, newer[1] ?? '', newer[2] ?? '') as DateTime<true>, end: now };
}

/** From the beginning of the one to the end of the other. */
function fromTo(first: string, second: string, options: ReadOptions): Period | undefined {
  const start = part(first, options);
  const end = start && part(second, { ...options, day: start.start });
  if (start === undefined || end === undefined) return undefined;
  if (end.end > start.start) return { start: start.start, end: end.end };
  // The same midnight twice is how a single day is written.
  if (+end.end === +start.start && +start.end === +start.start && isMidnight(start.start))
    return whole(start.start, 'day');
  // "Monday to Wednesday": the Wednesday after that Monday. "Today" is no other day after it.
  const later = /\b(?:today|tomorrow|yesterday|now)\b/.test(second)
    ? undefined
    : part(second, { ...options, now: start.start.plus({ days: 1 }), direction: 'ahead' });
  const follows = later !== undefined && later.end > start.start && later.end.diff(start.start, 'days').days <= 8;
  return { start: start.start, end: follows ? later.end : end.end };
}

/** A range, or what one phrase says by itself. */
function plain(text: string, options: ReadOptions): Period | undefined {
  // "9-11" can be hours or a date.
  if (/^(?:\d{1,2} ?- ?\d{1,2}|\d{4} ?- ?\d{4})$/.test(text)) return undefined;
  const said = parsePhrase(text, { ...options, takesRange: true });
  if (!isRange(said)) return saidPeriod(said, options);
  const found = between(said, text, options);
  // A moment is a whole minute, and what was changed in the present one lies before now.
  return found !== undefined && NOW.test(said.end.text)
    ? { start: found.start, end: options.now as DateTime<true> }
    : found;
}

function between(said: SaidRange, text: string, options: ReadOptions): Period | undefined {
  const days = [said.start, said.end].map((one) => wholeDayOf(one, options));
  // "Last hour to now": a period with a name is none of the day's times, though it is counted in hours.
  const isNamed = [said.start, said.end].some(
    ({ text: one }) =>
      /[a-z]/i.test(one) && namedPeriod(one.toLowerCase(), options.now, options.direction) !== undefined,
  );
  if (isTimed(said) && days.includes(undefined) && !isNamed)
    return inOrder(overMidnight(rangeOf(said, options), said), text, options.argument);
  return fromTo(said.start.text, said.end.text, options);
}

/** "22:00 to 1:00" runs past midnight. */
const overMidnight = (period: Period, { end }: SaidRange): Period =>
  period.end <= period.start && end.day === undefined && end.instant === undefined
    ? { start: period.start, end: period.end.plus({ days: 1 }) }
    : period;

const daysFrom = (first: DateTime<true>, last: DateTime<true>): Period => ({
  start: first,
  end: last.plus({ days: 1 }),
});

/** A day, several in a row, a part of one, or a month. */
function saidPeriod(said: Said, options: ReadOptions): Period | undefined {
  const { day, lastDay, month, rest = '', text } = said;
  if (rest !== '' || said.several === true) return undefined;
  if (month !== undefined) return namedPeriod(monthText(month), options.now, options.direction);
  if (day !== undefined && lastDay !== undefined && said.time === undefined)
    return daysFrom(dayOf(day, text, options), dayOf(sameYear(lastDay, day), text, options));
  const start = wholeDayOf(said, options);
  return start === undefined ? dayPartOf(said, options) : daysFrom(start, start);
}

const sameYear = (last: SaidDay, first: SaidDay): SaidDay =>
  last.kind === 'yearless' && first.kind === 'date' ? { ...last, kind: 'date', year: first.year } : last;

const monthText = ({ year, month }: { readonly year?: number; readonly month: number }): string =>
  [MONTHS[month - 1], year].filter((piece) => piece !== undefined).join(' ');
