import { randomBytes } from 'node:crypto';
import { type Clean, clean } from './clean.ts';

/** `never` for `string` and for patterns such as `${string}x`: only a text written in our source is ours. */
type Literal<T extends string> = T extends string ? (Record<never, never> extends Record<T, 1> ? never : T) : never;

type Unknowable<T> = 0 extends 1 & T ? true : unknown extends T ? true : false;

/** What a sentence may hold: clean text, numbers, booleans and words of our own. */
type Sayable<T> =
  Unknowable<T> extends true ? never : T extends Clean | number | boolean ? T : T extends string ? Literal<T> : never;

/** Parts of a list that may be missing. */
type Part = Clean | undefined | '' | false;

/**
 * A sentence of our own with clean parts: ``say`Created ticket ${id}: ${summary}` ``. A plain `string`, `unknown` or
 * `undefined` as a part does not compile: clean it first.
 */
export function say<const Parts extends readonly unknown[]>(
  words: TemplateStringsArray,
  ...parts: { readonly [Index in keyof Parts]: Parts[Index] & Sayable<Parts[Index]> }
): Clean {
  const [first = '', ...rest] = words;
  let text = first;
  for (const [index, part] of parts.entries()) {
    const next = rest[index] ?? '';
    const isEnd = /^\.(?=\s|$)/.test(next) && (next !== '.' || index === parts.length - 1);
    text += String(part);
    // A name that ends in a full stop, "São João, Lda.", ends the sentence with it.
    text += isEnd && text.endsWith('.') ? next.slice(1) : next;
  }
  return text as Clean;
}

/** Clean parts with a separator of our own words between them; missing and empty ones are left out. */
export const joined = <const Separator extends string>(
  parts: readonly Part[],
  separator: Separator & Literal<Separator>,
): Clean => {
  const given = parts.filter((part) => part !== undefined && part !== false && part !== '');
  if (!/^\.(?=\s|$)/.test(separator)) return given.join(separator) as Clean;
  return given.reduce<string>(
    (text, part, index) =>
      index === 0 ? String(part) : text + (text.endsWith('.') ? separator.slice(1) : separator) + part,
    '',
  ) as Clean;
};

/** Clean parts, each on a line of its own; missing and empty ones are left out. */
export const lines = (parts: readonly Part[]): Clean => joined(parts, '\n');

/**
 * A number and its noun: `1 member`, `3 members`, `2 entries`.
 * @param many the plural where it is not the noun with an s
 */
export const counted = <const One extends string, const Many extends string = never>(
  count: number,
  one: One & Literal<One>,
  many?: Many & Literal<Many>,
): Clean => `${count} ${count === 1 ? one : (many ?? `${one}s`)}` as Clean;

/** Whose something is: `Alex Chen's`, `Zorg Industries'`. */
export const possessive = (name: Clean): Clean => `${name}${/s$/i.test(name) ? "'" : "'s"}` as Clean;

/**
 * The beginning of a text, marked where it was cut: `Printer on ... [cut: 11 of 412 characters]`.
 * @param longest how many characters of the text stay; the mark comes on top
 */
export const cut = (text: Clean, longest: number): Clean =>
  text.length <= longest ? text : beginning(text, longest, text.length);

function beginning(text: Clean, longest: number, length: number): Clean {
  const last = text.charCodeAt(longest - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  const kept = text.slice(0, splitsPair ? longest - 1 : longest).trimEnd();
  return `${kept}... [cut: ${kept.length} of ${length} characters]` as Clean;
}

/** Characters of a text that are looked at for an excerpt: mails begin with pages of styles. */
const LOOKED_AT = 20_000;

/**
 * The clean beginning of a text from outside, marked where it was cut. What comes long after it is not even looked at, so that many
 * excerpts of long texts are quickly made.
 * @param longest how many characters stay; the mark comes on top
 */
export function excerpt(outside: unknown, longest: number): Clean {
  const most = Math.max(LOOKED_AT, 8 * longest);
  if (typeof outside !== 'string' || outside.length <= most) return cut(clean(outside), longest);
  return beginning(clean(outside.slice(0, most)), longest, outside.length);
}

/** {@link excerpt} on one line. */
export const excerptLine = (outside: unknown, longest: number): Clean =>
  excerpt(outside, longest).replace(/\s+/g, ' ') as Clean;

/** Wraps text from outside for one call. The marker is random, so that no text can carry its end in itself. */
export function quoter(): (outside: unknown) => Clean {
  // Most calls wrap nothing.
  let mark: string | undefined;
  return (outside) => {
    const text = clean(outside);
    if (text === '') return text;
    mark ??= randomBytes(4).toString('hex');
    return `<<${mark}\n${text.replaceAll(mark, '')}\n${mark}>>` as Clean;
  };
}
