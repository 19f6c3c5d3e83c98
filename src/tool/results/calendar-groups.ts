import { DateTime } from 'luxon';

/** Units of the calendar that times are grouped by, each with its label: these sort by time. */
export const CALENDAR = {
  day: 'yyyy-MM-dd',
  week: "kkkk-'W'WW",
  month: 'yyyy-MM',
  quarter: "yyyy-'Q'q",
  year: 'yyyy',
} as const;

export type CalendarUnit = keyof typeof CALENDAR;

export const UNITS = Object.keys(CALENDAR) as CalendarUnit[];

/** A gap that is longer than this is left out: nobody reads as many lines of nothing. */
const MOST = 400;

/** The label of the unit that a moment is in. */
export const unitOf = (unit: CalendarUnit, moment: DateTime): string => moment.toFormat(CALENDAR[unit]);

/** The labels between the first and the last of some that are not among them: months in which nothing happened. */
export function missingUnits(unit: CalendarUnit, labels: readonly string[]): readonly string[] {
  const known = new Set(labels);
  const moments = labels
    .map((label) => DateTime.fromFormat(label, CALENDAR[unit], { zone: 'utc' }))
    .filter((at) => at.isValid);
  const [first, last] = [DateTime.min(...moments), DateTime.max(...moments)];
  if (first === undefined || last === undefined) return [];
  const missing: string[] = [];
  for (let at = first; at < last; at = at.plus({ [`${unit}s`]: 1 })) {
    if (missing.length > MOST) return [];
    const label = unitOf(unit, at);
    if (!known.has(label)) missing.push(label);
  }
  return missing;
}
