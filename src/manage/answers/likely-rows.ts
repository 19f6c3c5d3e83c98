import { Buffer } from 'node:buffer';
import { DEEPEST, isDeeperThan } from '../../json.ts';
import { AnswerTooLarge, ServerFailure } from '../errors.ts';
import {
  afterSpaces,
  beforeSpaces,
  byTurns,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COMMA,
  isListEnd,
  MOST_ROWS_AT_ONCE,
  memberEnd,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  textEnd,
} from './row-ends.ts';

// To look at every byte of a page takes as long as to parse it. Records of one server begin and end alike, so where one probably ends is
// found by a native search; it is looked for only now and then, and what lies between is parsed as a list of its own. That proves it: a
// piece begins where the one before it ended, and no list of JSON values that ends with an object is the beginning of a longer last
// value: what parses from there on, in brackets, is those rows and nothing else. Where a piece does not parse, it was cut in a wrong
// place (in a text, in a list inside a record) or is no JSON: from there on every byte is looked at.

/** Bytes of several rows that are parsed in one go: what is made of them must not be there for long (`lazyRows` says why). */
const PIECE = 16 * 1024;

/** Larger pieces hold rows that are none of the usual ones, and could be made so as to take long to parse. */
const LARGEST_PIECE = 64 * 1024;

/** Bytes that are cut in one go, a millisecond of work or a few at worst. */
const STRIDE = 1024 * 1024;

/** What stands between two rows. */
interface Seam {
  /** From the last bytes of a row to the first name in the next one. */
  readonly bytes: Uint8Array;
  /** How many of them belong to the row before. */
  readonly before: number;
  /** How many stand between the two. */
  readonly between: number;
}

/** A list as its two first rows show it. */
interface Outline {
  readonly start: number;
  /** Where the list's closing bracket is. */
  readonly end: number;
  readonly seam: Seam;
  /** Where the first row ends, and the second one. */
  readonly known: readonly [number, number];
}

/** The bytes around the comma at `comma`, behind which a row begins at `start`. */
function seamAt(bytes: Uint8Array, comma: number, start: number): Seam | undefined {
  const name = afterSpaces(bytes, start + 1);
  if (bytes[comma - 1] !== CLOSE_OBJECT || bytes[start] !== OPEN_OBJECT || bytes[name] !== QUOTE) return undefined;
  // A row that ends with an object or a list looks less like the lists inside of it.
  const before = bytes[comma - 2] === CLOSE_OBJECT || bytes[comma - 2] === CLOSE_LIST ? 2 : 1;
  return { bytes: bytes.slice(comma - before, textEnd(bytes, name) + 1), before, between: start - comma };
}

/** What the first two rows tell; `undefined` where there are no two, or none of the usual kind. */
function outlineOf(bytes: Uint8Array, operation: string): Outline | undefined {
  const open = afterSpaces(bytes, 0);
  const start = afterSpaces(bytes, open + 1);
  if (bytes[open] !== OPEN_LIST || bytes[start] !== OPEN_OBJECT) return undefined;
  const end = beforeSpaces(bytes);
  if (bytes[end] !== CLOSE_LIST) return undefined;
  const first = memberEnd(bytes, start, operation);
  if (typeof first === 'string' || bytes[first] !== COMMA) return undefined;
  const next = afterSpaces(bytes, first + 1);
  const seam = seamAt(bytes, first, next);
  const second = memberEnd(bytes, next, operation);
  if (seam === undefined || typeof second === 'string') return undefined;
  return { start, end, seam, known: [first, second] };
}

/** Whether what stands between the two first rows is found nowhere inside of them. */
function isTelling(bytes: Buffer, { start, seam, known: [first, second] }: Outline): boolean {
  const both = bytes.subarray(start, second);
  const place = first - seam.before - start;
  return both.indexOf(seam.bytes) === place && both.indexOf(seam.bytes, place + 1) < 0;
}

