import type { AuthInfo } from '@modelcontextprotocol/server';
import { LRUCache } from 'lru-cache';
import { DateTime } from 'luxon';
import { tools } from '../../tools/index.ts';
import { nameKinds } from '../../tools/names.ts';
import { words } from '../../tools/words.ts';
import type { Config } from '../config/config.ts';
import { limitsHeld } from '../config/limits.ts';
import type { Logger } from '../logger.ts';
import { createManageClient, type Keys, type ManageClient } from '../manage/index.ts';
import { createMe, createNames, type Me, type Names, Tables } from '../names/index.ts';
import { createSeen, createToolSearch, type SeenRecords, type ToolDefinition, type ToolSearch } from '../tool/index.ts';
import { whyWithheld, withinLimits } from './allowed.ts';
import { type Caller, everybody } from './caller.ts';
import { GRACE_MS } from './grace.ts';
import type { Offer } from './instructions.ts';
import { scopeLacking, scopeOfTool } from './scopes.ts';
import { reachableTools, selectTools, withoutRawWriter } from './select-tools.ts';
import { createShared, type ServiceOptions, type Shared } from './shared.ts';

/** What callers have of each other's: it is kept by caller, or is the same for all. */
type SharedByAll = Omit<Shared, 'config' | 'timing' | 'stopping' | 'tablesOf' | 'flush'>;

/** What the calls of one caller share; over stdio, and over HTTP without sign-in, those of everybody. */
export interface Services extends SharedByAll {
  /** Whose they are. */
  readonly caller: Caller;
  /**
   * The services of somebody who signed in. Nothing that depends on who asks is shared with other callers: neither tools and names
   * nor what was seen and kept.
   * @param keys what the caller's requests sign in with at Manage; the server's own keys when left out
   */
  of(caller: Caller, keys?: Keys): Services;
  /** As it holds for the caller. */
  readonly config: Config;
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
  /** Aborted when the server stops and calls that have not begun to write had their time. */
  readonly stopping: AbortSignal;
  /** What the instructions tell of this server. */
  offer(): Offer;
  /** What tools keep between calls, by name. */
  readonly kept: Map<string, unknown>;
  /** Records as callers last saw them. */
  readonly seen: SeenRecords;
  /** Lets running calls end, for a while, and closes the connections. */
  close(): Promise<void>;
}

/** What the SDK hands on with a request. The token is left out, so that nothing behind the door can log or forward it. */
export const authInfoOf = (services: Services): AuthInfo => ({
  token: '',
  clientId: services.caller.id,
  scopes: [...services.caller.scopes],
  extra: { services, rights: keyOf(services.caller) },
});

/** The services that `authInfoOf` was made of. */
export const servicesIn = (authInfo: AuthInfo | undefined): Services | undefined =>
  authInfo?.extra?.services as Services | undefined;

/** Callers whose services are at hand, and for how long after their last call, in milliseconds. */
const MOST_CALLERS = 500;
const CALLER_MS = 60 * 60_000;

/** Everything of a caller that their services depend on: where one of them changes, they are made anew. */
const keyOf = ({ id, member, timeZone, scopes, toolsets }: Caller): string =>
  JSON.stringify([id, member, timeZone, [...scopes], toolsets && [...toolsets]]);

/** @throws {NoTools} when the configuration selects no tool */
export function createServices(config: Config, logger: Logger, options: ServiceOptions = {}): Services {
  const shared = createShared(config, logger, options);
  const made = new LRUCache<string, Services>({ max: MOST_CALLERS, ttl: CALLER_MS, updateAgeOnGet: true });
  const of: Services['of'] = (caller, keys) => {
    const services = made.get(keyOf(caller)) ?? servicesOf(shared, { caller, keys, of });
    made.set(keyOf(caller), services);
    return services;
  };
  const { member } = config;
  // With an integrator login requests go out as a member here, too.
  const keys = member === undefined ? undefined : shared.tokens?.keysOfNamed(member, shared.members);
  return servicesOf(shared, { caller: everybody('local', member), keys, of });
}

/** What of the configuration is a caller's own. Nobody who signed in works for the member of the configuration. */
function configOf(config: Config, { id, member, scopes, toolsets, timeZone }: Caller): Config {
  if (id === '') return config;
  const readOnly = config.manage.readOnly || !scopes.has('write');
  return {
    ...config,
    member,
    timeZone,
    toolsets: toolsets ?? config.toolsets,
    manage: { ...config.manage, readOnly },
    files: { ...config.files, readOnly: config.files.readOnly || readOnly },
  };
}

