import { DateTime } from 'luxon';

// biome-ignore lint/suspicious/noExplicitAny: records of every shape
export type Rec = any;

export const ZONE = 'America/New_York';

/** A moment as the local date and time that it is in New York. */
export const local = (moment: string): DateTime => DateTime.fromISO(moment, { zone: ZONE });

export const month = (moment: string): string => local(moment).toFormat('yyyy-MM');
/** A date without a zone. */
export const dayMonth = (date: string): string => date.slice(0, 7);

const utc = (day: string): string => DateTime.fromISO(day, { zone: ZONE }).toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");

/** From the first moment of a local day up to another. Moments are texts of one form, which sort by time. */
export function inDays(from: string, until: string): (moment: string | undefined) => boolean {
  const [start, end] = [utc(from), utc(until)];
  return (moment) => moment !== undefined && moment >= start && moment < end;
}

/** Every record of a list, page by page, in plain REST. */
export async function everything(get: (path: string) => Promise<Rec>, path: string): Promise<Rec[]> {
  const rows: Rec[] = [];
  for (let page = 1; ; page += 1) {
    const read = await get(`${path}${path.includes('?') ? '&' : '?'}pageSize=1000&page=${page}`);
    rows.push(...read);
    if (read.length < 1000) return rows;
  }
}

/** Sums by a label, each rounded to two digits. */
export function grouped(
  rows: readonly Rec[],
  label: (row: Rec) => string | readonly string[] | undefined,
  value: (row: Rec) => number = () => 1,
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const row of rows)
    for (const name of [label(row) ?? '(none)'].flat()) sums[name] = (sums[name] ?? 0) + value(row);
  return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, Math.round(sum * 100) / 100]));
}

/** What groups come to, by their labels: averages, shares and the like. */
export function folded(
  rows: readonly Rec[],
  label: (row: Rec) => string | readonly string[] | undefined,
  fold: (rows: readonly Rec[]) => number | undefined,
): Record<string, number | undefined> {
  const groups: Record<string, Rec[]> = {};
  for (const row of rows)
    for (const name of [label(row) ?? '(none)'].flat()) {
      groups[name] ??= [];
      groups[name].push(row);
    }
  return Object.fromEntries(Object.entries(groups).map(([name, list]) => [name, fold(list)]));
}

/** A name of Manage as a report tells it: `do not bill` for `DoNotBill`. */
export const spaced = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

export const share = (rows: readonly Rec[], fits: (row: Rec) => boolean): number =>
  (rows.filter(fits).length / rows.length) * 100;
