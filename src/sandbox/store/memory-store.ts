import { readPath } from '../../query/index.ts';
import type { StoredWrite } from './data-file.ts';
import { INDEXED_PATHS } from './indexed-paths.ts';
import { MemoryCollection, type Readings, type Written } from './memory-collection.ts';
import type { SandboxRecord, Store } from './store.ts';
import { plainTemplate } from './templates.ts';

/** A record as it was when the store was marked; `record` is undefined for one that was not there. */
interface Marked {
  readonly collection: MemoryCollection;
  readonly id: number;
  readonly record: SandboxRecord | undefined;
  readonly parents: readonly number[];
}

/** Hears of each change of a record: what it was and what it is now. */
export type Watcher = (template: string, before: SandboxRecord | undefined, after: SandboxRecord | undefined) => void;

const plainly: Readings = (_, path) => ({ read: (record) => readPath(record, path), isOwn: true });

/** Templates come from the catalog, a few thousand; this only bounds what nobody foresaw. */
const MOST_SPELLINGS = 10_000;

/** Tickets of both kinds draw their ids from one sequence, as in Manage. */
const SHARED_SEQUENCES: Readonly<Record<string, string>> = { '/project/tickets': '/service/tickets' };

const sequenceOf = (key: string): string => SHARED_SEQUENCES[key] ?? key;

/** All data of a sandbox, in memory. */
export class MemoryStore implements Store {
  readonly #collections = new Map<string, MemoryCollection>();
  /** The same by the template as it was written: working a template out takes longer than the look-up. */
  readonly #byTemplate = new Map<string, MemoryCollection>();
  readonly #sequences = new Map<string, { last: number }>();
  #written: ((write: StoredWrite) => void) | undefined;
  readonly #watchers: Watcher[] = [];
  readonly #readings: Readings;
  /** What was written since `mark`, by collection and id, as it was then. */
  #marked: Map<string, Marked> | undefined;
  #markedSequences = new Map<string, number>();
  /** What is made when its collection is first asked for, by the collection's plain template. */
  readonly #deferred = new Map<string, () => void>();
  #isMaking = false;

  /** @param readings how records are read by indexes; as they are stored when left out */
  constructor(readings: Readings = plainly) {
    this.#readings = readings;
  }

  /** Tells `watcher` too of every change from now on, by the collection's template in lower case. */
  watch(watcher: Watcher): void {
    this.#watchers.push(watcher);
  }

  /**
   * Makes the indexes that are used most, a step at a time, so that a large store can answer in between. What a query needs earlier
   * is made then.
   */
  *preparing(): Generator<void> {
    for (const [template, { fields, dates }] of Object.entries(INDEXED_PATHS)) {
      for (const path of dates) yield this.collection(template).prepareDates(path);
      for (const path of fields) yield void this.collection(template).index(path);
    }
  }

  /** Hands every write from now on to `written`, after these were done again. */
  keep(writes: readonly StoredWrite[], written: (write: StoredWrite) => void): void {
    for (const write of writes) {
      const collection = this.collection(write.template);
      if ('removed' in write) collection.remove(write.removed);
      else collection.restore(write.record, write.parents);
    }
    this.#written = written;
  }

  /** Remembers the present state, to which `reset` returns. */
  mark(): void {
    this.#marked = new Map();
    this.#markedSequences = new Map([...this.#sequences].map(([name, { last }]) => [name, last]));
  }

  /** Puts every record back as it was at `mark`; costs as much as what was written since. New records get the same ids again. */
  reset(): void {
    const marked = this.#marked?.values() ?? [];
    this.#marked = undefined;
    for (const { collection, id, record, parents } of marked) {
      if (record === undefined) collection.remove(id);
      else collection.putBack(record, parents);
    }
    for (const [name, sequence] of this.#sequences) sequence.last = this.#markedSequences.get(name) ?? 0;
    this.#marked = new Map();
  }

  defer(template: string, make: () => void): void {
    const key = plainTemplate(template);
    this.#deferred.set(key, make);
    // Whoever asks from now on has it made.
    const collection = this.#collections.get(key);
    for (const [spelling, one] of this.#byTemplate) if (one === collection) this.#byTemplate.delete(spelling);
  }

  collection(template: string): MemoryCollection {
    const spelled = this.#byTemplate.get(template);
    if (spelled !== undefined) return spelled;
    const key = plainTemplate(template);
    const known = this.#collections.get(key) ?? this.#newCollection(template, key);
    const make = this.#deferred.get(key);
    if (make !== undefined) this.#make(key, make);
    if (this.#byTemplate.size < MOST_SPELLINGS) this.#byTemplate.set(template, known);
    return known;
  }

  /** Makes what was put off; nobody hears of it, since it counts as having been there. */
  #make(key: string, make: () => void): void {
    this.#deferred.delete(key);
    this.#isMaking = true;
    try {
      make();
    } finally {
      this.#isMaking = false;
    }
    const name = sequenceOf(key);
    if (this.#marked !== undefined) this.#markedSequences.set(name, this.#sequences.get(name)?.last ?? 0);
  }

  #newCollection(template: string, key: string): MemoryCollection {
    const name = sequenceOf(key);
    const sequence = this.#sequences.get(name) ?? { last: 0 };
    this.#sequences.set(name, sequence);
    const written: Written = (write, before, parents) => {
      if (this.#isMaking) return;
      this.#written?.(write);
      const id = 'record' in write ? write.record.id : write.removed;
      const place = `${key} ${id}`;
      if (this.#marked?.has(place) === false)
        this.#marked.set(place, { collection: made, id, record: before, parents: before === undefined ? [] : parents });
      for (const watcher of this.#watchers) watcher(key, before, 'record' in write ? write.record : undefined);
    };
    const made: MemoryCollection = new MemoryCollection(template, { sequence, written, readings: this.#readings });
    this.#collections.set(key, made);
    return made;
  }
}
