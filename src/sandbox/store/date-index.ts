import { instantOf } from '../../query/index.ts';
import type { Ids } from './ids.ts';
import type { DateOperator, SandboxRecord } from './store.ts';

/** Ids of a collection's records in the order of the moment at one path, kept up to date with every write. */
export class DateIndex {
  readonly #read: (record: SandboxRecord) => unknown;
  /** Moments in milliseconds, ascending, and the records that have them; equal ones by id. */
  readonly #times: number[] = [];
  readonly #ids: number[] = [];

  constructor(read: (record: SandboxRecord) => unknown, records: Iterable<SandboxRecord>) {
    this.#read = read;
    const found: (readonly [time: number, id: number])[] = [];
    for (const record of records) {
      const time = this.#timeOf(record);
      if (time !== undefined) found.push([time, record.id]);
    }
    found.sort(([a, first], [b, second]) => a - b || first - second);
    for (const [time, id] of found) {
      this.#times.push(time);
      this.#ids.push(id);
    }
  }

  add(record: SandboxRecord): void {
    const time = this.#timeOf(record);
    if (time === undefined) return;
    const place = this.#placeOf(time, record.id);
    this.#times.splice(place, 0, time);
    this.#ids.splice(place, 0, record.id);
  }

  remove(record: SandboxRecord): void {
    const time = this.#timeOf(record);
    if (time === undefined) return;
    const place = this.#placeOf(time, record.id);
    if (this.#ids[place] !== record.id) return;
    this.#times.splice(place, 1);
    this.#ids.splice(place, 1);
  }

  replace(before: SandboxRecord, after: SandboxRecord): void {
    if (this.#timeOf(before) === this.#timeOf(after)) return;
    this.remove(before);
    this.add(after);
  }

  /** Ids, ascending, of the records before or after a moment. */
  lookup(operator: DateOperator, time: number): Ids {
    const isAfter = operator === '>' || operator === '>=';
    const isWithEquals = operator === '>' || operator === '<=';
    const place = this.#placeOf(time, isWithEquals ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY);
    const found = isAfter ? this.#ids.slice(place) : this.#ids.slice(0, place);
    return [...Uint32Array.from(found).sort()];
  }

  /** The same ids by their moments; `undefined` where one of them has none. */
  inOrder(ids: Ids, descending: boolean): Ids | undefined {
    const wanted = new Set(ids);
    const places = [...this.#ids.keys()].filter((place) => wanted.has(this.#ids[place] as number));
    if (places.length !== ids.length) return undefined;
    // Equal moments stay in the order of the ids, which is that of the places.
    if (descending) places.sort((a, b) => (this.#times[b] as number) - (this.#times[a] as number));
    return places.map((place) => this.#ids[place] as number);
  }

  #timeOf(record: SandboxRecord): number | undefined {
    const value = this.#read(record);
    return typeof value === 'string' ? instantOf(value) : undefined;
  }

  /** Place of the first entry that is not before this moment and id. */
  #placeOf(time: number, id: number): number {
    let low = 0;
    let high = this.#times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = this.#times[middle] as number;
      if (at < time || (at === time && (this.#ids[middle] as number) < id)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
