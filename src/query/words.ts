import type { Expression } from './ast.ts';
import { all, any, field } from './build.ts';
import { print } from './print.ts';

/** Letters that have accented forms. */
const ACCENTED = /[acdegilnosuyz]/;
const before = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 1);
const after = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) + 1);

/**
 * A letter of a `like` pattern that stands for its accented forms as well, which Manage's usual collation tells apart: whatever is
 * no digit and no other letter. Shorter than a list of the forms, of which each takes six characters of a URL.
 */
export function withAccents(letter: string): string {
  if (!ACCENTED.test(letter)) return letter;
  const lower = letter === 'a' ? '' : `a-${before(letter)}`;
  const upper = letter === 'z' ? '' : `${after(letter)}-z`;
  return `[^0-9${lower}${upper}]`;
}

/** Two letters that are written for one where a keyboard lacks it: "Mueller", "Strasse". */
const PAIRS: readonly (readonly [pair: string, letter: string])[] = [
  ['ae', 'ä'],
  ['oe', 'ö'],
  ['ue', 'ü'],
  ['ss', 'ß'],
];

/** Punctuation inside a word that people leave out, put in or type in another form: "Wi-Fi", "O'Brien", "Bob’s". */
const MARK = '[^0-9a-z]';
const MARKS = /[-'’‘.]+/g;
const WORD = /^[\p{L}\p{N}]+(?:[-'’‘.]+[\p{L}\p{N}]+)*$/u;
/** 10.0.0.1 and 2026-11 are what they are. */
const NUMBERED = /\d[-'’‘.]+\d/;
/** Shorter words would be found in everything, longer ones are not words. */
const FORGIVEN = { least: 3, most: 30 } as const;
/** Characters of a URL that a whole text takes; what the other spellings of its words may add. */
const ROOM = 900;

const unaccented = (word: string): string => word.normalize('NFKD').replace(/\p{M}/gu, '');

/** Where a mark may be in a word, the likeliest first: where one was typed, after a prefix, before an ending. */
function placesOfMarks(typed: string, letters: string): number[] {
  const last = letters.length - 1;
  const pieces = typed.split(MARKS);
  const given = pieces.slice(0, -1).map((_, at) => pieces.slice(0, at + 1).join('').length);
  const usual = [...(letters.endsWith('s') ? [last] : []), 1, 2, last - 1, last - 2];
  const places = [...new Set([...given, ...usual])];
  return places.filter((at) => at > 0 && at <= last && !/^\d\d$/.test(letters.slice(at - 1, at + 1)));
}

/** The `like` patterns of a word's spellings, the likeliest first. */
function spellings(typed: string): string[] {
  const letters = typed.toLowerCase().replace(MARKS, '');
  const bare = unaccented(letters);
  const marked = placesOfMarks(typed, bare).map((at) => `${bare.slice(0, at)}${MARK}${bare.slice(at)}`);
  const spelt = PAIRS.flatMap(([pair, letter]) => [
    ...(letters.includes(letter) ? [unaccented(letters.replaceAll(letter, pair))] : []),
    ...(bare.includes(pair) ? [bare.replaceAll(pair, withAccents(letter.normalize('NFKD').charAt(0)))] : []),
  ]);
  return [[...bare].map(withAccents).join(''), ...spelt, ...marked].map((spelling) => `%${spelling}%`);
}

/**
 * Records whose text holds a word in one of its spellings, as many of them as fit.
 * @param room characters of the URL
 */
function holds(path: string, word: string, room: number): Expression {
  const { length } = word;
  if (length < FORGIVEN.least || length > FORGIVEN.most || !WORD.test(word) || NUMBERED.test(word))
    return asTyped(path, word);
  let left = room;
  const fitting = spellings(word)
    .map((spelling) => field(path, 'like', spelling))
    .filter((comparison) => {
      left -= encodeURIComponent(`${print(comparison)} OR `).length;
      return left >= 0;
    });
  return any(...fitting) ?? asTyped(path, word);
}

type Holds = (path: string, word: string) => Expression;

const asTyped: Holds = (path, word) => field(path, 'contains', word);

/** The phrases of each side of an `OR`. */
const phrasesOf = (text: string): string[][] =>
  text.split(/\s+OR\s+|\s*\|\s*/).map((side) => side.match(/"[^"]+"|\S+/g) ?? []);

function wordsBy(holdsWord: Holds, paths: readonly string[], text: string): Expression | undefined {
  const holdsPhrase = (phrase: string): Expression | undefined =>
    any(
      ...paths.map((path) =>
        phrase.startsWith('"') ? asTyped(path, phrase.replace(/^"|"$/g, '')) : holdsWord(path, phrase),
      ),
    );
  return any(...phrasesOf(text).map((phrases) => all(...phrases.map(holdsPhrase))));
}

/**
 * Records whose texts hold all words of another, in any order; a phrase in quotes as it stands; one of several sides of `OR`.
 * Accents, apostrophes and hyphens may be missing or there: "muller" finds Müller, "wifi" Wi-Fi, and the other way round. The
 * more words there are, the fewer spellings of each are looked for, so that the query fits into a URL.
 * @param paths each word may be in any of these fields
 * @param codes fields with codes and numbers, which have no other spellings: all words may be in one of those instead
 */
export function wordsIn(
  paths: string | readonly string[],
  text: string,
  codes: readonly string[] = [],
): Expression | undefined {
  const among = typeof paths === 'string' ? [paths] : paths;
  const room = ROOM / Math.max(1, phrasesOf(text).flat().length * among.length);
  return any(
    wordsBy((path, word) => holds(path, word, room), among, text),
    codes.length === 0 ? undefined : codesWith(text, codes),
  );
}

/** Characters of the URL that looking for words in codes may take. */
const ROOM_FOR_CODES = 700;

/** Records with a code that holds all words; of so many words that they cannot be a code, only those with the whole text. */
function codesWith(text: string, codes: readonly string[]): Expression | undefined {
  const byWords = wordsBy(asTyped, codes, text);
  const isShort = byWords !== undefined && encodeURIComponent(print(byWords)).length <= ROOM_FOR_CODES;
  return isShort ? byWords : any(...codes.map((code) => asTyped(code, text)));
}
