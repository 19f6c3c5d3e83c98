import type { ApiDescription } from '../api/index.ts';
import { loadApi } from '../api/load.ts';
import type { Config } from '../config/config.ts';
import { limitsHeld } from '../config/limits.ts';
import { checkWritable } from '../journal/index.ts';
import type { Logger } from '../logger.ts';
import {
  createManageClient,
  Forbidden,
  type ManageClient,
  ManageError,
  NoSuchOperation,
  resolveScope,
  Unauthorized,
} from '../manage/index.ts';
import { createMe, createNames, forgetTables, type KindTable } from '../names/index.ts';
import { bad, checkClock, checkDns, checkTls, type Finding, ok, said } from './network.ts';

const VERSION = 'version';

interface Step {
  readonly name: string;
  /** Whether the steps after it can say nothing without it. */
  readonly needed?: boolean;
  check(): Promise<Finding>;
}

/** One request tells apart a wrong client id, wrong keys, and an API version that the server does not have. */
async function checkAccess(manage: ManageClient): Promise<Finding> {
  try {
    const info = await manage.get<{ version?: string }>('GET /system/info');
    return ok(`signed in; Manage ${info.version ?? 'of unknown version'}`);
  } catch (error) {
    if (error instanceof Unauthorized) {
      return error.reason === 'wrongClientId'
        ? bad(error.message, 'CWM_CLIENT_ID: use the client id of your integration from developer.connectwise.com.')
        : bad(
            error.message,
            'CWM_COMPANY_ID, CWM_PUBLIC_KEY or CWM_PRIVATE_KEY is wrong, or the API member is inactive.',
          );
    }
    if (error instanceof ManageError && error.reason === 'unknownApiVersion')
      return bad(error.message, 'CWM_API_VERSION: leave it out, or use a version that your Manage supports.');
    if (error instanceof ManageError && error.status === 403)
      return bad(
        error.message,
        'The API member cannot read System > Info: give its security role the right, or check that CWM_SITE is the API host (api-...).',
      );
    if (error instanceof ManageError && error.status === 404)
      return bad(error.message, 'CWM_SITE answers, but not like Manage. Cloud sites also answer 404 for wrong keys.');
    if (error instanceof NoSuchOperation)
      return bad(
        error.message,
        `CWM_CATALOG: a description without ${error.operation} cannot tell who the keys belong to.`,
      );
    return bad(said(error), 'CWM_SITE: check the host and port, and whether a firewall blocks the connection.');
  }
}

/** Which version of the API the site has, and what is asked for. */
async function checkVersion(manage: ManageClient, api: ApiDescription): Promise<Finding> {
  const { api: own, version, isConfigured } = await manage.site();
  const has = `${own.operations.length} of the ${api.operations.length} operations that are known`;
  if (version === undefined)
    return bad(
      `the site does not say its version; ${own.version} is assumed, with ${has}`,
      'CWM_API_VERSION: set the version that Manage shows under Help > About, like 2025.1.',
    );
  const source = isConfigured ? 'CWM_API_VERSION' : 'the site';
  const asked = own.version === version ? '' : `, and is asked for ${own.version}, the newest that is known`;
  return ok(`${version} (${source})${asked}: ${has}`);
}

/** Whether what is written can be written down, by doing what a write does first: the folder is made, and a file in it. */
async function checkJournal({ journal: { place } }: Config): Promise<Finding> {
  if (place.kind === 'off') return ok('off: nothing that is written can be undone');
  if (place.kind === 'memory') return ok('in memory, until the server ends; CWM_STATE_DIR keeps it');
  try {
    await checkWritable(place);
    return ok(`${place.folder}, kept ${place.days} days`);
  } catch (error) {
    return bad(
      said(error),
      'CWM_JOURNAL_DIR or CWM_STATE_DIR: a folder that this user can write to; or CWM_JOURNAL=off.',
    );
  }
}

