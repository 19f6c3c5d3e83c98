import { cleanLine, joined, say } from '../../text/index.ts';
import { ToolInputError } from '../../tool/index.ts';
import type { CountedGroups } from '../compute.ts';
import { emptyFolds } from '../groups/groups.ts';
import { dimensionOf, type Split } from '../groups/keys.ts';
import { type Line, together, valuesOf } from '../groups/values.ts';
import { type Counted, isDerived, type Measure, partsOf } from '../measure.ts';

/** What all groups of one currency come to. */
export interface OfCurrency {
  readonly currency: string;
  readonly line: Line;
}

/** What lines are made of, as far as currencies matter. */
interface Counts {
  readonly measures: readonly Measure[];
  readonly parts: readonly Counted[];
  readonly splits: readonly Split[];
  readonly counted: CountedGroups;
  readonly before: CountedGroups | undefined;
}

/** Whether a measure is an amount, or is worked out from one. */
export const isOfMoney = (measure: Measure): boolean => partsOf(measure).some(({ unit }) => unit === 'money');

const currenciesOf = ({ counted, before }: Pick<Counts, 'counted' | 'before'>): readonly string[] => [
  ...new Set([...counted.currencies, ...(before?.currencies ?? [])]),
];

/**
 * The totals of each currency where the groups have several; none where they have one. Where a record is in several groups, nobody
 * knows what those of a currency come to.
 */
export function totalsByCurrency(given: Counts): readonly OfCurrency[] {
  const { measures, parts, splits, counted, before } = given;
  const place = splits.findIndex((split) => dimensionOf(split) === 'currency');
  if (place < 0 || counted.isDoubled || currenciesOf(given).length < 2) return [];
  const valuesIn = (from: CountedGroups, currency: string) => {
    const own = [...from.groups.values()].filter(({ names }) => names[place]?.label === currency);
    const totals = together(own, emptyFolds(parts));
    return valuesOf(measures, { parts, totals }, totals);
  };
  return currenciesOf(given).map((currency) => ({
    currency,
    line: { names: [], values: valuesIn(counted, currency), before: before && valuesIn(before, currency) },
  }));
}

/** A line of what several groups come to together, without amounts where these are in several currencies: they are not added up. */
export function withoutMixedAmounts(line: Line, given: Counts): Line {
  if (currenciesOf(given).length < 2) return line;
  const bare = (values: Line['values']): Line['values'] =>
    values.map((value, index) => (isOfMoney(given.measures[index] as Measure) ? undefined : value));
  return { ...line, values: bare(line.values), before: line.before && bare(line.before) };
}

/** @throws {ToolInputError} where amounts of several currencies would be added up */
export function checkCurrencies(
  measures: readonly Measure[],
  splits: readonly Split[],
  { currencies }: CountedGroups,
): void {
  const isApart = splits.some((split) => dimensionOf(split) === 'currency');
  // A share is one of the total, which there is none of.
  const added = measures.filter((one) => isOfMoney(one) && (!isApart || (isDerived(one) && one.isShare === true)));
  if (currencies.length < 2 || added.length === 0) return;
  const by = isApart ? say`` : say`by: currency, or `;
  throw new ToolInputError(
    'by',
    say`These amounts are in ${joined(currencies.map(cleanLine), ' and ')}, which are not added up. Send ${by}where with the field currency.`,
  );
}
