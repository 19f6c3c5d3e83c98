import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { operationTools } from '../../tools/api/operation-tools.ts';
import { tools } from '../../tools/index.ts';
import { nameKinds } from '../../tools/names.ts';
import { words } from '../../tools/words.ts';
import type { ApiDescription } from '../api/index.ts';
import { loadApi } from '../api/load.ts';
import { createSearch, type Search } from '../api/search/search-operations.ts';
import type { Config } from '../config/config.ts';
import type { IntegratorLogin } from '../config/http-settings.ts';
import { Journal } from '../journal/index.ts';
import type { Logger } from '../logger.ts';
import { createManageClient, fixedKeys, type Keys, SharedSite, type Timing } from '../manage/index.ts';
import { type KeptTables, keepTables } from '../names/index.ts';
import { LocalStore, SharedEntries, type SharedStore } from '../shared-store/index.ts';
import { createGuard, type ToolDefinition, type Writing } from '../tool/index.ts';
import { type Allowed, allowedBy, searchWithin } from './allowed.ts';
import { withOutsideArgument } from './calls/lockdown.ts';
import { Questions } from './calls/questions.ts';
import { createRunningCalls, type RunningCalls } from './calls/running-calls.ts';
import { secretOf } from './secret.ts';
import { limiterOf, sharedFolder } from './shared-limiter.ts';
import { MemberTokens } from './sign-in/member-tokens.ts';
import { Members } from './sign-in/members.ts';

/** What is the same for all callers of one server. */
export interface Shared {
  /** As the operator wrote it. */
  readonly config: Config;
  readonly logger: Logger;
  /** Everything that is known of any version; what the site has is `manage.site()`'s. */
  readonly api: ApiDescription;
  readonly allowed: Allowed;
  /** Every direct tool, and the whole-API ones. */
  readonly known: readonly ToolDefinition[];
  /** Operations that the operator chose to be tools of their own. */
  readonly operations: readonly ToolDefinition[];
  /** Finds the operations of a version. */
  searchOf(api: ApiDescription): Search;
  readonly site: SharedSite;
  /** Who is in Manage, for sign-in. */
  readonly members: Members;
  /** Keys to act as a member, where there is an integrator login. */
  readonly tokens: MemberTokens | undefined;
  readonly timing: Timing | undefined;
  readonly calls: RunningCalls;
  /** Aborts when the server stops and calls that have not begun to write had their time. */
  readonly stopping: AbortController;
  readonly journal: Journal;
  /** The present moment, in no zone. */
  readonly clock: () => Date;
  /** Creations under way, by caller and request: the same one twice at once is one. */
  readonly creations: Writing['running'];
  /** What is known of the creations of the last minutes, by caller, so that none is made twice. */
  readonly guard: Writing['guard'];
  /** What is remembered of questions to people, by caller. */
  readonly questions: Questions;
  /** What replicas share; of this process alone for a server by itself. */
  readonly store: SharedStore;
  /** 32 bytes that nobody else has, for one purpose; the same in every process that serves this configuration. */
  secret(purpose: string): Uint8Array;
  /** The names tables that are kept for a login. */
  tablesOf(login: readonly string[]): KeptTables | undefined;
  /** Writes the tables that are not written yet. */
  flush(): void;
}

export interface ServiceOptions {
  /** What replicas share; nothing when left out. */
  readonly store?: SharedStore;
  /** The present; the machine's clock when left out. */
  readonly clock?: () => Date;
  /** How requests wait for each other and for their next try; real time when left out. */
  readonly timing?: Timing;
}

/** Where processes of one user tell each other what they create. */
const guardFolder = ({ stateDir }: Config, logger: Logger): string | undefined =>
  sharedFolder(
    stateDir === undefined ? undefined : join(stateDir, 'requests'),
    logger,
    'creations are guarded within this process only',
  );

