import { DAY, type Row } from '../table.ts';

/** The days from a date of a row to the moment that is asked for. */
export const daysSince =
  (column: string) =>
  (row: Row): number =>
    (row.at - row.number(column)) / DAY;

/**
 * Whether a date without a time of day is over at the moment that is asked for; not where there is none.
 * @param dayOf the number of the calendar day of a moment, in the zone of the report
 */
export const hasPassed =
  (column: string, dayOf: (moment: number) => number) =>
  (row: Row): boolean =>
    row.number(column) / DAY < dayOf(row.at);
