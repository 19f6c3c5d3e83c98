import type { Expression } from './ast.ts';
import { all, any, field } from './build.ts';
import { WhereError } from './errors.ts';
import { print } from './print.ts';

/**
 * The accented forms of letters: first those of western Europe, then those of its east and Turkey. Listed: with whatever is
 * no other letter in their place, a hyphen as well, "NAS" would be found in "SOYLEN-SER".
 */
const FORMS: Readonly<Record<string, readonly [usual: string, rarer: string]>> = {
  a: ['áàâäãå', 'ąăā'],
  c: ['ç', 'ćč'],
  d: ['', 'ďđ'],
  e: ['éèêë', 'ęěē'],
  g: ['', 'ğ'],
  i: ['íìîï', 'ıī'],
  l: ['', 'ł'],
  n: ['ñ', 'ńň'],
  o: ['óòôöõø', 'őō'],
  s: ['š', 'śşș'],
  u: ['úùûü', 'ůűū'],
  y: ['ýÿ', ''],
  z: ['ž', 'źż'],
};

/** The pattern of a word whose letters stand for their accented forms, all of them or the usual ones only. */
const accented = (word: string, which: 'all' | 'usual'): string =>
  [...word]
    .map((letter) => {
      const [usual = '', rarer = ''] = FORMS[letter] ?? [];
      const forms = which === 'all' ? usual + rarer : usual;
      return forms === '' ? letter : `[${letter}${forms}]`;
    })
    .join('');

/** Two letters that are written for one where a keyboard lacks it: "Mueller", "Strasse". */
const PAIRS: readonly (readonly [pair: string, letter: string])[] = [
  ['ae', 'ä'],
  ['oe', 'ö'],
  ['ue', 'ü'],
  ['ss', 'ß'],
];

