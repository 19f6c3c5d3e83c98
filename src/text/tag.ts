import type { Steps } from './steps.ts';

export interface Tag {
  /** In small letters. */
  readonly name: string;
  readonly closing: boolean;
  /** Behind its `>`; `undefined` where it does not end before the next `<`, or holds what no attribute is. */
  readonly end?: number;
  readonly nameEnd: number;
}

const NAME = /<(\/?)([a-z][a-z0-9:_-]{0,30})(?![a-z0-9:_-])/iy;
const ENDS_NAME = /[\s/>]/;

/** What a character can mean inside a tag. */
const [BLANK, EQUALS, QUOTE, OPENS, CLOSES, OPERATOR] = [1, 2, 3, 4, 5, 6];
const ASCII = new Uint8Array(128);
for (const [kind, characters] of [
  [BLANK, ' \t\n\v\f\r'],
  [EQUALS, '='],
  [QUOTE, '"\''],
  [OPENS, '<'],
  [CLOSES, '>'],
  // Operators of programs, where an attribute should begin: `a <b && c> d` is a comparison.
  [OPERATOR, '&|(){};,+?%^~'],
] as const)
  for (const character of characters) ASCII[character.charCodeAt(0)] = kind;

/** By table, because every character of a hostile text may come by here several times. Other blanks than these are gone by now. */
const kindOf = (code: number): number => (code < 128 ? (ASCII[code] ?? 0) : 0);

/**
 * Reads the tag that begins at `index`, with its quoted values, as far as the next `<`: two tags share no character, so
 * reading all of them reads the text once.
 * @returns `undefined` where no tag begins, whatever its name
 */
export function readTag(text: string, index: number, steps: Steps): Tag | undefined {
  NAME.lastIndex = index;
  const [whole = '', slash, name = ''] = NAME.exec(text) ?? [];
  steps.count += 1 + whole.length;
  if (whole === '') return undefined;
  const nameEnd = index + whole.length;
  const tag = { name: name.toLowerCase(), closing: slash === '/', nameEnd };
  let at = nameEnd;
  if (!ENDS_NAME.test(text.charAt(at))) return tag;
  let quote = 0;
  let part: 'name' | 'equals' | 'value' = 'name';
  const from = at;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const kind = kindOf(code);
    if (kind === OPENS) break;
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (kind === CLOSES) {
      steps.count += at - from + 1;
      return { ...tag, end: at + 1 };
    } else if (kind === BLANK) {
      if (part === 'value') part = 'name';
    } else if (part === 'equals') {
      if (kind === QUOTE) quote = code;
      part = kind === QUOTE ? 'name' : 'value';
    } else if (part === 'name') {
      if (kind === EQUALS) part = 'equals';
      else if (kind === OPERATOR) break;
    }
  }
  steps.count += at - from + 1;
  return tag;
}
