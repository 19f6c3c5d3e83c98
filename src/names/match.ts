import { closest, distance } from '../api/closest.ts';
import type { Named } from './kind.ts';

/** Letters that have no accent to lose, as people type them. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** No name is longer; one ligature can stand for eighteen letters, and comparing takes the square of their number. */
const LONGEST = 500;

/**
 * A name as it sounds: lower case, no accents, apostrophes or ligatures, one blank for any other punctuation. `O’Brien & Söhne`
 * gives `obrien and sohne`. A text of punctuation alone stays as it is.
 */
export function folded(text: string): string {
  const letters = text
    .toLowerCase()
    .replace(/['’‘ʼ`´\p{Cf}]/gu, '')
    .replace(/ & /g, ' and ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST);
  return letters === '' ? text.trim().toLowerCase() : letters;
}

const wordsOf = (name: string): string[] => name.split(' ');
const digitsOf = (name: string): string[] => name.match(/\d+/g) ?? [];

/** Without blanks, apart from those between digits: 1.2 is not 12. */
const squeezed = (name: string): string => name.replace(/(?<!\d) | (?!\d)/g, '');

/** Whether two names are the same but for letter case, blanks, punctuation and accents; digits stay apart as they are written. */
export const sameName = (a: string, b: string): boolean => squeezed(folded(a)) === squeezed(folded(b));

/** First letters, numbers whole: `priority 1 critical` gives `p1c`. */
const abbreviated = (name: string): string =>
  wordsOf(name)
    .map((word) => (/^\d/.test(word) ? word : (word[0] ?? '')))
    .join('');

/** Whether a place in a text is inside a number. */
const cutsNumber = (text: string, at: number): boolean => /\d/.test(text[at - 1] ?? '') && /\d/.test(text[at] ?? '');

const begins = (name: string, text: string): boolean => name.startsWith(text) && !cutsNumber(name, text.length);

function holds(name: string, text: string): boolean {
  for (let at = name.indexOf(text); at >= 0; at = name.indexOf(text, at + 1))
    if (!cutsNumber(name, at) && !cutsNumber(name, at + text.length)) return true;
  return false;
}

/** Whether the second list has everything of the first, in the same order. */
function inOrder(
  given: readonly string[],
  all: readonly string[],
  same: (given: string, one: string) => boolean,
): boolean {
  let at = 0;
  for (const one of all) if (at < given.length && same(given[at] ?? '', one)) at += 1;
  return at === given.length;
}

const equal = (a: string, b: string): boolean => a === b;
const sorted = (name: string): string => [...wordsOf(name)].sort().join(' ');

const LEGAL_FORM = /(?<![\s,])[\s,]+(inc|llc|llp|ltd|limited|corp|corporation|co|company|gmbh|ag|plc|sa|bv)\.?$/;

/** A company's name without its legal form: `acme, inc.` gives `acme`. Takes lower case. */
export const withoutLegalForm = (text: string): string => text.replace(LEGAL_FORM, '');

/** What a record answers to, as it is written. */
export const answersTo = ({ label, identifier, alsoCalled = [] }: Named): string[] =>
  [label, identifier, ...alsoCalled].filter((text) => text !== undefined && text !== '') as string[];

/** How certain a fit is: the whole name, something that can mean nothing else, or something that the answer has to mention. */
export type Certainty = 'exact' | 'certain' | 'mentioned';

export interface Fit {
  /** More than one: the text is ambiguous. */
  readonly records: readonly Named[];
  readonly certainty: Certainty;
  /** A word before the last one is only begun: "Acme review" may mean "AcmeDental review", or a record of Acme that is not there. */
  readonly isCut?: boolean;
}

/** A record with its names in the forms that they are compared in. */
interface Candidate {
  readonly record: Named;
  readonly label: string;
  readonly written: readonly string[];
  readonly names: readonly string[];
}

/**
 * Signs that say "anything but", "at least" or "as well" of a name: "!Closed", "-Globex", "<> New", ">= P2", "P1+", "+Partner". Taken
 * without its sign it would mean the opposite, or something else. A name in `< >`, a dash with a blank behind it, which lists begin
 * with, and the plus of a phone number are none.
 */
const SIGN = /^\s*(?:[!>≠≤≥~^¬]|<(?!.*>\s*$)|<>|-(?=[^\s-])|\+\s*(?=[^\s\d(+]))|[^\s+]\+\s*$/;

/** Whether a word or a name stands beside a sign that turns it into something else. */
export const isSigned = (text: string): boolean => SIGN.test(text);

/** Whether a text denies or compares a name instead of saying it. */
export const isDenied = (text: string): boolean => isSigned(text) || /^\s*not\s/i.test(text);

/** Letters and digits that belong together, or digits that do: `LT-14`, `po1001`, `1.2`. */
const CODE = /\p{L}[-_./]?\d|\d[-_./]?\p{L}|\d\.\d/u;

/**
 * Whether words stand in the names of one record together: "1 Plan" in the phase Plan with the code 1. A word beside a number is not
 * taken from a name that has another number: "Phase 2" is not "Phase 1: Survey" with the code 2.
 */
function areAcross(names: readonly string[], words: readonly string[]): boolean {
  const numbers = new Set(digitsOf(words.join(' ')));
  const agrees = (name: string): boolean => {
    const own = digitsOf(name);
    return numbers.size === 0 || own.length === 0 || own.some((number) => numbers.has(number));
  };
  return words.every((word) =>
    names.some((name) => wordsOf(name).includes(word) && (/^\d+$/.test(word) || agrees(name))),
  );
}

/** What people write where there is nothing to name. */
const NOBODY = /^(n\/a|none|null|nil|undefined|-+)$/;

/** An address is another's where a letter of it is: that of kaja.lind is not taken for klind's. */
const ADDRESS = /^\S+@\S+\.\S+$/;

/** What of a text is a name: of an address the part before its domain. */
export const namePart = (text: string): string =>
  ADDRESS.test(text.trim()) ? (text.trim().split('@')[0] ?? '') : text;

type Reading = readonly [Certainty, (candidate: Candidate) => boolean, 'cut'?];

function readingsOf(given: string, person: boolean): readonly Reading[] {
  const written = given.trim().toLowerCase();
  const text = folded(given);
  const tight = squeezed(text);
  const words = wordsOf(text);
  const digits = digitsOf(text).join(' ');
  const isInitials = /^\p{L}{2,4}$/u.test(tight);
  const company = withoutLegalForm(text);
  const inAnyOrder = sorted(text);
  const some = (test: (name: string) => boolean) => (candidate: Candidate) => candidate.names.some(test);
  const sameLetters = (name: string): boolean =>
    squeezed(name) === tight || (sorted(name) === inAnyOrder && digitsOf(name).join(' ') === digits);
  const wordsAmong = (name: string, sought: readonly string[]): boolean =>
    sought.every((word) => wordsOf(name).includes(word)) && inOrder(digitsOf(sought.join(' ')), digitsOf(name), equal);
  const isBegun = (word: string, one: string): boolean => begins(one, word);
  const before = new Set(words.slice(0, -1));
  const isLastBegun = (word: string, one: string): boolean => (before.has(word) ? one === word : isBegun(word, one));
  const initials: Reading = ['certain', ({ label }) => isInitials && abbreviated(label) === tight];
  const readings: (Reading | undefined)[] = [
    ['exact', (candidate) => candidate.written.includes(written)],
    ['exact', some(sameLetters)],
    person ? initials : undefined,
    // "P1" is "Priority 1 - Critical".
    ['certain', ({ label }) => /^[a-z]+\d+$/.test(tight) && begins(abbreviated(label), tight)],
    // LT-14 is a code: its letters and its digits stand in one name, not LT-15 and "14 inch".
    [
      'certain',
      ({ names }) =>
        CODE.test(written)
          ? names.some((name) => wordsAmong(name, words))
          : wordsAmong(names.join(' '), words) && areAcross(names, words),
    ],
    ['certain', some((name) => begins(name, text) || begins(squeezed(name), tight))],
    // "alex ch", "help d".
    ['certain', some((name) => inOrder(words, wordsOf(name), isLastBegun))],
    // "mar ros", "prio 1"; a code has no words to begin: ACME-FIR-03 is not ACMEDE-FIR-03.
    CODE.test(written)
      ? undefined
      : [person ? 'certain' : 'mentioned', some((name) => inOrder(words, wordsOf(name), isBegun)), 'cut'],
    person ? undefined : initials,
    // "The office manager": people at a customer are known by what they do.
    person
      ? [
          'mentioned',
          ({ record: { record } }) =>
            typeof record.title === 'string' && folded(record.title) === text.replace(/^(the|their|our) /, ''),
        ]
      : undefined,
    ['mentioned', some((name) => tight.length >= 3 && holds(squeezed(name), tight))],
    // "Acme, Inc." for "Acme Corporation": people give companies the legal form that they remember.
    person || company === text ? undefined : ['mentioned', some((name) => wordsAmong(name, wordsOf(company)))],
  ];
  const usual = readings.filter((reading) => reading !== undefined);
  // "N/A" is not Nadia from Acme; only a record of exactly that name is meant.
  return NOBODY.test(written) || ADDRESS.test(written) ? usual.filter(([certainty]) => certainty === 'exact') : usual;
}

/**
 * The records that a text means, by the strongest reading that fits any. A digit never bends: LT-1 is not the beginning of LT-14.
 * A text that denies or compares ("!Closed", "P1+") means only what is written like that.
 * @param person whether the records are people, who are known by their initials and their jobs
 */
export function fitting(given: string, records: readonly Named[], person = false): Fit {
  if (given.trim() === '') return { records: [], certainty: 'exact' };
  const candidates = records.map((record): Candidate => {
    const names = answersTo(record);
    return {
      record,
      label: folded(record.label),
      written: names.map((name) => name.toLowerCase()),
      names: names.map(folded),
    };
  });
  const readings = readingsOf(given, person);
  for (const [certainty, fits, cut] of isDenied(given) ? readings.slice(0, 1) : readings) {
    const found = candidates.filter(fits);
    if (found.length > 0) return { records: found.map(({ record }) => record), certainty, isCut: cut !== undefined };
  }
  return { records: [], certainty: 'exact' };
}

/** Other records whose name begins with a text that is exactly an identifier: there is Acme Dental Group beside "Acme". */
export function alsoBegin(given: string, taken: Named, records: readonly Named[]): readonly Named[] {
  const text = folded(given);
  if (squeezed(folded(taken.label)) === squeezed(text)) return [];
  return records.filter((other) => other.id !== taken.id && begins(`${folded(other.label)} `, `${text} `));
}

/** Edits that a text of this length may be away from what was meant. */
function slipsAllowed(length: number): number {
  if (length < 4) return 0;
  return length < 9 ? 1 : 2;
}

/** The records that a text is one typing slip away from; digits and the first letter have to be right. */
export function slipsOf(given: string, records: readonly Named[]): readonly Named[] {
  const text = folded(given);
  const allowed = slipsAllowed(text.length);
  if (allowed === 0) return [];
  const digits = digitsOf(text).join(' ');
  return records.filter((record) =>
    answersTo(record)
      .map(folded)
      .some(
        (name) =>
          name[0] === text[0] && digitsOf(name).join(' ') === digits && distance(text, name, allowed) <= allowed,
      ),
  );
}

/** Whether a word is short for another: "ops" and "mgmt" have letters of it in their order, the first one first. */
const isShort = (word: string, one: string): boolean =>
  /^\p{L}{3,}$/u.test(word) && one[0] === word[0] && inOrder([...word], [...one], equal);

/** How many of the words of a text are in a name, typing slips and short forms apart: 1 is all of them. */
function sharedWords(words: readonly string[], name: string): number {
  const inName = wordsOf(name);
  const isIn = (word: string): boolean => {
    const allowed = slipsAllowed(word.length);
    return inName.some((one) => one === word || distance(word, one, allowed) <= allowed || isShort(word, one));
  };
  return words.filter(isIn).length / words.length;
}

/** The names that are nearest to a text which nothing fits, as they are written: few slips in the whole, or in most words. */
export function nearest(given: string, records: readonly Named[], most = 5): string[] {
  const known = records.flatMap(({ label, identifier }) => (identifier === undefined ? [label] : [label, identifier]));
  const byFolded = new Map(known.map((name) => [folded(name), name]));
  const text = folded(given);
  const alike = closest(text, byFolded.keys(), most);
  const words = wordsOf(text);
  const sharing = [...byFolded.keys()]
    .filter((name) => !alike.includes(name))
    .map((name) => ({ name, shared: sharedWords(words, name) }))
    .filter(({ shared }) => shared > 0.5)
    .sort((a, b) => b.shared - a.shared);
  return [...alike, ...sharing.map(({ name }) => name)].slice(0, most).map((name) => byFolded.get(name) ?? name);
}
