import { isDeepStrictEqual } from 'node:util';
import { LRUCache } from 'lru-cache';
import { happened } from '../telemetry/channels.ts';
import type { KindTable, Row } from './kind.ts';

/** How long a table is taken as it is, in milliseconds. */
const TTL_MS = 60_000;

/** Tables that outlive a process: names are at hand when the next one starts. */
export interface KeptTables {
  get(key: string): readonly Row[] | undefined;
  set(key: string, rows: readonly Row[]): void;
  delete(key: string): void;
  clear(): void;
}

/**
 * What one call took from remembered tables. Each promise tells whether the record or table turned out to be another now, so that
 * the call has to be made again.
 */
export type Reliance = Set<Promise<boolean>>;

interface Remembered {
  readonly rows: Promise<readonly Row[]>;
  /** When it was read from Manage, in milliseconds; before all time for one of an earlier process. */
  readonly readAt: number;
  rereading?: Promise<boolean>;
  /** Whether the rows are on their way. */
  isRead?: boolean;
}

/**
 * Setup tables, read whole and remembered. One that is older than a minute, or of an earlier process, is given at once and read
 * again beside what the call asks; whoever relied on it learns whether it has changed.
 */
export class Tables {
  // Promises are kept, so that a table is read once however many ask at the same time.
  readonly #tables = new LRUCache<string, Remembered>({ max: 300 });
  readonly #kept: KeptTables | undefined;
  /** The tables that each call has looked at in Manage by now: once is enough. */
  readonly #looked = new WeakMap<Reliance, Set<string>>();

  constructor(kept?: KeptTables) {
    this.#kept = kept;
  }

  /**
   * The rows of a table.
   * @param read reads them from Manage
   * @param reliance of the call that asks; without one, an old table is read anew before it is given
   * @param isChecked whether a table that is not old is looked at as an old one
   */
  async rows(
    key: string,
    read: () => Promise<readonly Row[]>,
    reliance?: Reliance,
    isChecked = false,
  ): Promise<readonly Row[]> {
    const known = this.#known(key);
    happened.cache.publish({ cache: 'names', isHit: known !== undefined });
    const isOld = known === undefined || Date.now() - known.readAt >= TTL_MS;
    if (!isOld && !isChecked) return known.rows;
    const isNews = reliance === undefined || this.#isNews(reliance, key);
    if (known === undefined) return this.#remember(key, read());
    if (!isOld && !isNews) return known.rows;
    known.rereading ??= this.#readAgain(key, known, read);
    if (reliance === undefined) return (await known.rereading) ? this.rows(key, read) : known.rows;
    reliance.add(known.rereading);
    return known.rows;
  }

  has(key: string): boolean {
    return this.#known(key) !== undefined;
  }

  /** Forgets a table, unless it is being read just now: those who want it fresh at the same time share one reading. */
  outdate(key: string): void {
    if (this.#tables.get(key)?.isRead !== true) this.forget(key);
  }

  forget(key: string): void {
    this.#tables.delete(key);
    this.#kept?.delete(key);
  }

  /** Forgets the tables whose records stand at a path of the API: `/service/boards/{parentId}/teams/{id}`. */
  forgetAt(path: string, kinds: KindTable): void {
    const list = `GET ${path.replace(/\/\{(?!parent)[^/]+\}$/, '')}`;
    const changed = Object.entries(kinds).flatMap(([kind, rule]) => (rule.list === list ? [`${kind}:`] : []));
    for (const key of [...this.#tables.keys()])
      if (changed.some((beginning) => key.startsWith(beginning))) this.forget(key);
  }

  clear(): void {
    this.#tables.clear();
    this.#kept?.clear();
  }

  /**
   * Notes of a reliance whether a row that was taken is still the one that Manage has.
   * @param read reads the row; not called where the whole table is being read again: nobody would hear of its failure, which ends a process
   */
  check(key: string, row: Row, read: () => Promise<Row | undefined>, reliance: Reliance): void {
    if (this.#tables.get(key)?.rereading !== undefined) return;
    const differs = read().then(
      (current) => !isDeepStrictEqual(current, row),
      // The check could not be made: what fails here fails in the call as well, or does not matter to it.
      () => false,
    );
    reliance.add(
      differs.then((changed) => {
        if (changed) this.forget(key);
        return changed;
      }),
    );
  }

  /**
   * Has a whole table read again beside a call, however new it is: what was taken for a name that no record had may be another's by now.
   */
  recheck(key: string, read: () => Promise<readonly Row[]>, reliance: Reliance): void {
    const known = this.#known(key);
    if (known === undefined || !this.#isNews(reliance, key)) return;
    known.rereading ??= this.#readAgain(key, known, read);
    reliance.add(known.rereading);
  }

  /** Whether a call has not looked at a table yet; from now on it has. */
  #isNews(reliance: Reliance, key: string): boolean {
    const looked = this.#looked.get(reliance) ?? new Set();
    this.#looked.set(reliance, looked);
    return looked.size < looked.add(key).size;
  }

  #known(key: string): Remembered | undefined {
    const remembered = this.#tables.get(key);
    if (remembered !== undefined) return remembered;
    const rows = this.#kept?.get(key);
    if (rows === undefined) return undefined;
    const kept = { rows: Promise.resolve(rows), readAt: Number.NEGATIVE_INFINITY };
    this.#tables.set(key, kept);
    return kept;
  }

  #remember(key: string, rows: Promise<readonly Row[]>): Promise<readonly Row[]> {
    const entry: Remembered = { rows, readAt: Date.now(), isRead: true };
    this.#tables.set(key, entry);
    rows.then(
      (read) => {
        entry.isRead = false;
        this.#kept?.set(key, read);
      },
      () => this.#tables.get(key) === entry && this.#tables.delete(key),
    );
    return rows;
  }

  async #readAgain(key: string, known: Remembered, read: () => Promise<readonly Row[]>): Promise<boolean> {
    try {
      const rows = await read();
      const changed = !isDeepStrictEqual(rows, await known.rows);
      if (this.#tables.get(key) === known) await this.#remember(key, Promise.resolve(rows));
      return changed;
    } catch {
      // Who asks again gets the reason.
      this.forget(key);
      return true;
    }
  }
}

/** Whether what a call relied on has stayed as it was. */
export const isConfirmed = async (reliance: Reliance): Promise<boolean> =>
  (await Promise.all(reliance)).every((changed) => !changed);
