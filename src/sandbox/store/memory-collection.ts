import type { Literal } from '../../query/index.ts';
import type { StoredWrite } from './data-file.ts';
import { DateIndex } from './date-index.ts';
import { FieldIndex } from './field-index.ts';
import { type Ids, insertId, removeId } from './ids.ts';
import type { Collection, DateOperator, PutOptions, SandboxRecord } from './store.ts';

const DAY_MS = 86_400_000;
/** Days as `2026-11-24T`: the records of a sandbox are of a few hundred. */
const days = new Map<number, string>();
const MOST_DAYS = 10_000;
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

function dayOf(day: number): string {
  const known = days.get(day);
  if (known !== undefined) return known;
  if (days.size >= MOST_DAYS) days.clear();
  const made = new Date(day * DAY_MS).toISOString().slice(0, 11);
  days.set(day, made);
  return made;
}

/** Manage's times: UTC, whole seconds. */
export function stamp(date: Date): string {
  const seconds = Math.floor(date.getTime() / 1000);
  const day = Math.floor(seconds / 86_400);
  const left = seconds - day * 86_400;
  const minutes = Math.floor(left / 60);
  return `${dayOf(day)}${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[left % 60]}Z`;
}

/** How a path of a collection's records is read; not by the record alone, where `isOwn` is not true. */
export type Readings = (
  template: string,
  path: readonly string[],
) => { readonly read: (record: SandboxRecord) => unknown; readonly isOwn: boolean };

/** Queries can name many paths; a collection keeps no more indexes than this. */
const MOST_INDEXES = 40;

/** A write, and the record and its parents as they were before. */
export type Written = (write: StoredWrite, before: SandboxRecord | undefined, parents: readonly number[]) => void;

/** The records of one collection, in memory, with the indexes that queries asked for. */
export class MemoryCollection implements Collection {
  readonly template: string;
  readonly #records = new Map<number, SandboxRecord>();
  readonly #ids: number[] = [];
  readonly #parents = new Map<number, readonly number[]>();
  /** Ids of a sub-collection by their innermost parent. */
  readonly #children = new Map<number, number[]>();
  /** By path in lower case: made when a path is first asked for, kept up to date from then on. */
  readonly #indexes = new Map<string, FieldIndex>();
  readonly #dates = new Map<string, DateIndex>();
  /** Both kinds. */
  readonly #every: (FieldIndex | DateIndex)[] = [];
  readonly #sequence: { last: number };
  readonly #written: Written;
  readonly #readings: Readings;
  #version = 0;

  constructor(
    template: string,
    { sequence, written, readings }: { sequence: { last: number }; written: Written; readings: Readings },
  ) {
    this.#written = written;
    this.#readings = readings;
    this.template = template;
    this.#sequence = sequence;
  }

  get size(): number {
    return this.#records.size;
  }

  get version(): number {
    return this.#version;
  }

  get ids(): Ids {
    return this.#ids;
  }

  has(id: number): boolean {
    return this.#records.has(id);
  }

  get(id: number): SandboxRecord | undefined {
    return this.#records.get(id);
  }

  idsUnder(parentIds: readonly number[]): Ids {
    const ids = this.#children.get(parentIds.at(-1) ?? 0) ?? [];
    if (parentIds.length < 2) return ids;
    const isUnder = (id: number): boolean => {
      const parents = this.#parents.get(id) ?? [];
      return parentIds.every((parent, i) => parents[parents.length - parentIds.length + i] === parent);
    };
    return ids.filter(isUnder);
  }

  *all(parentIds: readonly number[] = []): Iterable<SandboxRecord> {
    // A copy: what is walked through may be written to on the way.
    const ids = parentIds.length === 0 ? this.#ids : this.idsUnder(parentIds);
    for (const id of ids.slice()) {
      const record = this.#records.get(id);
      if (record !== undefined) yield record;
    }
  }

  list(): SandboxRecord[] {
    return this.#ids.map((id) => this.#records.get(id) as SandboxRecord);
  }

