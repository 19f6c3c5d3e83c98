import type { Literal } from '../../query/index.ts';
import { type Ids, insertId, removeId, union } from './ids.ts';
import type { SandboxRecord } from './store.ts';

/**
 * What a value is found by. Numbers, and texts that read as numbers, are found by the number; texts in any letter case; booleans
 * also by their name. These are the equalities of the query language: an index answers exactly what a test of every row would.
 */
type Key = string;

const EMPTY: Ids = [];
const ABSENT = '';

function keysOf(value: unknown): readonly Key[] {
  switch (typeof value) {
    case 'number':
      return [`n${value}`];
    case 'boolean':
      return [`b${value}`];
    case 'string':
      // An empty text counts as absent, and equals a text that is empty.
      if (value === '') return [ABSENT, 't'];
      return Number.isNaN(Number(value))
        ? [`t${value.toLowerCase()}`]
        : [`t${value.toLowerCase()}`, `x${Number(value)}`];
    case 'undefined':
      return [ABSENT];
    default:
      return value === null ? [ABSENT] : [];
  }
}

function wantedKeys(literal: Literal): readonly Key[] | undefined {
  switch (literal.kind) {
    case 'number':
      return [`n${literal.value}`, `x${literal.value}`];
    case 'boolean':
      return [`b${literal.value}`];
    case 'null':
      return [ABSENT];
    case 'string': {
      const text = literal.value.toLowerCase();
      const number = Number(literal.value);
      return [
        `t${text}`,
        ...(Number.isNaN(number) ? [] : [`n${number}`]),
        ...(/^(true|false)$/.test(text) ? [`b${text}`] : []),
      ];
    }
    default:
      // Two spellings of one moment are equal; that takes a test.
      return undefined;
  }
}

const same = (a: readonly Key[], b: readonly Key[]): boolean =>
  a.length === b.length && a.every((key, i) => key === b[i]);

/** Ids of a collection's records by the value at one path, kept up to date with every write. */
export class FieldIndex {
  readonly #read: (record: SandboxRecord) => unknown;
  readonly #buckets = new Map<Key, number[]>();

  constructor(read: (record: SandboxRecord) => unknown) {
    this.#read = read;
  }

  add(record: SandboxRecord): void {
    for (const key of this.#keys(record)) this.#enter(key, record.id);
  }

  remove(record: SandboxRecord): void {
    for (const key of this.#keys(record)) this.#leave(key, record.id);
  }

  replace(before: SandboxRecord, after: SandboxRecord): void {
    const [old, fresh] = [this.#keys(before), this.#keys(after)];
    if (same(old, fresh)) return;
    for (const key of old) this.#leave(key, before.id);
    for (const key of fresh) this.#enter(key, after.id);
  }

  /** Ids of the records that equal one of the literals; `undefined` when that takes a test of every row. */
  lookup(literals: readonly Literal[]): Ids | undefined {
    const lists: Ids[] = [];
    for (const literal of literals) {
      const keys = wantedKeys(literal);
      if (keys === undefined) return undefined;
      for (const key of keys) lists.push(this.#buckets.get(key) ?? EMPTY);
    }
    return union(lists);
  }

  #keys(record: SandboxRecord): readonly Key[] {
    const value = this.#read(record);
    const isReference = typeof value === 'object' && value !== null && !Array.isArray(value);
    return keysOf(isReference ? ((value as { id?: unknown }).id ?? value) : value);
  }

  #enter(key: Key, id: number): void {
    const ids = this.#buckets.get(key);
    if (ids === undefined) this.#buckets.set(key, [id]);
    else insertId(ids, id);
  }

  #leave(key: Key, id: number): void {
    const ids = this.#buckets.get(key);
    if (ids === undefined) return;
    removeId(ids, id);
    if (ids.length === 0) this.#buckets.delete(key);
  }
}
