import { DateTime } from 'luxon';
import type { Direction } from './errors.ts';

/** Half-open: `start` belongs to it, `end` does not. */
export interface Period {
  readonly start: DateTime<true>;
  readonly end: DateTime<true>;
}

/** Before any record that Manage holds, and after any. */
export const FAR = { years: 30 } as const;

/** A range of the calendar that has a name. */
export type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';

const NAMED = /^(?:the )?(?:(this|last|previous|next|current|coming) )?(day|week|month|quarter|year)$/;
const ROLLING =
  /^(?:the )?(?:last|past|previous) (?:(\d+|few|couple of|one|two|three|four|five|six|seven|ten|twelve) )?(minute|hour|day|week|month|quarter|year)s?$/;
const AHEAD = /^(?:the )?(?:next|coming) (\d+) (day|week|month|year)s?$/;
const TO_DATE =
  /^(?:(?:this )?(week|month|quarter|year)[ -]to[ -]date|(w|m|q|y)td|(?:this )?(week|month|year) so far)$/;
const AGO = /^(\d+|one|two|three|a) (week|month|quarter|year)s? ago$/;
const QUARTER = /^(?:q([1-4])|(first|second|third|fourth) quarter)(?:(?: of)? (\d{4}))?$/;
const YEAR_QUARTER = /^(\d{4})[- ]?q([1-4])$/;
const WEEKEND = /^(?:(this|last|past|the|next) )?weekend$/;
const ISO_WEEK = /^(?:(\d{4})-?w(\d{1,2})|(?:calendar )?week (\d{1,2})(?: (?:of )?(\d{4}))?)$/;
/** A number of four digits is a year only near this one. */
const MOST_YEARS_AWAY = 100;
const EVER = /^(?:all|all time|ever|any ?time|always|everything)$/;

const COUNTS: Readonly<Record<string, number>> = {
  a: 1,
  one: 1,
  two: 2,
  'couple of': 2,
  three: 3,
  few: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  ten: 10,
  twelve: 12,
};
const countOf = (text: string | undefined): number => COUNTS[text ?? 'one'] ?? Number(text);

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH_NAME = new RegExp(`^(${MONTHS.join('|')})[a-z]{0,6}\\.?(?: (\\d{4}))?$`);

const LETTERS: Readonly<Record<string, Unit>> = { w: 'week', m: 'month', q: 'quarter', y: 'year' };
const ORDINALS = ['first', 'second', 'third', 'fourth'];

/** The whole day, week (from Monday), month, quarter or year that a moment is in. */
export const whole = (moment: DateTime, unit: Unit): Period => ({
  start: moment.startOf(unit) as DateTime<true>,
  end: moment.plus({ [`${unit}s`]: 1 }).startOf(unit) as DateTime<true>,
});

const upTo = (start: DateTime, end: DateTime): Period => ({
  start: start as DateTime<true>,
  end: end as DateTime<true>,
});

function rolling(count: number, unit: string, now: DateTime): Period {
  const back = now.minus({ [`${unit}s`]: count });
  // Whole days, so that "last 7 days" does not begin in the middle of one.
  return upTo(unit === 'minute' || unit === 'hour' ? back : back.startOf('day'), now);
}

/** Without a year, the month or quarter that began last, or that ends next. */
function yearless(start: DateTime, unit: Unit, now: DateTime, direction: Direction): Period {
  const candidates = [-1, 0, 1].map((years) => whole(start.plus({ years }), unit));
  if (direction === 'ahead') return candidates.find(({ end }) => end > now) ?? whole(start, unit);
  return candidates.findLast((period) => period.start <= now) ?? whole(start, unit);
}

function quarter(number: number, year: number | undefined, now: DateTime, direction: Direction): Period {
  const start = DateTime.fromObject({ year: year ?? now.year, month: number * 3 - 2 }, { zone: now.zone });
  return year === undefined ? yearless(start, 'quarter', now, direction) : whole(start, 'quarter');
}

