import { Buffer } from 'node:buffer';
import { pause } from '../in-turns.ts';
import { DEEPEST } from '../json.ts';
import { AnswerTooLarge, ServerFailure } from './errors.ts';

// Why not JSON.parse of each page: a stream of 50,000 tickets grows by 51 MB this way and by 249 MB that way (bench/paging.ts).

/** Rows of a list, in a list of any kind. */
export interface Rows<T> extends Iterable<T> {
  readonly length: number;
  at(index: number): T | undefined;
}

/** Rows that are still bytes. */
export interface UnparsedRows<T> extends Rows<T> {
  readonly bytes: Uint8Array;
  /** How long a row is. */
  sizeAt(index: number): number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Bytes of most texts. */
const SHORT = 64;

/** Where a text that begins at `start` ends: at its closing quote. */
function textEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  // Byte by byte: most texts are so short that a native search costs more than it saves.
  const near = Math.min(bytes.length, at + SHORT);
  while (at < near && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  if (at < near) return at;
  for (;;) {
    const quote = bytes.indexOf(QUOTE, at);
    if (quote < 0) return bytes.length;
    let before = quote;
    while (before > at && bytes[before - 1] === BACKSLASH) before -= 1;
    // An odd number of backslashes makes the quote a part of the text.
    if ((quote - before) % 2 === 0) return quote;
    at = quote + 1;
  }
}

/** A record is parsed in one go, so it must not be large; real ones have some kilobytes. */
export const LARGEST_RECORD = 4 * 1024 * 1024;

/** Rows of one answer: a page has 1,000 at most. */
export const MOST_ROWS_AT_ONCE = 50_000;

/** Bytes that are looked at in one go: a millisecond of work, or a few. */
const STRIDE = 128 * 1024;

/**
 * Where the members of a JSON list begin and end, by turns; `undefined` when the bytes are not a whole list, or one that is nested too
 * deep. It yields now and then, for others to have their turn.
 * @throws {AnswerTooLarge} for more rows than anybody asks for
 */
function* boundaries(bytes: Uint8Array, operation: string): Generator<void, number[] | undefined> {
  let at = 0;
  while (isSpace(bytes[at])) at += 1;
  if (bytes[at] !== OPEN_LIST) return undefined;
  const found: number[] = [];
  let depth = 1;
  let start = at + 1;
  let rest = at + STRIDE;
  const end = (position: number): void => {
    while (isSpace(bytes[start])) start += 1;
    if (start < position) found.push(start, position);
    start = position + 1;
  };
  for (at += 1; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) at = textEnd(bytes, at);
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth += 1;
      if (depth > DEEPEST) return undefined;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth -= 1;
      if (depth > 0) continue;
      end(at);
      for (at += 1; at < bytes.length; at += 1) if (!isSpace(bytes[at])) return undefined;
      return found;
    } else if (byte === COMMA && depth === 1) end(at);
    if (at > rest) {
      rest = at + STRIDE;
      if (found.length > 2 * MOST_ROWS_AT_ONCE) throw new AnswerTooLarge(operation, MOST_ROWS_AT_ONCE, 'rows');
      yield;
    }
  }
  return undefined;
}

class LazyRows<T> implements UnparsedRows<T> {
  readonly bytes: Buffer;
  readonly #boundaries: readonly number[];
  readonly #operation: string;

  constructor(bytes: Buffer, found: readonly number[], operation: string) {
    this.bytes = bytes;
    this.#boundaries = found;
    this.#operation = operation;
  }

  get length(): number {
    return this.#boundaries.length / 2;
  }

  at(index: number): T | undefined {
    const place = (index < 0 ? this.length + index : index) * 2;
    const start = this.#boundaries[place];
    if (start === undefined) return undefined;
    try {
      return JSON.parse(this.bytes.toString('utf8', start, this.#boundaries[place + 1])) as T;
    } catch {
      throw new ServerFailure('Manage answered with broken JSON.', { operation: this.#operation });
    }
  }

  sizeAt(index: number): number {
    return (this.#boundaries[index * 2 + 1] ?? 0) - (this.#boundaries[index * 2] ?? 0);
  }

  *[Symbol.iterator](): Generator<T> {
    for (let index = 0; index < this.length; index += 1) yield this.at(index) as T;
  }
}

/** What work that pauses now and then gives in the end; in its pauses others have their turn. @throws the signal's reason */
async function byTurns<T>(work: Generator<void, T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await pause(signal);
  }
}

/**
 * The rows of a JSON list, each parsed when it is read. A thousand parsed records live long enough to be taken for permanent by the
 * garbage collector, which then lets the memory grow; one at a time is gone at once. A long list is looked at in turns with
 * everything else that there is to do.
 * @param operation what answered, for errors
 * @returns `undefined` when the bytes are not a whole list
 * @throws {AnswerTooLarge} for a row that is too large to be parsed; the signal's reason
 */
export async function lazyRows<T>(
  body: Uint8Array,
  operation: string,
  signal: AbortSignal,
): Promise<UnparsedRows<T> | undefined> {
  const found = await byTurns(boundaries(body, operation), signal);
  if (found === undefined) return undefined;
  const rows = new LazyRows<T>(Buffer.from(body.buffer, body.byteOffset, body.byteLength), found, operation);
  for (let index = 0; index < rows.length; index += 1)
    if (rows.sizeAt(index) > LARGEST_RECORD) throw new AnswerTooLarge(operation, LARGEST_RECORD);
  return rows;
}

/** Whether bytes of JSON hold more levels of lists and objects than anybody has a use for. It yields now and then. */
function* tooDeep(bytes: Uint8Array): Generator<void, boolean> {
  let depth = 0;
  let rest = STRIDE;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) at = textEnd(bytes, at);
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth -= 1;
    if (at > rest) {
      rest = at + STRIDE;
      yield;
    }
  }
  return false;
}

/**
 * Whether an answer is nested so deep that parsing it would take far longer than its length tells, and that nothing could walk
 * through it. Looked at in turns with everything else that there is to do.
 * @throws the signal's reason
 */
export const isNestedTooDeep = (body: Uint8Array, signal: AbortSignal): Promise<boolean> =>
  byTurns(tooDeep(body), signal);

/** Whether a value is what `lazyRows` gives. */
export const isLazy = <T>(value: unknown): value is UnparsedRows<T> => value instanceof LazyRows;

/** Larger than asked for, so that the next page, which is never quite as long, fits as well. */
const SPARE = 1.25;

/**
 * Memory for the pages of one stream, used again when a page has been read. Fresh memory for each page would be given back only
 * when the garbage collector comes by, and it comes late for memory outside of its heap.
 */
export class PageBuffers {
  readonly #free: ArrayBufferLike[] = [];

  /** At least this many bytes; what they held before is still in them. */
  take(length: number): Uint8Array {
    const fits = this.#free.findIndex(({ byteLength }) => byteLength >= length);
    const [buffer = new ArrayBuffer(Math.ceil(length * SPARE))] = fits < 0 ? [] : this.#free.splice(fits, 1);
    return new Uint8Array(buffer, 0, length);
  }

  /** Gives bytes of `take`, or a part of them, back; nobody may look at them any more. */
  give({ buffer }: Uint8Array): void {
    this.#free.push(buffer);
  }
}
