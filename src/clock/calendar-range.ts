import { ClockError } from './errors.ts';
import type { ReadOptions } from './interpret.ts';
import { namedPeriod, type Period } from './named-period.ts';
import { MONTH } from './spelling.ts';

const PIECE = `(?:${MONTH}\\.?|q[1-4]|h[12]|(?:first|second|third|fourth) quarter)`;
const YEAR = "(?:(?:,? |-)(\\d{4})| ?'(\\d{2}))?";
const FROM_TO = new RegExp(
  `^(?:from )?(${PIECE})${YEAR}(?: ?(?:-|–|—|\\.\\.+) ?| (?:to|until|till?|'til|through|thru) )(${PIECE})${YEAR}$`,
);
const BETWEEN = new RegExp(`^between (${PIECE})${YEAR} and (${PIECE})${YEAR}$`);

const yearOf = (long: string | undefined, short: string | undefined): number | undefined => {
  const year = long ?? (short && `20${short}`);
  return year === undefined ? undefined : Number(year);
};

/**
 * From one month, quarter or half of a year to another: "Sep-Nov", "Nov to Feb 2026", "Q1-Q3". A year beside one of them is that of
 * both, or of the one beside it where they run over the end of a year. Without a year, the one that began last, or that ends next.
 * `undefined` for other texts.
 * @throws {ClockError} where one that runs over the end of a year is running, and so may be the one before
 */
export function calendarRange(text: string, { now, direction, argument }: ReadOptions): Period | undefined {
  const found = FROM_TO.exec(text) ?? BETWEEN.exec(text);
  if (found === null) return undefined;
  const [, first = '', firstLong, firstShort, last = '', lastLong, lastShort] = found;
  const of = (piece: string, year: number): Period | undefined => namedPeriod(`${piece} ${year}`, now, direction);
  const [begin, until] = [of(first, now.year), of(last, now.year)];
  if (begin === undefined || until === undefined) return undefined;
  const over = until.start < begin.start ? 1 : 0;
  const between = (from: number, to: number): Period => ({
    start: (of(first, from) ?? begin).start,
    end: (of(last, to) ?? until).end,
  });
  const from = yearOf(firstLong, firstShort);
  const to = yearOf(lastLong, lastShort);
  if (from !== undefined || to !== undefined) return between(from ?? Number(to) - over, to ?? Number(from) + over);
  const around = [-2, -1, 0, 1].map((by) => between(now.year + by, now.year + by + over));
  if (direction === 'ahead') return around.find(({ end }) => end > now);
  const begun = around.findLast(({ start }) => start <= now);
  if (begun === undefined || over === 0 || begun.end <= now) return begun;
  const years = `${begun.start.year - 1} or ${begun.start.year}`;
  throw new ClockError(
    argument,
    'ambiguous',
    `${argument} ${JSON.stringify(text)} can begin in ${years}. Send it with its years, like "${first} ${begun.start.year - 1} to ${last} ${begun.start.year}".`,
  );
}
