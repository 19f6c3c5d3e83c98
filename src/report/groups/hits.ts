import type { DateTime } from 'luxon';
import type { Period } from '../../clock/index.ts';
import { turn } from '../../in-turns.ts';
import { type Counted, isAheadOf, seesAhead } from '../measure.ts';
import { type Bucket, bucketAt, type WallClock, whole } from '../period.ts';
import { DAY, Row, type Table } from '../tables/table.ts';

/** The periods in which rows count. */
interface Hit {
  readonly buckets: readonly Bucket[];
  readonly period: Period;
  readonly isSplit: boolean;
  readonly isAllTime: boolean;
  readonly now: DateTime<true>;
  readonly clock: WallClock;
}

/** The rows that count, each with the moments that it counts at: its own date, or the ends of periods at which it stood. */
export interface Hits {
  readonly rows: number[];
  /** For states: the buckets at whose ends the row stood, and the last of those that have begun. */
  readonly ends: (readonly number[])[] | undefined;
  readonly last: number;
  /** Rows that are dated after today in a period that runs, where that does not count yet: an agreement that ends next month. */
  readonly later: readonly number[];
}

/** What is left of a period after today, where that does not count yet. */
function restOf(measure: Counted, { period, now }: Hit): Bucket | undefined {
  const tomorrow = now.startOf('day').plus({ days: 1 });
  const isCounted = isAheadOf(measure) && (measure.isForeseen !== true || seesAhead(measure, period, now));
  if (isCounted || period.end <= tomorrow) return undefined;
  return whole({ start: tomorrow, end: period.end });
}

/** The last moment of a bucket that has come: of one that ends now, this moment. */
export const endOf = (bucket: Bucket, now: number): number => (bucket.end < now ? bucket.end - 1 : now);

/** Rows after which others have their turn: a year of time entries takes a second. */
const TURN = 2_048;

/** Whether others have their turn before a row. */
export const isTurn = (row: number): boolean => row % TURN === TURN - 1;

/** The rows of a table that count for a measure. */
export async function hitsOf({ measure, table, count }: { measure: Counted; table: Table; count: Hit }): Promise<Hits> {
  const { buckets, now } = count;
  const { when, counts, openEnded, undated } = measure;
  const row = new Row(table);
  const present = now.toMillis();
  const rows: number[] = [];
  const last = buckets.length - 1;
  if (when === 'now') {
    row.at = present;
    for (row.index = 0; row.index < table.length; row.index += 1) {
      if (isTurn(row.index)) await turn();
      if (counts?.(row) ?? true) rows.push(row.index);
    }
    return { rows, ends: undefined, last, later: [] };
  }
  if ('by' in when) {
    const isDay = table.columns[when.by]?.kind === 'day';
    const rest = restOf(measure, count);
    const later: number[] = [];
    // Without a period everything counts.
    const isDateless = undated === true || (openEnded === true && count.isAllTime);
    for (row.index = 0; row.index < table.length; row.index += 1) {
      if (isTurn(row.index)) await turn();
      const date = row.number(when.by);
      const isLater = rest !== undefined && bucketAt([rest], date, isDay) >= 0;
      const isWithin = Number.isNaN(date) ? isDateless : isLater || bucketAt(buckets, date, isDay) >= 0;
      if (isWithin && (counts?.(row) ?? true)) (isLater ? later : rows).push(row.index);
    }
    return { rows, ends: undefined, last, later };
  }
  // What stands in a month to come nobody knows.
  const begun = buckets.map((_, index) => index).filter((index) => (buckets[index] as Bucket).start <= present);
  const asked = count.isSplit ? begun : begun.slice(-1);
  const isDays = table.columns.from?.kind === 'day';
  const moments = buckets.map((bucket) => momentOf(bucket, present, isDays, count.clock));
  const ends: (readonly number[])[] = [];
  for (row.index = 0; row.index < table.length; row.index += 1) {
    if (isTurn(row.index)) await turn();
    const [from, until] = [when.during.from(row), when.during.until(row)];
    const stood = asked.filter((index) => {
      const at = moments[index] as number;
      return from <= at && at < until;
    });
    if (stood.length === 0 || !(counts?.(row) ?? true)) continue;
    rows.push(row.index);
    ends.push(stood);
  }
  return { rows, ends, last: begun.at(-1) ?? last, later: [] };
}

/** The moment at which a state is asked for; for dates the midnight UTC of its calendar day. */
function momentOf(bucket: Bucket, present: number, isDays: boolean, clock: WallClock): number {
  const at = endOf(bucket, present);
  return isDays ? clock.dayOf(at) * DAY : at;
}
