import { DateTime } from 'luxon';
import type { Direction } from './errors.ts';
import { MONTHS } from './spelling.ts';

/** Half-open: `start` belongs to it, `end` does not. */
export interface Period {
  readonly start: DateTime<true>;
  readonly end: DateTime<true>;
}

/** A period with what has to be known of how it was said. */
export interface NamedPeriod extends Period {
  /** It is counted in hours or minutes, from or to now. */
  readonly isOfClock?: boolean;
  /** What stands before its dates in answers, where they alone would surprise: "today and the next 7 days". */
  readonly lead?: string;
}

/** Before any record that Manage holds, and after any. */
export const FAR = { years: 30 } as const;

/** A range of the calendar that has a name. */
export type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';

const UNITS = 'day|week|month|quarter|year';
const NAMED = new RegExp(
  `^(?:the )?(?:(this|last|previous|prior|next|current|coming|upcoming|following) )?(${UNITS})(?: (after next|before last))?$`,
);
const NAMED_MONTH = /^(?:the )?(last|previous|past|next|coming|this) ([a-z]{3,9})$/;
const BACK = '(?:the |this )?(?:last|past|previous|prior|trailing|rolling)';
const COUNT = '(\\d+|few|couple of|couple|an?)';
/** Units with what people write for them; "m" may be minutes or months. */
const SHORT = '(minute|min|hour|hr|h|day|d|week|wk|w|fortnight|month|mth|mo|quarter|year|yr|y)s?';
const ROLLING = new RegExp(`^${BACK} (?:${COUNT} ?)?${SHORT}$`);
/** As "last quarter" is one of the calendar, so are several: those that are over. "Past" and "trailing" roll back from today. */
const LAST_QUARTERS = new RegExp(`^(?:the )?(?:last|previous|prior) ${COUNT} ?quarters?$`);
const AHEAD = new RegExp(`^(?:the )?(?:next|coming|following) (?:${COUNT} ?${SHORT}|(hour|fortnight))$`);
const TO_DATE =
  /^(?:(?:this )?(week|month|quarter|year)[ -]to[ -]date|(w|m|q|y)td|(?:this )?(week|month|year) so far|so far this (week|month|quarter|year))$/;
const REST = /^(?:the )?(?:rest|remainder) of (?:the |this )?(day|today|week|month|quarter|year)$/;
const AGO = /^(\d+|a) (week|month|quarter|year)s? ago$/;
const HALF_OF = /^(?:the )?(first|second|1st|2nd) half(?:[- ]year)? of (?:the |this )?(.+)$/;
/** A half of a year: "first half", "second half 2026", "H1", "h2 '26", "2026-H1". */
const HALF =
  /^(?:(?:the )?(first|second|1st|2nd) half(?:[- ]year)?|h([12]))(?:(?:,| of|[/-])? ?'?(\d{4}|\d{2}))?$|^(\d{4})[- /]?h([12])$/;
/** As "last quarter" is one of the calendar, so is "last half year". */
const SOME_HALF = /^(?:the )?(this|last|previous|prior|next|current|coming|upcoming|following) half(?:[- ]year)?$/;
const ROLLING_HALF = /^((?:the |this )?(?:past|trailing|rolling)) half[- ]year$/;
const QUARTER = /^(?:q([1-4])|(first|second|third|fourth) quarter)(?:(?:,| of)? ?'?(\d{4}|(?<=')\d{2}))?$/;
const YEAR_QUARTER = /^(\d{4})[- ]?q([1-4])$/;
const WEEKEND = /^(?:(this|last|past|the|next) )?weekend$/;
const ISO_WEEK = /^(?:(\d{4})-?w(\d{1,2})|(?:calendar )?week (\d{1,2})(?: (?:of )?(\d{4}))?)$/;
/** A number of four digits is a year only near this one. */
const MOST_YEARS_AWAY = 100;
/** A month that is over, or begins, within so many days may be meant by "last" or "next" or not. */
const NEAR_DAYS = 60;
const EVER = /^(?:all|all time|ever|any|any ?time|always|everything)$/;

const COUNTS: Readonly<Record<string, number>> = { a: 1, an: 1, couple: 2, 'couple of': 2, few: 3 };
const countOf = (text = '1'): number => COUNTS[text] ?? Number(text);

