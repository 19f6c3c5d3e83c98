import { pause } from '../../in-turns.ts';
import { DEEPEST } from '../../json.ts';
import { AnswerTooLarge } from '../errors.ts';

// Where the values in bytes of JSON begin and end. Nothing is parsed, so that nothing is made which has to be collected.

export const QUOTE = 0x22;
const BACKSLASH = 0x5c;
export const COMMA = 0x2c;
const COLON = 0x3a;
export const OPEN_LIST = 0x5b;
export const CLOSE_LIST = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Spaces between two values that are skipped in one go; nobody writes more. */
const MOST_SPACES = 64 * 1024;

/** The next place that is no space, from `at` on; among more spaces than anybody writes, one of them. */
export function afterSpaces(bytes: Uint8Array, at: number): number {
  let next = at;
  while (isSpace(bytes[next]) && next - at < MOST_SPACES) next += 1;
  return next;
}

/** The last place that is no space, or one of more spaces than anybody writes. */
export function beforeSpaces(bytes: Uint8Array): number {
  let last = bytes.length - 1;
  while (isSpace(bytes[last]) && bytes.length - last < MOST_SPACES) last -= 1;
  return last;
}

/** Bytes of most texts. */
const SHORT = 64;

/** Where a text that begins at `start` ends: at its closing quote. */
export function textEnd(bytes: Uint8Array, start: number): number {
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

/**
 * Values in one record, which take longer to be parsed than their bytes tell; a report of 1,000 rows has some ten thousand. Those that
 * have a name count twice: a name that was not there before takes long.
 */
const MOST_VALUES = 100_000;

/** Rows of one answer: a page has 1,000 at most. */
export const MOST_ROWS_AT_ONCE = 50_000;

/** Bytes that are looked at in one go: a millisecond of work, or a few. */
const STRIDE = 128 * 1024;

/**
 * Where a member of a list that begins at `start` ends: at the comma behind it, or at the list's bracket.
 * @returns `cut` when the bytes end before; `tooDeep` when it is nested deeper than anything that anybody has a use for
 * @throws {AnswerTooLarge} when it is too large to be parsed, or holds too many values
 */
export function memberEnd(bytes: Uint8Array, start: number, operation: string): number | 'cut' | 'tooDeep' {
  let depth = 1;
  let values = 0;
  const most = start + LARGEST_RECORD;
  for (let at = start; at < bytes.length; at += 1) {
    if (at > most) throw new AnswerTooLarge(operation, LARGEST_RECORD);
    if (values > MOST_VALUES) throw new AnswerTooLarge(operation, MOST_VALUES, 'values');
    const byte = bytes[at];
    if (byte === QUOTE) at = textEnd(bytes, at);
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth += 1;
      values += 1;
      if (depth > DEEPEST) return 'tooDeep';
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth -= 1;
      if (depth === 0) return at;
    } else if (byte === COMMA) {
      if (depth === 1) return at;
      values += 1;
    } else if (byte === COLON) values += 1;
  }
  return 'cut';
}

/** Whether bytes begin as a list does, whole or not. */
export const isListBegun = (bytes: Uint8Array): boolean => bytes[afterSpaces(bytes, 0)] === OPEN_LIST;

/** Whether a list ends at a place, and nothing follows. */
export const isListEnd = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === CLOSE_LIST && afterSpaces(bytes, at + 1) === bytes.length;

/**
 * Where the members of a JSON list begin and end, by turns; `undefined` when the bytes are not a whole list, or one that is nested too
 * deep. It yields now and then, for others to have their turn.
 * @throws {AnswerTooLarge} for more rows than anybody asks for, and for a row that is too large to be parsed
 */
export function* boundaries(bytes: Uint8Array, operation: string): Generator<void, number[] | undefined> {
  let at = afterSpaces(bytes, 0);
  if (bytes[at] !== OPEN_LIST) return undefined;
  const found: number[] = [];
  for (let rest = at + STRIDE; ; ) {
    const start = afterSpaces(bytes, at + 1);
    const end = memberEnd(bytes, start, operation);
    if (typeof end === 'string') return undefined;
    const isLast = isListEnd(bytes, end);
    if (start < end) found.push(start, end);
    else return isLast && found.length === 0 ? found : undefined;
    if (isLast) return found;
    if (bytes[end] !== COMMA) return undefined;
    at = end;
    if (at > rest) {
      rest = at + STRIDE;
      if (found.length > 2 * MOST_ROWS_AT_ONCE) throw new AnswerTooLarge(operation, MOST_ROWS_AT_ONCE, 'rows');
      yield;
    }
  }
}

/** What work that pauses now and then gives in the end; in its pauses others have their turn. @throws the signal's reason */
export async function byTurns<T>(work: Generator<void, T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await pause(signal);
  }
}

/** Whether bytes of JSON hold more levels of lists and objects than anybody has a use for. It yields now and then. */
function* tooDeep(bytes: Uint8Array, operation: string): Generator<void, boolean> {
  let depth = 0;
  let values = 0;
  let rest = STRIDE;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) at = textEnd(bytes, at);
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth += 1;
      values += 1;
      if (depth > DEEPEST) return true;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth -= 1;
    else if (byte === COMMA || byte === COLON) values += 1;
    if (at > rest) {
      rest = at + STRIDE;
      if (values > MOST_VALUES) throw new AnswerTooLarge(operation, MOST_VALUES, 'values');
      yield;
    }
  }
  if (values > MOST_VALUES) throw new AnswerTooLarge(operation, MOST_VALUES, 'values');
  return false;
}

/**
 * Whether a record is nested so deep that parsing it would take far longer than its length tells, and that nothing could walk
 * through it. Looked at in turns with everything else that there is to do.
 * @throws {AnswerTooLarge} when it holds too many values; the signal's reason
 */
export const isNestedTooDeep = (body: Uint8Array, operation: string, signal: AbortSignal): Promise<boolean> =>
  byTurns(tooDeep(body, operation), signal);
