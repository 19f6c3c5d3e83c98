import { extname } from 'node:path';

/** What files are by the end of their names, where nobody says. */
const BY_END: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  eml: 'message/rfc822',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  log: 'text/plain',
  md: 'text/markdown',
  pdf: 'application/pdf',
  png: 'image/png',
  ps1: 'text/plain',
  txt: 'text/plain',
  webp: 'image/webp',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xml: 'text/xml',
  zip: 'application/zip',
};

/** The content type that the end of a file's name tells: `image/png`. */
export const contentTypeOf = (name: string): string =>
  BY_END[extname(name).slice(1).toLowerCase()] ?? 'application/octet-stream';

/** First bytes of the pictures that clients can show. */
const PICTURES: readonly (readonly [type: string, begins: string])[] = [
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/gif', 'GIF8'],
];

/** The media type of a picture, by what is in it: neither its name nor what a server says is relied on. */
export function pictureType(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'image/webp';
  return PICTURES.find(([, begins]) => head.startsWith(begins))?.[0];
}

/** Characters that only binary files have. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const BINARY = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

/** The encoding that a file says it has, by its first bytes. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

/** A file as text where it is text: Unicode, or what old programs of Windows write. */
export function textOf(bytes: Uint8Array): string | undefined {
  for (const encoding of [encodingOf(bytes), 'windows-1252']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!BINARY.test(text)) return text;
    } catch {
      // The next one may fit.
    }
  }
  return undefined;
}
