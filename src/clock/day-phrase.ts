import { DateTime } from 'luxon';
import { ClockError } from './errors.ts';
import type { PhraseOptions, SaidDay } from './said.ts';
import { DAY_UNITS, MONTH, MONTHS, WEEKDAY, WEEKDAYS } from './spelling.ts';

/** A day that is said by counting, or by its place in a week or month, and what else the text says. */
export interface DayPhrase {
  readonly day: SaidDay;
  readonly rest: string;
}

type Groups = Readonly<Record<string, string | undefined>>;

interface Rule {
  readonly pattern: RegExp;
  /** @throws {ClockError} for what can be read in more than one way */
  day(groups: Groups, options: PhraseOptions): SaidDay;
}

const COUNT = '(?<count>an?|\\d{1,3}) ';
const UNIT = `(?<unit>${DAY_UNITS})`;
const NTH = '1st|2nd|3rd|4th|first|second|third|fourth|last';
const BASE = `(?<base>now|today|tomorrow|(?:(?:this|the) )?${WEEKDAY})`;
const OF_UNIT = '(?:(?<which>this|current|next|coming|last|previous|the) )?(?<unit>week|month|quarter|year)';
const OF_MONTH = `(?:(?<which>the|this|next|last) month|(?<month>${MONTH})(?:,? (?<year>\\d{4}))?)`;
const EDGE = '(?<edge>(?:very )?(?:end|close|last day|start|beginning|first day|1st day))(?: of)?';

/** The day of a moment, as one that was said by its date. */
export const dateOf = ({ year, month, day }: DateTime): SaidDay => ({ kind: 'date', year, month, day });

const recurring = (days: readonly DateTime[]): SaidDay => ({
  kind: 'recurring',
  days: days.filter((day): day is DateTime<true> => day.isValid),
});

const countOf = ({ count }: Groups): number => (/^an?$/i.test(count ?? '') ? 1 : Number(count));
/** The number of a weekday by its name, however short or long: 1 for Monday; 0 where it is none. */
export const weekdayOf = (name = ''): number =>
  WEEKDAYS.indexOf(
    name
      .toLowerCase()
      .replace(/^(?:this|the) /, '')
      .slice(0, 3),
  ) + 1;
const monthOf = (name = ''): number => MONTHS.indexOf(name.toLowerCase().slice(0, 3)) + 1;

/** So many days, weeks, months or years on; two weeks make a fortnight. */
function plus(day: DateTime, count: number, unit = 'day'): DateTime {
  const name = unit.toLowerCase().replace(/s$/, '');
  return name === 'fortnight' ? day.plus({ weeks: 2 * count }) : day.plus({ [`${name}s`]: count });
}

/** The next day of that name. On such a day itself, today or the one in a week may be meant. */
function coming(name: string, { now, argument }: PhraseOptions, steps: (from: DateTime) => DateTime): DateTime {
  const today = now.startOf('day');
  const weekday = weekdayOf(name);
  const ahead = (weekday - today.weekday + 7) % 7;
  if (ahead > 0) return steps(today.plus({ days: ahead }));
  const [soon, late] = [steps(today), steps(today.plus({ weeks: 1 }))];
  throw new ClockError(
    argument,
    'ambiguous',
    `${argument} can be read as ${soon.toISODate()} or ${late.toISODate()}, because today is that weekday. Send the one you mean.`,
  );
}

function from(groups: Groups, options: PhraseOptions): SaidDay {
  const { base = 'today', unit } = groups;
  const steps = (day: DateTime): DateTime => plus(day, countOf(groups), unit);
  if (/^(?:now|today)$/i.test(base)) return dateOf(steps(options.now.startOf('day')));
  if (/^tomorrow$/i.test(base)) return dateOf(steps(options.now.startOf('day').plus({ days: 1 })));
  return dateOf(coming(base, options, steps));
}

const STEPS: Readonly<Record<string, number>> = { this: 0, current: 0, next: 1, coming: 1, last: -1, previous: -1 };

/** The first or last day of a unit of the calendar; of a week, Monday and the Friday that ends its work. */
function edgeOf(start: DateTime, unit: string, isEnd: boolean): DateTime {
  if (!isEnd) return start;
  if (unit === 'week') return start.plus({ days: 4 });
  return start
    .plus({ [`${unit}s`]: 1 })
    .minus({ days: 1 })
    .startOf('day');
}

const isEnd = ({ edge = '' }: Groups): boolean => /end|close|last/i.test(edge);

function edge(groups: Groups, { now }: PhraseOptions): SaidDay {
  const unit = (groups.unit ?? '').toLowerCase() as 'week';
  const by = STEPS[(groups.which ?? '').toLowerCase()];
  const at = (steps: number): DateTime => edgeOf(now.startOf(unit).plus({ [`${unit}s`]: steps }), unit, isEnd(groups));
  // On a Sunday "the end of this week" is still to come.
  const isOpen = by === undefined || (by === 0 && unit === 'week');
  return isOpen ? recurring([-1, 0, 1].map(at)) : dateOf(at(by));
}

