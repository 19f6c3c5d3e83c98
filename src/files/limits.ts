import { type Clean, say } from '../text/index.ts';

/** Largest file that is taken from anywhere, in bytes: as base64 it just fits into a message. The description of `add_attachment` says it. */
export const LARGEST_FILE = 7 * 1024 * 1024;

/** Largest file that an answer carries; some clients take no longer answers. */
export const LARGEST_SHOWN = 700 * 1024;

/** A size as people say it. */
export function sizeText(bytes: number): Clean {
  if (bytes < 1024) return bytes === 1 ? say`1 byte` : say`${bytes} bytes`;
  if (bytes < 1024 * 1024) return say`${Math.round(bytes / 1024)} KB`;
  return say`${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;
}
