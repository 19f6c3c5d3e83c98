import { createHash } from 'node:crypto';
import { pause } from './in-turns.ts';

/** From this many characters on, a text counts by its digest. */
const LONG = 64 * 1024;

/** Characters that are digested in one go. */
const PIECE = 256 * 1024;

type Place = readonly (string | number)[];

/** The long texts in a JSON value, and where they stand. */
function longTexts(value: unknown, place: Place = []): (readonly [Place, string])[] {
  if (typeof value === 'string') return value.length > LONG ? [[place, value]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => longTexts(inner, [...place, name]));
}

/** The digest of a text, made in turns with everything else. */
async function digestOf(text: string): Promise<string> {
  const hash = createHash('sha256');
  for (let start = 0; start < text.length; start += PIECE) {
    // Exact, also for halves of characters.
    hash.update(text.slice(start, start + PIECE), 'utf16le');
    await pause();
  }
  return hash.digest('hex');
}

/**
 * A text by which a JSON value is told apart from every other: its JSON, in which long texts, like files, are left out and follow as
 * length and digest. Writing them out would hold everybody else up.
 */
export async function keyTextOf(value: unknown): Promise<string> {
  const texts = longTexts(value);
  if (texts.length === 0) return JSON.stringify(value);
  const short = JSON.stringify(value, (_name, inner) =>
    typeof inner === 'string' && inner.length > LONG ? null : inner,
  );
  const digests: unknown[] = [];
  for (const [place, text] of texts) digests.push([place, text.length, await digestOf(text)]);
  return `${short}\n${JSON.stringify(digests)}`;
}
