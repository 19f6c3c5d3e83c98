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

// To look at every byte of a page takes as long as to parse it. Records of one server begin and end alike, so where they probably do is
// found by a native search; parsing proves it. A row begins where the one before it ended, and no JSON object is the beginning of a
// longer one: what parses as one, from there on, is the row and nothing else. Where a piece does not parse, it was cut in a wrong place
// (in a text, in a list inside a record) or is no JSON: from there on every byte is looked at.

/** Bytes that are searched in one go, some milliseconds of work at worst. */
const PIECE = 512 * 1024;

/** Larger rows are none of the usual ones, and could be made so as to take long to parse. */
const LARGEST_LIKELY = 64 * 1024;

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

/** Where rows seem to end; `undefined` where this is certainly wrong. It yields now and then. */
function* likelyEnds(bytes: Buffer, outline: Outline): Generator<void, number[] | undefined> {
  const { start, end, seam, known } = outline;
  const found: number[] = [];
  let last = start;
  const isUsual = (at: number): boolean => {
    const size = at - last;
    last = at;
    found.push(at);
    return size <= LARGEST_LIKELY && (known[found.length - 1] ?? at) === at;
  };
  for (let from = start; from < end; from += PIECE) {
    const piece = bytes.subarray(from, Math.min(end, from + PIECE + seam.bytes.length - 1));
    for (let at = piece.indexOf(seam.bytes); at >= 0; at = piece.indexOf(seam.bytes, at + 1))
      if (!isUsual(from + at + seam.before)) return undefined;
    if (found.length > MOST_ROWS_AT_ONCE) return undefined;
    yield;
  }
  return isUsual(end) ? found : undefined;
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

  /** How many rows there seem to be. */
  get likely(): number {
    return this.#ends.length;
  }

  /**
   * The rows, each of them parsed when it is asked for.
   * @throws {ServerFailure} for what is no JSON, or nested too deep; {AnswerTooLarge}
   */
  *[Symbol.iterator](): Generator<T> {
    let start = this.#start;
    for (const end of this.#ends) {
      const row = this.#parsed(start, end);
      if (row === undefined) return yield* this.#oneByOne(start);
      yield row as T;
      start = end + this.#between;
    }
  }

  #parsed(start: number, end: number): unknown {
    let row: unknown;
    try {
      row = JSON.parse(this.bytes.toString('utf8', start, end));
    } catch {
      return undefined;
    }
    // One level is the list.
    if (isDeeperThan(DEEPEST - 1, row)) throw this.#failure('JSON that is nested too deep');
    return row;
  }

  /** The rows from one on, found byte by byte. */
  *#oneByOne(first: number): Generator<T> {
    let start = first;
    for (let count = 1; ; count += 1) {
      if (count > MOST_ROWS_AT_ONCE) throw new AnswerTooLarge(this.#operation, MOST_ROWS_AT_ONCE, 'rows');
      const end = memberEnd(this.bytes, start, this.#operation);
      if (end === 'tooDeep') throw this.#failure('JSON that is nested too deep');
      const row = end === 'cut' ? undefined : this.#parsed(start, end);
      if (end === 'cut' || row === undefined) throw this.#failure('broken JSON');
      yield row as T;
      if (isListEnd(this.bytes, end)) return;
      if (this.bytes[end] !== COMMA) throw this.#failure('broken JSON');
      start = afterSpaces(this.bytes, end + 1);
    }
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
