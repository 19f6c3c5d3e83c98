import type { CountedGroups } from '../compute.ts';
import { isCalendar } from '../dimensions.ts';
import type { Folded } from '../groups/fold.ts';
import { emptyFolds } from '../groups/groups.ts';
import { dimensionOf, type Split } from '../groups/keys.ts';
import { isOfMoney, type Line, type Together, together, valuesOf } from '../groups/values.ts';
import { type Counted, hasHistory, isState, type Measure, partsOf } from '../measure.ts';

/** Counted groups. */
export interface Counts {
  readonly measures: readonly Measure[];
  readonly parts: readonly Counted[];
  readonly splits: readonly Split[];
  readonly counted: CountedGroups;
  readonly before: CountedGroups | undefined;
  /** Of amounts that are split by currency, where there are several. */
  readonly currencies: readonly string[];
}

/** What groups come to together, each currency by itself. */
export function togetherIn({ measures, parts, splits, counted, before, currencies }: Counts) {
  const place = splits.findIndex((split) => dimensionOf(split) === 'currency');
  const isByTime = isCalendar(dimensionOf(splits[0]));
  type Of = (from: CountedGroups, currency: string | undefined) => readonly Folded[];
  type Told = (measure: Measure) => boolean;

  const lineOf = (of: Of, currency: string | undefined, isTold: Told): Line => {
    const valuesIn = (from: CountedGroups, isKept?: typeof hasHistory) => {
      const base = { parts, totals: from.totals.of(currency) };
      const values = valuesOf(measures, base, of(from, currency), isKept);
      return measures.map((measure, index) => (isTold(measure) ? values[index] : undefined));
    };
    return { names: [], values: valuesIn(counted), before: before && valuesIn(before, hasHistory) };
  };
  const isMixed: Told = (measure) => currencies.length > 0 && isOfMoney(measure);
  const all = (of: Of, isTold: Told): Together => ({
    line: lineOf(of, undefined, (measure) => isTold(measure) && !isMixed(measure)),
    byCurrency: currencies.map((currency) => ({ currency, line: lineOf(of, currency, isTold) })),
  });

  /** What some groups of the first split come to. What stood at the ends of several months is no sum. */
  function rest(ids: ReadonlySet<string | undefined>): Together {
    const isSum: Told = (measure) => !(isByTime && partsOf(measure).some(isState));
    return all((from, currency) => {
      const source = currency === undefined && splits.length > 1 ? from.firsts : from.groups;
      const left = [...source.values()].filter(
        ({ names }) => ids.has(names[0]?.id) && (currency === undefined || names[place]?.label === currency),
      );
      return together(left, emptyFolds(parts));
    }, isSum);
  }

  return {
    /** What all groups come to. */
    totals: all(
      ({ totals: sums }, currency) => sums.of(currency),
      () => true,
    ),
    rest,
  };
}
