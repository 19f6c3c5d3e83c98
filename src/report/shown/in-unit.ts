import { type Clean, cleanLine, joined, say } from '../../text/index.ts';
import { areWhole, isOfMoney, type Line, shownValue, type Together } from '../groups/values.ts';
import { addsUp, type Measure, type Unit } from '../measure.ts';
import type { Report } from '../report.ts';

/** The currency of all amounts, where they have one. */
export const currencyOf = ({ counted: { currencies } }: Report): string | undefined =>
  currencies.length === 1 ? currencies[0] : undefined;

/** By measure: whether none of its values in the answer has cents. */
export function wholesIn({ measures, lines: all, totals, byCurrency, rest }: Report): readonly boolean[] {
  const apart = [...byCurrency, ...(rest?.byCurrency ?? [])].map(({ line }) => line);
  const shown = [...all, totals, ...apart, ...(rest === undefined ? [] : [rest.line])];
  return measures.map((_, index) => areWhole(shown.flatMap(({ values, before }) => [values[index], before?.[index]])));
}

/** A value of a measure by its place, as all of the answer shows those of that measure: with cents where one of them has some. */
export function shownIn(report: Report): (value: number | undefined, measure: number) => string {
  const { measures } = report;
  const wholes = wholesIn(report);
  return (value, index) => shownValue(value, measures[index]?.unit ?? 'number', wholes[index]);
}

/** What a number counts, where neither its name nor its form says it. */
function unitWord(unit: Unit, currency: string | undefined): Clean {
  if (unit === 'hours') return say`h`;
  if (unit === 'days') return say`days`;
  return unit === 'money' ? cleanLine(currency ?? '') : say``;
}

/** A value with what it counts: `12.5 h`, `1,250.00 USD`. */
export const inUnit = (report: Report, value: string, unit: Unit, currency = currencyOf(report)): Clean =>
  joined([cleanLine(value), unitWord(unit, currency)], ' ');

/**
 * A measure of groups together: `1,250.00 USD`, and where amounts are of several currencies each by itself: `56.00 USD + 24.00 Euro`;
 * of what does not add up `12% of USD, 14% of Euro`. A currency in which there is none is left out.
 * @param told a value of a line in words, which gets the currency where it has to be said
 */
export function eachCurrency(
  { line, byCurrency }: Together,
  { measure, index }: { readonly measure: Measure; readonly index: number },
  told: (line: Line, currency?: string) => Clean,
): Clean {
  const has = ({ values, before }: Line): boolean => values[index] !== undefined || before?.[index] !== undefined;
  const apart = byCurrency.filter(({ line: own }) => has(own));
  if (apart.length === 0 || !isOfMoney(measure)) return told(line);
  const isAmount = measure.unit === 'money';
  return joined(
    apart.map(({ currency, line: own }) =>
      isAmount ? told(own, currency) : say`${told(own, currency)} of ${cleanLine(currency)}`,
    ),
    isAmount && addsUp(measure) ? ' + ' : ', ',
  );
}