  where(path: string, value: string | number | boolean): SandboxRecord[] {
    const ids = this.index(path).lookup([{ kind: typeof value, value } as Literal]) ?? [];
    return ids.flatMap((id) => this.#records.get(id) ?? []);
  }

  equal(path: readonly string[], literals: readonly Literal[]): Ids | undefined {
    const name = path.join('/');
    // What another record decides changes without this one being written.
    if (!this.#readings(this.template, path).isOwn) return undefined;
    if (this.#indexes.size >= MOST_INDEXES && !this.#indexes.has(name.toLowerCase())) return undefined;
    return this.index(name).lookup(literals);
  }

  dated(path: readonly string[], operator: DateOperator, time: number): Ids | undefined {
    const key = path.join('/').toLowerCase();
    const reading = this.#readings(this.template, path);
    if (!reading.isOwn || (this.#dates.size >= MOST_INDEXES && !this.#dates.has(key))) return undefined;
    return this.#dateIndex(key, reading.read).lookup(operator, time);
  }

  /** Makes the index of the moments at a path. */
  prepareDates(path: string): void {
    this.#dateIndex(path.toLowerCase(), this.#readings(this.template, path.split('/')).read);
  }

  #dateIndex(key: string, read: (record: SandboxRecord) => unknown): DateIndex {
    const known = this.#dates.get(key);
    if (known !== undefined) return known;
    const made = new DateIndex(read, this.#records.values());
    this.#dates.set(key, made);
    this.#every.push(made);
    return made;
  }

  byDate(path: readonly string[], ids: Ids, descending: boolean): Ids | undefined {
    return this.#dates.get(path.join('/').toLowerCase())?.inOrder(ids, descending);
  }

  /** The index of a path, made now when there was none. */
  index(path: string): FieldIndex {
    const key = path.toLowerCase();
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const made = new FieldIndex(this.#readings(this.template, path.split('/')).read);
    for (const id of this.#ids) made.add(this.#records.get(id) as SandboxRecord);
    this.#indexes.set(key, made);
    this.#every.push(made);
    return made;
  }

  parentsOf(id: number): readonly number[] {
    return this.#parents.get(id) ?? [];
  }

  put(record: Record<string, unknown> & { id?: number }, options: PutOptions = {}): SandboxRecord {
    const id = record.id ?? this.#sequence.last + 1;
    const before = this.#records.get(id);
    const at = options.at === undefined ? undefined : stamp(options.at);
    const by = options.by;
    const known = before?._info as Record<string, unknown> | undefined;
    const stored: SandboxRecord = {
      id,
      ...withoutNulls(record),
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
    this.#written({ template: this.template, parents, record: stored }, before, parents);
    return stored;
  }

  plant(record: SandboxRecord, parentIds: readonly number[] = []): SandboxRecord {
    if (record.id === 0) record.id = this.#sequence.last + 1;
    this.restore(record, parentIds);
    return record;
  }

  /** Stores a record as it is, `_info` included. */
  restore(stored: SandboxRecord, parentIds: readonly number[]): void {
    const { id } = stored;
    const before = this.#records.get(id);
    this.#version += 1;
    this.#sequence.last = Math.max(this.#sequence.last, id);
    this.#records.set(id, stored);
    if (before !== undefined) {
      for (const index of this.#every) index.replace(before, stored);
      return;
    }
    insertId(this.#ids, id);
    for (const index of this.#every) index.add(stored);
    const innermost = parentIds.at(-1);
    if (innermost === undefined) return;
    this.#parents.set(id, parentIds);
    const siblings = this.#children.get(innermost);
    if (siblings === undefined) this.#children.set(innermost, [id]);
    else insertId(siblings, id);
  }

  remove(id: number): boolean {
    const record = this.#records.get(id);
    if (record === undefined) return false;
    this.#version += 1;
    for (const index of this.#every) index.remove(record);
    this.#records.delete(id);
    removeId(this.#ids, id);
    const parents = this.parentsOf(id);
    const innermost = parents.at(-1);
    const siblings = innermost === undefined ? undefined : this.#children.get(innermost);
    if (siblings !== undefined) removeId(siblings, id);
    this.#parents.delete(id);
    this.#written({ template: this.template, removed: id }, record, parents);
    return true;
  }

  /** Puts a record back exactly as it was, `_info` included, and tells of it as of any write. */
  putBack(record: SandboxRecord, parents: readonly number[]): void {
    const before = this.#records.get(record.id);
    this.restore(record, parents);
    this.#written({ template: this.template, parents, record }, before, parents);
  }
}

function withoutNulls(record: Record<string, unknown>): Record<string, unknown> {
  // A plain copy keeps the engine's compact form of the object; taking members away costs it.
  for (const name in record)
    if (record[name] === null || record[name] === undefined)
      return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== undefined));
  return record;
}
