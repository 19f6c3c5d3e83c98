import { money } from '../../tool/index.ts';
import type { CountedGroups } from '../compute.ts';
import { type Counted, isCount, isDerived, type Measure, partsOf, type Unit } from '../measure.ts';
import type { Folded } from './fold.ts';
import type { Group } from './groups.ts';
import type { GroupName } from './key.ts';

/** A line of a report: what it is called, and its values by measure. */
export interface Line {
  readonly names: readonly GroupName[];
  readonly values: readonly (number | undefined)[];
  /** The same of the period that is compared with. */
  readonly before: readonly (number | undefined)[] | undefined;
}

/** What the groups of each currency come to together; none where there is one currency. */
export type ByCurrency = readonly { readonly currency: string; readonly line: Line }[];

/** A line for groups together, without the amounts where they are of several currencies, and one for each of these. */
export interface Together {
  readonly line: Line;
  readonly byCurrency: ByCurrency;
}

/** What is counted, and what all of it comes to: what shares are shares of. */
export interface Base {
  readonly parts: readonly Counted[];
  readonly totals: readonly Folded[];
}

/** The value of a measure from the parts of a group. */
function measured(
  measure: Measure,
  base: Base,
  folded: readonly Folded[],
  isKept: (part: Counted) => boolean = () => true,
): number | undefined {
  if (!isDerived(measure)) return isKept(measure) ? folded[base.parts.indexOf(measure)]?.value : undefined;
  const values = measure.of.map((part) => measured(part, base, folded, isKept));
  if (measure.isShare !== true) return measure.combine(values);
  return measure.combine([...values, ...measure.of.map((part) => measured(part, base, base.totals))]);
}

/** The values of measures from the parts of a group. @param isKept whether a part says something of it; all do when left out */
export const valuesOf = (
  measures: readonly Measure[],
  base: Base,
  folded: readonly Folded[],
  isKept?: (part: Counted) => boolean,
): readonly (number | undefined)[] => measures.map((measure) => measured(measure, base, folded, isKept));

/** Whether a measure is of amounts, or worked out from some. */
export const isOfMoney = (measure: Measure): boolean => partsOf(measure).some(({ unit }) => unit === 'money');

/** Groups put together as one, as when the smallest of many are told together. */
export function together(groups: readonly Group[], empty: readonly Folded[]): readonly Folded[] {
  for (const { folded } of groups) for (const [part, one] of folded.entries()) empty[part]?.join(one);
  return empty;
}

const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

const FINE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });

/** A value as programs get it: one decimal for percentages and days, three for ratios below 1, else two. */
export const rounded = (value: number, unit: Unit): number => {
  const isFine = unit === 'rate' && Math.abs(value) < 1;
  const digits = unit === 'percent' || unit === 'days' ? 10 : 100 * (isFine ? 10 : 1);
  const shown = Math.round((value + Number.EPSILON * Math.sign(value)) * digits) / digits;
  return Object.is(shown, -0) ? 0 : shown;
};

/** A value as people read it: `1,234.50`, `84.2%`, `12.5`; `-` where there is none. @param isWhole amounts are told without cents */
export function shownValue(value: number | undefined, unit: Unit, isWhole = false): string {
  if (value === undefined || !Number.isFinite(value)) return '-';
  const number = rounded(value, unit);
  if (unit === 'money' && !isWhole && number !== 0) return money(number);
  if (unit === 'rate') return FINE.format(number);
  return unit === 'percent' ? `${COUNT.format(number)}%` : COUNT.format(number);
}

/** Whether none of some amounts has cents. */
export const areWhole = (values: readonly (number | undefined)[]): boolean =>
  values.every((value) => value === undefined || Number.isInteger(rounded(value, 'money')));

/** Whether a line tells of nothing: no value, or none but counts and amounts of 0, in the other period as well. */
export const hasNothing = (measures: readonly Measure[], { values, before }: Omit<Line, 'names'>): boolean =>
  measures.every((measure, index) => {
    // A share of 0 % says something: it is 0 of some.
    const isAmount = isDerived(measure) ? measure.unit !== 'percent' : isCount(measure);
    return [values[index], before?.[index]].every((value) => value === undefined || (isAmount && value === 0));
  });

/** How much a value changed: in percent, or for percentages in points. */
export function shownChange(value: number | undefined, before: number | undefined, unit: Unit): string {
  if (value === undefined || before === undefined) return '-';
  const sign = (number: number): string => (number > 0 ? '+' : '');
  if (unit === 'percent') {
    const points = rounded(value - before, unit);
    return `${sign(points)}${COUNT.format(points)} points`;
  }
  if (before === 0) return value === 0 ? '0%' : 'from 0';
  const change = rounded(((value - before) / Math.abs(before)) * 100, 'percent');
  return `${sign(change)}${COUNT.format(change)}%`;
}

/** How many rows of the records that count lack what a measure needs. */
export function lackingOf(parts: readonly Counted[], { totals }: CountedGroups) {
  return parts.flatMap((part, index) => {
    const { lacking = 0, count = 0 } = totals.all[index] ?? {};
    return lacking === 0 ? [] : [{ part, lacking, of: lacking + count }];
  });
}