/** Names of all tools of the product. */
const PRODUCT_TOOLS: ReadonlySet<string> = new Set(tools.map(({ name }) => name));

interface Access {
  readonly caller: Caller;
  readonly keys: Keys | undefined;
  readonly of: Services['of'];
}

/** @throws {NoTools} when nothing is left of what the configuration selects */
function servicesOf(shared: Shared, { caller, keys, of }: Access): Services {
  const { config: configured, timing, stopping, tablesOf, flush, ...common } = shared;
  const { logger, api, allowed, known, operations, site, calls, clock, journal } = common;
  const config = configOf(configured, caller);
  const { limits } = config;
  const { readOnly } = config.manage;
  // Who has everything is not asked: to look up what each tool needs would read the whole description at the start.
  const isGranted = (tool: ToolDefinition): boolean =>
    caller.scopes.has('admin') || caller.scopes.has(scopeOfTool(tool, api));
  const chosen = selectTools(known, {
    toolsets: config.toolsets,
    readOnly,
    operations,
    also: allowed.lists,
  });
  const left = withinLimits(chosen, allowed).filter(isGranted);
  const reachable = reachableTools(known, left, readOnly).filter((tool) => allowed.tool(tool) && isGranted(tool));
  const selected = limits.rawWrites ? left : withoutRawWriter(left, reachable);
  // Under keys of their own, a caller may see other records than the server; under the server's, all see the same.
  const login =
    keys === undefined ? [config.manage.publicKey] : [config.manage.publicKey, caller.id, caller.member ?? ''];
  const tables = new Tables(tablesOf(login));
  const manage = createManageClient(config.manage, {
    api,
    logger,
    timing,
    shared: site,
    keys,
    permits: allowed.request,
    wrote: ({ path }) => tables.forgetAt(path, nameKinds),
    missingScope: scopeLacking(caller),
    callbackHosts: limits.callbackHosts,
    confines: limits,
  });
  const names = createNames({ kinds: nameKinds, manage, me: () => me(), tables });
  const isOwn = caller.id !== '';
  const me = createMe({
    manage,
    names,
    member: config.member,
    timeZone: config.timeZone,
    elseTimeZone: isOwn ? configured.timeZone : undefined,
    signedIn: isOwn,
  });
  // Without a member there is still a wall clock: the configured one, else UTC, which whoami shows.
  const zone = async (): Promise<string> =>
    config.timeZone ?? (config.member === undefined ? (configured.timeZone ?? 'UTC') : (await me()).timeZone);
  const scopes = { scopes: caller.scopes, readOnly: configured.manage.readOnly };
  const there = new Set([...selected, ...reachable].map((tool) => tool.name));
  const offer: Offer = {
    timeZone: config.timeZone,
    readOnly,
    limits: limitsHeld(limits, configured.manage.readOnly, caller.scopes.has('write')),
    offers: (tool) => selected.some(({ name }) => name === tool),
    reaches: (tool) => reachable.some(({ name }) => name === tool),
  };
  return {
    ...common,
    caller,
    of,
    config,
    manage,
    names,
    tools: selected,
    reachable,
    searchTools: createToolSearch(reachable, words),
    me,
    zone,
    now: async () => DateTime.fromJSDate(clock(), { zone: await zone() }) as DateTime<true>,
    withheld: (name) =>
      there.has(name) || !PRODUCT_TOOLS.has(name) ? undefined : whyWithheld(name, tools, { ...scopes, allowed, api }),
    stopping: stopping.signal,
    // Who set Manage up sees to what others do; everybody else sees what they did themselves.
    journal: isOwn && !caller.scopes.has('admin') ? journal.of(caller.id) : journal,
    offer: () => offer,
    kept: new Map(),
    seen: createSeen(),
    async close() {
      await calls.ended(GRACE_MS);
      // Calls that write go on; nobody begins to.
      stopping.abort(new Error('The server stops.'));
      await calls.ended(GRACE_MS);
      flush();
      common.tokens?.forget();
      await Promise.all([site.close(), common.store.close()]);
    },
  };
}

/** Finds the site's version after the client's first questions and, as a rule, before its first call. */
export function findVersionSoon({ manage }: Services): void {
  setTimeout(() => void manage.site(), 200).unref();
}
