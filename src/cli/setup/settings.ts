import { resolve } from 'node:path';
import { type Environment, isUnset } from '../../config/read-environment.ts';
import { isSetting, settingsFileText, settingsIn } from '../../config/settings-file.ts';
import { NAMES, VARIABLES, type Variable } from '../../config/variables.ts';
import { variablesIn } from './configuration.ts';
import { SetupError } from './setup-error.ts';

/** Settings by our own names, or the `_FILE` form of these. */
export type Settings = Readonly<Record<string, string>>;

/**
 * Settings under our own names, whatever other servers call them. Where several forms are set, the first of them is taken: our own
 * name before those of others, a value before a file.
 */
export function renamed(environment: Environment): Settings {
  return Object.fromEntries(
    NAMES.flatMap((variable): [string, string][] => {
      for (const name of [variable, ...VARIABLES[variable]])
        for (const suffix of ['', '_FILE']) {
          const value = environment[`${name}${suffix}`];
          if (value !== undefined && !isUnset(value)) return [[`${variable}${suffix}`, value.trim()]];
        }
      return [];
    }),
  );
}

/**
 * The settings in a file: a `.env` file, or a client's configuration with a server for Manage in it, of ours or of somebody else's.
 * @throws {SetupError} {SettingsFileError} for a file that has none, or those of several servers
 */
export function settingsFrom(file: string): Settings {
  const text = settingsFileText(file);
  if (!/^\s*(\/[/*]|\{)/.test(text)) return renamed(settingsIn(text, file));
  const servers = [...variablesIn(text)].filter(([, variables]) => Object.keys(variables).some(isSetting));
  const [only, another] = servers;
  if (only === undefined) throw new SetupError(`${file} has no server with settings for Manage.`);
  if (another !== undefined)
    throw new SetupError(
      `${file} has several servers with settings for Manage (${servers.map(([name]) => name).join(', ')}): put those of one into a .env file.`,
    );
  return renamed(only[1]);
}

/** Settings that name a file or folder, beside those that end with `_FILE`. */
const PATHS: ReadonlySet<string> = new Set(['CWM_CATALOG', 'CWM_FILES_DIR'] satisfies Variable[]);

/** Settings for a server that is started in another folder than this one, as clients do: what is named from here gets its full path. */
export const withFullPaths = (settings: Settings): Settings =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      name.endsWith('_FILE') || PATHS.has(name) ? resolve(value) : value,
    ]),
  );

/** A value of a `.env` file; the quotes are of the kind that the value does not hold. */
function written(name: string, value: string): string {
  if (/^[\w.,:/@+*-]+$/.test(value)) return `${name}=${value}`;
  const quote = ["'", '"', '`'].find((one) => !value.includes(one));
  // Within double quotes, \n would become a new line.
  const isSafe = quote !== undefined && !(quote === '"' && value.includes('\\'));
  if (isSafe) return `${name}=${quote}${value}${quote}`;
  throw new SetupError(`${name} holds every kind of quote; put it into a file of its own and set ${name}_FILE.`);
}

/** A settings file, in the order in which settings are documented. */
export const settingsText = (settings: Settings): string =>
  [
    '# Settings of cwm-mcp, written by "cwm-mcp setup". It holds keys: keep it readable by you alone.',
    ...Object.entries(renamed(settings)).map(([name, value]) => written(name, value)),
    '',
  ].join('\n');
