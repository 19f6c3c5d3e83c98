import {
  isInitializeRequest,
  legacyStatelessFallback,
  type McpHandlerRequestOptions,
  type McpServerFactory,
  type RequestId,
} from '@modelcontextprotocol/server';
import { LRUCache } from 'lru-cache';
import { isRecord } from '../../json.ts';
import type { SharedStore } from '../../shared-store/index.ts';
import { LONGEST } from '../message-json.ts';
import { placeOf, SessionEvents } from './event-store.ts';
import { remoteStream } from './remote-stream.ts';
import { type Handshake, handshakeOf, LIFETIME_S, mintSessionId, readSessionId } from './session-id.ts';
import { SessionTransport } from './session-transport.ts';

export interface SessionsParts {
  /** Makes the protocol server of a session, or of a request outside of any. */
  readonly factory: McpServerFactory;
  /** Signs the names of sessions. */
  readonly secret: Uint8Array;
  /** What replicas share of their sessions: messages to take up, answers that came to another one. */
  readonly store: SharedStore;
  readonly onerror: (error: Error) => void;
}

/** A session as this process serves it. */
interface Live {
  readonly transport: SessionTransport;
  readonly events: SessionEvents;
  close(): Promise<void>;
}

/** Sessions that are held ready; one that was put away comes back with its next request. */
const MOST_LIVE = 1_000;
const IDLE_MS = 30 * 60_000;

const SESSION_HEADER = 'mcp-session-id';

const seconds = (): number => Math.floor(Date.now() / 1000);

const refusal = (status: number, code: number, message: string): Response =>
  Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status });

/** A message as a client would send it, for a server of ours that was not there when the client did. */
const requestOf = (message: object, session?: string): Request =>
  new Request('http://session.invalid/mcp', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(session !== undefined && { [SESSION_HEADER]: session }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', ...message }),
  });

/** A caller who comes back with other scopes, toolsets or as another member is served by another server, which knows of them. */
const liveKey = (id: string, { authInfo }: McpHandlerRequestOptions): string =>
  `${id} ${String(authInfo?.extra?.rights ?? '')}`;

const messagesIn = (body: unknown): Record<string, unknown>[] => [body].flat().filter(isRecord);

const SET_LEVEL = 'logging/setLevel';

/** Messages that set what holds for the rest of a session. */
const isSetting = (method: unknown): boolean =>
  method === SET_LEVEL || method === 'resources/subscribe' || method === 'resources/unsubscribe';

/** Whether a message may be for a server of the session that another replica has: answers, cancellations, log levels. */
const isForAll = ({ method, id }: Record<string, unknown>): boolean =>
  isSetting(method) ||
  (method === undefined ? id !== undefined : id === undefined && method !== 'notifications/initialized');

interface Setting {
  readonly method: string;
  readonly params: { readonly uri?: string };
}

/** What holds after all settings of a session, in the order that they came: the last one of each kind, and for each resource. */
function lastSettings(all: readonly string[]): Setting[] {
  const settings = all.map((text) => JSON.parse(text) as Setting);
  return [...new Map(settings.map((set) => [set.params?.uri ?? set.method, set])).values()];
}

/**
 * Serves clients that begin with a handshake. Each has a session with a server of its own, over which it can be asked questions, told
 * of progress and told what happens, can cancel its calls, and take up a stream that broke. The session's name says what the session
 * is: whichever replica gets a request makes that server when it needs it, and tells the others what may be for theirs.
 */
export class Sessions {
  readonly #parts: SessionsParts;
  readonly #live: LRUCache<string, Promise<Live>>;
  readonly #stateless: ReturnType<typeof legacyStatelessFallback>;
  readonly #deaf: () => void;