/** Punctuation inside a word that people leave out, put in or type in another form: "Wi-Fi", "O'Brien", "Bob’s". No blank. */
const MARK = "['’.-]";
const MARKS = /[-'’‘.]+/g;
const WORD = /^[\p{L}\p{N}]+(?:[-'’‘.]+[\p{L}\p{N}]+)*$/u;
/** 10.0.0.1 and 2026-11 are what they are. */
const NUMBERED = /\d[-'’‘.]+\d/;
/** Shorter words would be found in everything, longer ones are not words. */
const FORGIVEN = { least: 3, most: 30 } as const;
/** Shorter words are met wherever two others are joined: "win" in "Wi-Net". */
const LEAST_MARKED = 4;
/** The same of words with an elided letter: "disk" is not d'Isk. */
const LEAST_ELIDED = 6;
/** What a word begins after, and what may stand between the letters and the digits of a code. */
const BORDER = '[^0-9a-z]';
/** Characters of a URL that a whole text takes; what the other spellings of its words may add. */
const ROOM = 700;

const unaccented = (word: string): string => word.normalize('NFKD').replace(/\p{M}/gu, '');

/** A word without its marks, in lower case. */
const lettersOf = (word: string): string => word.toLowerCase().replace(MARKS, '');

/** Where a mark may be in a word that was typed without it, the likeliest first: after a prefix, before an ending. */
function placesOfMarks(letters: string): number[] {
  if (letters.length < LEAST_MARKED) return [];
  const last = letters.length - 1;
  const usual = [...(letters.endsWith('s') ? [last] : []), 1, 2, last - 1, last - 2];
  return [...new Set(usual)].filter((at) => at > 0 && at <= last && !/^\d\d$/.test(letters.slice(at - 1, at + 1)));
}

/** Words that are written as two as well, a verb and where it goes: "backup", "login". */
const COMPOUND =
  /^(?:([a-z]{3,})(up|off|out|over|down)|(log|sign|check|plug)(in)|(log|sign|add)(on)|(roll|call)(back))$/;

/** The patterns of a word that is written as two: "back up", with nothing behind it but another word or the end. */
function inTwo(bare: string): string[] {
  const [head, tail] = (COMPOUND.exec(bare) ?? []).slice(1).filter((part) => part !== undefined);
  const apart = `${head} ${tail}`;
  return head === undefined ? [] : [`%${apart}`, `%${apart}${BORDER}%`];
}

/** A letter that loses its vowel before another one: L'Oréal, d'Été. */
const ELIDED = /^[cdjlmnst](?=[aeiouy])/;

/** The patterns of a word with such a letter before it, and accents behind. */
const elided = (bare: string): string[] => {
  const spelling = `${bare[0]}${MARK}${accented(bare.slice(1), 'usual')}`;
  return ELIDED.test(bare) && bare.length >= LEAST_ELIDED ? [`${spelling}%`, `%${BORDER}${spelling}%`] : [];
};

/**
 * The `like` patterns of a word's spellings, the likeliest first. Where a mark was typed, it may be another one anywhere; where none
 * was, the word begins with the pattern, or the end of one and the beginning of the next would be found: "mess" in "ACME-SSD".
 */
function spellings(typed: string): string[] {
  const letters = lettersOf(typed);
  const bare = unaccented(letters);
  const pieces = unaccented(typed.toLowerCase()).split(MARKS);
  const asGiven = pieces.length > 1 ? [pieces.map((piece) => accented(piece, 'usual')).join(MARK)] : [];
  const marked = placesOfMarks(bare).map((at) => `${bare.slice(0, at)}${MARK}${bare.slice(at)}`);
  const spelt = PAIRS.flatMap(([pair, letter]) => [
    ...(letters.includes(letter) ? [unaccented(letters.replaceAll(letter, pair))] : []),
    // Not the letter without its accent: "blue" is not in "blurred".
    ...(bare.includes(pair) ? [bare.replaceAll(pair, letter)] : []),
  ]);
  return [
    ...[...asGiven, ...spelt].map((spelling) => `%${spelling}%`),
    ...inTwo(bare),
    ...elided(bare),
    ...marked.flatMap((spelling) => [`${spelling}%`, `%${BORDER}${spelling}%`]),
  ];
}

/** Characters of a URL that a comparison takes. */
const lengthOf = (comparison: Expression): number => encodeURIComponent(`${print(comparison)} OR `).length;

/**
 * Records whose text holds a word in one of its spellings, as many of them as fit.
 * @param room characters of the URL
 */
function holds(path: string, word: string, room: number): Expression {
  const { length } = word;
  if (length < FORGIVEN.least || length > FORGIVEN.most || !WORD.test(word) || NUMBERED.test(word))
    return asTyped(path, word);
  const plain = (['all', 'usual'] as const)
    .map((which) => accented(unaccented(lettersOf(word)), which))
    .find((pattern) => lengthOf(field(path, 'like', `%${pattern}%`)) <= room);
  if (plain === undefined) return asTyped(path, word);
  // With its mark or an accent that is not listed, no other spelling may be the word itself.
  const itself = /[^a-z0-9]/i.test(word) ? [asTyped(path, word)] : [];
  let left = room;
  const fitting = [`%${plain}%`, ...spellings(word)]
    .map((spelling) => field(path, 'like', spelling))
    .filter((comparison) => {
      left -= lengthOf(comparison);
      return left >= 0;
    });
  return any(...itself, ...fitting) ?? asTyped(path, word);
}

type Holds = (path: string, word: string) => Expression;

const asTyped: Holds = (path, word) => field(path, 'contains', word);

/** Quotes and dashes in the form of a keyboard; what cannot be seen is nothing. */
const typed = (text: string): string =>
  text
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[“”„‟«»]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-');

/** What sentences and patterns put around a word; "C++", ".NET" and "50%" are as they are. */
const AROUND = /^[([{<¿¡*'%]+(?=[^%*])|(?<=[^%*])(?:(?<!\d)%|[)\]}>.,;:!?…*'])+$/g;
/** Two words with a slash between them; "24/7" is one. */
const SLASHED = /(?<=\p{L}{2})\/(?=\p{L}{2})/gu;

/** How search engines are told to leave a word out. */
const LEFT_OUT = /^(?:NOT|-\p{L}.*)$/u;

/** The words and phrases of a text. Punctuation by itself is none, unless there is nothing else. */
function pieces(side: string): string[] {
  const found = side.match(/"[^"]+"|\S+/g) ?? [];
  const words = found.flatMap((piece) =>
    piece.startsWith('"') ? [piece] : piece.split(SLASHED).map((word) => word.replace(AROUND, '')),
  );
  const left = words.find((word, at) => at > 0 && LEFT_OUT.test(word));
  if (left !== undefined)
    throw new WhereError(
      'text',
      `A text finds what has its words and cannot leave any out (${JSON.stringify(left)}); where can: {"field": "summary", "op": "notContains", "value": "..."}.`,
    );
  const telling = words.filter((word) => word !== 'AND' && /[\p{L}\p{N}]/u.test(word));
  return telling.length > 0 ? telling : found;
}

/** The phrases of each side of an `OR`. */
const phrasesOf = (text: string): string[][] =>
  typed(text)
    .split(/\s+OR\s+|\s*\|\s*/)
    .map(pieces);

function wordsBy(holdsWord: Holds, paths: readonly string[], text: string): Expression | undefined {
  const holdsPhrase = (phrase: string): Expression | undefined =>
    any(
      ...paths.map((path) =>
        phrase.startsWith('"') ? asTyped(path, phrase.replace(/^"|"$/g, '') || phrase) : holdsWord(path, phrase),
      ),
    );
  // A text without a word in it, as "|", is looked for as it is.
  return any(...phrasesOf(text).map((phrases) => all(...phrases.map(holdsPhrase)))) ?? holdsPhrase(text);
}

/**
 * Records whose texts hold all words of another, in any order; a phrase in quotes as it stands; one of several sides of `OR`.
 * Accents, apostrophes and hyphens may be missing or there: "muller" finds Müller, "wifi" Wi-Fi, and the other way round. The
 * more words there are, the fewer spellings of each are looked for, so that the query fits into a URL.
 * @throws {WhereError} for a word that is to be left out, which would be looked for instead
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

/** Where a code goes from letters to digits or back, which is where people leave out or put in a mark. */
const TURN = /(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])/g;
const CODE = /^[a-z]+[-_. ]?\d+[a-z]?$|^\d+[-_. ]?[a-z]+$/;

/** A code in one of its spellings: "LT14" finds LT-14, and the other way round. Its digits are what they are. */
const holdsCode: Holds = (path, word) => {
  const plain = word.toLowerCase();
  if (!CODE.test(plain)) return asTyped(path, word);
  const letters = plain.replace(/[-_. ]/g, '');
  return any(
    asTyped(path, word),
    ...(letters === plain ? [] : [asTyped(path, letters)]),
    field(path, 'like', `%${letters.replace(TURN, BORDER)}%`),
  ) as Expression;
};

/** Characters of the URL that looking for words in codes may take. */
const ROOM_FOR_CODES = 700;

/** Records with a code that holds all words; of so many words that they cannot be a code, only those with the whole text. */
function codesWith(text: string, codes: readonly string[]): Expression | undefined {
  const byWords = wordsBy(holdsCode, codes, text);
  const isShort = byWords !== undefined && encodeURIComponent(print(byWords)).length <= ROOM_FOR_CODES;
  return isShort ? byWords : any(...codes.map((code) => asTyped(code, text)));
}
