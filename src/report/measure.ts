import type { DateTime } from 'luxon';
import type { Period } from '../clock/index.ts';
import { type Clean, cleanLine, joined } from '../text/index.ts';
import type { Collection } from './collection.ts';
import type { DimensionName } from './dimensions.ts';
import type { Row } from './tables/table.ts';

export type Unit = 'number' | 'hours' | 'money' | 'percent' | 'days' | 'rate';

/** How the values of a group become one. `share` is the average of yes and no, in percent; `distinct` counts different values. */
export type Fold = 'sum' | 'average' | 'median' | 'p90' | 'max' | 'share' | 'distinct';

/** Whether a group without rows comes to 0; an average of nothing is nothing. */
export const isCount = ({ fold }: { readonly fold: Fold }): boolean => fold === 'sum' || fold === 'distinct';

/** What people call a measure, and what it means. */
interface Named {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** The definition, in a sentence without its first words: "Tickets by when they were opened". */
  readonly says: string;
  /** Its definition stands in every answer, because people may mean something else by its name. */
  readonly isExplained?: true;
  readonly unit: Unit;
}

/** A measure that is counted over the rows of one collection. */
export interface Counted extends Named {
  readonly collection: Collection;
  readonly fold: Fold;
  /**
   * `by` a date of the row, which has to be in the period; `during` a span of time, for what stands at its end; or `now`, for what
   * Manage keeps no history of.
   */
  readonly when:
    | { readonly by: string }
    | { readonly during: { from(row: Row): number; until(row: Row): number } }
    | 'now';
  readonly counts?: (row: Row) => boolean;
  /** What the row brings in; 1 when left out. `NaN` where it lacks it. */
  readonly value?: (row: Row) => number;
  /** One of several folds of the same values: what they are called without the fold, the fold in words, and what all of them say. */
  readonly foldOf?: { readonly name: string; readonly word: string; readonly says: string };
  /** What a row without a value lacks, as "a response". */
  readonly lacks?: string;
  /** Days, for the dimension `age`. */
  readonly age?: (row: Row) => number;
  /** Dimensions of the collection that make no sense here. */
  readonly without?: readonly DimensionName[];
  /** Rows count whatever their date where no period is said. */
  readonly openEnded?: boolean;
  /** Rows without a date count in every period. */
  readonly undated?: boolean;
  /** Its dates are of what is expected: a month by itself is the coming one. */
  readonly isExpected?: true;
  /** A period is one to come. */
  readonly ahead?: boolean;
  /** Its dates are known ahead: a period to come can be asked for, but what is dated after today has not happened in one that runs. */
  readonly isForeseen?: true;
  /** Its records are plans as well, which count in the running period and in one to come. */
  readonly isPlanned?: true;
  /** Its amounts have no currency of their own and are in that of the company. */
  readonly inCompanyCurrency?: true;
  /** Its amounts are in the provider's own currency. */
  readonly inHomeCurrency?: true;
  /** What the ages of the dimension `age` are, where its name does not say it: "days overdue". */
  readonly ages?: string;
  /** What of the site its values follow from: which work types are time off, the hourly cost of members, or which expenses are by the mile. */
  readonly needs?: 'leave' | 'cost' | 'distances';
}

/** A measure that is worked out from others over the same keys. */
export interface Derived extends Named {
  readonly of: readonly (Counted | Derived)[];
  /** It is a share of the total: the values of all groups together follow those of the group. */
  readonly isShare?: true;
  /** What somebody who asked for it may have meant instead: "billable hours / hours: billableShare". */
  readonly orMeant?: string;
  /** What to ask for where this cannot be split as somebody wants: it says nearly the same, of more dimensions. */
  readonly wider?: Measure;
  /** Values of the parts, `undefined` where a group has none. */
  combine(values: readonly (number | undefined)[]): number | undefined;
}

export type Measure = Counted | Derived;

/** Whether a measure is worked out from others. */
export const isDerived = (measure: Measure): measure is Derived => 'of' in measure;

/** Whether the values of groups can be added up to that of all. */
export const addsUp = (measure: Measure): boolean => !isDerived(measure) && measure.fold === 'sum';

/** Whether what stands at the end of a period is counted. */
export const isState = ({ when }: Counted): boolean => typeof when === 'object' && 'during' in when;

/** The column of the date by which rows count; `undefined` for states, and for what is counted as of now. */
export const dateColumnOf = ({ when }: Counted): string | undefined =>
  typeof when === 'object' && 'by' in when ? when.by : undefined;

/** Whether a measure knows something of days to come. */
export const isAheadOf = ({ ahead, openEnded, isForeseen, isPlanned, when, collection }: Counted): boolean =>
  [ahead, openEnded, isForeseen, isPlanned].includes(true) || when === 'now' || collection.name.startsWith('capacity');

/** Whether a month without a year is the coming one for a measure, or the past one; `undefined` where it may be either. */
export function directionOf(part: Counted): 'ahead' | 'past' | undefined {
  if (part.ahead === true || part.isExpected === true) return 'ahead';
  return isAheadOf(part) && part.openEnded !== true ? undefined : 'past';
}

/** Whether a period is one to come: it begins today or later, and goes on after today. */
export const isToCome = ({ start, end }: Period, now: DateTime<true>): boolean =>
  start >= now.startOf('day') && end > now.startOf('day').plus({ days: 1 });

/** Whether a measure counts what is dated after today in a period. */
export const seesAhead = (part: Counted, period: Period, now: DateTime<true>): boolean =>
  [part.ahead, part.openEnded, part.isPlanned].includes(true) ||
  (part.isForeseen === true && isToCome(period, now)) ||
  part.collection.name === 'capacityAhead';

/** Whether earlier values can be told. Of some records Manage knows the present state only. */
export const hasHistory = ({ when, openEnded }: Counted): boolean => when !== 'now' && openEnded !== true;

/** Whether rows count by dates without a time of day. */
export function isByDays(part: Counted): boolean {
  const by = dateColumnOf(part);
  return by !== undefined && part.collection.columns[by]?.kind === 'day';
}

/** The measures that are counted for a measure: itself, or what it is worked out from. */
export const partsOf = (measure: Measure): readonly Counted[] =>
  isDerived(measure) ? measure.of.flatMap(partsOf) : [measure];

/** The first divided by the second; nothing where there is nothing to divide by. */
export const divided = (top: number | undefined, bottom: number | undefined): number | undefined =>
  top === undefined || bottom === undefined || bottom === 0 ? undefined : top / bottom;

/** The same in percent. */
export const percent = ([top, bottom]: readonly (number | undefined)[]): number | undefined => {
  const ratio = divided(top, bottom);
  return ratio === undefined ? undefined : ratio * 100;
};

/** The first less the second, which is 0 where there is none. */
export const less = ([whole, part]: readonly (number | undefined)[]): number | undefined =>
  whole === undefined ? undefined : whole - (part ?? 0);

/** What several measures are called, in one text: "responseHours, responseHours:p90". */
export const namesSaid = (measures: readonly { readonly name: string }[]): Clean =>
  joined(
    measures.map(({ name }) => cleanLine(name)),
    ', ',
  );
