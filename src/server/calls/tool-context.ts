import { randomBytes } from 'node:crypto';
import type { ServerContext } from '@modelcontextprotocol/server';
import { LRUCache } from 'lru-cache';
import { recorded } from '../../journal/index.ts';
import { isRecord } from '../../json.ts';
import type { ManageClient, Site } from '../../manage/index.ts';
import { type Clean, cleanLine, lines, quoter, say } from '../../text/index.ts';
import {
  askedIn,
  checkedCaptions,
  consentFor,
  effectsOf,
  errorText,
  executorOf,
  foundOut,
  remembering,
  seenBy,
  send,
  type ToolContext,
  type ToolDefinition,
  type Understood,
} from '../../tool/index.ts';
import { signedIn } from '../caller.ts';
import type { CallOptions } from '../create-server.ts';
import { declaredOperations } from '../declared-operations.ts';
import type { Services } from '../services.ts';
import { sessionAlias } from '../sessions/session-id.ts';
import type { CallMoment } from './call-moment.ts';
import type { CallTime } from './call-time.ts';
import { knownFieldsOnly } from './lacking-members.ts';
import { answeredLockedDown, lockedDown, type OutsideText } from './lockdown.ts';
import type { Round } from './questions.ts';

/** One call of one tool. */
export interface ToolCall {
  readonly tool: ToolDefinition;
  readonly services: Services;
  readonly context: ServerContext;
  readonly options: CallOptions;
  readonly round: Round;
  readonly understood: Understood;
  readonly time: CallTime;
  readonly moment: CallMoment;
  /** The arguments as they were sent, in the tool's own names. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Waits until what the call took from memory is confirmed. @throws {NamesChanged} */
  beforeSending(): Promise<void>;
  /** The Manage that the call is for. */
  readonly site: Site;
  /** What may be seen of text that outsiders wrote, where not all may. */
  readonly outside: OutsideText | undefined;
}

/** What a client reads of an error of ours; hints name only tools that this server offers. */
export function wordsOf(error: unknown, { api, tools, reachable }: Services): Clean | undefined {
  const offered = tools.map(({ name }) => name);
  const run = reachable.flatMap((tool): [string, string][] => {
    const executor = executorOf(tool);
    return offered.includes(executor) ? [[tool.name, executor]] : [];
  });
  return errorText(error, { api, offered, through: new Map(run) });
}

/** Under what it is kept which writes were looked up in vain, and for how long, in milliseconds. */
const TRIED = 'writes looked up';
const TRIED_MS = 60 * 60_000;

type WriteResult = Awaited<ReturnType<ToolContext['send']>>;

interface SiteNames {
  readonly host: string;
  /** The installation that a journal's entry belongs to; what a confined server may see of it is a part of its own. */
  readonly site: string;
}

const sites = new WeakMap<Services['config'], SiteNames>();

/** What the site is called: the same for all calls of a configuration. */
function siteOf(config: Services['config']): SiteNames {
  const known = sites.get(config);
  if (known !== undefined) return known;
  const {
    manage: { baseUrl, companyId },
    limits: { companies, boards },
  } = config;
  const { host } = new URL(baseUrl);
  const confined = companies === undefined && boards === undefined ? '' : `#${JSON.stringify([companies, boards])}`;
  const names = { host, site: `${host}/${companyId}${confined}`.toLowerCase() };
  sites.set(config, names);
  return names;
}

/** A client for one call: it knows the operations that the tool declares, and its writes are in the journal. */
function recordedClient(
  {
    tool,
    services,
    context,
    options,
    site: { api },
  }: Pick<ToolCall, 'tool' | 'services' | 'context' | 'options' | 'site'>,
  unrecorded: (why: string) => void,
): ManageClient {
  const { config, journal, manage, clock } = services;
  const declared = declaredOperations(manage, tool, services);
  if (tool.effect === 'read') return declared;
  return recorded(declared, {
    journal,
    api,
    reader: manage,
    call: {
      id: randomBytes(5).toString('hex'),
      site: siteOf(config).site,
      member: config.member,
      tool: tool.name,
      caller: {
        client: options.client,
        session: sessionAlias(context.sessionId),
        person: services.caller.id === '' ? undefined : services.caller.name,
        id: signedIn(context),
      },
    },
    effects(operation, request) {
      const step = { operation, request, does: say`` };
      return [...new Set(effectsOf(step, request, api).map(({ kind }) => kind))];
    },
    unrecorded,
    now: clock,
  });
}

/** Whose call it is, as far as the connection tells. */
export const callerOf = ({ services: { config }, context }: Pick<ToolCall, 'services' | 'context'>): string =>
  `${config.manage.baseUrl} ${config.manage.companyId} ${signedIn(context) ?? ''}`;

/** What the server keeps under a name, made when it is first asked for. */
function keptIn<T>({ kept }: Services, name: string, create: () => T): T {
  const known = kept.get(name) ?? create();
  kept.set(name, known);
  return known as T;
}

