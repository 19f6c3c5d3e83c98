import { DateTime } from 'luxon';
import { ClockError } from './errors.ts';
import { bare, componentsToMoment, namesDay, type ReadOptions, readDay, recognise } from './moment.ts';

/** Half-open: `start` belongs to it, `end` does not. */
export interface Period {
  readonly start: DateTime<true>;
  readonly end: DateTime<true>;
}

type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';

const NAMED = /^(this|last|previous|next|current) (day|week|month|quarter|year)$/;
const ROLLING = /^(?:the )?(?:last|past) (\d+|few|couple of) (minute|hour|day|week|month|year)s?$/;
const AHEAD = /^(?:the )?(?:next|coming) (\d+) (day|week|month|year)s?$/;
const SINCE = /^since (.+)$/;
const SPAN = /^(.+?)\s*(?:\.\.|\bto\b|\buntil\b|\bthrough\b|–)\s*(.+)$/;

const whole = (moment: DateTime, unit: Unit): Period => ({
  start: moment.startOf(unit) as DateTime<true>,
  end: moment.plus({ [`${unit}s`]: 1 }).startOf(unit) as DateTime<true>,
});

/**
 * A period that somebody said, in the zone of `now`: "today", "yesterday", "this week" (from Monday), "last month", "last 7 days", "next 30 days",
 * "since Monday", "2026-11-01..2026-11-15" (both days included), a single day, or a month ("2026-11", "November 2026").
 * @throws {ClockError} when it is none.
 */
export function readPeriod(said: string, options: ReadOptions): Period {
  const { now, argument } = options;
  const text = bare(said).toLowerCase().replace(/\s+/g, ' ');
  const named = NAMED.exec(text);
  if (named) {
    const unit = named[2] as Unit;
    const by = named[1] === 'last' || named[1] === 'previous' ? -1 : named[1] === 'next' ? 1 : 0;
    return whole(now.plus({ [`${unit}s`]: by }), unit);
  }
  const rolling = ROLLING.exec(text);
  if (rolling) return rollingPeriod(rolling[1] ?? '1', rolling[2] ?? 'day', now);
  const ahead = AHEAD.exec(text);
  // From today on, which belongs to it.
  if (ahead)
    return {
      start: now.startOf('day') as DateTime<true>,
      end: now.startOf('day').plus({ [`${ahead[2]}s`]: Number(ahead[1]) }) as DateTime<true>,
    };
  const month = /^(\d{4})-(\d{2})$/.exec(text);
  if (month)
    return whole(DateTime.fromObject({ year: Number(month[1]), month: Number(month[2]) }, { zone: now.zone }), 'month');
  const since = SINCE.exec(text);
  if (since) return { start: readDay(since[1] ?? '', options), end: now as DateTime<true> };
  const span = SPAN.exec(text);
  if (span) {
    const start = readDay(span[1] ?? '', options);
    const end = readDay(span[2] ?? '', options).plus({ days: 1 });
    if (end <= start) throw new ClockError(argument, `${argument} ${JSON.stringify(said)} ends before it starts.`);
    return { start, end };
  }
  const [result] = recognise(text, options);
  if (result?.start.isCertain('month') && !result.start.isCertain('day') && !result.start.isCertain('weekday')) {
    return whole(componentsToMoment(result.start, options, false), 'month');
  }
  try {
    return whole(readDay(text, options), 'day');
  } catch (error) {
    if (!(error instanceof ClockError) || /can be read as/.test(error.message)) throw error;
    throw new ClockError(
      argument,
      `${argument} ${JSON.stringify(said)} is no period. Send "today", "this week", "last month", "last 7 days", a date, or 2026-11-01..2026-11-15.`,
    );
  }
}

function rollingPeriod(amount: string, unit: string, now: DateTime): Period {
  const count = amount === 'few' ? 3 : amount === 'couple of' ? 2 : Number(amount);
  const back = now.minus({ [`${unit}s`]: count });
  // Whole days, so that "last 7 days" does not begin in the middle of one.
  const start = unit === 'minute' || unit === 'hour' ? back : back.startOf('day');
  return { start: start as DateTime<true>, end: now as DateTime<true> };
}

/**
 * A stretch of work that somebody said: "2pm to 3:30 yesterday", "14:00-14:45", "from 9 to 11am".
 * @returns `undefined` when the text names only one time.
 * @throws {ClockError} as `readMoment` does, and when it ends before it starts.
 */
export function readRange(said: string, options: ReadOptions): Period | undefined {
  const { argument } = options;
  const text = bare(said).replace(/^from\s+/i, '');
  const [result] = recognise(text, options);
  if (result?.end == null || !result.start.isCertain('hour')) return undefined;
  const start = componentsToMoment(result.start, options, true);
  let end = componentsToMoment(result.end, options, true);
  // "22:00 to 1:00" runs past midnight.
  if (end <= start && !namesDay(text.slice(text.search(/\bto\b|-|–|until/i)), options)) end = end.plus({ days: 1 });
  if (end <= start || end.diff(start, 'hours').hours > 24) {
    throw new ClockError(
      argument,
      `${argument} ${JSON.stringify(said)} ends before it starts, or lasts longer than a day.`,
    );
  }
  return { start, end };
}
