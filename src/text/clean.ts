import { decodeEntities } from './entities.ts';
import { withoutHidden } from './hidden.ts';
import { type Reading, withoutMarkup } from './markup.ts';
import type { Steps } from './steps.ts';

declare const brand: unique symbol;

/**
 * Text that a model, a person and a terminal can take as nothing but text. Only this folder makes it, from text from outside
 * ({@link clean}) or from our own words (`say`).
 */
export type Clean = string & { readonly [brand]: true };

/**
 * What is in every text that cleaning changes, blanks aside: quick to tell, and most names, numbers and JSON have nothing of it. A
 * bracket alone is text; a link or an image needs what stands behind it.
 */
const SUSPICIOUS = /[^ -~\n]|[<&]|!\[|\][([]/;

/** Space that is not one blank between two words. */
const OTHER_SPACE = /\s\s|[^\S ]/;

/** Rounds after which a text that still changes is taken apart instead of understood: fewer for a long one, which costs more. */
const MOST_ROUNDS = 8;
const MOST_ROUNDS_OF_LONG = 3;
const LONG = 20_000;

/**
 * Longer texts are cut before they are cleaned, because no answer shows as much, and cleaning holds up everybody else. What is
 * left stays below this even where every character gets a space beside it, so that it is not cut again.
 */
const LONGEST = 84_000;
const LEFT_OF_LONGER = 41_500;

/** No blank at a line's end, at most one empty line, nothing around it. */
function tidy(text: string): string {
  if (!text.includes('\n')) return text.trim();
  const lines = text.split('\n').map((line) => line.trimEnd());
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function round(text: string, steps?: Steps): Reading {
  const read = withoutMarkup(decodeEntities(withoutHidden(text), steps), steps);
  return { text: tidy(read.text), inert: read.inert === undefined ? undefined : tidy(read.inert) };
}

/** A space into everything that could be a part of markup: nothing is left to understand, nothing is lost. */
const takenApart = (text: string): string =>
  tidy(withoutHidden(withoutHidden(text)).replace(/[<&](?=\S)|!(?=\[)|\](?=[([])/g, '$& '));

/**
 * What {@link clean} does, with a count of the characters looked at. Decoding and removing can make new markup, so it is done
 * until nothing changes; each round reads the text a fixed number of times.
 */
export function cleanedText(text: string, steps?: Steps): string {
  if (!SUSPICIOUS.test(text)) return tidy(text);
  let cleaned = text;
  const most = text.length > LONG ? MOST_ROUNDS_OF_LONG : MOST_ROUNDS;
  for (let count = 0; count < most; count += 1) {
    const before = cleaned;
    const read = round(before, steps);
    cleaned = read.text;
    if (cleaned !== before) continue;
    // What is left of markup could be ended by what follows it: a space makes it text.
    cleaned = read.inert ?? before;
    if (cleaned === before) return cleaned;
  }
  return takenApart(cleaned);
}

const withinLongest = (text: string): string =>
  text.length > LONGEST
    ? `${text.slice(0, LEFT_OF_LONGER)}... [cut: ${LEFT_OF_LONGER} of ${text.length} characters]`
    : text;

/** Digits after the point: a third of something is no row of threes. A smaller number keeps what it begins with. */
const MOST_DIGITS = 4;
const SMALL = 0.01;

/** A number as people read it: `0.3333`, `14`. */
const shownNumber = (value: number): string =>
  Number.isInteger(value) || !Number.isFinite(value)
    ? String(value)
    : String(Number(Math.abs(value) < SMALL ? value.toPrecision(MOST_DIGITS) : value.toFixed(MOST_DIGITS)));

/**
 * Text from outside as plain text, line breaks kept: without markup and invisible characters, entities decoded, links told
 * with their target, images named `[image]`. Code and `List<string>` stay. Cleaning what is clean changes nothing. A text of more
 * than 84,000 characters is cut, and marked as cut.
 * @param outside a text, a number or a switch; a list of them is joined with commas; a record or nothing is empty
 */
export function clean(outside: unknown): Clean {
  if (typeof outside === 'string') return cleanedText(withinLongest(outside)) as Clean;
  if (typeof outside === 'number') return shownNumber(outside) as Clean;
  if (typeof outside === 'boolean' || typeof outside === 'bigint') return String(outside) as Clean;
  if (outside instanceof Date) return (Number.isNaN(outside.valueOf()) ? '' : outside.toISOString()) as Clean;
  if (Array.isArray(outside))
    return outside
      .filter((item) => !Array.isArray(item))
      .map(clean)
      .filter((item) => item !== '')
      .join(', ') as Clean;
  return '' as Clean;
}

/** {@link clean} on one line, for cells, names and messages. */
export function cleanLine(outside: unknown): Clean {
  const text = clean(outside);
  return OTHER_SPACE.test(text) ? (text.replace(/\s+/g, ' ') as Clean) : text;
}
