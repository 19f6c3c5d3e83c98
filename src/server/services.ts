import { join } from 'node:path';
import { DateTime } from 'luxon';
import { operationTools } from '../../tools/api/operation-tools.ts';
import { tools } from '../../tools/index.ts';
import { nameKinds } from '../../tools/names.ts';
import { words } from '../../tools/words.ts';
import type { ApiDescription } from '../api/index.ts';
import { loadApi } from '../api/load.ts';
import { createSearch, type Search } from '../api/search/search-operations.ts';
import type { Config } from '../config/config.ts';
import { limitsHeld } from '../config/limits.ts';
import { Journal } from '../journal/index.ts';
import type { Logger } from '../logger.ts';
import { createManageClient, type ManageClient, type Timing } from '../manage/index.ts';
import { createMe, createNames, keepTables, type Me, type Names } from '../names/index.ts';
import { ownFolder, StateFolderError } from '../state/index.ts';
import {
  createGuard,
  createSeen,
  createToolSearch,
  type SeenRecords,
  type ToolDefinition,
  type ToolSearch,
  type Writing,
} from '../tool/index.ts';
import { type Allowed, allowedBy, searchWithin, whyWithheld, withinLimits } from './allowed.ts';
import type { Offer } from './instructions.ts';
import { withOutsideArgument } from './lockdown.ts';
import { createQuestions, type Questions } from './questions.ts';
import { createRunningCalls, GRACE_MS, type RunningCalls } from './running-calls.ts';
import { reachableTools, selectTools, withoutRawWriter } from './select-tools.ts';

/** What all calls of one server share. */
export interface Services {
  readonly config: Config;
  readonly logger: Logger;
  /** Everything that is known of any version; what the site has is `manage.site()`'s. */
  readonly api: ApiDescription;
  readonly allowed: Allowed;
  /** Finds the operations of a version. */
  searchOf(api: ApiDescription): Search;
  readonly manage: ManageClient;
  readonly names: Names;
  /** The tools that clients see. */
  readonly tools: readonly ToolDefinition[];
  /** Direct tools that can be run by name through the whole-API tools: of every toolset, within the operator's limits. */
  readonly reachable: readonly ToolDefinition[];
  readonly searchTools: ToolSearch;
  me(): Promise<Me>;
  zone(): Promise<string>;
  now(): Promise<DateTime<true>>;
  /** Why a tool that exists cannot be called here; `undefined` for one that can, and for a name of no tool. */
  withheld(name: string): string | undefined;
  readonly calls: RunningCalls;
  /** Aborted when the server stops and calls that have not begun to write had their time. */
  readonly stopping: AbortSignal;
  readonly journal: Journal;
  /** The present moment, in no zone. */
  readonly clock: () => Date;
  /** What the instructions tell of this server. */
  offer(): Offer;
  /** Creations under way, by their requests: the same one twice at once is one. */
  readonly creations: Writing['running'];
  /** What tools keep between calls, by name. */
  readonly kept: Map<string, unknown>;
  /** What is known of the creations of the last minutes, so that none is made twice. */
  readonly guard: Writing['guard'];
  /** Records as callers last saw them. */
  readonly seen: SeenRecords;
  /** What is remembered of questions to people. */
  readonly questions: Questions;
  /** Lets running calls end, for a while, and closes the connections. */
  close(): Promise<void>;
}

export interface ServiceOptions {
  /** The present; the machine's clock when left out. */
  readonly clock?: () => Date;
  /** How requests wait for each other and for their next try; real time when left out. */
  readonly timing?: Timing;
}

/** Where processes of one user tell each other what they create; nowhere where no folder can be had. */
function guardFolder({ stateDir }: Config, logger: Logger): string | undefined {
  if (stateDir === undefined) return undefined;
  try {
    return ownFolder(join(stateDir, 'requests'));
  } catch (error) {
    if (!(error instanceof StateFolderError)) throw error;
    logger.warn({ reason: error.message }, 'creations are guarded within this process only');
    return undefined;
  }
}

/** The part of its time that a call waits for others at most: enough has to be left to do it. */
const WAITING_PART = 0.6;

/** What decides which records a server may see: site, keys, and the operator's limits. */
const loginOf = ({ manage: { baseUrl, companyId, publicKey }, limits }: Config): readonly string[] => [
  baseUrl,
  companyId,
  publicKey,
  JSON.stringify(limits),
];

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

/** @throws {NoTools} when the configuration selects no tool */
export function createServices(
  config: Config,
  logger: Logger,
  { clock = () => new Date(), timing }: ServiceOptions = {},
): Services {
  const api = loadApi(config.descriptionFile);
  const { readOnly } = config.manage;
  const { limits } = config;
  const known = limits.lockdown ? withOutsideArgument(tools) : tools;
  // Only a version that is configured may decide what is listed: the list does not depend on what a connection finds.
  const own = operationTools(versionOf(config, api), config.operations);
  const operations = limits.lockdown ? withOutsideArgument(own) : own;
  const allowed = allowedBy(limits, { api, tools: [...known, ...operations], kinds: nameKinds });
  const chosen = selectTools(known, { toolsets: config.toolsets, readOnly, operations, also: allowed.lists });
  const left = withinLimits(chosen, allowed);
  const reachable = reachableTools(known, left, readOnly).filter(allowed.tool);
  const selected = limits.rawWrites ? left : withoutRawWriter(left, reachable);
  const manage = createManageClient(config.manage, {
    api,
    logger,
    timing,
    permits: allowed.request,
    callbackHosts: limits.callbackHosts,
    confines: limits,
  });
  const calls = createRunningCalls(config.manage.deadlineMs * WAITING_PART);
  const tables = config.namesFolder === undefined ? undefined : keepTables(config.namesFolder, loginOf(config));
  const names = createNames({ kinds: nameKinds, manage, me: () => me(), kept: tables });
  const stopping = new AbortController();
  const me = createMe({ manage, names, member: config.member, timeZone: config.timeZone });
  // Without a member there is still a wall clock: the configured one, else UTC, which whoami shows.
  const zone = async (): Promise<string> =>
    config.timeZone ?? (config.member === undefined ? 'UTC' : (await me()).timeZone);
  return {
    config,
    logger,
    api,
    allowed,
    searchOf: searches(allowed),
    manage,
    names,
    tools: selected,
    reachable,
    searchTools: createToolSearch(reachable, words),
    me,
    zone,
    now: async () => DateTime.fromJSDate(clock(), { zone: await zone() }) as DateTime<true>,
    withheld: (name) =>
      [...selected, ...reachable].some((tool) => tool.name === name)
        ? undefined
        : whyWithheld(name, tools, { readOnly, allowed }),
    calls,
    stopping: stopping.signal,
    journal: new Journal(config.journal, clock),
    clock,
    offer: () => ({
      timeZone: config.timeZone,
      readOnly,
      limits: limitsHeld(limits, readOnly),
      offers: (tool) => selected.some(({ name }) => name === tool),
    }),
    creations: new Map(),
    kept: new Map(),
    seen: createSeen(),
    guard: createGuard({ folder: guardFolder(config, logger), pause: timing?.sleep }),
    questions: createQuestions(),
    async close() {
      await calls.ended(GRACE_MS);
      // Calls that write go on; nobody begins to.
      stopping.abort(new Error('The server stops.'));
      await calls.ended(GRACE_MS);
      tables?.flush();
      await manage.close();
    },
  };
}
