import type { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { isHeld, pause, turn } from '../in-turns.ts';
import { isRecord, isTooDeep } from '../json.ts';

/** Longest message, in bytes; the same over stdio and HTTP. */
export const LONGEST = 10 * 1024 * 1024;

/** How a long message is read. All in bytes. */
interface Sizes {
  /** A message up to this is parsed in one go: that takes some milliseconds at most. */
  readonly plain: number;
  /** From this on, a text is read by itself. */
  readonly text: number;
  /** What is read of a text between two turns; more than an escape has. */
  readonly piece: number;
  /** Most that a message may have beside its long texts: members and items cost a multiple of what their bytes do. */
  readonly rest: number;
}

const KB = 1024;
const SIZES: Sizes = { plain: 128 * KB, text: 4 * KB, piece: 256 * KB, rest: 128 * KB };

/** A message that would hold everybody else up, and that nobody means: it says what is too large. */
export class TooLarge extends Error {}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Whether a character of text begins before this byte of UTF-8. */
const isInCharacter = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Whether the byte at `at` is escaped, or begins what it would be part of, by an uneven number of backslashes before it. */
function isEscaped(bytes: Buffer, from: number, at: number): boolean {
  let first = at;
  while (first > from && bytes[first - 1] === BACKSLASH) first -= 1;
  return (at - first) % 2 === 1;
}

/** The last place up to `to` that parts neither a character nor an escape, in a text that is whole at `from`. */
function cutBefore(bytes: Buffer, from: number, to: number): number {
  if (to >= bytes.length) return bytes.length;
  let cut = to;
  while (to - cut < 3 && isInCharacter(bytes[cut])) cut -= 1;
  // Four such bytes are no character, and what stands before the last of them is over.
  if (isInCharacter(bytes[cut])) cut = to;
  // The longest escape has six bytes: \u0041.
  for (let at = cut - 1; at >= Math.max(from, cut - 5); at -= 1)
    if (bytes[at] === BACKSLASH) return isEscaped(bytes, from, at + 1) ? at : cut;
  return cut;
}

/** The quote that ends a text, if it stands before `to`; the text is whole at `from`. */
function endBefore(bytes: Buffer, from: number, to: number): number | undefined {
  for (let at = bytes.indexOf(QUOTE, from); at >= 0 && at < to; at = bytes.indexOf(QUOTE, at + 1))
    if (!isEscaped(bytes, from, at)) return at;
  return undefined;
}

/**
 * Where the text that begins at `start` can be parted, from there to the quote that ends it.
 * @throws {SyntaxError} when it does not end
 */
async function cutsOf(bytes: Buffer, start: number, piece: number): Promise<readonly number[]> {
  const cuts = [start];
  for (let from = start; from < bytes.length; ) {
    const cut = cutBefore(bytes, from, from + piece);
    const end = endBefore(bytes, from, cut);
    cuts.push(end ?? cut);
    if (end !== undefined) return cuts;
    from = cut;
    await pause();
  }
  throw new SyntaxError('A text does not end.');
}

/** The text between cuts, read in turns. @throws {SyntaxError} */
async function textBetween(bytes: Buffer, cuts: readonly number[]): Promise<string> {
  const pieces: string[] = [];
  for (const [index, end] of cuts.slice(1).entries()) {
    pieces.push(JSON.parse(`"${bytes.toString('utf8', cuts[index], end)}"`) as string);
    await pause();
  }
  return pieces.join('');
}

/** A value with texts in place of what stands for them. */
function filledIn(value: unknown, texts: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return texts.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => filledIn(item, texts));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [texts.get(name) ?? name, filledIn(inner, texts)]),
  );
}

/**
 * Reads JSON as `JSON.parse` does, a long one in turns with everything else: its long texts, like files, are taken out and read in
 * pieces, and the rest is parsed without them. One that is nested too deep comes without its texts.
 * @throws {SyntaxError} for what is no JSON
 * @throws {TooLarge} for a long one that is not long by its texts, or by its id
 */
export async function parseMessage(bytes: Buffer, { plain, text, piece, rest }: Sizes = SIZES): Promise<unknown> {
  if (bytes.length <= plain) return JSON.parse(bytes.toString('utf8'));
  // It was put together just now.
  await pause();
  // Nobody can send what stands for a text: it is made up anew for each message.
  const mark = randomUUID();
  const texts = new Map<string, string>();
  let kept = '';
  let keptTo = 0;
  let at = bytes.indexOf(QUOTE);
  while (at >= 0 && kept.length + at - keptTo <= rest) {
    const cuts = await cutsOf(bytes, at + 1, piece);
    const end = cuts.at(-1) ?? at;
    if (end - at > text) {
      const name = `${mark} ${texts.size}`;
      kept += bytes.toString('utf8', keptTo, at + 1) + name;
      keptTo = end;
      texts.set(name, await textBetween(bytes, cuts));
    }
    if (isHeld()) await turn();
    at = bytes.indexOf(QUOTE, end + 1);
  }
  if (kept.length + bytes.length - keptTo > rest)
    throw new TooLarge(`A message may have ${SIZES.rest / KB} KB beside its texts of over ${SIZES.text / KB} KB.`);
  const value: unknown = JSON.parse(kept + bytes.toString('utf8', keptTo));
  // An answer repeats it, and looks for the call that it belongs to.
  if (isRecord(value) && texts.has(String(value.id)))
    throw new TooLarge(`The id of a message may have ${SIZES.text / KB} KB.`);
  return isTooDeep(value) ? value : filledIn(value, texts);
}