/** The months of a name around this one, or the one that is said. */
function monthsMeant({ which, month, year }: Groups, now: DateTime): readonly DateTime[] {
  const by = STEPS[(which ?? '').toLowerCase()];
  if (by !== undefined) return [now.startOf('month').plus({ months: by })];
  if (month === undefined) return [-1, 0, 1].map((months) => now.startOf('month').plus({ months }));
  const years = year === undefined ? [now.year - 1, now.year, now.year + 1] : [Number(year)];
  return years.map((one) => DateTime.fromObject({ year: one, month: monthOf(month), day: 1 }, { zone: now.zone }));
}

const nthDays =
  (each: (month: DateTime) => DateTime) =>
  (groups: Groups, { now }: PhraseOptions): SaidDay =>
    recurring(monthsMeant(groups, now).map(each));

/** The first or last day of a named month; without its year as any date without its year. */
function edgeOfMonth(groups: Groups, options: PhraseOptions): SaidDay {
  const month = monthOf(groups.month);
  if (groups.year !== undefined || month === 2)
    return nthDays((start) => edgeOf(start, 'month', isEnd(groups)))(groups, options);
  const { day } = edgeOf(DateTime.utc(options.now.year, month, 1), 'month', isEnd(groups));
  return { kind: 'yearless', month, day };
}

function nthWeekday(groups: Groups, options: PhraseOptions): SaidDay {
  const { nth = '', weekday } = groups;
  const number = Number(/^\d/.exec(nth)?.[0] ?? ['first', 'second', 'third', 'fourth'].indexOf(nth.toLowerCase()) + 1);
  return nthDays((month) => {
    const wanted = weekdayOf(weekday);
    const first = month.plus({ days: (wanted - month.weekday + 7) % 7 });
    if (number > 0) return first.plus({ weeks: number - 1 });
    const end = month.endOf('month').startOf('day');
    return end.minus({ days: (end.weekday - wanted + 7) % 7 });
  })(groups, options);
}

/** "Friday the 4th": the months around this one in which it is. */
function weekdayAndNumber({ weekday, number }: Groups, { now, argument }: PhraseOptions): SaidDay {
  const months = [-3, -2, -1, 0, 1, 2, 3].map((by) => now.startOf('month').plus({ months: by }));
  const days = months
    .filter(({ daysInMonth }) => Number(number) <= (daysInMonth ?? 0))
    .map((month) => month.set({ day: Number(number) }));
  const fitting = days.filter((day) => day.weekday === weekdayOf(weekday));
  const near = days.filter((day) => Math.abs(day.diff(now, 'days').days) < 31);
  const both = fitting.filter((day) => near.includes(day));
  if (both.length > 0) return recurring(both);
  throw new ClockError(
    argument,
    'contradiction',
    `${argument}: ${near.map((day) => day.setLocale('en-GB').toFormat("yyyy-MM-dd 'is a' cccc")).join(', ')}. Send the date alone, like ${now.toISODate()}.`,
  );
}

/** Days of the year that go by a name in every country. */
const NAMED: Readonly<Record<string, readonly [number, number]>> = {
  'christmas eve': [12, 24],
  christmas: [12, 25],
  'boxing day': [12, 26],
  "new year's eve": [12, 31],
  "new year's": [1, 1],
};

