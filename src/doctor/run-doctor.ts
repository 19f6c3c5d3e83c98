import type { ApiDescription } from '../api/index.ts';
import { loadApi } from '../api/load.ts';
import type { Config } from '../config/config.ts';
import { type Environment, isUnset } from '../config/read-environment.ts';
import type { Logger } from '../logger.ts';
import { createManageClient, type ManageClient, type Timing } from '../manage/index.ts';
import { createNames, forgetTables, type KindTable } from '../names/index.ts';
import { checkAccess, checkIntegrator, checkVersion } from './access.ts';
import { bad, type Finding, ok, said } from './finding.ts';
import { checkCertificate, checkFiles, checkJournal, checkPort, checkSettingsFile, checkState } from './machine.ts';
import { checkZone, findMember } from './member.ts';
import { checkClock, checkDns, checkTls } from './network.ts';
import { checkPermissions, type ReadRole } from './permissions.ts';
import { checkLimits, checkTools, type Select } from './tools.ts';

/** A check with what it found. */
export interface Check extends Finding {
  /** Stays the same from version to version: `dns`, `member`. */
  readonly id: string;
  /** For people. */
  readonly name: string;
}

const MARKS = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' } as const;

/** A check as people read it: a line, and under it what to change. */
export const checkLines = ({ level, name, text, change, details = [] }: Check): string[] => [
  `${MARKS[level]}  ${name}: ${text}`,
  ...[...(change === undefined ? [] : [change]), ...details].map((line) => `      ${line}`),
];

/** What checks are called, by their ids. */
const NAMES = {
  settings: 'settings',
  journal: 'journal',
  state: 'state folder',
  files: 'files folder',
  port: 'port',
  metrics: 'metrics port',
  certificate: 'certificate',
  dns: 'DNS',
  tls: 'TLS',
  clock: 'clock',
  access: 'clientId, keys, API version',
  integrator: 'integrator login',
  version: 'version',
  tools: 'tools',
  limits: 'limits',
  member: 'member',
  zone: 'time zone',
  permissions: 'permissions',
} as const;

/** A check of something that only those above know how to open. */
export interface ExtraCheck {
  readonly id: string;
  readonly name: string;
  /** Nothing where it is not set. */
  check(): Promise<Finding | undefined>;
}

export interface DoctorParts {
  /** How the records of each kind of name are found. */
  readonly kinds: KindTable;
  /** Told of each check as it ends. */
  readonly report?: (check: Check) => void;
  readonly environment?: Environment;
  /** The file that settings come from. */
  readonly settingsFile?: string | undefined;
  /** Chooses the tools, as a start would; without it they are not looked at. */
  readonly select?: Select;
  /** Lines about the tools that call what a site's version does not have. */
  readonly toolsWithout?: (api: ApiDescription) => readonly string[];
  /** Asks for the security role of the keys; permissions are looked at where it is given. */
  readonly readRole?: ReadRole | undefined;
  /** Made after those of this machine. */
  readonly extra?: readonly ExtraCheck[];
  /** How requests wait for their next try; real time when left out. */
  readonly timing?: Timing;
}

/** Forgets the setup tables of earlier starts, should they be suspected of anything. */
export function forgetNames({ namesFolder }: Config, print: (line: string) => void): void {
  if (namesFolder !== undefined) forgetTables(namesFolder);
  print('Forgot the boards, statuses, members and other setup tables of earlier starts; they are read anew.');
}

/** What is wrong with settings that no configuration can be made of, as checks: one for each problem, with what helps under the last. */
export const settingsProblems = (problems: readonly string[], hints: readonly string[] = []): Check[] =>
  problems.map((text, index) => ({
    id: 'settings',
    name: NAMES.settings,
    level: 'fail',
    text,
    change: hints.length > 0 && index === problems.length - 1 ? hints.join(' ') : undefined,
  }));

/**
 * Checks a configuration step by step and says for each failure what to change. A step that the rest depends on ends it: the others
 * would only repeat the failure.
 * @returns every check that was made, in order
 */
export async function runDoctor(config: Config, logger: Logger, parts: DoctorParts): Promise<readonly Check[]> {
  const checks: Check[] = [];
  const add = (check: Check): void => {
    checks.push(check);
    parts.report?.(check);
  };
  const tell: Telling['tell'] = async (id, check) => {
    const found = await findingsOf(check);
    for (const finding of found) add({ id, name: NAMES[id], ...finding });
    return found.every(({ level }) => level !== 'fail');
  };
  await examine(config, logger, { ...parts, tell, add });
  return checks;
}

