import type { StoredWrite } from './data-file.ts';
import type { Collection, PutOptions, SandboxRecord, Store } from './store.ts';

/** Paths of the API that lead to the same records as others. */
const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/^\/configurations\//, '/company/configurations/'],
  [/^\/finance\/agreementtypes(?=\/|$)/, '/finance/agreements/types'],
  [/^\/project\/boards(?=\/|$)/, '/service/boards'],
  [/^\/system\/myaccount(?=\/|$)/, '/system/members'],
];

/** `/service/boards/{parentId}/statuses` and `/Service/Boards/{id}/Statuses/` are one collection. */
const keyOf = (template: string): string => {
  const plain = template
    .replace(/\{[^}]*\}/g, '{}')
    .replace(/\/+$/, '')
    .toLowerCase();
  return ALIASES.reduce((key, [pattern, target]) => key.replace(pattern, target), plain);
};

/** Manage's times: UTC, whole seconds. */
export const stamp = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

function valueAt(record: Record<string, unknown>, path: readonly string[]): unknown {
  let value: unknown = record;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    const row = value as Record<string, unknown>;
    const key =
      segment in row ? segment : Object.keys(row).find((name) => name.toLowerCase() === segment.toLowerCase());
    value = key === undefined ? undefined : row[key];
  }
  return value;
}

/** Equal for an index are what is equal for a query: numbers and their texts, texts in any letter case. */
const indexKey = (value: unknown): string => String(value).toLowerCase();

class MemoryCollection implements Collection {
  readonly template: string;
  readonly #records = new Map<number, SandboxRecord>();
  readonly #parents = new Map<number, readonly number[]>();
  /** Ids of a sub-collection by their innermost parent. */
  readonly #children = new Map<string, Set<number>>();
  /** By path, then by value: made when a path is first asked for, kept up to date from then on. */
  readonly #indexes = new Map<string, Map<string, Set<number>>>();
  readonly #sequence: { last: number };
  readonly #written: (write: StoredWrite) => void;
  #sorted = true;
  #last = 0;

  constructor(template: string, sequence: { last: number }, written: (write: StoredWrite) => void) {
    this.#written = written;
    this.template = template;
    this.#sequence = sequence;
  }

  get size(): number {
    return this.#records.size;
  }

  get(id: number): SandboxRecord | undefined {
    return this.#records.get(id);
  }

  *all(parentIds?: readonly number[]): Iterable<SandboxRecord> {
    if (parentIds === undefined || parentIds.length === 0) {
      yield* this.#sorted ? this.#records.values() : [...this.#records.values()].sort((a, b) => a.id - b.id);
      return;
    }
    yield* this.#under(parentIds);
  }

