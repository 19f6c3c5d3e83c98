import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/**
 * Makes a folder that its owner alone can read, and those above it that are missing. One that is there stays as it is, and so does
 * what is no folder: whoever wants one looks.
 *
 * Not by `mkdir` with `recursive`: where a file system says of every new folder that there is none above it, as /proc does, Node 20
 * tries for ever, and the whole program stands still.
 * @throws {NodeJS.ErrnoException} when it cannot be made
 */
export function makeFolder(folder: string): void {
  if (isThere(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process made it meanwhile. A link that leads nowhere is there as well, and leads to no folder.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !isThere(folder)) throw error;
  }
}