/** Where pieces of some rows seem to end; `undefined` where this is certainly wrong. It yields now and then. */
function* likelyEnds(bytes: Buffer, outline: Outline): Generator<void, number[] | undefined> {
  const { start, end, seam } = outline;
  if (!isTelling(bytes, outline)) return undefined;
  const found: number[] = [];
  let rest = start + STRIDE;
  for (let last = start; last < end; ) {
    const from = last + PIECE;
    const at = bytes.subarray(from, Math.min(end, last + LARGEST_PIECE)).indexOf(seam.bytes);
    const cut = at < 0 ? end : from + at + seam.before;
    if (cut - last > LARGEST_PIECE) return undefined;
    found.push(cut);
    last = cut;
    if (last > rest) {
      rest = last + STRIDE;
      yield;
    }
  }
  return found;
}

/** Rows that have been cut where they probably end. */
export class LikelyRows<T> implements Iterable<T> {
  readonly bytes: Buffer;
  readonly #ends: readonly number[];
  readonly #start: number;
  readonly #between: number;
  readonly #operation: string;

  constructor(bytes: Buffer, ends: readonly number[], { start, seam }: Outline, operation: string) {
    this.bytes = bytes;
    this.#ends = ends;
    this.#start = start;
    this.#between = seam.between;
    this.#operation = operation;
  }

  /**
   * The rows, a few of them parsed when the first of them is asked for.
   * @throws {ServerFailure} for what is no JSON, or nested too deep; {AnswerTooLarge}
   */
  *[Symbol.iterator](): Generator<T> {
    let start = this.#start;
    let count = 0;
    for (const end of this.#ends) {
      const rows = this.#parsed(start, end);
      if (rows === undefined) return yield* this.#oneByOne(start, count);
      count += rows.length;
      if (count > MOST_ROWS_AT_ONCE) throw this.#tooMany();
      for (const row of rows) yield row;
      start = end + this.#between;
    }
  }

  /** The rows from one place to another; `undefined` where this is no JSON. */
  #parsed(start: number, end: number): readonly T[] | undefined {
    let rows: readonly T[];
    try {
      rows = JSON.parse(`[${this.bytes.toString('utf8', start, end)}]`) as T[];
    } catch {
      return undefined;
    }
    if (isDeeperThan(DEEPEST, rows)) throw this.#failure('JSON that is nested too deep');
    return rows;
  }

  /** The rows from one on, after so many others, found byte by byte. */
  *#oneByOne(first: number, before: number): Generator<T> {
    let start = first;
    for (let count = before + 1; ; count += 1) {
      if (count > MOST_ROWS_AT_ONCE) throw this.#tooMany();
      const end = memberEnd(this.bytes, start, this.#operation);
      if (end === 'tooDeep') throw this.#failure('JSON that is nested too deep');
      const rows = end === 'cut' ? undefined : this.#parsed(start, end);
      if (end === 'cut' || rows?.length !== 1) throw this.#failure('broken JSON');
      yield rows[0] as T;
      if (isListEnd(this.bytes, end)) return;
      if (this.bytes[end] !== COMMA) throw this.#failure('broken JSON');
      start = afterSpaces(this.bytes, end + 1);
    }
  }

  #tooMany(): AnswerTooLarge {
    return new AnswerTooLarge(this.#operation, MOST_ROWS_AT_ONCE, 'rows');
  }

  #failure(what: string): ServerFailure {
    return new ServerFailure(`Manage answered with ${what}.`, { operation: this.#operation });
  }
}

/**
 * The rows of a JSON list, cut where they probably end; nothing is missing or wrong when they are read, whatever they look like, but
 * how many they are is known only then.
 * @param operation what answered, for errors
 * @returns `undefined` when the bytes are no list of several usual records: every byte has to be looked at
 * @throws {AnswerTooLarge} for a row that is too large to be parsed; the signal's reason
 */
export async function likelyRows<T>(
  body: Uint8Array,
  operation: string,
  signal: AbortSignal,
): Promise<LikelyRows<T> | undefined> {
  const outline = outlineOf(body, operation);
  if (outline === undefined) return undefined;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const ends = await byTurns(likelyEnds(bytes, outline), signal);
  return ends && new LikelyRows<T>(bytes, ends, outline, operation);
}