  where(path: string, value: string | number | boolean): Iterable<SandboxRecord> {
    const ids = this.#index(path.toLowerCase()).get(indexKey(value)) ?? [];
    return [...ids].sort((a, b) => a - b).flatMap((id) => this.#records.get(id) ?? []);
  }

  parentsOf(id: number): readonly number[] {
    return this.#parents.get(id) ?? [];
  }

  put(record: Record<string, unknown> & { id?: number }, options: PutOptions = {}): SandboxRecord {
    const id = record.id ?? this.#sequence.last + 1;
    this.#sequence.last = Math.max(this.#sequence.last, id);
    const before = this.#records.get(id);
    const at = options.at === undefined ? undefined : stamp(options.at);
    const by = options.by;
    const known = before?._info as Record<string, unknown> | undefined;
    const stored: SandboxRecord = {
      id,
      ...withoutNulls({ ...record, id }),
      _info: {
        ...known,
        ...(at !== undefined && { lastUpdated: at }),
        ...(by !== undefined && { updatedBy: by }),
        ...(before === undefined && at !== undefined && { dateEntered: at }),
        ...(before === undefined && by !== undefined && { enteredBy: by }),
        ...(before === undefined && (record._info as object | undefined)),
      },
    };
    const parents = before === undefined ? (options.parentIds ?? []) : this.parentsOf(id);
    this.restore(stored, parents);
    this.#written({ template: this.template, parents, record: stored });
    return stored;
  }

  /** Stores a record as it is, `_info` included. */
  restore(stored: SandboxRecord, parentIds: readonly number[]): void {
    const { id } = stored;
    const before = this.#records.get(id);
    this.#sequence.last = Math.max(this.#sequence.last, id);
    for (const [path, index] of this.#indexes) {
      if (before !== undefined) this.#unindex(index, path, before);
      this.#addTo(index, path, stored);
    }
    if (before === undefined) {
      if (id < this.#last) this.#sorted = false;
      this.#last = Math.max(this.#last, id);
      this.#parents.set(id, parentIds);
      const innermost = parentIds.at(-1);
      if (innermost !== undefined) {
        const siblings = this.#children.get(String(innermost)) ?? new Set();
        this.#children.set(String(innermost), siblings.add(id));
      }
    }
    this.#records.set(id, stored);
  }

  remove(id: number): boolean {
    const record = this.#records.get(id);
    if (record === undefined) return false;
    for (const [path, index] of this.#indexes) this.#unindex(index, path, record);
    this.#records.delete(id);
    this.#written({ template: this.template, removed: id });
    const innermost = String(this.#parents.get(id)?.at(-1));
    this.#children.get(innermost)?.delete(id);
    this.#parents.delete(id);
    return true;
  }

  /** Records of a sub-collection by their innermost parent, outer ones checked. */
  #under(parentIds: readonly number[]): SandboxRecord[] {
    const ids = [...(this.#children.get(String(parentIds.at(-1))) ?? [])].sort((a, b) => a - b);
    const matches = (id: number): boolean => {
      const parents = this.#parents.get(id) ?? [];
      return parentIds.every((parent, i) => parents[parents.length - parentIds.length + i] === parent);
    };
    return ids.filter(matches).flatMap((id) => this.#records.get(id) ?? []);
  }

  #index(path: string): Map<string, Set<number>> {
    const known = this.#indexes.get(path);
    if (known !== undefined) return known;
    const index = new Map<string, Set<number>>();
    for (const record of this.#records.values()) this.#addTo(index, path, record);
    this.#indexes.set(path, index);
    return index;
  }

  #addTo(index: Map<string, Set<number>>, path: string, record: SandboxRecord): void {
    const value = valueAt(record, path.split('/'));
    if (value === undefined || value === null) return;
    const key = indexKey(value);
    const ids = index.get(key) ?? new Set();
    ids.add(record.id);
    index.set(key, ids);
  }

  #unindex(index: Map<string, Set<number>>, path: string, record: SandboxRecord): void {
    index.get(indexKey(valueAt(record, path.split('/'))))?.delete(record.id);
  }
}

function withoutNulls(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== undefined));
}

/** Tickets of both kinds draw their ids from one sequence, as in Manage. */
const SHARED_SEQUENCES: Readonly<Record<string, string>> = { '/project/tickets': '/service/tickets' };

/** All data of a sandbox, in memory. */
export class MemoryStore implements Store {
  readonly #collections = new Map<string, MemoryCollection>();
  readonly #sequences = new Map<string, { last: number }>();
  #written: ((write: StoredWrite) => void) | undefined;

  /** Hands every write from now on to `written`, after these were done again. */
  keep(writes: readonly StoredWrite[], written: (write: StoredWrite) => void): void {
    for (const write of writes) {
      const collection = this.collection(write.template);
      if ('removed' in write) collection.remove(write.removed);
      else collection.restore(write.record, write.parents);
    }
    this.#written = written;
  }

  collection(template: string): MemoryCollection {
    const key = keyOf(template);
    const known = this.#collections.get(key);
    if (known !== undefined) return known;
    const name = SHARED_SEQUENCES[key] ?? key;
    const sequence = this.#sequences.get(name) ?? { last: 0 };
    this.#sequences.set(name, sequence);
    const made = new MemoryCollection(template, sequence, (write) => this.#written?.(write));
    this.#collections.set(key, made);
    return made;
  }
}
