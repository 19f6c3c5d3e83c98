import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { nameKinds } from '../../../tools/names.ts';
import { closest } from '../../api/closest.ts';
import { ConfigError, readConfig } from '../../config/config.ts';
import { type Check, checkLines, runDoctor, settingsProblems } from '../../doctor/run-doctor.ts';
import { createLogger } from '../../logger.ts';
import { homeOfUser } from '../../state/index.ts';
import { UsageError } from '../usage-error.ts';
import { askSettings } from './ask-settings.ts';
import { changeLines, maskedConfiguration, maskedSettings } from './change.ts';
import { CLIENTS, type Client, configurationOf, isInstalled, type Machine, settingsFolder } from './clients.ts';
import { type Entry, isOurs, readConfiguration, withEntry } from './configuration.ts';
import { type Replacement, readText, replace, unmarked } from './files.ts';
import { type Launch, launchOf, type Running } from './launch.ts';
import type { Questions } from './questions.ts';
import { renamed, type Settings, settingsFrom, settingsText, withFullPaths } from './settings.ts';
import { SetupError } from './setup-error.ts';

export interface SetupFlags {
  readonly client?: readonly string[];
  readonly file?: string;
  readonly from?: string;
  readonly name: string;
  readonly keys: string;
  readonly readOnly?: boolean;
  readonly sandbox?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly replace?: boolean;
  readonly check: boolean;
}

export interface SetupParts {
  readonly machine: Machine;
  readonly running: Running;
  readonly print: (text: string) => void;
  /** Nobody can be asked where it is left out. */
  readonly ask?: Questions | undefined;
}

/** A file that is to change, and how the change is shown. */
interface Planned extends Replacement {
  readonly lines: readonly string[];
}

function clientNamed(id: string): Client {
  const found = CLIENTS.find((client) => client.id === id.toLowerCase());
  if (found !== undefined) return found;
  const ids = CLIENTS.map((client) => client.id);
  const [near] = closest(id, ids, 1);
  throw new UsageError(
    `--client: there is no client ${id}.${near === undefined ? '' : ` Did you mean ${near}?`} There are: ${ids.join(', ')}. For another one, README.md says what it has to start (Any other client).`,
  );
}

async function chosenClients({ client, file }: SetupFlags, { ask, machine }: SetupParts): Promise<readonly Client[]> {
  const named = (client ?? []).flatMap((ids) => ids.split(',')).filter((id) => id !== '');
  if (named.length > 0) {
    if (file !== undefined && named.length > 1) throw new UsageError('--file goes with one --client.');
    return [...new Set(named)].map(clientNamed);
  }
  if (ask === undefined)
    throw new UsageError(
      `setup asks questions, and there is no terminal to ask in. Name the client and agree beforehand: --client ${CLIENTS.map(({ id }) => id).join('|')} --yes, with the settings in the environment or in --from FILE. --dry-run shows what would be written.`,
    );
  const choices = CLIENTS.map(({ id, title }) => ({ value: id, label: title }));
  const here = CLIENTS.filter((one) => isInstalled(one, machine)).map(({ id }) => id);
  const ids = await ask.several('Which programs shall use it?', choices, here);
  return ids.map(clientNamed);
}

/** Checks settings as `doctor` does. @returns what failed or is worth a look */
async function examine(settings: Settings): Promise<readonly Check[]> {
  try {
    const config = readConfig(settings);
    const checks = await runDoctor(config, createLogger('silent'), { kinds: nameKinds });
    return checks.filter(({ level }) => level !== 'ok');
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return settingsProblems(error.problems);
  }
}

const isBroken = (checks: readonly Check[]): boolean => checks.some(({ level }) => level === 'fail');

/** A pipe is none: reading it would wait for whoever writes to it, and take what others wait for. */
const isFile = (file: string): boolean => {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
};

/** Settings that lie about: in a `.env` file here, or in what a client starts already, perhaps another server for Manage. */
function lyingAbout(machine: Machine): Map<string, Settings> {
  const files = ['.env', ...CLIENTS.map((client) => configurationOf(client, machine))].filter(isFile);
  return new Map(
    files.flatMap((file): [string, Settings][] => {
      try {
        const settings = settingsFrom(file);
        return settings.CWM_SITE === undefined ? [] : [[file, settings]];
      } catch {
        return [];
      }
    }),
  );
}

/** What somebody begins with who has set nothing yet. */
async function begunWith(ask: Questions, machine: Machine): Promise<Settings> {
  const found = lyingAbout(machine);
  const [first] = found.keys();
  if (first === undefined) return {};
  const none = { value: '', label: 'None, ask for all' };
  const choices = [...[...found.keys()].map((file) => ({ value: file, label: file })), none];
  return (
    found.get(await ask.one('There are settings for Manage here. Which ones shall it begin with?', choices, first)) ??
    {}
  );
}