/** What the ends of writes are found out with that nobody heard of. */
function findingOut(
  { services, context }: Pick<ToolCall, 'services' | 'context'>,
  { api, signal }: Pick<ToolContext, 'api' | 'signal'>,
): Parameters<typeof foundOut>[1] {
  const { journal, manage, guard, clock, config } = services;
  const tried = keptIn(services, TRIED, () => new LRUCache<string, true>({ max: 1_000, ttl: TRIED_MS }));
  const person = signedIn(context);
  return { journal, manage, api, guard, now: clock(), member: config.member, person, tried, signal };
}

/** A result that says what went wrong beside the change itself. */
function withRemarks(result: WriteResult, remarks: readonly Clean[]): WriteResult {
  if (remarks.length === 0) return result;
  const said = [...new Set(remarks)];
  const { problems = [] } = result.structured;
  return {
    ...result,
    structured: { ...result.structured, problems: [...(Array.isArray(problems) ? problems : []), ...said] },
    text: lines([result.text, ...said]),
  };
}

/** Has the connection for a write opened meanwhile, where a call with these arguments is likely to end with one. */
export function expectWrite({ effect }: ToolDefinition, given: unknown, { site, config }: Services): void {
  const isPreview = isRecord(given) && given.dryRun === true;
  if (effect !== 'read' && !isPreview && !config.manage.readOnly) site.transport.expectWrite();
}

/** What a tool's `run` gets beside its input. */
export function toolContext({ outside, site, ...call }: ToolCall): ToolContext {
  const { tool, services, context, options, round, understood, beforeSending, time, moment, input } = call;
  const { me, zone, config } = services;
  const { api } = site;
  const { signal } = time;
  const remarks: Clean[] = [];
  const declared = recordedClient({ tool, services, context, options, site }, (why) => {
    services.logger.error({ tool: tool.name, reason: why }, 'a write is not in the journal');
    remarks.push(
      say`The journal could not be written (${cleanLine(why)}): this change is not in list_changes and cannot be undone from there.`,
    );
  });
  const reason = (error: unknown) => cleanLine(wordsOf(error, services) ?? 'It failed inside the server.');
  const caller = callerOf(call);
  const seen = seenBy(caller, services.seen);
  // What is asked of any operation is the caller's own: those tools say by themselves what is not there.
  const isAny = tool.uses.some((operation) => operation.endsWith('*'));
  const asking = isAny ? declared : knownFieldsOnly(declared, api, (text) => understood.remark(text));
  const shown = checkedCaptions(outside === undefined ? asking : lockedDown(asking, outside, api));
  return {
    manage: tool.effect === 'read' ? remembering(shown, seen) : shown,
    seen,
    names: understood.names,
    api,
    search: services.searchOf(api),
    me,
    zone,
    now: moment.now,
    signal,
    async send(plan) {
      const said = outside === undefined ? plan : answeredLockedDown(plan, outside, api);
      const writing = {
        confirmed: beforeSending,
        manage: declared,
        api,
        understood,
        zone,
        signal,
        begun: time.begun,
        isHeard: time.isHeard,
        remaining: time.remaining,
        consent: (effects) => consentFor(effects, config.limits.confirm),
        confirm: (asked) => round.confirm(asked),
        reason,
        running: services.creations,
        guard: services.guard,
        guardReads: services.manage,
        caller,
        seen,
        takes: (argument: string) => argument in tool.input.shape,
        asked: askedIn(tool, input),
        clears: input.clear !== undefined,
        again: input.allowDuplicate === true,
        me: () =>
          me().then(
            ({ identifier }) => identifier,
            () => undefined,
          ),
      } satisfies Parameters<typeof send>[1];
      const write = () => send(said, writing);
      const result = plan.dryRun ? await write() : await moment.during(write, time.isHeard);
      return withRemarks(result, remarks);
    },
    journal: services.journal,
    // A server that only reads writes no journal either.
    foundOut: async (entries) =>
      config.manage.readOnly ? entries : foundOut(entries, findingOut(call, { api, signal })),
    site: siteOf(config).site,
    progress(done, total, message) {
      const { progressToken } = options;
      if (progressToken === undefined) return;
      // A client that no longer listens is not a failure of the call.
      const params = { progressToken, progress: done, total, message };
      void context.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
    },
    directTools: (operation) =>
      services.tools
        .filter(({ uses }) => uses.some((own) => own === operation && uses[0] === own))
        .map(({ name }) => name),
    reachable: services.reachable,
    searchTools: services.searchTools,
    offered: services.tools,
    allows: services.allowed.operation,
    period: (argument, period) => understood.period(argument, period),
    remark: (text) => understood.remark(text),
    quote: quoter(),
    kept: (name, create) => keptIn(services, name, create),
    server: {
      readOnly: config.manage.readOnly,
      sandbox: config.sandbox,
      site: siteOf(config).host,
      apiVersion: api.version,
      toolsets: [...config.toolsets],
      requestsPerMinute: config.manage.requestsPerMinute,
      files: config.files,
      limits: services.offer().limits ?? [],
    },
  };
}
