import { DateTime, IANAZone } from 'luxon';
import type { ApiDescription } from '../../api/index.ts';
import { placeOfReference } from '../reference-places.ts';
import { expand } from '../references.ts';
import { stamp } from '../store/memory-collection.ts';
import type { SandboxRecord, Store } from '../store/store.ts';
import { emptyCustomFields } from '../write/custom-fields.ts';
import { Random } from './random.ts';
import { WorkCalendar } from './work-calendar.ts';

export interface SeedOptions {
  readonly seed: number;
  readonly tickets: number;
  /** The moment that the data is relative to. */
  readonly now: Date;
  readonly timeZone: string;
  /** Adds a customer whose figures can be worked out by hand. */
  readonly story?: boolean | undefined;
  readonly api: ApiDescription;
  /** Hears how far the data is: 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;

/** A zone that remembers its offsets: asking the platform for each of a hundred thousand moments takes longer than all else. */
class CachedZone extends IANAZone {
  readonly #quarters = new Map<number, number>();
  /** Of days of UTC within which the clocks do not change; `undefined` of the others. */
  readonly #days = new Map<number, number | undefined>();

  override offset(at: number): number {
    const day = Math.floor(at / DAY_MS);
    if (!this.#days.has(day)) {
      const [start, end] = [this.#offsetOfQuarter(day * DAY_MS), this.#offsetOfQuarter((day + 1) * DAY_MS)];
      this.#days.set(day, start === end ? start : undefined);
    }
    return this.#days.get(day) ?? this.#offsetOfQuarter(at);
  }

  /** Clocks change on quarters of an hour of UTC, nowhere in between. */
  #offsetOfQuarter(at: number): number {
    const quarter = Math.floor(at / QUARTER_MS);
    const known = this.#quarters.get(quarter);
    if (known !== undefined) return known;
    const offset = super.offset(at);
    this.#quarters.set(quarter, offset);
    return offset;
  }
}

const zones = new Map<string, CachedZone>();

/** The zone of that IANA name; all seeds of a process share what it remembers. */
export function cachedZone(name: string): CachedZone {
  const known = zones.get(name) ?? new CachedZone(name);
  zones.set(name, known);
  return known;
}

/** What every part of the seed works with: the store, the choices, and the provider's calendar. */
export class Provider {
  readonly store: Store;
  readonly random: Random;
  readonly api: ApiDescription;
  readonly tickets: number;
  /** The present on the provider's wall clock. */
  readonly now: DateTime;
  readonly calendar: WorkCalendar;
  readonly onProgress: (share: number) => void;
  /** When what has no time of its own was set up. */
  readonly #setUpAt: Date;
  readonly #empty = new Map<string, unknown>();
  /** By the schema of the reference. */
  readonly #references = new Map<string, Map<SandboxRecord, Record<string, unknown>>>();

  constructor(store: Store, options: SeedOptions) {
    this.store = store;
    this.api = options.api;
    this.tickets = options.tickets;
    this.random = new Random(options.seed);
    this.now = DateTime.fromJSDate(options.now, { zone: cachedZone(options.timeZone) });
    this.#setUpAt = this.now.minus({ years: 1 }).toJSDate();
    this.calendar = new WorkCalendar(this.now);
    this.onProgress = options.onProgress ?? (() => undefined);
  }

  put(
    template: string,
    record: Record<string, unknown>,
    options: { parents?: readonly number[]; at?: DateTime; by?: string } = {},
  ): SandboxRecord {
    const at = options.at?.toJSDate() ?? this.#setUpAt;
    const customFields = record.customFields ?? this.customFields(template);
    return this.store.collection(template).put(customFields === undefined ? record : { ...record, customFields }, {
      parentIds: options.parents ?? [],
      by: options.by ?? 'setup',
      at,
    });
  }

  /** The custom fields of a collection without values. All records share one list, which nobody may change. */
  customFields(template: string): unknown {
    if (!this.#empty.has(template)) {
      const fields = emptyCustomFields(template, this.store);
      this.#empty.set(template, fields && Object.freeze(fields.map((field) => Object.freeze(field))));
    }
    return this.#empty.get(template);
  }

  /** A setup table of names; ids from 1 in the given order. */
  table(template: string, rows: readonly Record<string, unknown>[], parents: readonly number[] = []): SandboxRecord[] {
    return rows.map((row) => this.put(template, row, { parents }));
  }

  /** The reference to a record, as Manage shows it. All who refer to a record share one, which nobody may change. */
  ref(schema: string, record: SandboxRecord): Record<string, unknown> {
    let made = this.#references.get(schema);
    if (made === undefined) {
      made = new Map();
      this.#references.set(schema, made);
    }
    const known = made.get(record);
    if (known !== undefined) return known;
    const reference = this.newRef(schema, record);
    made.set(record, reference);
    return reference;
  }

  /** The same, not kept: for references of which whoever asks takes care that they are shared. */
  newRef(schema: string, record: SandboxRecord): Record<string, unknown> {
    const template = placeOfReference(schema) ?? '';
    const parentIds = this.store.collection(template).parentsOf(record.id);
    return Object.freeze(expand(record, schema, { template, parentIds }, this.api));
  }

  all(template: string): SandboxRecord[] {
    return this.store.collection(template).list();
  }

  /** So many of the newest records, oldest first; without looking at the others. */
  newest(template: string, count: number): SandboxRecord[] {
    const collection = this.store.collection(template);
    return collection.ids.slice(-count).map((id) => collection.get(id) as SandboxRecord);
  }

  /** The record of a table whose member has this value. @throws when no record has it: a mistake in the seed. */
  named(template: string, name: string, member = 'name'): SandboxRecord {
    for (const record of this.store.collection(template).all()) if (record[member] === name) return record;
    throw new Error(`The seed has no ${name} in ${template}.`);
  }
}

export const utc = (moment: DateTime): string => stamp(moment.toJSDate());

/** Midnight UTC of a calendar day: how Manage keeps dates without a time. */
export const dateOnly = (day: DateTime): string => `${day.toISODate()}T00:00:00Z`;
