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
/** Operators of programs, where an attribute should begin: `a <b && c> d` is a comparison. */
const NO_ATTRIBUTE = /[&|(){};,+?%^~]/;

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
  let quote = '';
  let part: 'name' | 'equals' | 'value' = 'name';
  for (; at < text.length; at += 1) {
    steps.count += 1;
    const character = text.charAt(at);
    if (character === '<') return tag;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '>') return { ...tag, end: at + 1 };
    else if (/\s/.test(character)) {
      if (part === 'value') part = 'name';
    } else if (part === 'equals') {
      const quoted = character === '"' || character === "'";
      if (quoted) quote = character;
      part = quoted ? 'name' : 'value';
    } else if (part === 'name') {
      if (character === '=') part = 'equals';
      else if (NO_ATTRIBUTE.test(character)) return tag;
    }
  }
  return tag;
}
