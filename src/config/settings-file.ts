import { readFileSync } from 'node:fs';
import { parseEnv, TextDecoder } from 'node:util';
import { type Environment, isUnset } from './read-environment.ts';

/** Settings of ours and of other servers for Manage. A `.env` file may hold anything else; that is not for us. */
export const isSetting = (name: string): boolean => /^(CWM|CW|CONNECTWISE)_/.test(name);

/** An environment without settings, for a process that has to have its own. */
export const withoutSettings = (environment: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !isSetting(entry[0]),
    ),
  );

/** A settings file that cannot be used. The message names the file, the line where there is one, and what to change. */
export class SettingsFileError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SettingsFileError';
  }
}

/**
 * The text of a file that people write, with a mark at its beginning where it has one.
 * @throws {TypeError} for what is not UTF-8: PowerShell's `>` writes UTF-16, in which no name would be found
 */
export function utf8Of(bytes: Uint8Array): string {
  if (bytes.includes(0)) throw new TypeError('not UTF-8');
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/**
 * The text of a settings file, without a mark at its beginning. A pipe is read to its end, and can be read once.
 * @throws {SettingsFileError}
 */
export function settingsFileText(file: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new SettingsFileError(
      code === 'ENOENT' ? `There is no settings file ${file}.` : `The settings file ${file} cannot be read (${code}).`,
    );
  }
  try {
    return utf8Of(bytes).replace(/^\uFEFF/, '');
  } catch {
    throw new SettingsFileError(`The settings file ${file} is not UTF-8 text; save it as UTF-8.`);
  }
}

/** Values in quotes may run over several lines. */
const ASSIGNMENT = /^[^\S\n]*(?:export[^\S\n]+)?[A-Za-z_][\w.-]*[^\S\n]*=[^\S\n]*(?:"[^"]*"|'[^']*'|`[^`]*`|[^\n]*)/gm;

/** The first line that says nothing, which `parseEnv` would pass over in silence. */
function lostLine(text: string): number | undefined {
  const rest = text.replace(ASSIGNMENT, (assignment) => assignment.replace(/[^\n]/g, ''));
  const index = rest.split('\n').findIndex((line) => !/^\s*(#.*)?$/.test(line));
  return index < 0 ? undefined : index + 1;
}

/**
 * The settings that a `.env` file holds: `NAME=value` lines, values in quotes where they hold `#` or line ends, comments after `#`.
 * @throws {SettingsFileError} for a file that cannot be read, or a line that is not understood
 */
export const readSettingsFile = (file: string): Environment => settingsIn(settingsFileText(file), file);

/**
 * The same of its text.
 * @param file named in errors
 */
export function settingsIn(content: string, file: string): Environment {
  const text = content.replaceAll('\r\n', '\n');
  const line = lostLine(text);
  if (line !== undefined)
    throw new SettingsFileError(`Line ${line} of ${file} is not NAME=value; put # before a comment.`);
  // One at a time: after an indented comment, `parseEnv` of Node 20 loses what follows.
  const found = [...text.matchAll(ASSIGNMENT)].flatMap(([assignment]) => Object.entries(parseEnv(assignment)));
  return Object.fromEntries(found.filter(([name]) => isSetting(name)));
}

/** The file that a flag or `CWM_SETTINGS` names. */
export const settingsFileOf = (environment: Environment, flag?: string): string | undefined =>
  flag ?? (isUnset(environment.CWM_SETTINGS) ? undefined : environment.CWM_SETTINGS?.trim());

/**
 * An environment with the settings of a file, where one is named by a flag or by `CWM_SETTINGS`. What the environment itself sets
 * wins; what is unset there takes the file's value.
 * @throws {SettingsFileError}
 */
export function withSettingsFile(environment: Environment, flag?: string): Environment {
  const { CWM_SETTINGS: _, ...own } = environment;
  const file = settingsFileOf(environment, flag);
  if (file === undefined) return own;
  const set = Object.entries(own).filter(([, value]) => !isUnset(value));
  return { ...own, ...readSettingsFile(file), ...Object.fromEntries(set) };
}