function namedDay({ name = '' }: Groups): SaidDay {
  const plain = name
    .toLowerCase()
    .replace(/^xmas/, 'christmas')
    .replace(/years(?= eve| day|$)/, "year's")
    .replace(/(?<=christmas|year's) day$/, '');
  const [month, day] = NAMED[plain] ?? [1, 1];
  return { kind: 'yearless', month, day };
}

const RULES: readonly (Omit<Rule, 'pattern'> & { readonly pattern: string })[] = [
  // "a week from Friday", "3 weeks today", "a fortnight on Monday"
  { pattern: `${COUNT}${UNIT}s? (?:from|after) ${BASE}`, day: from },
  {
    pattern: `${COUNT}(?<unit>week|fortnight)s? (?:on )?(?<base>today|tomorrow|${WEEKDAY})`,
    day: from,
  },
  // "Monday week", "tomorrow fortnight"
  {
    pattern: `(?<base>today|tomorrow|${WEEKDAY}) (?<unit>week|fortnight)(?! (?:\\d{1,2}(?! ?[ap]\\.?m|:|\\d)|of|from|ending|beginning))`,
    day: (groups, options) => from({ ...groups, count: '1' }, options),
  },
  {
    pattern: `in ${COUNT}${UNIT}s?`,
    day: (groups, { now }) => dateOf(plus(now.startOf('day'), countOf(groups), groups.unit)),
  },
  {
    pattern: `${COUNT}${UNIT}s? (?<back>ago|back)`,
    day: (groups, { now }) => dateOf(plus(now.startOf('day'), -countOf(groups), groups.unit)),
  },
  { pattern: `${EDGE} ${OF_UNIT}(?! (?:to|so))`, day: edge },
  {
    pattern: `${EDGE} (?:the (?=month of ))?(?:month of )?(?<month>${MONTH})(?:,? (?<year>\\d{4}))?`,
    day: edgeOfMonth,
  },
  {
    pattern: `${EDGE} q(?<number>[1-4])(?: (?<year>\\d{4}))?`,
    day(groups, { now }) {
      const years = groups.year === undefined ? [-1, 0, 1].map((by) => now.year + by) : [Number(groups.year)];
      const start = (year: number): DateTime =>
        DateTime.fromObject({ year, month: Number(groups.number) * 3 - 2, day: 1 }, { zone: now.zone });
      return recurring(years.map((year) => edgeOf(start(year), 'quarter', isEnd(groups))));
    },
  },
  {
    pattern: `${EDGE} (?<year>20\\d{2})`,
    day: (groups, { now }) =>
      dateOf(edgeOf(DateTime.fromObject({ year: Number(groups.year) }, { zone: now.zone }), 'year', isEnd(groups))),
  },
  { pattern: `(?<nth>${NTH}) (?<weekday>${WEEKDAY}) (?:of|in) ${OF_MONTH}`, day: nthWeekday },
  {
    pattern: `(?<number>\\d{1,2})(?:st|nd|rd|th) (?:of )?(?<which>the|this|next|last) month`,
    day: (groups, options) => nthDays((month) => month.set({ day: Number(groups.number) }))(groups, options),
  },
  {
    pattern: `first of (?<which>the|this|next|last) month`,
    day: (groups, options) => nthDays((month) => month)(groups, options),
  },
  {
    pattern: `(?:this |the )?(?:up)?coming (?<weekday>${WEEKDAY})`,
    day: ({ weekday = '' }, { now }) =>
      dateOf(now.startOf('day').plus({ days: (weekdayOf(weekday) - now.weekday + 7) % 7 || 7 })),
  },
  {
    pattern: `(?<which>this|next|last) week(?:'s)?,? (?:on )?(?<weekday>${WEEKDAY})`,
    day: ({ which = '', weekday }) => ({
      kind: 'weekday',
      weekday: weekdayOf(weekday),
      week: STEPS[which.toLowerCase()],
    }),
  },
  {
    pattern: `(?<weekday>${WEEKDAY}) next(?! week)`,
    day: ({ weekday }) => ({ kind: 'weekday', weekday: weekdayOf(weekday), which: 'next' }),
  },
  {
    pattern: `(?<weekday>${WEEKDAY}),? (?:the )?(?<number>\\d{1,2})(?:st|nd|rd|th)(?! (?:of )?(?:${MONTH}|month|this|next|the))`,
    day: weekdayAndNumber,
  },
  {
    pattern: `(?:the )?(?<number>\\d{1,2})(?:st|nd|rd|th)(?! (?:of\\b|${MONTH}|${WEEKDAY}|day\\b|week|quarter|half|(?:to|-) ))`,
    day: ({ number }) => ({ kind: 'dayOfMonth', day: Number(number) }),
  },
  {
    pattern: `29(?:th)?(?: of)? feb(?:ruary)?(?!,? \\d{4})`,
    day: () => ({ kind: 'yearless', month: 2, day: 29 }),
  },
  {
    pattern: `(?<name>(?:christmas|xmas)(?: eve| day)?|boxing day|new year'?s(?: eve| day)?)`,
    day: namedDay,
  },
];

const COMPILED: readonly Rule[] = RULES.map(({ pattern, day }) => ({
  pattern: new RegExp(`(?<![\\w/-])(?:the )?${pattern}(?![\\w/])`, 'i'),
  day,
}));

/**
 * The day of a phrase that says it by counting ("a week from Friday", "in a fortnight") or by its place ("end of next month", "last
 * Friday of the month", "Friday the 4th"), and the rest of the phrase; `undefined` for other phrases.
 * @param text with its numbers in digits and days before months
 * @throws {ClockError} where the weekday and the date differ, or the day can be read in two ways
 */
export function dayPhrase(text: string, options: PhraseOptions): DayPhrase | undefined {
  for (const { pattern, day } of COMPILED) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`
      .replace(/\s+/g, ' ')
      .trim();
    return { day: day(found.groups ?? {}, options), rest };
  }
  return undefined;
}