async function checkMember(config: Config, manage: ManageClient, kinds: KindTable): Promise<Finding> {
  try {
    const names = createNames({ kinds, manage });
    const me = await createMe({ manage, names, member: config.member, timeZone: config.timeZone })();
    return ok(`${me.name} (${me.identifier}), zone ${me.timeZone}`);
  } catch (error) {
    if (error instanceof Forbidden)
      return bad(
        said(error),
        'The API member cannot read members: give its security role Inquire on System > Member Maintenance.',
      );
    return bad(
      said(error),
      'CWM_MEMBER: the identifier, e-mail or id of the person whose time is logged; CWM_TIME_ZONE: an IANA zone.',
    );
  }
}

/** What the operator limits, and whether the tools, operations, companies and boards that it names exist. */
async function checkLimits(config: Config, manage: ManageClient, select: () => Promise<void>): Promise<Finding> {
  const { limits } = config;
  const held = limitsHeld(limits, config.manage.readOnly);
  try {
    await select();
    await resolveScope(limits, manage);
  } catch (error) {
    return bad(
      said(error),
      'Each of CWM_ALLOW, CWM_DENY, CWM_OPERATIONS, CWM_COMPANIES and CWM_BOARDS has to name something.',
    );
  }
  return ok(held.length === 0 ? 'none beyond the rights of the keys' : held.join('; '));
}

/** Forgets the setup tables of earlier starts, should they be suspected of anything. */
export function forgetNames({ namesFolder }: Config, print: (line: string) => void): void {
  if (namesFolder !== undefined) forgetTables(namesFolder);
  print('Forgot the boards, statuses, members and other setup tables of earlier starts; they are read anew.');
}

export interface DoctorParts {
  /** How the records of each kind of name are found. */
  readonly kinds: KindTable;
  /** Takes a line at a time. */
  readonly print: (line: string) => void;
  /** Chooses the tools, as a start would. @throws what a start would throw */
  readonly select?: () => Promise<void>;
  /** Lines about the tools that call what a site's version does not have. */
  readonly toolsWithout?: (api: ApiDescription) => readonly string[];
}

/**
 * Checks a configuration step by step and says for each failure what to change.
 * @returns whether everything works
 */
export async function runDoctor(
  config: Config,
  logger: Logger,
  { kinds, print, select = async () => undefined, toolsWithout = () => [] }: DoctorParts,
): Promise<boolean> {
  const url = new URL(config.manage.baseUrl);
  const api = loadApi(config.descriptionFile);
  const manage = createManageClient({ ...config.manage, deadlineMs: 20_000 }, { api, logger });
  const steps: Step[] = [
    {
      name: 'variables',
      check: async () =>
        ok(`${url.host}${config.manage.readOnly ? ', read-only' : ''}, toolsets ${[...config.toolsets].join(', ')}`),
    },
    { name: 'DNS', needed: true, check: () => checkDns(url) },
    { name: 'TLS', needed: true, check: () => checkTls(url, config.manage.caPem) },
    { name: 'journal', check: () => checkJournal(config) },
    { name: 'clock', check: () => checkClock(config.manage) },
    { name: 'clientId, keys, API version', needed: true, check: () => checkAccess(manage) },
    { name: VERSION, check: () => checkVersion(manage, api) },
    { name: 'limits', check: () => checkLimits(config, manage, select) },
    { name: 'member and time zone', check: () => checkMember(config, manage, kinds) },
  ];
  let healthy = true;
  for (const { name, needed, check } of steps) {
    const finding = await check();
    print(`${finding.ok ? 'ok  ' : 'FAIL'}  ${name}: ${finding.text}`);
    if (finding.change !== undefined) print(`      ${finding.change}`);
    if (name === VERSION) for (const line of toolsWithout((await manage.site()).api)) print(`      ${line}`);
    healthy &&= finding.ok;
    // The steps after it would only repeat the failure.
    if (!finding.ok && needed) break;
  }
  await manage.close();
  print(healthy ? 'Everything works.' : 'Something is wrong; see above.');
  return healthy;
}
