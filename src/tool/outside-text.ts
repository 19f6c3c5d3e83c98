import { randomBytes } from 'node:crypto';

/** What a terminal takes for colours, titles and cursor movements. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const ESCAPES = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\^_])/g;
/** Control characters but line breaks and tabs. */
const CONTROL = /[\p{Cc}]/gu;
/** Invisible and direction-changing characters, tags and variation selectors: text that a person does not see but a model reads. */
const INVISIBLE =
  /\p{Cf}|\u034f|\u115f|\u1160|\u17b4|\u17b5|[\u180b-\u180f]|\u3164|[\ufe00-\ufe0f]|\uffa0|[\u{e0000}-\u{e0fff}]/gu;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';
    },
  );
}

const withoutHidden = (text: string): string =>
  text
    .replace(ESCAPES, '')
    .replace(CONTROL, (character) => (character === '\n' || character === '\t' ? character : ''))
    .replace(INVISIBLE, '');

function withoutMarkup(text: string): string {
  return (
    text
      .replace(/<(script|style|head|title)\b[\s\S]*?<\/\1\s*>/gi, ' ')
      .replace(/<!--[\s\S]*?-->/g, ' ')
      .replace(/<(br|\/p|\/div|\/li|\/tr|\/h\d)\b[^>]*>/gi, '\n')
      .replace(/<\/?[a-z][^>]*>/gi, '')
      .replace(/!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])/g, '[image]')
      // A link is told with its target; nothing of it is fetched or hidden behind its words.
      .replace(/\[([^\][]*)\]\(\s*<?((?:https?|ftp|data|javascript|file|mailto):[^)\s>]*)[^)]*\)/gi, '$1 ($2)')
  );
}

/** Markup that was begun and not ended could be ended by what follows it: a space takes it apart. */
const opened = (text: string): string =>
  text
    .replace(/<(?=[a-z/!?])/gi, '< ')
    .replace(/!(?=\[)/g, '! ')
    .replace(/\](?=\(\s*<?(?:https?|ftp|data|javascript|file):)/gi, '] ');

/** Rounds after which a text that still changes is taken as it is. */
const MOST_ROUNDS = 8;

/** Text from outside as plain text. Entities, and what is left of removed markup, can make new markup, so all of it is done until nothing changes. */
export function cleanText(text: unknown): string {
  if (typeof text !== 'string') return text === undefined || text === null ? '' : String(text);
  let cleaned = text.replace(/\r\n?/g, '\n');
  for (let round = 0, before = ''; round < MOST_ROUNDS && before !== cleaned; round += 1) {
    before = cleaned;
    cleaned = withoutMarkup(withoutHidden(decodeEntities(cleaned.normalize('NFC'))));
  }
  return opened(cleaned)
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** On one line, for cells and names. */
export const cleanLine = (text: unknown): string => cleanText(text).replace(/\s+/g, ' ');

/** Wraps text from outside for one call. The marker is random, so that no text can carry its end in itself. */
export function quoter(): (text: unknown) => string {
  const mark = randomBytes(4).toString('hex');
  return (text) => {
    const cleaned = cleanText(text);
    return cleaned === '' ? '' : `<<${mark}\n${cleaned.replaceAll(mark, '')}\n${mark}>>`;
  };
}