/** Settings from where they are, asked for where somebody can be asked, and checked with Manage. */
async function chosenSettings(flags: SetupFlags, { ask, machine, print }: SetupParts, file: string): Promise<Settings> {
  const stored = readText(file) === undefined ? {} : settingsFrom(file);
  const from = flags.from === undefined ? {} : settingsFrom(flags.from);
  let settings: Settings = {
    ...stored,
    ...renamed(machine.environment),
    ...from,
    ...(flags.readOnly && { CWM_READ_ONLY: 'true' }),
  };
  const isAsked = ask !== undefined && flags.yes !== true;
  if (isAsked && settings.CWM_SITE === undefined) settings = { ...(await begunWith(ask, machine)), ...settings };
  if (isAsked) settings = await askSettings(ask, settings);
  settings = withFullPaths(settings);
  if (!flags.check) return settings;
  for (;;) {
    print('Checking the settings with Manage ...');
    const found = await examine(settings);
    for (const line of found.flatMap(checkLines)) print(line);
    if (!isBroken(found)) {
      print(found.length === 0 ? 'Everything works.\n' : 'The settings work.\n');
      return settings;
    }
    if (!isAsked)
      throw new SetupError(
        'The settings do not work; see above. Nothing was changed. --no-check writes them all the same.',
      );
    const next = await ask.one(
      'The settings do not work yet.',
      [
        { value: 'change', label: 'Change them' },
        { value: 'write', label: 'Write them all the same' },
        { value: 'stop', label: 'Stop' },
      ],
      'change',
    );
    if (next === 'write') return settings;
    if (next === 'stop') throw new SetupError('Stopped; nothing was changed.');
    settings = withFullPaths(await askSettings(ask, settings));
  }
}

function planSettings(file: string, settings: Settings): Planned {
  const before = readText(file);
  const isSame = before !== undefined && isDeepStrictEqual(settingsFrom(file), settings);
  const after = isSame ? before : settingsText(settings);
  return { file, before, after, isPrivate: true, lines: changeLines(before ?? '', after, maskedSettings) };
}

function planClient(client: Client, entry: Entry, flags: SetupFlags, { machine, running }: SetupParts): Planned {
  const { name } = flags;
  const file = flags.file ?? configurationOf(client, machine);
  const content = readText(file);
  const { mark, text } = unmarked(content ?? '');
  const configuration = readConfiguration(text, file, client);
  if (isOurs(configuration, client, name, launchOf(running).program) === false && !flags.replace)
    throw new SetupError(
      `${file} has another server named "${name}". Choose another name with --name, or put ours in its place with --replace.`,
    );
  const after = withEntry(configuration, client, name, entry);
  const masked = (shown: string): string => maskedConfiguration(shown, [client.key, name]);
  const lines = changeLines(content === undefined ? '' : text, after, masked);
  // With keys in it, nobody else on the machine may read it any more.
  const isPrivate = Object.keys(entry.env).length > 0;
  return { file, before: content, after: `${mark}${after}`, isPrivate, lines };
}

/** What clients are to start: with the settings in their configuration, or with the name of the file that holds them. */
function entryOf(launch: Launch, { sandbox, keys }: SetupFlags, settings: Settings, file: string): Entry {
  const { command, args } = launch;
  if (sandbox) return { command, args: [...args, '--sandbox'], env: {} };
  return keys === 'client'
    ? { command, args, env: settings }
    : { command, args: [...args, '--settings', file], env: {} };
}

function checkFlags({ name, keys, yes, client, file }: SetupFlags): void {
  if (!/^[A-Za-z0-9][\w-]{0,39}$/.test(name))
    throw new UsageError('--name takes letters, digits, - and _, at most 40 of them.');
  if (!['file', 'client'].includes(keys)) throw new UsageError('--keys takes file or client.');
  if (yes && client === undefined) throw new UsageError('--yes needs --client, so that it is known what to change.');
  if (file !== undefined && client === undefined)
    throw new UsageError('--file needs --client, so that its form is known.');
}

/** `cwm-mcp setup`. @throws {UsageError} {SetupError} when it stops; what was written before that stays, and was said */
export async function runSetup(flags: SetupFlags, parts: SetupParts): Promise<void> {
  const { machine, running, print, ask } = parts;
  checkFlags(flags);
  const clients = await chosenClients(flags, parts);
  const settingsFile = join(settingsFolder(machine), `${flags.name}.env`);
  const settings = flags.sandbox ? {} : await chosenSettings(flags, parts, settingsFile);
  const entry = entryOf(launchOf(running), flags, settings, settingsFile);
  const keepsFile = !flags.sandbox && flags.keys === 'file';
  const plans = [
    ...(keepsFile ? [planSettings(settingsFile, settings)] : []),
    ...clients.map((client) => planClient(client, entry, flags, parts)),
  ];
  const changes = plans.filter(({ lines }) => lines.length > 0);
  for (const { file, before, lines } of changes)
    print([`${file}${before === undefined ? ' (new)' : ''}`, ...lines, ''].join('\n'));
  if (changes.length === 0) return print('Nothing to change: everything is set up like that.');
  if (flags.dryRun) return print('Nothing was written (--dry-run).');
  if (flags.yes !== true) {
    if (ask === undefined) throw new SetupError('Nothing was written: agree with --yes.');
    if (!(await ask.yes('Write this?'))) throw new SetupError('Stopped; nothing was changed.');
  }
  for (const change of changes) {
    const copy = replace(change);
    print(`Wrote ${change.file}${copy === undefined ? '' : `; what stood there is in ${copy}`}`);
  }
  for (const { title, restart } of clients) print(`${title}: ${restart}`);
}

/** The same for this user, program and terminal. */
export async function setupHere(flags: SetupFlags, print: (text: string) => void): Promise<void> {
  const home = homeOfUser();
  if (home === undefined)
    throw new UsageError(
      'This user has no home folder, so it is not known where programs keep their configuration: set HOME to one.',
    );
  const hasTerminal = process.stdin.isTTY && process.stdout.isTTY;
  await runSetup(flags, {
    machine: { environment: process.env, platform: process.platform, home },
    running: { program: process.argv[1] ?? '', node: process.execPath, platform: process.platform },
    print,
    ask: hasTerminal ? (await import('./questions.ts')).terminalQuestions() : undefined,
  });
}
