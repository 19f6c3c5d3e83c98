import { extname } from 'node:path';
import { type Clean, cleanLine } from './clean.ts';

const LONGEST_STEM = 120;
const LONGEST_EXTENSION = 20;

/** Names of devices on Windows, with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** A file's name without a folder, without anything that hides what the file is, and that every system can store. */
export function fileName(outside: unknown): Clean {
  const last = String(outside ?? '')
    .split(/[/\\]/)
    .at(-1);
  const plain = cleanLine(last)
    .replace(/[\p{C}<>:"|?*/\\]+/gu, '_')
    .replace(/^\.+/, '')
    .replace(DEVICE, '_$&')
    .trim();
  const name = withoutEnd(plain);
  const extension = extname(name);
  const stem = name.slice(0, name.length - extension.length);
  const short = withoutEnd(
    `${wellFormed(stem.slice(0, LONGEST_STEM))}${wellFormed(extension.slice(0, LONGEST_EXTENSION))}`,
  );
  return (short === '' ? 'file' : short) as Clean;
}

/** Half a surrogate pair at the end of a cut name is not a character. */
const wellFormed = (text: string): string => text.replace(/[\ud800-\udbff]$/, '');

/** Windows drops dots and blanks at the end. One loop, because a pattern for it would try every dot of a name of dots. */
function withoutEnd(name: string): string {
  let end = name.length;
  while (end > 0 && (name[end - 1] === '.' || name[end - 1] === ' ')) end -= 1;
  return name.slice(0, end);
}