  constructor(parts: SessionsParts) {
    this.#parts = parts;
    this.#stateless = legacyStatelessFallback(parts.factory, parts.onerror, { maxRequestBodySize: LONGEST });
    this.#live = new LRUCache({
      max: MOST_LIVE,
      ttl: IDLE_MS,
      updateAgeOnGet: true,
      dispose: (live) => void live.then(({ close }) => close()).catch(parts.onerror),
    });
    this.#deaf = parts.store.subscribe((told) => void this.#hear(told).catch(parts.onerror));
  }

  /** Sessions that are held ready. */
  get size(): number {
    return this.#live.size;
  }

  /** Answers a request of a handshake client. */
  async fetch(request: Request, options: McpHandlerRequestOptions = {}): Promise<Response> {
    const owner = options.authInfo?.clientId ?? '';
    const id = request.headers.get(SESSION_HEADER);
    const { parsedBody } = options;
    if (id === null) {
      if (request.method !== 'POST' || !isInitializeRequest(parsedBody)) return this.#stateless(request, options);
      const handshake = handshakeOf(parsedBody.params);
      const opened = mintSessionId({ ...handshake, owner, opened: seconds() }, this.#parts.secret);
      const live = this.#open(opened, options);
      this.#live.set(liveKey(opened, options), live);
      return (await live).transport.handleRequest(request, options);
    }
    const facts = readSessionId(id, this.#parts.secret, seconds());
    const key = liveKey(id, options);
    const isLive = this.#live.has(key);
    // Whoever finds somebody else's session learns no more than of one that never was.
    if (facts === undefined || facts.owner !== owner || (!isLive && (await this.#hasEnded(id))))
      return refusal(404, -32001, 'There is no such session (any more). Begin a new one with initialize.');
    // Another request may have resumed it meanwhile.
    const live = await (this.#live.get(key) ?? this.#resume(id, facts, options));
    const event = request.headers.get('last-event-id');
    if (request.method === 'GET' && event !== null) return this.#goOn(event, request, live);
    if (request.method !== 'POST') return live.transport.handleRequest(request, options);
    const messages = messagesIn(parsedBody);
    await this.#tell(id, messages);
    const requests = messages.flatMap((message) =>
      message.method === undefined ? [] : ((message.id as RequestId) ?? []),
    );
    return live.events.answering(requests, () => live.transport.handleRequest(request, options));
  }

  /** Ends all connections; the sessions go on with another process. */
  async close(): Promise<void> {
    this.#deaf();
    const live = [...this.#live.values()];
    this.#live.clear();
    await Promise.allSettled(live.map(async (one) => (await one).close()));
  }

  /** Gives the rest of a stream. */
  async #goOn(event: string, request: Request, { events, transport }: Live): Promise<Response> {
    const { store } = this.#parts;
    const place = placeOf(event);
    if (place === undefined) return refusal(400, -32600, 'Last-Event-ID is not of this server. Make the call again.');
    const isOurs = place.requests.length === 0 || (place.replica === store.id && (await events.has(place)));
    return isOurs ? transport.handleRequest(request) : remoteStream(place, { events, store, signal: request.signal });
  }

  /** Tells the other replicas what may be for them, and the next ones what holds from now on. */
  async #tell(id: string, messages: readonly Record<string, unknown>[]): Promise<void> {
    const { store } = this.#parts;
    for (const { method, params } of messages)
      if (isSetting(method)) await store.append(`set ${id}`, JSON.stringify({ method, params }), LIFETIME_S * 1000);
    const forAll = messages.filter(isForAll);
    if (forAll.length > 0) await store.publish(JSON.stringify({ session: id, messages: forAll }));
  }

  /** Takes what came to another replica; nothing where the session is not served here. */
  async #hear(told: string): Promise<void> {
    const { session, messages, ended } = JSON.parse(told) as { session: string; messages?: object[]; ended?: boolean };
    for (const key of [...this.#live.keys()].filter((one) => one.startsWith(`${session} `))) {
      if (ended) this.#live.delete(key);
      const live = await this.#live.peek(key);
      for (const message of messages ?? [])
        await (await live?.transport.handleRequest(requestOf(message, session)))?.text();
    }
  }

  async #hasEnded(id: string): Promise<boolean> {
    return (await this.#parts.store.get(`ended ${id}`)) !== undefined;
  }

  async #open(id: string, options: McpHandlerRequestOptions): Promise<Live> {
    const { factory, onerror, store } = this.#parts;
    const server = await factory({ era: 'legacy', authInfo: options.authInfo });
    const events = new SessionEvents(id, store);
    const transport = new SessionTransport({
      sessionIdGenerator: () => id,
      onsessionclosed: async () => {
        await store.set(`ended ${id}`, 'yes', LIFETIME_S * 1000);
        await store.publish(JSON.stringify({ session: id, ended: true }));
        this.#live.delete(liveKey(id, options));
      },
      eventStore: events,
      maxRequestBodySize: LONGEST,
    });
    await server.connect(transport);
    transport.watch();
    transport.onerror = onerror;
    return { transport, events, close: () => server.close() };
  }

  /** Takes up a session that another process opened, or that was put away here. */
  #resume(id: string, handshake: Handshake, options: McpHandlerRequestOptions): Promise<Live> {
    const { protocolVersion, capabilities, clientInfo } = handshake;
    const params = { protocolVersion, capabilities, clientInfo };
    const resumed = this.#open(id, options).then(async (live) => {
      const replay = async (method: string, given: object): Promise<void> => {
        const request = requestOf({ id: 'resumed', method, params: given }, id);
        await (await live.transport.handleRequest(request)).text();
      };
      await replay('initialize', params);
      for (const set of lastSettings(await this.#parts.store.after(`set ${id}`, 0)))
        await replay(set.method, set.params);
      return live;
    });
    const key = liveKey(id, options);
    this.#live.set(key, resumed);
    resumed.catch(() => this.#live.delete(key));
    return resumed;
  }
}
