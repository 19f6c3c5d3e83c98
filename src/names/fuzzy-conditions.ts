import { all, any, type Expression, field } from '../query/index.ts';
import type { Kind, Named } from './kind.ts';
import { folded } from './match.ts';
import { digitsOf, hasExtensionOf, isReachedBy, itemWithNumber, LEAST_DIGITS, numberIn } from './phone-number.ts';

/** Letters that have accented forms. */
const ACCENTED = /[acdegilnosuyz]/;
const beside = (letter: string, by: number): string => String.fromCharCode(letter.charCodeAt(0) + by);

/**
 * A letter of a `like` pattern that stands for its accented forms as well, which Manage's usual collation tells apart: whatever is
 * no digit, no other letter and no blank, of which " & " has two. Shorter than a list of the forms as text searches have it, of which
 * each takes six characters of a URL, but a hyphen is taken as well: these records are compared with the text afterwards.
 */
function withAccents(letter: string): string {
  if (!ACCENTED.test(letter)) return letter;
  const lower = letter === 'a' ? '' : `a-${beside(letter, -1)}`;
  const upper = letter === 'z' ? '' : `${beside(letter, 1)}-z`;
  return `[^ 0-9${lower}${upper}]`;
}

/**
 * The `like` pattern of one folded word: accents may be missing, and there may be punctuation where people leave it out (after
 * the first letter, before an `s` at the end, between letters and digits). `mullers` finds `Müller's`.
 */
function patternOf(word: string): string {
  const letters = [...word.replaceAll('ss', '%').replaceAll('ae', '%').replaceAll('oe', '%')];
  const places = letters.map((letter, at) => {
    const before = letters[at - 1] ?? '';
    const gap =
      at === 1 || (letter === 's' && at === letters.length - 1) || /\d/.test(letter) !== /\d/.test(before) ? '%' : '';
    return `${at === 0 ? '' : gap}${withAccents(letter)}`;
  });
  return `%${places.join('')}%`;
}

/** Words that a pattern is made of; the rest of a longer name is compared afterwards. */
const MOST_WORDS = 5;

const anyName = (kind: Pick<Kind, 'names'>, of: (member: string) => Expression): Expression | undefined =>
  any(...kind.names.map(of));

/** Records whose names contain every word of a text, whatever is between the letters. */
export function resembling(kind: Pick<Kind, 'names'>, text: string): Expression | undefined {
  const words = folded(text)
    .split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word) && word !== 'and')
    .slice(0, MOST_WORDS);
  return all(...words.map((word) => anyName(kind, (member) => field(member, 'like', patternOf(word)))));
}

/** Both halves of a word, one of which survives a slip in the other; only the beginning of a short one. */
function stemsOf(word: string): string[] {
  const half = Math.floor(word.length / 2);
  return half < 3 ? [word.slice(0, 3)] : [word.slice(0, half), word.slice(half)];
}

/** Records whose names hold a half of any of the longer words of a text: what it may be a slip for. */
export function nearby(kind: Kind, text: string): Expression | undefined {
  const words = text.split(/[^\p{L}\p{N}]+/u);
  const long = words.filter((word) => word.length >= 3);
  // "LT-15" has no long word.
  const telling = long.length > 0 ? long : words.filter((word) => word.length === 2);
  const stems = telling.slice(0, MOST_WORDS).flatMap(stemsOf);
  return any(...stems.map((stem) => anyName(kind, (member) => field(member, 'contains', stem))));
}

/** First and last name of a person, in either order: "Grace Keller", "Keller, Grace". */
function isPerson(text: string): Expression | undefined {
  const [first = '', ...rest] = text.split(/[\s,]+/);
  const last = rest.join(' ');
  if (last === '') return any(field('firstName', '=', first), field('lastName', '=', first));
  const named = (firstName: string, lastName: string): Expression | undefined =>
    all(field('firstName', '=', firstName), field('lastName', '=', lastName));
  return any(named(first, last), named(last, first));
}

/** Records of exactly this name. */
export const exactly = (kind: Kind, text: string): Expression | undefined =>
  kind.person ? isPerson(text) : anyName(kind, (member) => field(member, '=', text));

/** Records that hold the text in one of their names; of people, every word of it in any of them. */
export function holding(kind: Kind, text: string): Expression | undefined {
  const parts = kind.person ? text.split(/[\s,]+/).filter((part) => part !== '') : [text];
  return all(...parts.slice(0, MOST_WORDS).map((part) => anyName(kind, (member) => field(member, 'contains', part))));
}

/** An e-mail address or a phone number in any form, among the ways to reach somebody; `undefined` for other texts. */
export function reachedBy(text: string): Expression | undefined {
  if (text.includes('@'))
    return all(
      field('communicationItems/value', '=', text),
      field('communicationItems/communicationType', '=', 'Email'),
    );
  const { value } = numberIn(text);
  const { length } = digitsOf(value);
  if (!/^\+?[\d\s().\-/]+$/.test(value) || length < LEAST_DIGITS.number || length > 15) return undefined;
  return itemWithNumber(text);
}

/** Those whom an address or number reaches; where the extension that was said is stored of some, these. */
export function thoseReached(rows: readonly Named[], text: string): readonly Named[] {
  const having = (test: (stored: string, said: string) => boolean): readonly Named[] =>
    rows.filter(({ alsoCalled = [] }) => alsoCalled.some((stored) => test(stored, text)));
  const there = having(hasExtensionOf);
  return there.length > 0 ? there : having(isReachedBy);
}

/** People at a customer are known by what they do: "the office manager". */
export const jobIs = (text: string): Expression => field('title', '=', text.replace(/^(the|their|our)\s+/i, ''));
