import { type Clean, cleanLine, joined, say } from '../../text/index.ts';
import { areWhole, shownValue } from '../groups/values.ts';
import type { Unit } from '../measure.ts';
import type { Report } from '../report.ts';

/** The currency of all amounts, where they have one. */
export const currencyOf = ({ counted: { currencies } }: Report): string | undefined =>
  currencies.length === 1 ? currencies[0] : undefined;

/** By measure: whether none of its values in the answer has cents. */
export function wholesIn({ measures, lines: all, totals, rest }: Report): readonly boolean[] {
  const shown = [...all, totals, ...(rest === undefined ? [] : [rest.line])];
  return measures.map((_, index) => areWhole(shown.flatMap(({ values, before }) => [values[index], before?.[index]])));
}

/** A value of a measure by its place, as all of the answer shows those of that measure: with cents where one of them has some. */
export function shownIn(report: Report): (value: number | undefined, measure: number) => string {
  const { measures } = report;
  const wholes = wholesIn(report);
  return (value, index) => shownValue(value, measures[index]?.unit ?? 'number', wholes[index]);
}

/** What a number counts, where neither its name nor its form says it. */
function unitWord(report: Report, unit: Unit): Clean {
  if (unit === 'hours') return say`h`;
  if (unit === 'days') return say`days`;
  return unit === 'money' ? cleanLine(currencyOf(report) ?? '') : say``;
}

/** A value with what it counts: `12.5 h`, `1,250.00 USD`. */
export const inUnit = (report: Report, value: string, unit: Unit): Clean =>
  joined([cleanLine(value), unitWord(report, unit)], ' ');