/** The unit that a word or its abbreviation means, as luxon calls it, and how many of it. */
function unitOf(word: string, count: number): Readonly<Record<string, number>> {
  if (word.startsWith('fortnight')) return { weeks: 2 * count };
  const unit = ['minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'].find(
    (one) => one.startsWith(word) || (one === 'hour' && word === 'hr') || (one === 'week' && word === 'wk'),
  );
  if (unit !== undefined) return { [`${unit}s`]: count };
  return word.startsWith('m') ? { months: count } : { years: count };
}

/** So many minutes, hours, days, weeks, months, quarters or years before now, or after it with a negative count. */
export const before = (now: DateTime, count: string, word: string): DateTime =>
  now.minus(unitOf(word.replace(/s$/, ''), countOf(count)));

const isOfClock = (word: string): boolean => /^(?:m(?!o|th)|h)/.test(word);

const MONTH_NAME = new RegExp(`^(${MONTHS.join('|')})[a-z]{0,6}\\.?(?:[ -](\\d{4})|[ -]?'(\\d{2}))?$`);

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

function rolling(count: string | undefined, unit: string, now: DateTime): NamedPeriod {
  const back = before(now, count ?? '1', unit);
  // Whole days, so that "last 7 days" does not begin in the middle of one.
  return isOfClock(unit) ? { ...upTo(back, now), isOfClock: true } : upTo(back.startOf('day'), now);
}

/**
 * From today on, with the day that is so far away: both belong to it, as with what is rolled back. Hours and minutes from now on.
 */
function aheadOf(count: string | undefined, unit: string, now: DateTime): NamedPeriod {
  const length = unitOf(unit, countOf(count));
  if (isOfClock(unit)) return { ...upTo(now, now.plus(length)), isOfClock: true };
  const start = now.startOf('day');
  const counted = Object.entries(length).map(([name, many]) => (many === 1 ? name.slice(0, -1) : `${many} ${name}`));
  return { ...upTo(start, start.plus(length).plus({ days: 1 })), lead: `today and the next ${counted.join(' ')}` };
}

/** "Last March", "next March": not where one so called is near, which may be meant or not. */
function namedMonth(which: string, name: string, now: DateTime): Period | undefined {
  const month = MONTHS.indexOf(name.slice(0, 3)) + 1;
  const years = [-2, -1, 0, 1, 2].map((by) => whole(now.set({ year: now.year + by, month, day: 1 }), 'month'));
  if (which === 'this') return years[2];
  const near = { days: NEAR_DAYS };
  if (which === 'next' || which === 'coming') {
    const next = years.find(({ start }) => start > now);
    return next !== undefined && next.start > now.plus(near) ? next : undefined;
  }
  const last = years.findLast(({ end }) => end <= now);
  return last !== undefined && last.end <= now.minus(near) ? last : undefined;
}

/** A half of a year or month. */
function half(isFirst: boolean, period: Period | undefined): Period | undefined {
  if (period === undefined) return undefined;
  const { start, end } = period;
  const days = end.diff(start, 'days').days;
  if (days > 31 && days < 365) return undefined;
  const middle = days > 31 ? start.plus({ months: 6 }) : start.plus({ days: 15 });
  return isFirst ? upTo(start, middle) : upTo(middle, end);
}

/** A half of the year that is said; without one, that began last, or that ends next. */
function halfYear(isFirst: boolean, year: string | undefined, now: DateTime, direction: Direction): Period | undefined {
  const start = now.startOf('year').set(year === undefined ? {} : { year: Number(year.padStart(4, '20')) });
  const years = year === undefined ? [-1, 0, 1].map((by) => start.plus({ years: by })) : [start];
  const each = years.map((one) => half(isFirst, whole(one, 'year')) as Period);
  return direction === 'past'
    ? (each.findLast((one) => one.start <= now) ?? each[0])
    : (each.find(({ end }) => end > now) ?? each[0]);
}

/** The half of the calendar year so many halves away from the present one. */
function someHalf(steps: number, now: DateTime): Period {
  const start = now.startOf('year').plus({ months: (now.month > 6 ? 6 : 0) + 6 * steps });
  return upTo(start, start.plus({ months: 6 }));
}

