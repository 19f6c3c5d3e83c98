import type { Expression } from './ast.ts';
import { all, any, field, likeLiteral } from './build.ts';
import { matcher } from './match.ts';

/** Letters with the accented ones that stand for them; SQL Server compares accents in default installations. */
const ACCENTED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: 'àáâãäåā',
    c: 'çćč',
    e: 'èéêëēę',
    i: 'ìíîïī',
    l: 'ł',
    n: 'ñńň',
    o: 'òóôõöøō',
    s: 'śšş',
    u: 'ùúûüū',
    y: 'ýÿ',
    z: 'źżž',
  }),
);
const BASE: ReadonlyMap<string, string> = new Map(
  [...ACCENTED].flatMap(([base, letters]) => [...letters].map((letter) => [letter, base] as const)),
);

const APOSTROPHES = "'’‘`´";
const HYPHENS = '-‐‑–';
const isOneOf = (set: string, character: string): boolean => set.includes(character);

/** Letters that people write as two, both ways: Müller and Mueller, Straße and Strasse. */
const DIGRAPHS: readonly (readonly [letter: string, pair: string])[] = [
  ['ä', 'ae'],
  ['ö', 'oe'],
  ['ü', 'ue'],
  ['ß', 'ss'],
  ['æ', 'ae'],
];

/** Words up to this length may hide a hyphen or a blank: wifi, email, backup. */
const LONGEST_JOINED = 6;
/** Characters of a whole query beyond which plain `contains` is used, so that the address stays within what servers take. */
const LONGEST_QUERY = 1_200;

/** A character of a pattern, with all that people write for it. */
function place(character: string): string {
  const base = BASE.get(character) ?? character;
  const accented = ACCENTED.get(base);
  if (accented !== undefined) return `[${base}${accented}]`;
  if (isOneOf(APOSTROPHES, character)) return `[${APOSTROPHES}]`;
  if (isOneOf(HYPHENS, character)) return `[- ${HYPHENS.slice(1)}]`;
  return likeLiteral(character);
}

const patternOf = (word: string): string => `%${[...word].map(place).join('')}%`;

const without = (word: string, set: string): string =>
  [...word].filter((character) => !isOneOf(set, character)).join('');

/** The ways to write a word: with and without its apostrophes and hyphens, its umlauts as one letter or two. */
function spellings(word: string): string[] {
  const found = new Set([word, without(word, APOSTROPHES), without(word, HYPHENS)]);
  for (const [letter, pair] of DIGRAPHS) {
    if (word.includes(letter)) found.add(word.replaceAll(letter, pair));
    if (word.includes(pair)) found.add(word.replaceAll(pair, letter));
  }
  found.delete('');
  return [...found];
}

/** Patterns that find `Wi-Fi` for `wifi`: a hyphen or blank at any one place inside a short word, spelt plainly. */
function joined(word: string): string[] {
  if (!/^[a-z]{4,}$/.test(word) || word.length > LONGEST_JOINED) return [];
  return [...word].slice(1).map((_, index) => `%${word.slice(0, index + 1)}[- ]${word.slice(index + 1)}%`);
}

const PHONE = /^\+?[\d\s().\-/]{7,25}$/;
const digitsOf = (text: string): string => text.replace(/\D/g, '');

/**
 * The digits of a phone number that are the same in every way to write it: without country code or trunk zero.
 * @returns `undefined` for what is no phone number
 */
function localDigits(text: string): string | undefined {
  const digits = digitsOf(text);
  if (!PHONE.test(text.trim()) || digits.length < 7 || digits.length > 15) return undefined;
  const isAbroad = text.trim().startsWith('+') && !digits.startsWith('1');
  return digits.slice(isAbroad ? -9 : -10);
}

/** Phone numbers that hold these digits in this order, whatever stands between them. */
export function phoneLike(path: string, text: string): Expression | undefined {
  const digits = localDigits(text);
  return digits === undefined ? undefined : field(path, 'like', `%${[...digits].join('%')}%`);
}

/** Whether two phone numbers are the same, in any form: with or without country code, blanks, brackets. */
export function samePhone(said: string, value: unknown): boolean {
  const digits = localDigits(said);
  return digits !== undefined && digitsOf(String(value ?? '')).includes(digits);
}

/** The phrases of a text: words, and what stands in double quotes. */
const phrasesOf = (text: string): string[] =>
  (text.match(/"[^"]+"|\S+/g) ?? []).map((phrase) => phrase.replace(/^"|"$/g, '')).filter((phrase) => phrase !== '');

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;

function forgiving(path: string, phrase: string): Expression {
  const word = phrase.normalize('NFC').toLowerCase();
  if (CONTROL.test(word)) return field(path, 'contains', phrase);
  const patterns = new Set([...spellings(word).map(patternOf), ...joined(word)]);
  return any(...[...patterns].map((pattern) => field(path, 'like', pattern))) as Expression;
}

const length = (expression: Expression): number =>
  expression.kind === 'comparison'
    ? encodeURIComponent(JSON.stringify(expression.value)).length
    : expression.terms.reduce((sum, term) => sum + length(term), 0);

const PERSON = /^\s*"?([^<>"]*)"?\s*<([^<>\s]+@[^<>\s]+)>\s*$/;

/**
 * Records whose text holds all words of another, in any order; a phrase in quotes as it stands; one of several sides of `OR`.
 * It forgives accents ("muller" finds Müller), apostrophes (Bob’s, Bob's, Bobs), hyphens (wifi, Wi-Fi), and takes the address of
 * `Name <address>`. Patterns are exact about all else, so that counts stay right; a very long text is looked for as it stands.
 */
export function wordsIn(path: string, text: string): Expression | undefined {
  const sides = text.split(/\s+OR\s+|\s*\|\s*/);
  if (sides.length > 1) return any(...sides.map((side) => wordsIn(path, side)));
  const [, name, address] = PERSON.exec(text) ?? [];
  if (address !== undefined) return any(wordsIn(path, name ?? ''), field(path, 'contains', address));
  const phrases = phrasesOf(text);
  const forgiven = all(...phrases.map((phrase) => forgiving(path, phrase)));
  if (forgiven === undefined || length(forgiven) <= LONGEST_QUERY) return forgiven;
  return all(...phrases.map((phrase) => field(path, 'contains', phrase)));
}

/** Whether a text holds the words of another as `wordsIn` finds them: for records that are looked through here. */
export function holdsWords(text: string, value: unknown): boolean {
  const expression = wordsIn('value', text);
  return expression === undefined || matcher(expression)({ value });
}
