import type { DateTime } from 'luxon';
import type { Named } from '../../names/index.ts';
import { type Conditions, print } from '../../query/index.ts';
import type { ToolContext } from '../../tool/index.ts';
import type { Table } from './table.ts';

/** How long what was read is used again, in milliseconds. */
const CACHED_MS = 10 * 60_000;
/** How long what a call left unfinished may be gone on with, in milliseconds: an answer does not say of older records when they were read. */
const BEGUN_MS = 120_000;
/** Rows of all tables together. */
const MOST_ROWS = 500_000;

/** What tells tables apart. */
export interface TableKey {
  readonly name: string;
  readonly query: Conditions;
  readonly columns: readonly string[];
  readonly start: DateTime<true>;
  readonly end: DateTime<true>;
  /** The same for every period. */
  readonly timeless: boolean;
  /** What this server has written so far that may have changed it unnoticed: see `ManageClient.written`. */
  readonly written: number;
}

export interface TableReader {
  read(start: DateTime<true>, end: DateTime<true>): Promise<Table>;
  /** Brings a table up to date; false where it has to be read anew. Left out where nothing tells what changed. */
  refresh?(table: Table, start: DateTime<true>, end: DateTime<true>): Promise<boolean>;
}

interface CachedTable {
  readonly key: string;
  readonly start: DateTime<true>;
  readonly end: DateTime<true>;
  readonly readAt: number;
  readonly written: number;
  readonly table: Promise<Table>;
  /** Its length once it is read. Nothing waits for that: a table is read from others in here. */
  rows: number;
}

const printed = (query: Conditions): string =>
  [query.conditions, query.childConditions, query.customFieldConditions]
    .map((expression) => (expression === undefined ? '' : print(expression)))
    .join(' ; ');

/** Whether so little time has passed since a moment. A clock that was set back ends it as well. */
const isWithin = (lasts: number, since: number, present: number): boolean =>
  present - since < lasts && present >= since;

/**
 * What the calls of one server have read, for ten minutes: eight questions about a customer read once. A table serves every period
 * inside its own.
 */
export class TableCache {
  #tables: CachedTable[] = [];
  /** Answers of calls that did not come to their end, by what was asked. */
  readonly #begun = new Map<
    string,
    { readonly since: number; readonly written: number; readonly answers: Map<number, unknown> }
  >();
  /** Records that were looked up by id, by what they are. */
  readonly #found = new Map<string, { readonly since: number; readonly written: number; readonly table: Table }>();

  async table(wanted: TableKey, reader: TableReader, now: DateTime): Promise<Table> {
    const key = [wanted.name, ...wanted.columns, printed(wanted.query)].join('\n');
    const present = now.toMillis();
    this.#tables = this.#tables.filter(({ readAt }) => isWithin(CACHED_MS, readAt, present));
    const known = this.#tables.find(
      (one) =>
        one.key === key &&
        one.written === wanted.written &&
        (wanted.timeless || (one.start <= wanted.start && one.end >= wanted.end)),
    );
    if (known !== undefined) {
      const table = await known.table;
      if (reader.refresh === undefined) return table;
      if (await reader.refresh(table, known.start, known.end)) {
        table.readAt = present;
        return table;
      }
      this.#tables = this.#tables.filter((one) => one !== known);
    }
    const { start, end, written } = wanted;
    const reading = reader.read(start, end);
    const entry: CachedTable = { key, start, end, readAt: present, written, table: reading, rows: 0 };
    this.#tables.push(entry);
    try {
      const table = await reading;
      table.readAt = present;
      entry.rows = table.length;
      this.#makeRoom(entry);
      return table;
    } catch (error) {
      this.#tables = this.#tables.filter((one) => one !== entry);
      throw error;
    }
  }

  /** What was read of single records by calls that did not come to their end, by id; empty where there was none of late. */
  begun<R>(what: string, written: number, now: DateTime): Map<number, R> {
    const present = now.toMillis();
    const known = this.#begun.get(what);
    if (known?.written === written && isWithin(BEGUN_MS, known.since, present)) return known.answers as Map<number, R>;
    const answers = new Map<number, R>();
    this.#begun.set(what, { since: present, written, answers });
    return answers;
  }

  /** Forgets what was begun, because all of it is read. */
  finished(what: string): void {
    this.#begun.delete(what);
  }

  /** The table of records that are looked up by id, which `create` gives empty. */
  lookedUp(name: string, written: number, create: () => Table, now: DateTime): Table {
    const known = this.#found.get(name);
    const present = now.toMillis();
    if (known?.written === written && isWithin(CACHED_MS, known.since, present)) return known.table;
    const table = create();
    this.#found.set(name, { since: present, written, table });
    return table;
  }

  /** Forgets the oldest tables when there are too many rows. */
  #makeRoom(newest: CachedTable): void {
    let rows = 0;
    const left: CachedTable[] = [];
    for (const one of this.#tables.toReversed()) {
      rows += one.rows;
      if (one === newest || rows <= MOST_ROWS) left.unshift(one);
    }
    this.#tables = left;
  }
}

/** What reading for a report needs. */
export interface Reading {
  readonly context: ToolContext;
  /** What is kept for the next reports. */
  readonly cache: TableCache;
  /** What this report alone has read. */
  readonly own: TableCache;
  /** Names that this report has looked up, by kind and name. */
  readonly resolved: Map<string, Promise<readonly Named[]>>;
}
