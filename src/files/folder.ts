import { constants } from 'node:fs';
import { open, realpath, writeFile } from 'node:fs/promises';
import { basename, extname, isAbsolute, join, resolve, sep } from 'node:path';
import { cleanLine, fileName, say } from '../text/index.ts';
import { type FilePolicy, ToolInputError } from '../tool/index.ts';
import { LARGEST_FILE, sizeText } from './limits.ts';

const closed = (argument: string): ToolInputError =>
  new ToolInputError(argument, say`No folder of this machine may be used.`, {
    next: say`An administrator can allow one with CWM_FILES_DIR.`,
  });

/**
 * A file of the allowed folder. The path is followed to its end before it is judged, so that no link leads out.
 * @throws {ToolInputError} for everything outside of the folder, always in the same words, which do not tell whether it exists
 */
export async function readAllowedFile(
  path: string,
  { directory }: FilePolicy,
  argument: string,
): Promise<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }> {
  if (directory === undefined) throw closed(argument);
  const refused = new ToolInputError(
    argument,
    say`${cleanLine(argument)}: there is no file "${cleanLine(path)}" in the allowed folder.`,
    {
      next: say`Name a file of the folder that CWM_FILES_DIR allows.`,
    },
  );
  const real = await realpath(isAbsolute(path) ? path : resolve(directory, path)).catch(() => undefined);
  if (real === undefined || !real.startsWith(directory.endsWith(sep) ? directory : directory + sep)) throw refused;
  // Not followed again: what is judged is what is opened.
  const file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => {
    throw refused;
  });
  try {
    const { size, isFile } = await file.stat().then((stat) => ({ size: stat.size, isFile: stat.isFile() }));
    if (!isFile) throw refused;
    if (size > LARGEST_FILE)
      throw new ToolInputError(
        argument,
        say`${cleanLine(argument)}: the file has ${sizeText(size)}; ${sizeText(LARGEST_FILE)} are allowed.`,
      );
    return { name: basename(real), bytes: new Uint8Array(await file.readFile()) };
  } finally {
    await file.close();
  }
}

/**
 * Puts a file into the allowed folder and gives its path. An existing file is never replaced: a number is added to the name.
 * @throws {ToolInputError} when no folder is allowed, or nothing may be written
 */
export async function saveAllowedFile(
  name: string,
  bytes: Uint8Array,
  { directory, readOnly }: FilePolicy,
  argument: string,
): Promise<string> {
  if (readOnly) throw new ToolInputError(argument, say`The server is in read-only mode: no file is saved.`);
  if (directory === undefined) throw closed(argument);
  const safe = fileName(name);
  const end = extname(safe);
  const stem = safe.slice(0, safe.length - end.length);
  for (let count = 1; count < 1000; count += 1) {
    const path = join(directory, count === 1 ? safe : `${stem} (${count})${end}`);
    try {
      await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw new ToolInputError(
          argument,
          say`The allowed folder cannot be written (${cleanLine((error as NodeJS.ErrnoException).code)}).`,
        );
    }
  }
  throw new ToolInputError(argument, say`The allowed folder is full of files called ${cleanLine(safe)}.`);
}