/** Saturday and Sunday; without a word, those that began last or come next. */
function weekend(which: string | undefined, now: DateTime, direction: Direction): Period {
  const saturday = now.startOf('week').plus({ days: 5 });
  const begun = saturday <= now ? saturday : saturday.minus({ weeks: 1 });
  // On a Sunday "last weekend" is the one before; "next weekend" is the next to begin.
  const starts: Readonly<Record<string, DateTime>> = {
    next: saturday <= now ? saturday.plus({ weeks: 1 }) : saturday,
    this: saturday,
    last: saturday <= now ? saturday.minus({ weeks: 1 }) : begun,
  };
  const start = starts[which === 'past' ? 'last' : (which ?? '')] ?? (direction === 'ahead' ? saturday : begun);
  return upTo(start, start.plus({ days: 2 }));
}

const STEPS: Readonly<Record<string, number>> = { last: -1, previous: -1, next: 1, coming: 1 };

/** A period that has a name of its own: "last month", "past 2 weeks", "Q3", "year to date", "week 47". `undefined` for other texts. */
export function namedPeriod(text: string, now: DateTime, direction: Direction): Period | undefined {
  const named = NAMED.exec(text);
  if (named !== null) {
    const by = STEPS[named[1] ?? ''] ?? 0;
    return whole(now.plus({ [`${named[2]}s`]: by }), named[2] as Unit);
  }
  const last = ROLLING.exec(text);
  if (last !== null) return rolling(countOf(last[1]), last[2] ?? 'day', now);
  const ahead = AHEAD.exec(text);
  // From today on, which belongs to it.
  if (ahead !== null) return upTo(now.startOf('day'), now.startOf('day').plus({ [`${ahead[2]}s`]: Number(ahead[1]) }));
  const toDate = TO_DATE.exec(text);
  if (toDate !== null) {
    const unit = (toDate[1] ?? toDate[3] ?? LETTERS[toDate[2] ?? '']) as Unit;
    const start = now.startOf(unit);
    // At its very first moment there is nothing of it yet.
    return upTo(start, start < now ? now : start.plus({ minutes: 1 }));
  }
  const ago = AGO.exec(text);
  if (ago !== null) return whole(now.minus({ [`${ago[2]}s`]: countOf(ago[1]) }), ago[2] as Unit);
  const named3 = QUARTER.exec(text);
  if (named3 !== null) {
    const number = Number(named3[1] ?? ORDINALS.indexOf(named3[2] ?? '') + 1);
    return quarter(number, named3[3] === undefined ? undefined : Number(named3[3]), now, direction);
  }
  const yearly = YEAR_QUARTER.exec(text);
  if (yearly !== null) return quarter(Number(yearly[2]), Number(yearly[1]), now, direction);
  const days = WEEKEND.exec(text);
  if (days !== null) return weekend(days[1], now, direction);
  if (EVER.test(text)) return upTo(now.minus(FAR), now.plus(FAR));
  return numbered(text, now, direction);
}

/** Years, months and weeks that are named by their numbers, and months by their names. */
function numbered(text: string, now: DateTime, direction: Direction): Period | undefined {
  const { zone } = now;
  const name = MONTH_NAME.exec(text);
  if (name !== null) {
    const said = name[2] === undefined ? undefined : Number(name[2]);
    const begin = DateTime.fromObject({ year: said ?? now.year, month: MONTHS.indexOf(name[1] ?? '') + 1 }, { zone });
    return said === undefined ? yearless(begin, 'month', now, direction) : whole(begin, 'month');
  }
  const month = /^(\d{4})-(\d{2})$/.exec(text);
  if (month !== null && Number(month[2]) >= 1 && Number(month[2]) <= 12)
    return whole(DateTime.fromObject({ year: Number(month[1]), month: Number(month[2]) }, { zone }), 'month');
  if (/^\d{4}$/.test(text) && Math.abs(Number(text) - now.year) <= MOST_YEARS_AWAY)
    return whole(DateTime.fromObject({ year: Number(text) }, { zone }), 'year');
  const week = ISO_WEEK.exec(text);
  if (week === null) return undefined;
  const weekYear = Number(week[1] ?? week[4] ?? now.weekYear);
  const start = DateTime.fromObject({ weekYear, weekNumber: Number(week[2] ?? week[3]), weekday: 1 }, { zone });
  return start.isValid ? whole(start, 'week') : undefined;
}
