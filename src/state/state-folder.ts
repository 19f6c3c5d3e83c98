import { chmodSync, lstatSync, renameSync, type Stats, writeFileSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { PRODUCT } from '../product.ts';
import { homeOfUser } from './home.ts';
import { makeFolder } from './make-folder.ts';

/** What decides where a user's state belongs; this machine's own when left out. */
export interface Machine {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
}

/**
 * Where programs of this user keep what outlives a process: the XDG state folder, Application Support on macOS, the local
 * application data on Windows. Nothing is created.
 * @returns a full path; `undefined` for a user without a home, as in some containers
 */
export function defaultStateFolder({
  environment = process.env,
  platform = process.platform,
  home = homeOfUser(),
}: Machine = {}): string | undefined {
  if (platform === 'win32') {
    const local = environment.LOCALAPPDATA?.trim();
    if (local) return win32.join(local, PRODUCT.name);
    return home && win32.join(home, 'AppData', 'Local', PRODUCT.name);
  }
  if (platform === 'darwin') return home && posix.join(home, 'Library', 'Application Support', PRODUCT.name);
  const state = environment.XDG_STATE_HOME?.trim();
  // The XDG specification has relative paths ignored.
  if (state && posix.isAbsolute(state)) return posix.join(state, PRODUCT.name);
  return home && posix.join(home, '.local', 'state', PRODUCT.name);
}

/** A folder that cannot be used for what only its owner may read. The message names it and says why. */
export class StateFolderError extends Error {
  readonly folder: string;

  constructor(folder: string, why: string, cause?: unknown) {
    super(`The folder ${folder} ${why}.`, { cause });
    this.name = 'StateFolderError';
    this.folder = folder;
  }
}

/** Code of a failed call of the file system: `EACCES`. */
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown error';

/**
 * Makes sure that a folder is there and that its owner alone can read it (mode 0700; on Windows the user's profile sees to
 * that). Missing folders above it are made the same way; folders above that exist stay as they are.
 * @param folder full path of a folder that is ours alone: give a name inside the state folder, not the state folder, which may be
 *   one that the operator uses for other things too
 * @returns the same path
 * @throws {StateFolderError} when it cannot be made, is a link or a file, or belongs to another user
 */
export function ownFolder(folder: string): string {
  let found: Stats;
  try {
    makeFolder(folder);
    found = lstatSync(folder);
  } catch (error) {
    const why = codeOf(error) === 'EEXIST' ? 'is a link or a file, not a folder' : `cannot be made (${codeOf(error)})`;
    throw new StateFolderError(folder, why, error);
  }
  // In a folder that many can write to, somebody else may have put a link or a folder of theirs in our place.
  if (!found.isDirectory()) throw new StateFolderError(folder, 'is a link or a file, not a folder');
  if (process.getuid === undefined) return folder;
  if (found.uid !== process.getuid()) throw new StateFolderError(folder, 'belongs to another user');
  if ((found.mode & 0o077) !== 0) {
    try {
      chmodSync(folder, 0o700);
    } catch (error) {
      throw new StateFolderError(
        folder,
        `can be read by others and cannot be closed to them (${codeOf(error)})`,
        error,
      );
    }
  }
  return folder;
}

/** Writes a file of such a folder. Another process that reads it meanwhile sees the old one or the new one, whole. */
export function replaceFile(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, file);
}
