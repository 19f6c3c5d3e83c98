import { DateTime } from 'luxon';
import { echoPeriod, type Period, readDays, readPeriod } from '../clock/index.ts';
import { pause } from '../in-turns.ts';
import { type CalendarUnit, unitOf as labelOfUnit, UNITS } from '../tool/results/calendar-groups.ts';
import { DAY, HOUR } from './tables/table.ts';

const MINUTE = 60_000;

/** The wall clock of a zone, without luxon for each of many moments: the offset of a day is looked up once. */
export class WallClock {
  readonly zone: string;
  readonly #offsets = new Map<number, number | undefined>();

  constructor(zone: string) {
    this.zone = zone;
  }

  #offset(moment: number): number {
    const day = Math.floor(moment / DAY);
    if (!this.#offsets.has(day)) {
      const [first, last] = [this.#exactly(day * DAY), this.#exactly((day + 1) * DAY - 1)];
      this.#offsets.set(day, first === last ? first : undefined);
    }
    // On days when the clocks change each moment is looked up.
    return this.#offsets.get(day) ?? this.#exactly(moment);
  }

  #exactly(moment: number): number {
    return DateTime.fromMillis(moment, { zone: this.zone }).offset * MINUTE;
  }

  /** The number of the calendar day of a moment. */
  dayOf(moment: number): number {
    return Math.floor((moment + this.#offset(moment)) / DAY);
  }

  /** 0 to 23. */
  hourOf(moment: number): number {
    return Math.floor(((((moment + this.#offset(moment)) % DAY) + DAY) % DAY) / HOUR);
  }
}

/** A period of a report, cut into units of the calendar where it is split by them. Times in milliseconds. */
export interface Bucket {
  readonly label: string;
  readonly start: number;
  readonly end: number;
  /** The same for dates: midnights UTC. */
  readonly firstDay: number;
  readonly endDay: number;
  /** Only a part of it lies in the period, or it is not over yet. */
  readonly isPart: boolean;
}

const asDay = (moment: DateTime): number => DateTime.utc(moment.year, moment.month, moment.day).toMillis();

/** The dates of a period: from midnight UTC of its first one to that after its last one. */
const daysOf = ({ start, end }: Period): { firstDay: number; endDay: number } => ({
  firstDay: asDay(start),
  endDay: asDay(end.minus({ milliseconds: 1 })) + DAY,
});

/** A period as one bucket. */
export const whole = (period: Period, label = ''): Bucket => ({
  label,
  start: period.start.toMillis(),
  end: period.end.toMillis(),
  ...daysOf(period),
  isPart: false,
});

/** More than a chart or a table can hold. */
export const MOST_BUCKETS = 400;

/**
 * The units of the calendar in a period, in order, those without records included; nothing after a moment but the unit that it is in.
 * @param now of what is only counted up to it, so that the running unit is a part
 */
export async function bucketsOf(
  period: Period,
  unit: CalendarUnit,
  until: DateTime,
  now?: DateTime,
): Promise<Bucket[]> {
  const buckets: Bucket[] = [];
  const last = period.end < until ? period.end : until;
  let next = period.start.startOf(unit);
  for (let at = next; at < last; at = next) {
    await pause();
    next = at.plus({ [`${unit}s`]: 1 }).startOf(unit);
    const part: Period = {
      start: DateTime.max(at, period.start) as DateTime<true>,
      end: DateTime.min(next, period.end) as DateTime<true>,
    };
    const isRunning = now !== undefined && at <= now && next > now;
    const isPart = at < period.start || next > period.end || next > until || isRunning;
    buckets.push({ ...whole(part, labelOfUnit(unit, at)), isPart });
    if (buckets.length > MOST_BUCKETS) return buckets;
  }
  return buckets;
}

/** The place of a moment or date among buckets that follow each other; -1 outside of them, and for none. */
export function bucketAt(buckets: readonly Bucket[], value: number, isDay: boolean): number {
  if (Number.isNaN(value)) return -1;
  let low = 0;
  let high = buckets.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const bucket = buckets[middle] as Bucket;
    const [start, end] = isDay ? [bucket.firstDay, bucket.endDay] : [bucket.start, bucket.end];
    if (value < start) high = middle - 1;
    else if (value >= end) low = middle + 1;
    else return middle;
  }
  return -1;
}

const LONGEST_FIRST = UNITS.toReversed();

/** The unit of the calendar that a period is made of: "last month", and of a running one ("month to date") the unit that it runs in. */
function unitOf({ start, end }: Period, now: DateTime): CalendarUnit | undefined {
  const isWhole = (moment: DateTime, unit: CalendarUnit): boolean => +moment === +moment.startOf(unit);
  return LONGEST_FIRST.find(
    (unit) =>
      isWhole(start, unit) && (isWhole(end, unit) || (unit !== 'day' && +end === +now && start.hasSame(now, unit))),
  );
}

export interface Comparing {
  readonly how: 'previous' | 'lastYear';
  /** The unit of the calendar that the report is split by: whole ones lie between the two periods, so that weekdays stay. */
  readonly split: CalendarUnit | undefined;
  /** Up to when the period is counted: now where it runs, unless what is to come in it counts as well. */
  readonly until: DateTime<true>;
  readonly now: DateTime<true>;
}

/**
 * The period that another is compared with: the one before it, or the same of the year before. A period of which a part is counted is
 * compared with the same part of the other one.
 */
export function comparedWith(period: Period, { how, split, until, now }: Comparing): Period {
  const end = period.end > until && period.start < until ? until : period.end;
  const unit = unitOf(period, now);
  if (how === 'lastYear') {
    // Weeks keep their weekdays.
    const back = (unit ?? split) === 'week' ? { weeks: 52 } : { years: 1 };
    return { start: period.start.minus(back) as DateTime<true>, end: end.minus(back) as DateTime<true> };
  }
  const step = unit ?? split ?? 'day';
  const count = Math.max(1, Math.ceil(period.end.diff(period.start, `${step}s`).as(`${step}s`)));
  const back = { [`${step}s`]: count };
  return {
    start: period.start.minus(back) as DateTime<true>,
    end: DateTime.min(end.minus(back), period.start) as DateTime<true>,
  };
}

/** How far back a report goes where no period is said, by the unit that it is split by. */
const DEFAULTS: Readonly<Record<CalendarUnit, readonly [string, object]>> = {
  day: ['last 30 days', { days: 29 }],
  week: ['last 12 weeks', { weeks: 11 }],
  month: ['last 12 months', { months: 11 }],
  quarter: ['this quarter and the 7 before', { quarters: 7 }],
  year: ['last 3 years', { years: 2 }],
};

export interface ReportPeriod extends Period {
  /** Its dates and zone. */
  readonly echo: string;
  /** What it is called where nobody said one. */
  readonly byDefault?: string | undefined;
}

export interface PeriodQuestion {
  readonly said: string | undefined;
  readonly unit: CalendarUnit | undefined;
  /** It is one to come. */
  readonly ahead: boolean;
  /** Everything counts where nobody said one. */
  readonly open: boolean;
  /** Something is counted by dates without a time, which no time of day can narrow. */
  readonly byDays: boolean;
  readonly now: DateTime<true>;
}

/** Years to both sides of now that an open report looks at. */
const FAR = { years: 10 };

/** All that an open report looks at. */
export const farPeriod = (now: DateTime<true>): Period => ({
  start: now.minus(FAR) as DateTime<true>,
  end: now.plus(FAR) as DateTime<true>,
});

/** Whole days up to now, as they are said. */
const widened = (start: DateTime<true>, now: DateTime<true>): string =>
  `whole days, ${echoPeriod({ start, end: now }, now, undefined)}`;

/** The period of a report: as somebody said it, else by what it is split by. @throws {ClockError} for what is not a period */
export function periodOf({ said, unit, ahead, open, byDays, now }: PeriodQuestion): ReportPeriod {
  if (said !== undefined) {
    const options = { now, direction: ahead ? 'ahead' : 'past', argument: 'period' } as const;
    const period = readPeriod(said, options);
    if (!byDays) return period;
    const days = readDays(said, options);
    const isWhole = (moment: DateTime): boolean => +moment === +moment.startOf('day') || +moment === +now;
    if (period.isOfClock !== true && isWhole(period.start) && isWhole(period.end)) return period;
    // Dates cannot tell the hours apart: what has moments is counted over the same days.
    return +period.end === +now ? { ...days, end: now, echo: widened(days.start, now) } : days;
  }
  const named = (period: Period, byDefault: string): ReportPeriod => ({
    ...period,
    echo: echoPeriod(period, now, undefined),
    byDefault,
  });
  if (open) return named(farPeriod(now), 'all time');
  if (ahead) {
    const start = now.startOf('day');
    return named({ start, end: start.plus({ days: 90 }) }, 'next 90 days');
  }
  if (unit === undefined) return named({ start: now.minus({ days: 30 }).startOf('day'), end: now }, 'last 30 days');
  const [name, back] = DEFAULTS[unit];
  return named({ start: now.startOf(unit).minus(back).startOf(unit), end: now }, name);
}
