import {
  isInitializeRequest,
  legacyStatelessFallback,
  type McpHandlerRequestOptions,
  type McpServerFactory,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { LRUCache } from 'lru-cache';
import { LONGEST } from '../stdio-lines.ts';
import { createEvents, type Events, eventStoreOf, isKept } from './event-store.ts';
import { type Handshake, handshakeOf, mintSessionId, readSessionId } from './session-id.ts';

export interface SessionsParts {
  /** Makes the protocol server of a session, or of a request outside of any. */
  readonly factory: McpServerFactory;
  /** Signs the names of sessions. */
  readonly secret: Uint8Array;
  readonly onerror: (error: Error) => void;
}

/** A session as this process serves it. */
interface Live {
  readonly transport: WebStandardStreamableHTTPServerTransport;
  close(): Promise<void>;
}

/** Sessions that are held ready; one that was put away comes back with its next request. */
const MOST_LIVE = 1_000;
const IDLE_MS = 30 * 60_000;

const SESSION_HEADER = 'mcp-session-id';

/** A caller who comes back with other scopes, toolsets or as another member is served by another server, which knows of them. */
const liveKey = (id: string, { authInfo }: McpHandlerRequestOptions): string =>
  `${id} ${String(authInfo?.extra?.rights ?? '')}`;

const seconds = (): number => Math.floor(Date.now() / 1000);

const refusal = (status: number, code: number, message: string): Response =>
  Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status });

/** The handshake as a request, for a server of ours that was not there when the client sent it. */
const initializeRequest = ({ protocolVersion, capabilities, clientInfo }: Handshake): Request =>
  new Request('http://session.invalid/mcp', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 'handshake',
      method: 'initialize',
      params: { protocolVersion, capabilities, clientInfo },
    }),
  });

/**
 * Serves clients that begin with a handshake. Each has a session with a server of its own, over which it can be asked questions, told
 * of progress and told what happens, can cancel its calls, and take up a stream that broke. The session's name says what the session
 * is: whichever replica gets a request makes that server when it needs it.
 */
export class Sessions {
  readonly #parts: SessionsParts;
  readonly #live: LRUCache<string, Promise<Live>>;
  /** Sessions that their clients ended. */
  readonly #ended = new LRUCache<string, true>({ max: 10_000 });
  readonly #events: Events = createEvents();
  readonly #stateless: ReturnType<typeof legacyStatelessFallback>;

  constructor(parts: SessionsParts) {
    this.#parts = parts;
    this.#stateless = legacyStatelessFallback(parts.factory, parts.onerror, { maxRequestBodySize: LONGEST });
    this.#live = new LRUCache({
      max: MOST_LIVE,
      ttl: IDLE_MS,
      updateAgeOnGet: true,
      dispose: (live) => void live.then(({ close }) => close()).catch(parts.onerror),
    });
  }

  /** Answers a request of a handshake client. */
  async fetch(request: Request, options: McpHandlerRequestOptions = {}): Promise<Response> {
    const owner = options.authInfo?.clientId ?? '';
    const id = request.headers.get(SESSION_HEADER);
    if (id === null) {
      const { parsedBody } = options;
      if (request.method !== 'POST' || !isInitializeRequest(parsedBody)) return this.#stateless(request, options);
      const handshake = handshakeOf(parsedBody.params);
      const opened = mintSessionId({ ...handshake, owner, opened: seconds() }, this.#parts.secret);
      const live = this.#open(opened, options);
      this.#live.set(liveKey(opened, options), live);
      return (await live).transport.handleRequest(request, options);
    }
    const facts = readSessionId(id, this.#parts.secret, seconds());
    // Whoever finds somebody else's session learns no more than of one that never was.
    if (facts === undefined || facts.owner !== owner || this.#ended.has(id))
      return refusal(404, -32001, 'There is no such session (any more). Begin a new one with initialize.');
    const event = request.headers.get('last-event-id');
    if (event !== null && !isKept(id, event, this.#events))
      return refusal(404, -32001, 'That stream is not kept (any more). Make the call again.');
    const live = await (this.#live.get(liveKey(id, options)) ?? this.#resume(id, facts, options));
    return live.transport.handleRequest(request, options);
  }

  /** Ends all connections; the sessions go on with another process. */
  async close(): Promise<void> {
    const live = [...this.#live.values()];
    this.#live.clear();
    await Promise.allSettled(live.map(async (one) => (await one).close()));
  }

  async #open(id: string, options: McpHandlerRequestOptions): Promise<Live> {
    const { factory, onerror } = this.#parts;
    const { authInfo } = options;
    const server = await factory({ era: 'legacy', authInfo });
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      onsessionclosed: () => {
        this.#ended.set(id, true);
        this.#live.delete(liveKey(id, options));
      },
      eventStore: eventStoreOf(id, this.#events),
      maxRequestBodySize: LONGEST,
    });
    await server.connect(transport);
    transport.onerror = onerror;
    return { transport, close: () => server.close() };
  }

  /** Takes up a session that another process opened, or that was put away here. */
  #resume(id: string, handshake: Handshake, options: McpHandlerRequestOptions): Promise<Live> {
    const resumed = this.#open(id, options).then(async (live) => {
      const greeting = await live.transport.handleRequest(initializeRequest(handshake));
      await greeting.text();
      return live;
    });
    const key = liveKey(id, options);
    this.#live.set(key, resumed);
    resumed.catch(() => this.#live.delete(key));
    return resumed;
  }
}