/** A half of anything: of a year or a month that is said, or of the calendar. */
function halves(text: string, now: DateTime, direction: Direction): Period | undefined {
  const isFirst = (word = ''): boolean => /^(?:first|1)/.test(word);
  const [, place, of] = HALF_OF.exec(text) ?? [];
  if (of !== undefined) return half(isFirst(place), namedPeriod(of, now, direction));
  const [, which] = SOME_HALF.exec(text) ?? [];
  if (which !== undefined) return someHalf(STEPS[which] ?? 0, now);
  const found = HALF.exec(text);
  if (found === null) return undefined;
  return halfYear(isFirst(found[1] ?? found[2] ?? found[5]), found[3] ?? found[4], now, direction);
}

/** How far a period is from a moment, in milliseconds; 0 for one that holds it. */
const distanceTo = (now: DateTime, { start, end }: Period): number => Math.max(0, +start - +now, +now - +end);

/** Without a year, the month or quarter that began last, or that ends next; the nearer one where it may lie on either side. */
function yearless(start: DateTime, unit: Unit, now: DateTime, direction: Direction): Period {
  const candidates = [-1, 0, 1].map((years) => whole(start.plus({ years }), unit));
  if (direction === 'either')
    return candidates.reduce((best, one) => (distanceTo(now, one) < distanceTo(now, best) ? one : best));
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
  const start = starts[which === 'past' ? 'last' : (which ?? '')] ?? (direction === 'past' ? begun : saturday);
  return upTo(start, start.plus({ days: 2 }));
}

const STEPS: Readonly<Record<string, number>> = {
  last: -1,
  previous: -1,
  prior: -1,
  next: 1,
  coming: 1,
  upcoming: 1,
  following: 1,
  'after next': 2,
  'before last': -2,
};

/** A period that has a name of its own: "last month", "past 2 weeks", "Q3", "year to date", "week 47". `undefined` for other texts. */
export function namedPeriod(text: string, now: DateTime, direction: Direction): NamedPeriod | undefined {
  const [, which, unit, beyond] = NAMED.exec(text) ?? [];
  if (unit !== undefined && (which === undefined || beyond === undefined))
    return whole(now.plus({ [`${unit}s`]: STEPS[which ?? beyond ?? ''] ?? 0 }), unit as Unit);
  const over = LAST_QUARTERS.exec(text);
  if (over !== null) {
    const quarter = now.startOf('quarter');
    return upTo(before(quarter, over[1] ?? '1', 'quarter'), quarter);
  }
  const last = ROLLING.exec(text.replace(ROLLING_HALF, '$1 6 months'));
  if (last !== null) return rolling(last[1], last[2] ?? 'day', now);
  const ahead = AHEAD.exec(text);
  if (ahead !== null) return aheadOf(ahead[1], ahead[2] ?? ahead[3] ?? 'day', now);
  const toDate = TO_DATE.exec(text);
  if (toDate !== null) {
    const unit = (toDate[1] ?? toDate[3] ?? toDate[4] ?? LETTERS[toDate[2] ?? '']) as Unit;
    const start = now.startOf(unit);
    // At its very first moment there is nothing of it yet.
    return upTo(start, start < now ? now : start.plus({ minutes: 1 }));
  }
  const rest = REST.exec(text)?.[1];
  if (rest !== undefined) return upTo(now.startOf('day'), whole(now, rest === 'today' ? 'day' : (rest as Unit)).end);
  const ofHalf = halves(text, now, direction);
  if (ofHalf !== undefined) return ofHalf;
  const month = NAMED_MONTH.exec(text);
  if (month !== null && MONTH_NAME.test(month[2] ?? '')) return namedMonth(month[1] ?? '', month[2] ?? '', now);
  const ago = AGO.exec(text);
  if (ago !== null) return whole(before(now, ago[1] ?? '1', ago[2] ?? 'day'), ago[2] as Unit);
  const named3 = QUARTER.exec(text);
  if (named3 !== null) {
    const number = Number(named3[1] ?? ORDINALS.indexOf(named3[2] ?? '') + 1);
    return quarter(number, named3[3] === undefined ? undefined : Number(named3[3].padStart(4, '20')), now, direction);
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
    const year = name[2] ?? name[3]?.padStart(4, '20');
    const said = year === undefined ? undefined : Number(year);
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