type Found = Finding | undefined | readonly (Finding | undefined)[];

/** What a check finds. That it could not be made is a finding as well: the others still tell something. */
async function findingsOf(check: () => Found | Promise<Found>): Promise<Finding[]> {
  try {
    const found = await check();
    return (Array.isArray(found) ? found : [found]).filter((finding) => finding !== undefined);
  } catch (error) {
    return [bad(said(error), 'This could not be checked. Try again; if it stays like that, report it.')];
  }
}

interface Telling extends DoctorParts {
  readonly add: (check: Check) => void;
  /** Makes a check, reports what it found, and gives whether nothing of it failed. */
  readonly tell: (id: keyof typeof NAMES, check: () => Found | Promise<Found>) => Promise<boolean>;
}

/** What to change where the description of the API cannot be used. */
export const CATALOG_CHANGE = 'CWM_CATALOG: make it again with catalog import, or leave it out.';

const settingsFound = ({ manage, toolsets }: Config): Finding =>
  ok(`${new URL(manage.baseUrl).host}${manage.readOnly ? ', read-only' : ''}, toolsets ${[...toolsets].join(', ')}`);

async function examine(config: Config, logger: Logger, parts: Telling): Promise<void> {
  const { tell, environment = {}, settingsFile } = parts;
  await tell('settings', () => settingsFound(config));
  if (settingsFile !== undefined) await tell('settings', () => checkSettingsFile(settingsFile));
  await tell('journal', () => checkJournal(config));
  await tell('state', () => checkState(config));
  await tell('files', () => checkFiles(config));
  const serves = Object.keys(environment).some((name) => name.startsWith('CWM_HTTP_') && !isUnset(environment[name]));
  if (serves) await tell('port', () => checkPort(config.http));
  const { metrics } = config.replica;
  if (metrics !== undefined)
    await tell('metrics', () => checkPort(metrics, { port: 'CWM_METRICS_PORT', host: 'CWM_METRICS_HOST' }));
  await tell('certificate', () => checkCertificate(config.http));
  for (const { id, name, check } of parts.extra ?? [])
    for (const finding of await findingsOf(check)) parts.add({ id, name, ...finding });
  let api: ApiDescription;
  try {
    api = loadApi(config.descriptionFile);
  } catch (error) {
    await tell('settings', () => bad(said(error), CATALOG_CHANGE));
    return;
  }
  const url = new URL(config.manage.baseUrl);
  const { caPem } = config.manage;
  if (!(await tell('dns', () => checkDns(url, environment)))) return;
  if (!(await tell('tls', () => checkTls(url, { caPem, environment })))) return;
  await tell('clock', () => checkClock(config.manage));
  const signIn = (keys: Partial<Config['manage']> = {}): ManageClient =>
    createManageClient({ ...config.manage, deadlineMs: 20_000, ...keys }, { api, logger, timing: parts.timing });
  const manage = signIn();
  try {
    if (!(await tell('access', () => checkAccess(manage, config.manage)))) return;
    await tell('integrator', () =>
      checkIntegrator(config, (publicKey, privateKey) => signIn({ publicKey, privateKey })),
    );
    await examineAccount({ config, api, manage }, parts);
  } finally {
    await manage.close();
  }
}

interface SignedIn {
  readonly config: Config;
  readonly api: ApiDescription;
  readonly manage: ReturnType<typeof createManageClient>;
}

/** What only keys that are taken can find out. */
async function examineAccount({ config, api, manage }: SignedIn, parts: Telling): Promise<void> {
  const { tell, kinds, select, toolsWithout = () => [], readRole } = parts;
  await tell('version', () => checkVersion(manage, api, toolsWithout));
  const { api: site } = await manage.site();
  const { findings, tools } =
    select === undefined ? { findings: [], tools: [] } : await checkTools(config, select, site);
  await tell('tools', () => findings);
  const names = createNames({ kinds, manage });
  await tell('limits', () => checkLimits(config, manage, names));
  const { finding, me } = await findMember(config, { manage, names });
  await tell('member', () => finding);
  if (me !== undefined) await tell('zone', () => checkZone(config, me, names));
  if (readRole !== undefined) await tell('permissions', () => checkPermissions({ tools, api: site, manage }, readRole));
}
