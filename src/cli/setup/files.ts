import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { utf8Of } from '../../config/settings-file.ts';
import { makeFolder } from '../../state/index.ts';
import { SetupError } from './setup-error.ts';

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown error';

/** @throws for what is not there */
function isPipeOrDevice(file: string): boolean {
  const stats = statSync(file);
  return !stats.isFile() && !stats.isDirectory();
}

const MARK = '\uFEFF';

/**
 * The text of a file that is to be replaced; `undefined` for one that is not there.
 * @throws {SetupError} for what cannot be read, is not UTF-8, or is a pipe or a device: a pipe would wait for whoever writes to it
 */
export function readText(file: string): string | undefined {
  let bytes: Uint8Array;
  try {
    if (isPipeOrDevice(file))
      throw new SetupError(`${file} is a pipe or a device, which cannot be replaced. Nothing was changed there.`);
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof SetupError) throw error;
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new SetupError(`${file} cannot be read (${codeOf(error)}). Nothing was changed there.`);
  }
  try {
    return utf8Of(bytes);
  } catch {
    throw new SetupError(`${file} is not UTF-8 text; save it as UTF-8. Nothing was changed there.`);
  }
}

/** A file's text, and the mark that Windows programs put before it. */
export const unmarked = (text: string): { mark: string; text: string } =>
  text.startsWith(MARK) ? { mark: MARK, text: text.slice(MARK.length) } : { mark: '', text };

export interface Replacement {
  readonly file: string;
  /** What stood there when the change was shown; `undefined` for nothing. */
  readonly before: string | undefined;
  readonly after: string;
  /** Whether its owner alone may read it, whatever its mode was. */
  readonly isPrivate?: boolean;
}

/** Where a file is, or would be: what a link names gets written, also where nothing is there yet. */
function behindLinks(file: string, links = 0): string {
  if (existsSync(file)) return realpathSync(file);
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink && links < 8 ? behindLinks(resolve(dirname(file), readlinkSync(file)), links + 1) : file;
}

/** The time in the names of files: `20261130-041500`. */
const stamp = (): string => new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');

/**
 * Replaces a file whole, or makes it (readable by its owner alone), and keeps what stood there beside it. Mode and owner stay; a link
 * stays a link.
 * @returns the copy of what stood there
 * @throws {SetupError} when somebody changed it since, or it cannot be written
 */
export function replace({ file, before, after, isPrivate = false }: Replacement): string | undefined {
  if (readText(file) !== before)
    throw new SetupError(
      `${file} was changed meanwhile, perhaps by the program that it belongs to. Close that and run setup again.`,
    );
  let draft: string | undefined;
  try {
    const target = behindLinks(file);
    makeFolder(dirname(target));
    const stats = before === undefined ? undefined : statSync(target);
    // Whoever marked it so wants it left alone; a new file under its name would not ask.
    if (stats !== undefined && (stats.mode & 0o222) === 0)
      throw new SetupError(`${file} is read-only. Nothing was changed there: make it writable first.`);
    const mode = stats === undefined || isPrivate ? 0o600 : stats.mode & 0o777;
    const copy = stats === undefined ? undefined : `${target}.${stamp()}.bak`;
    if (copy !== undefined) copyFileSync(target, copy, constants.COPYFILE_EXCL);
    draft = `${target}.${randomUUID()}`;
    const handle = openSync(draft, 'wx', 0o600);
    try {
      writeSync(handle, after);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    chmodSync(draft, mode);
    if (copy !== undefined) chmodSync(copy, mode);
    if (stats !== undefined && process.getuid !== undefined && stats.uid !== process.getuid())
      chownSync(draft, stats.uid, stats.gid);
    renameSync(draft, target);
    return copy;
  } catch (error) {
    if (draft !== undefined) rmSync(draft, { force: true });
    if (error instanceof SetupError) throw error;
    throw new SetupError(`${file} cannot be written (${codeOf(error)}).`);
  }
}
