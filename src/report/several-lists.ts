import type { Wanted } from './collection.ts';
import type { Table } from './tables/table.ts';
import type { Reading, TableKey } from './tables/table-cache.ts';

/** What tells apart the tables that are read of more than one list. */
const keyOf = (name: string, { start, end, narrowed, more, lists }: Wanted, { context }: Reading): TableKey => ({
  name,
  query: narrowed,
  columns: Object.keys(more),
  start,
  end,
  timeless: false,
  written: context.manage.written(lists),
});

/**
 * What is read of more than one list: once for a report, and again for the next one, because nothing tells what others changed.
 * @param name what tells it from what other collections read
 */
export const readOnce = async (
  name: string,
  wanted: Wanted,
  reading: Reading,
  read: () => Promise<Table>,
): Promise<Table> => reading.own.table(keyOf(name, wanted, reading), { read }, await reading.context.now());

/**
 * What takes a request for each of many records, kept for the next reports until this server writes something that may change it.
 * The answers say when it was read.
 * @param name what tells it from what other collections keep
 */
export const kept = async (
  name: string,
  wanted: Wanted,
  reading: Reading,
  read: () => Promise<Table>,
): Promise<Table> => reading.cache.table(keyOf(name, wanted, reading), { read }, await reading.context.now());
