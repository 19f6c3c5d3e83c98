import type { Expression } from './ast.ts';
import { all, any, field } from './build.ts';
import { print } from './print.ts';

/** Letters with their accented forms. Manage's usual collation tells accents apart. */
const ACCENTED: Readonly<Record<string, string>> = {
  a: 'aàáâãäåā',
  c: 'cçćč',
  d: 'dđ',
  e: 'eèéêëēę',
  g: 'gğ',
  i: 'iìíîïīı',
  l: 'lł',
  n: 'nñńň',
  o: 'oòóôõöøō',
  s: 'sśšş',
  t: 'tţ',
  u: 'uùúûüū',
  y: 'yýÿ',
  z: 'zźżž',
};

/** A letter of a `like` pattern that stands for its accented forms as well. */
export const withAccents = (letter: string): string => {
  const forms = ACCENTED[letter];
  return forms === undefined ? letter : `[${forms}]`;
};

const anyAccent = (word: string): string => [...word].map(withAccents).join('');

/** Two letters that are written for one where a keyboard lacks it: "Mueller", "Strasse". */
const PAIRS: readonly (readonly [pair: string, letter: string])[] = [
  ['ae', 'ä'],
  ['oe', 'ö'],
  ['ue', 'ü'],
  ['ss', 'ß'],
];

/** Punctuation inside a word that people leave out, put in or type in another form: "Wi-Fi", "O'Brien", "Bob’s". */
const MARK = "[-'’‘.]";
const MARKS = /[-'’‘.]+/g;
const WORD = /^[\p{L}\p{N}]+(?:[-'’‘.]+[\p{L}\p{N}]+)*$/u;
/** 10.0.0.1 and 2026-11 are what they are. */
const NUMBERED = /\d[-'’‘.]+\d/;
/** Shorter words would be found in everything, longer ones are no words. */
const FORGIVEN = { least: 3, most: 30 } as const;

const unaccented = (word: string): string => word.normalize('NFKD').replace(/\p{M}/gu, '');

/** Where a mark may stand in a word: where one was typed, after a prefix, before an ending. */
function placesOfMarks(typed: string, letters: string): number[] {
  const last = letters.length - 1;
  const usual = [1, 2, last - 2, last - 1, ...(letters.endsWith('s') ? [last] : [])];
  const pieces = typed.split(MARKS);
  const given = pieces.slice(0, -1).map((_, at) => pieces.slice(0, at + 1).join('').length);
  const places = [...new Set([...given, ...usual])];
  return places.filter((at) => at > 0 && at <= last && !/^\d\d$/.test(letters.slice(at - 1, at + 1)));
}

/** The `like` patterns of a word's other spellings. */
function spellings(typed: string): string[] {
  const letters = typed.toLowerCase().replace(MARKS, '');
  const bare = unaccented(letters);
  const marked = placesOfMarks(typed, bare).map((at) => `${bare.slice(0, at)}${MARK}${bare.slice(at)}`);
  const spelt = PAIRS.flatMap(([pair, letter]) => [
    ...(letters.includes(letter) ? [unaccented(letters.replaceAll(letter, pair))] : []),
    ...(bare.includes(pair) ? [bare.replaceAll(pair, letter)] : []),
  ]);
  return [anyAccent(bare), ...marked, ...spelt];
}

/** Records whose text holds a word in one of its spellings. */
function holds(path: string, word: string): Expression {
  const typed = asTyped(path, word);
  if (!isForgiven(word)) return typed;
  return any(typed, ...spellings(word).map((spelling) => field(path, 'like', `%${spelling}%`))) ?? typed;
}

const isForgiven = (word: string): boolean =>
  word.length >= FORGIVEN.least && word.length <= FORGIVEN.most && WORD.test(word) && !NUMBERED.test(word);

/**
 * Records whose texts hold all words of another, in any order; a phrase in quotes as it stands; one of several sides of `OR`.
 * Accents, apostrophes and hyphens may be missing or there: "muller" finds Müller, "wifi" Wi-Fi, and the other way round.
 * @param paths each word may be in any of these fields
 */
export const wordsIn = (paths: string | readonly string[], text: string): Expression | undefined =>
  wordsBy(holds, paths, text);

/** Of the 2,000 characters that a URL may have; the rest is for other filters, fields and order. */
const LONGEST_IN_URL = 1_300;

/**
 * As `wordsIn`, for collections that have no POST search: what would not fit into a URL is looked for as it was typed.
 * @param codes fields with codes and numbers, which have no other spellings
 */
export function briefWordsIn(
  { texts, codes = [] }: { readonly texts: readonly string[]; readonly codes?: readonly string[] },
  text: string,
): Expression | undefined {
  const fits = (found: Expression | undefined): boolean =>
    found === undefined || encodeURIComponent(print(found)).length <= LONGEST_IN_URL;
  const inCodes = wordsBy(asTyped, codes, text);
  const spelt = [holds, accented].map((holdsWord) => any(wordsBy(holdsWord, texts, text), inCodes));
  const inTexts = wordsBy(asTyped, texts, text);
  // What is still too long is refused where it is sent: never no filter at all.
  return [...spelt, wordsBy(asTyped, [...texts, ...codes], text)].find(fits) ?? inTexts;
}

/** A word as it was typed, and with other accents. */
function accented(path: string, word: string): Expression {
  const bare = unaccented(word.toLowerCase());
  if (!isForgiven(word)) return asTyped(path, word);
  return any(asTyped(path, word), field(path, 'like', `%${anyAccent(bare)}%`)) as Expression;
}

const asTyped = (path: string, word: string): Expression => field(path, 'contains', word);

function wordsBy(
  holdsWord: (path: string, word: string) => Expression,
  paths: string | readonly string[],
  text: string,
): Expression | undefined {
  const sides = text.split(/\s+OR\s+|\s*\|\s*/);
  if (sides.length > 1) return any(...sides.map((side) => wordsBy(holdsWord, paths, side)));
  const phrases = text.match(/"[^"]+"|\S+/g) ?? [];
  const among = typeof paths === 'string' ? [paths] : paths;
  return all(
    ...phrases.map((phrase) =>
      any(
        ...among.map((path) =>
          phrase.startsWith('"') ? asTyped(path, phrase.replace(/^"|"$/g, '')) : holdsWord(path, phrase),
        ),
      ),
    ),
  );
}
