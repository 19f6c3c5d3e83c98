import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  type jsonSchemaValidator,
  type McpRequestContext,
  Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { isRecord } from '../json.ts';
import { PRODUCT } from '../product.ts';
import { cleanLine } from '../text/clean.ts';
import { askingInPlace } from './calls/ask-in-place.ts';
import { instructions, type Offer } from './instructions.ts';
import { refuse } from './refuse.ts';
import { offerSubscriptions, type Watches } from './subscriptions/of-a-session.ts';

/** How a call may go on with its client. */
export interface CallOptions {
  /** Whether this client, over this connection, can be asked something in the middle of a call. */
  readonly canAsk: boolean;
  readonly progressToken: string | number | undefined;
  /** Name and version of the client, as it says them: `claude-code 2.1.0`. Nothing depends on them. */
  readonly client?: string;
}

type Answer = object | Promise<object>;

/** What a client can ask for after the greeting; `handlersOf` makes them of services. */
export interface Handlers {
  listTools(cursor: string | undefined): Answer;
  callTool(
    params: { readonly name: string; readonly arguments?: unknown },
    context: ServerContext,
    options: CallOptions,
  ): Answer;
  /** @param canAsk whether the person can be asked, and so have said no */
  listPrompts(canAsk: boolean): Answer;
  getPrompt(params: { name: string; arguments?: Record<string, string> | undefined }, context: ServerContext): Answer;
  listResources(): Answer;
  listResourceTemplates(): Answer;
  readResource(uri: string, context: ServerContext): Answer;
  complete(question: object): Answer;
}

export interface ServerParts {
  /** All tools as clients see them, where that is known before they are loaded. */
  listed?(): readonly object[] | undefined;
  /** What the instructions tell of; asked for with every connection. */
  offer(): Offer;
  /** Where clients are told of changes of resources. */
  readonly watches?: Watches;
  /** Asked for with the first request that needs them, so that a client is greeted before all tools are loaded. */
  handlers(): Promise<Handlers>;
}

/** Whether a client declared that it shows forms to the person; a bare `elicitation` means just that, and one with `url` alone does not. */
function showsForms(declared: unknown): boolean {
  const { elicitation } = isRecord(declared) ? declared : {};
  return isRecord(elicitation) && (elicitation.form !== undefined || elicitation.url === undefined);
}

/** Whether the client can be asked in the middle of a call. A handshake client that keeps to no session has no way back to it. */
function canAsk(server: Server, context: ServerContext, era: McpRequestContext['era']): boolean {
  const envelope = context.mcpReq.envelope as Readonly<Record<string, unknown>> | undefined;
  const declared = era === 'modern' ? envelope?.[CLIENT_CAPABILITIES_META_KEY] : server.getClientCapabilities();
  return showsForms(declared) && !(era === 'legacy' && context.http !== undefined && context.sessionId === undefined);
}

/** A client over stateless HTTP of the handshake era says its name in another request than this one. */
function clientOf(server: Server, context: ServerContext): string | undefined {
  const envelope = context.mcpReq.envelope as Readonly<Record<string, unknown>> | undefined;
  const info = envelope?.[CLIENT_INFO_META_KEY] ?? server.getClientVersion();
  if (!isRecord(info) || typeof info.name !== 'string') return undefined;
  return cleanLine(`${info.name} ${info.version ?? ''}`)
    .trim()
    .slice(0, LONGEST_CLIENT);
}

/** More than a program is called. */
const LONGEST_CLIENT = 80;

/** What is listed depends on the configuration and on who asks, and changes with neither in the middle of a conversation. */
const LISTS_LAST = { ttlMs: 300_000, cacheScope: 'private' } as const;
const CACHE_HINTS = {
  'tools/list': LISTS_LAST,
  'prompts/list': LISTS_LAST,
  'resources/list': LISTS_LAST,
  'resources/templates/list': LISTS_LAST,
  'server/discover': LISTS_LAST,
} as const;

/**
 * In place of the protocol library's own, which would be made with each server and is asked by nobody: whether a person's answer is
 * one is told where it is used.
 */
const anyForm: jsonSchemaValidator = {
  getValidator: () => (input) => ({ valid: true, data: input as never, errorMessage: undefined }),
};

/** Lists that are given whole have no second page. @throws {ProtocolError} */
function refuseCursor(params: { readonly cursor?: string | undefined } | undefined): void {
  if (params?.cursor !== undefined) refuse('The cursor is not one of this server.');
}

const texts = new WeakMap<Offer, string>();

/** The instructions of an offer: a caller over HTTP has the same with each request. */
function textOf(offer: Offer): string {
  const text = texts.get(offer) ?? instructions(offer);
  texts.set(offer, text);
  return text;
}

/** One protocol server: for a stdio connection, or for a single HTTP request. */
export function createServer(
  { listed, offer, handlers, watches }: ServerParts,
  { era }: Pick<McpRequestContext, 'era'>,
): Server {
  const { name, title, version, home } = PRODUCT;
  const server = new Server(
    { name, title, version, websiteUrl: home },
    {
      capabilities: {
        tools: {},
        prompts: {},
        resources: { subscribe: watches !== undefined },
        completions: {},
        logging: {},
      },
      instructions: textOf(offer()),
      cacheHints: CACHE_HINTS,
      jsonSchemaValidator: anyForm,
    },
  );
  /** The results are made by our own types, which say the same as the protocol's and are not the same. */
  const answer = async (give: (ready: Handlers) => Answer): Promise<never> => (await give(await handlers())) as never;

  server.setRequestHandler('tools/list', async ({ params }) => {
    const all = params?.cursor === undefined ? listed?.() : undefined;
    return all === undefined ? answer((ready) => ready.listTools(params?.cursor)) : ({ tools: all } as never);
  });
  server.setRequestHandler('tools/call', ({ params }, context) => {
    const options = {
      canAsk: canAsk(server, context, era),
      progressToken: context.mcpReq._meta?.progressToken,
      client: clientOf(server, context),
    };
    return answer((ready) => {
      const call = async (asking: ServerContext): Promise<object> => ready.callTool(params, asking, options);
      return era === 'legacy' && options.canAsk ? askingInPlace(call, context) : call(context);
    });
  });
  server.setRequestHandler('prompts/list', ({ params }, context) => {
    refuseCursor(params);
    return answer((ready) => ready.listPrompts(canAsk(server, context, era)));
  });
  server.setRequestHandler('prompts/get', ({ params }, context) => answer((ready) => ready.getPrompt(params, context)));
  server.setRequestHandler('resources/list', ({ params }) => {
    refuseCursor(params);
    return answer((ready) => ready.listResources());
  });
  server.setRequestHandler('resources/templates/list', ({ params }) => {
    refuseCursor(params);
    return answer((ready) => ready.listResourceTemplates());
  });
  server.setRequestHandler('resources/read', ({ params }, context) =>
    answer((ready) => ready.readResource(params.uri, context)),
  );
  if (watches !== undefined && era === 'legacy') offerSubscriptions(server, watches);
  server.setRequestHandler('completion/complete', ({ params }) => answer((ready) => ready.complete(params)));
  return server;
}
