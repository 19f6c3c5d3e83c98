import { readFileSync, realpathSync, statSync } from 'node:fs';
import { closest } from '../api/closest.ts';
import type { JournalSettings } from '../journal/index.ts';
import { LOG_LEVELS, type LogLevel } from '../log-levels.ts';
import type { ManageSettings } from '../manage/client.ts';
import { quotedSetting, shownPath } from '../may-be-key.ts';
import type { FilePolicy } from '../tool/context.ts';
import { TOOLSETS, type Toolset } from '../tool/define-tool.ts';
import { type HttpConfig, type IntegratorLogin, readHttp, readIntegrator } from './http-settings.ts';
import { type LimitSettings, readLimits } from './limits.ts';
import { clientIdProblem, readSite, zoneProblem } from './problems.ts';
import type { Environment } from './read-environment.ts';
import { Reader } from './reader.ts';
import { type ReplicaSettings, readReplica } from './replica-settings.ts';
import { readJournal, readNamesFolder, readQuotaFolder, readStateDir } from './state-settings.ts';
import type { Variable } from './variables.ts';

/** Everything that a server needs to know, checked. */
export interface Config {
  readonly manage: ManageSettings;
  /** With it, requests go out as the member who signed in. */
  readonly integrator?: IntegratorLogin | undefined;
  readonly member?: string;
  readonly timeZone?: string;
  readonly toolsets: ReadonlySet<Toolset>;
  /** Patterns of operations that are tools of their own. */
  readonly operations: readonly string[];
  /** The description of another version of the API, made by `catalog import`. */
  readonly descriptionFile?: string;
  /** What the operator narrows beyond the rights of the keys. */
  readonly limits: LimitSettings;
  /** Where attachments may come from and be saved to beside Manage. */
  readonly files: FilePolicy;
  /**
   * Folder of what outlives a process; `ownFolder` makes what is wanted inside it. `undefined` where nothing is kept: in the sandbox,
   * unless a folder is set, and for a user without a home.
   */
  readonly stateDir?: string;
  /** Where setup tables are kept from one start to the next; nowhere when left out. */
  readonly namesFolder?: string;
  /** Where the processes of one user share the requests a minute; each has its own when left out. */
  readonly quotaFolder?: string;
  /** What is written down of every write, and where. */
  readonly journal: JournalSettings;
  readonly logLevel: LogLevel;
  readonly http: HttpConfig;
  /** How it works beside other replicas, and how it is watched. */
  readonly replica: ReplicaSettings;
  readonly sandbox: boolean;
}

/** The configuration cannot be used. The message names every variable that something is wrong with. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  /** What helps somebody who has set nothing yet. */
  readonly hints: readonly string[];

  constructor(problems: readonly string[], hints: readonly string[] = []) {
    super(`The configuration cannot be used:\n${[...problems, ...hints].map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
    this.hints = hints;
  }
}

const REQUIRED: readonly (readonly [Variable, string])[] = [
  ['CWM_SITE', 'the host that you sign in to, like na.myconnectwise.net'],
  ['CWM_COMPANY_ID', 'the company name of the sign-in page'],
  ['CWM_PUBLIC_KEY', 'the public key of an API member'],
  ['CWM_PRIVATE_KEY', 'the private key of that API member'],
  ['CWM_CLIENT_ID', 'the client id from developer.connectwise.com'],
];

/** Former names of toolsets, still understood. */
const TOOLSET_ALIASES: ReadonlyMap<string, Toolset> = new Map([['catalog', 'api']]);

function readToolsets(reader: Reader): ReadonlySet<Toolset> {
  const given = reader.text('CWM_TOOLSETS') === undefined ? ['core'] : reader.list('CWM_TOOLSETS');
  if (given.length === 0)
    reader.problems.push('CWM_TOOLSETS selects no tool; leave it out for the default, or name toolsets.');
  const chosen = given.flatMap((name): Toolset[] => {
    const wanted = name.toLowerCase();
    if (wanted === 'all') return [...TOOLSETS];
    if (wanted === 'none' && reader.list('CWM_OPERATIONS').length > 0) return [];
    const known = TOOLSET_ALIASES.get(wanted) ?? TOOLSETS.find((toolset) => toolset === wanted);
    if (known !== undefined) return [known];
    const [near] = closest(name, TOOLSETS, 1);
    reader.problems.push(
      `CWM_TOOLSETS has no toolset ${quotedSetting(name)}.${near === undefined ? '' : ` Did you mean ${near}?`} There are: all, ${TOOLSETS.join(', ')}.`,
    );
    return [];
  });
  return new Set(chosen);
}

function readCa(reader: Reader): string | undefined {
  const file = reader.text('CWM_CA_FILE');
  if (file === undefined) return undefined;
  try {
    const pem = readFileSync(file, 'utf8');
    if (pem.includes('BEGIN CERTIFICATE')) return pem;
    reader.problems.push(`CWM_CA_FILE: ${file} holds no certificate in PEM form.`);
  } catch {
    reader.problems.push(`CWM_CA_FILE: the file ${shownPath(file)} cannot be read.`);
  }
  return undefined;
}

/** A folder that exists, by its real path, so that a link cannot lead out of it; and hosts, https unless http is written out. */
function readFiles(reader: Reader, readOnly: boolean): FilePolicy {
  const origins = reader.list('CWM_ATTACHMENT_URLS').flatMap((text): string[] => {
    const address = text.includes('://') ? text : `https://${text}`;
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const isPlain = url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.username === '';
    if (isPlain && !text.includes('*')) return [url.origin];
    reader.problems.push(
      `CWM_ATTACHMENT_URLS has to list hosts like files.example.com, without paths and wildcards, not ${quotedSetting(text)}.`,
    );
    return [];
  });
  const folder = reader.text('CWM_FILES_DIR');
  if (folder === undefined) return { origins, readOnly };
  try {
    const directory = realpathSync(folder);
    if (statSync(directory).isDirectory()) return { directory, origins, readOnly };
  } catch {
    // Said below.
  }
  reader.problems.push(`CWM_FILES_DIR: there is no folder ${shownPath(folder)}.`);
  return { origins, readOnly };
}

