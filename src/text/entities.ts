import type { Steps } from './steps.ts';

/** Names of entities that mails and notes hold, and those that can hide markup or invisible characters. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  bull: '•',
  cent: '¢',
  colon: ':',
  copy: '©',
  deg: '°',
  emsp: ' ',
  ensp: ' ',
  euro: '€',
  excl: '!',
  grave: '`',
  gt: '>',
  hellip: '…',
  laquo: '«',
  lbrack: '[',
  ldquo: '“',
  lpar: '(',
  lrm: '',
  lsqb: '[',
  lsquo: '‘',
  lt: '<',
  mdash: '—',
  middot: '·',
  nbsp: ' ',
  ndash: '–',
  newline: '\n',
  num: '#',
  pound: '£',
  quot: '"',
  raquo: '»',
  rbrack: ']',
  rdquo: '”',
  reg: '®',
  rlm: '',
  rpar: ')',
  rsqb: ']',
  rsquo: '’',
  semi: ';',
  shy: '',
  sol: '/',
  tab: '\t',
  thinsp: ' ',
  times: '×',
  trade: '™',
  zwj: '',
  zwnj: '',
};

const DECIMAL = /^#\d{1,7}$/;
const HEXADECIMAL = /^#x[0-9a-f]{1,6}$/i;

/** Between `&` and `;` of the longest, `&#x10ffff;`, with a spare: how far to look back from a semicolon. */
const LONGEST = 9;

/** @returns `undefined` where it is not an entity that we know. */
function meaningOf(entity: string): string | undefined {
  let code: number;
  if (DECIMAL.test(entity)) code = Number(entity.slice(1));
  else if (HEXADECIMAL.test(entity)) code = Number.parseInt(entity.slice(2), 16);
  else {
    const name = entity.toLowerCase();
    return Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  }
  const exists = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return exists ? String.fromCodePoint(code) : '';
}

/**
 * Decodes entities, however deep they are nested (`&amp;amp;lt;`), in one run: what was decoded is written where it stood and
 * read again by the next semicolon that looks back. Every decoding removes more than it writes.
 */
export function decodeEntities(text: string, steps?: Steps): string {
  if (!text.includes('&') || !text.includes(';')) return text;
  // An ampersand and a semicolon are always pieces of their own.
  const written: string[] = [];
  const write = (piece: string): void => {
    written.push(piece);
    if (piece !== ';') return;
    const end = written.length - 1;
    let length = 0;
    for (let start = end - 1; start >= 0 && length <= LONGEST && end - start <= LONGEST + 1; start -= 1) {
      if (steps) steps.count += 1;
      const before = written[start] ?? '';
      length += before.length;
      if (before !== '&') continue;
      const meaning = meaningOf(written.slice(start + 1, end).join(''));
      if (meaning === undefined) return;
      written.length = start;
      if (meaning !== '') write(meaning);
      return;
    }
  };
  for (const piece of text.split(/([&;])/)) {
    if (steps) steps.count += piece.length;
    if (piece !== '') write(piece);
  }
  return written.join('');
}
