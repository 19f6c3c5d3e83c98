import { instantOf } from '../../query/index.ts';
import type { Ids } from './ids.ts';
import type { DateOperator, SandboxRecord } from './store.ts';

/** A byte for each id up to the largest: 1 for those of the list. Ids are counted up, so the largest is about their number. */
function marksOf(ids: Ids): Uint8Array {
  let largest = 0;
  for (const id of ids) if (id > largest) largest = id;
  const marks = new Uint8Array(largest + 1);
  for (const id of ids) marks[id] = 1;
  return marks;
}

/** So many ids are put in order faster than they are gone through as far as the largest. */
const FEW = 500;

function ascending(ids: Ids): Ids {
  if (ids.length < FEW) return Array.from(new Uint32Array(ids).sort());
  const marks = marksOf(ids);
  const found: number[] = [];
  for (let id = 0; id < marks.length; id += 1) if (marks[id] === 1) found.push(id);
  return found;
}

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
    return ascending(found);
  }

  /** The same ids by their moments; `undefined` where one of them has none. */
  inOrder(ids: Ids, descending: boolean): Ids | undefined {
    const marks = marksOf(ids);
    const ordered = this.#ids.filter((id) => marks[id] === 1);
    if (ordered.length !== ids.length) return undefined;
    return descending ? this.#descending(marks) : ordered;
  }

  /** The marked ids, the latest first; equal moments stay in the order of the ids. */
  #descending(marks: Uint8Array): Ids {
    const found: number[] = [];
    for (let end = this.#ids.length; end > 0; ) {
      const time = this.#times[end - 1];
      let start = end - 1;
      while (start > 0 && this.#times[start - 1] === time) start -= 1;
      for (let place = start; place < end; place += 1) {
        const id = this.#ids[place] as number;
        if (marks[id] === 1) found.push(id);
      }
      end = start;
    }
    return found;
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