/** The journal's settings alone, for commands that need no Manage. @throws {ConfigError} */
export function readJournalSettings(environment: Environment): JournalSettings {
  const reader = new Reader(environment);
  const journal = readJournal(reader, readStateDir(reader, environment, false));
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  return journal;
}

function readBaseUrl(reader: Reader): string {
  const site = reader.text('CWM_SITE');
  if (site === undefined) return '';
  const { baseUrl, problem } = readSite(site);
  if (problem !== undefined) reader.problems.push(`CWM_SITE: ${problem}`);
  return baseUrl;
}

/** The integrator login has every right: nobody may come to work under it, for want of a member to act as. */
function checkIntegrator(reader: Reader, { integrator, member, http }: Config): void {
  const isToldApart = http.oauth !== undefined || http.peopleFile !== undefined || http.callerKeys;
  if (integrator !== undefined && member === undefined && !isToldApart)
    reader.problems.push(
      'CWM_INTEGRATOR_LOGIN acts as a member: set CWM_MEMBER, or have callers sign in (CWM_PEOPLE_FILE, CWM_OAUTH_ISSUER).',
    );
}

/**
 * The configuration from environment variables.
 * @param sandbox whether the variables are those of a sandbox that was started for this server
 * @throws {ConfigError} with everything that is wrong, at once
 */
export function readConfig(environment: Environment, sandbox = false): Config {
  const reader = new Reader(environment);
  const integrator = readIntegrator(reader);
  // The integrator login signs the server in as well, where it has no keys.
  const isSpared = (variable: Variable): boolean =>
    integrator !== undefined && (variable === 'CWM_PUBLIC_KEY' || variable === 'CWM_PRIVATE_KEY');
  const missing = REQUIRED.filter(([variable]) => reader.isMissing(variable) && !isSpared(variable));
  for (const [variable, what] of missing) reader.problems.push(`${variable} is missing: ${what}.`);
  const hints = missing.length === REQUIRED.length ? ['To try the server without keys, start it with --sandbox.'] : [];

  const timeZone = reader.text('CWM_TIME_ZONE');
  const wrongZone = timeZone === undefined ? undefined : zoneProblem(timeZone);
  if (wrongZone !== undefined) reader.problems.push(`CWM_TIME_ZONE ${wrongZone}`);
  const logLevel = reader.text('CWM_LOG_LEVEL')?.toLowerCase() ?? 'info';
  if (!(LOG_LEVELS as readonly string[]).includes(logLevel))
    reader.problems.push(`CWM_LOG_LEVEL has to be one of ${LOG_LEVELS.join(', ')}.`);
  const apiVersion = reader.text('CWM_API_VERSION');
  if (apiVersion !== undefined && !/^\d{4}\.\d+$/.test(apiVersion))
    reader.problems.push(`CWM_API_VERSION has to look like 2022.1, not ${quotedSetting(apiVersion)}.`);
  const clientId = reader.text('CWM_CLIENT_ID') ?? '';
  const wrongClientId = clientId === '' ? undefined : clientIdProblem(clientId);
  if (wrongClientId !== undefined) reader.problems.push(`CWM_CLIENT_ID ${wrongClientId}`);

  const readOnly = reader.flag('CWM_READ_ONLY');
  const caPem = readCa(reader);
  const member = reader.text('CWM_MEMBER');
  const descriptionFile = reader.text('CWM_CATALOG');
  const stateDir = readStateDir(reader, environment, sandbox);
  const config: Config = {
    manage: {
      baseUrl: readBaseUrl(reader),
      companyId: reader.text('CWM_COMPANY_ID') ?? '',
      publicKey: reader.text('CWM_PUBLIC_KEY') ?? integrator?.login ?? '',
      privateKey: reader.text('CWM_PRIVATE_KEY') ?? integrator?.password ?? '',
      clientId,
      readOnly,
      requestsPerMinute: reader.whole('CWM_REQUESTS_PER_MINUTE', 600, 1, 10_000),
      maxInFlight: reader.whole('CWM_MAX_IN_FLIGHT', 10, 1, 64),
      deadlineMs: reader.whole('CWM_DEADLINE_SECONDS', 40, 1, 600) * 1000,
      apiVersion,
      caPem,
    },
    toolsets: readToolsets(reader),
    operations: reader.list('CWM_OPERATIONS'),
    limits: readLimits(reader),
    files: readFiles(reader, readOnly),
    stateDir,
    namesFolder: readNamesFolder(reader, stateDir),
    quotaFolder: readQuotaFolder(reader, stateDir),
    journal: readJournal(reader, stateDir),
    logLevel: logLevel as LogLevel,
    integrator,
    http: readHttp(reader),
    replica: readReplica(reader),
    sandbox,
    descriptionFile,
    member,
    timeZone,
  };
  checkIntegrator(reader, config);
  if (reader.problems.length > 0) throw new ConfigError(reader.problems, hints);
  return config;
}
