import { createHash } from 'node:crypto';
import { pause } from '../../in-turns.ts';

/** From this many characters on, a text counts by its digest. */
const LONG = 4 * 1024;

/** Characters that are digested in one go. */
const PIECE = 256 * 1024;

/** The long texts in a JSON value, in its order. */
function longTexts(value: unknown): string[] {
  if (typeof value === 'string') return value.length > LONG ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(longTexts);
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
 * A text by which a JSON value is told apart from every other: its JSON, in which long texts, like files, stand as length and digest.
 * Writing them out would hold everybody else up.
 */
export async function keyTextOf(value: unknown): Promise<string> {
  const texts = longTexts(value);
  if (texts.length === 0) return JSON.stringify(value);
  const digests = new Map<string, string>();
  for (const text of texts) if (!digests.has(text)) digests.set(text, `${text.length} ${await digestOf(text)}`);
  // The same mark before every text, so that no short one looks like a digest, and one before the whole, which no JSON begins with.
  return `~${JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'string' ? (digests.get(inner) ?? `=${inner}`) : inner,
  )}`;
}
