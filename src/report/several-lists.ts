import type { Wanted } from './collection.ts';
import type { Table } from './tables/table.ts';
import type { Reading } from './tables/table-cache.ts';

/** What tells apart the tables that are read of more than one list. */
async function several(
  name: string,
  { wanted: { start, end, narrowed, more, lists }, reading: { context, cache }, only }: SeveralRead,
  read: () => Promise<Table>,
): Promise<Table> {
  const written = context.manage.written(lists);
  const key = { name, query: narrowed, columns: Object.keys(more), start, end, timeless: false, written, only };
  return cache.table(key, { read }, await context.now());
}

interface SeveralRead {
  readonly wanted: Wanted;
  readonly reading: Reading;
  readonly only: object | undefined;
}

/**
 * What is read of more than one list: once for a report, and again for the next one, because nothing tells what others changed.
 * @param name what tells it from what other collections read
 */
export const readOnce = (name: string, wanted: Wanted, reading: Reading, read: () => Promise<Table>): Promise<Table> =>
  several(name, { wanted, reading, only: reading.resolved }, read);

/**
 * What takes a request for each of many records, kept for the next reports until this server writes something that may change it.
 * The answers say when it was read.
 * @param name what tells it from what other collections keep
 */
export const kept = (name: string, wanted: Wanted, reading: Reading, read: () => Promise<Table>): Promise<Table> =>
  several(name, { wanted, reading, only: undefined }, read);
