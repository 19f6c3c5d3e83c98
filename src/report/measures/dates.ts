import { DAY, type Row } from '../tables/table.ts';

/** The days from a date of a row to the moment that is asked for. */
export const daysSince =
  (column: string) =>
  (row: Row): number =>
    (row.at - row.number(column)) / DAY;

/**
 * The calendar days from a date without a time of day to the moment that is asked for.
 * @param dayOf the number of the calendar day of a moment, in the zone of the report
 */
export const daysPast =
  (column: string, dayOf: (moment: number) => number) =>
  (row: Row): number =>
    dayOf(row.at) - row.number(column) / DAY;

/**
 * Whether a date without a time of day is over at the moment that is asked for; not where there is none.
 * @param dayOf the number of the calendar day of a moment, in the zone of the report
 */
export const hasPassed =
  (column: string, dayOf: (moment: number) => number) =>
  (row: Row): boolean =>
    daysPast(column, dayOf)(row) > 0;