/** The part of its time that a call waits for others at most: enough has to be left to do it. */
const WAITING_PART = 0.6;

const versionOf = ({ manage }: Config, api: ApiDescription): ApiDescription =>
  manage.apiVersion === undefined ? api : api.at(manage.apiVersion);

/** Searches are made once for a version: indexing takes a while. */
function searches(allowed: Allowed): (api: ApiDescription) => Search {
  const made = new WeakMap<ApiDescription, Search>();
  return (api) => {
    const search = made.get(api) ?? searchWithin(createSearch(api, words), allowed);
    made.set(api, search);
    return search;
  };
}

/** Logins whose tables are at hand; those of others are read from their files again. */
const MOST_LOGINS = 500;

/** Tables of names outlive the process by what decides which records a login may see: site, keys, member, the operator's limits. */
function keptTables({ namesFolder, manage: { baseUrl, companyId }, limits }: Config) {
  const kept = new LRUCache<string, ReturnType<typeof keepTables>>({
    max: MOST_LOGINS,
    dispose: (tables, _, reason) => reason === 'evict' && tables.flush(),
  });
  return {
    of(login: readonly string[]): KeptTables | undefined {
      if (namesFolder === undefined) return undefined;
      const key = JSON.stringify(login);
      const tables = kept.get(key) ?? keepTables(namesFolder, [baseUrl, companyId, ...login, JSON.stringify(limits)]);
      kept.set(key, tables);
      return tables;
    },
    flush(): void {
      for (const tables of kept.values()) tables.flush();
    },
  };
}

/** Ends all calls at once: each that runs listens. */
function stopped(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

const integratorKeys = ({ login, password }: IntegratorLogin): Keys =>
  fixedKeys({ publicKey: login, privateKey: password, userType: 'integrator' });

export function createShared(
  config: Config,
  logger: Logger,
  { clock = () => new Date(), timing, store = new LocalStore() }: ServiceOptions = {},
): Shared {
  const api = loadApi(config.descriptionFile);
  const { limits } = config;
  const known = limits.lockdown ? withOutsideArgument(tools) : tools;
  // Only a version that is configured may decide what is listed: the list does not depend on what a connection finds.
  const own = operationTools(versionOf(config, api), config.operations);
  const operations = limits.lockdown ? withOutsideArgument(own) : own;
  const allowed = allowedBy(limits, { api, tools: [...known, ...operations], kinds: nameKinds });
  const tables = keptTables(config);
  const site = new SharedSite(config.manage, {
    api,
    logger,
    timing,
    // A time of one's own is nothing to share.
    limiter: timing === undefined ? limiterOf(config, store, logger) : undefined,
  });
  // Clients of no caller, so that none of their limits holds: members are read, and tokens made, in read-only mode too.
  const clientOf = (keys: Keys | undefined, readOnly: boolean) =>
    createManageClient({ ...config.manage, readOnly }, { api, logger, timing, shared: site, keys });
  return {
    config,
    logger,
    api,
    allowed,
    known,
    operations,
    searchOf: searches(allowed),
    site,
    members: new Members(clientOf(undefined, true)),
    tokens:
      config.integrator &&
      new MemberTokens(clientOf(integratorKeys(config.integrator), false), store, () => clock().getTime()),
    timing,
    calls: createRunningCalls(config.manage.deadlineMs * WAITING_PART),
    stopping: stopped(),
    store,
    journal: new Journal(config.journal, { now: clock, shared: store }),
    clock,
    creations: new Map(),
    guard: createGuard({
      folder: guardFolder(config, logger),
      shared: store.isShared ? (rememberedMs) => new SharedEntries(store, rememberedMs) : undefined,
      pause: timing?.sleep,
    }),
    questions: new Questions(store, store.isShared ? secretOf(config, 'questions') : undefined),
    secret: (purpose) => secretOf(config, purpose),
    tablesOf: tables.of,
    flush: tables.flush,
  };
}
