import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createMcpHandler,
  isLegacyRequest,
  type McpServerFactory,
  PROTOCOL_VERSION_META_KEY,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server';
import type { Config } from '../../config/config.ts';
import { isRecord } from '../../json.ts';
import type { Logger } from '../../logger.ts';
import { onBehalfOf } from '../../manage/index.ts';
import type { SharedStore } from '../../shared-store/index.ts';
import { authInfoOf, type Services } from '../services.ts';
import { Sessions } from '../sessions/sessions.ts';
import { type Arrival, createArrivals } from '../sign-in/arrival.ts';
import type { Door } from '../sign-in/door.ts';
import { resourceMetadata } from '../sign-in/metadata.ts';
import { Refused, refuse } from '../sign-in/refusal.ts';
import type { Subscriptions } from '../subscriptions/subscriptions.ts';
import { answerError, type ErrorAnswer } from './answer-error.ts';
import { readBody } from './body.ts';
import { createGuard } from './guards.ts';
import { createListener, listening } from './listener.ts';
import { OpenResponses } from './open-responses.ts';
import { serveWeb, type WebHandler } from './serve-web.ts';

export interface HttpServer {
  /** Where clients connect: `http://127.0.0.1:3000/mcp`. */
  readonly url: string;
  /** Where metrics are read, if they are. */
  readonly metricsUrl?: string | undefined;
  /** Stops: no new calls, those that run end, and their answers are written. */
  close(): Promise<void>;
}

export interface Readiness {
  readonly isReady: boolean;
  readonly says: string;
}

/** What stands behind the front. */
export interface FrontParts {
  readonly config: Pick<Config, 'http'>;
  readonly logger: Logger;
  /** Where callers come in; anybody may when left out. */
  readonly door?: Door;
  /** The scope that a caller's token lacks for a message, where another token could have it. @throws {Refused} */
  readonly checkScope?: (services: Services, message: unknown) => void;
  /** Where clients are told of changes of resources. */
  readonly subscriptions?: Pick<Subscriptions, 'changes' | 'take' | 'checkMessage'> | undefined;
  /** Makes a protocol server for a request, or for a session of a handshake client. */
  readonly factory: McpServerFactory;
  /** Seals what goes through clients and comes back; the same for all replicas. At least 32 bytes. */
  readonly secret: Uint8Array;
  /** What replicas share. */
  readonly store: SharedStore;
  /** Whether the server can serve at present, and what there is to say of it. */
  ready(): Promise<Readiness>;
  /** Lets running calls end. */
  settle(): Promise<void>;
  /** How long it goes on to take calls after it was told to stop, in milliseconds. */
  readonly drainMs?: number;
}

/** How long answers are written on after their calls have ended, in milliseconds. */
const WRITING_MS = 5_000;

/**
 * Whether a message says which revision of the protocol it is of, as those of the present era do: then it is none of the era of
 * handshakes, and the handler for that need not read it once more to find out.
 */
function namesItsRevision(body: unknown): boolean {
  if (!isRecord(body) || 'result' in body || 'error' in body || body.method === 'initialize') return false;
  const { _meta: meta } = isRecord(body.params) ? body.params : {};
  return isRecord(meta) && PROTOCOL_VERSION_META_KEY in meta;
}

/** Whether a request begins something, as answers to questions and cancellations do not. */
const beginsSomething = (body: unknown): boolean =>
  [body].flat().some((message) => isRecord(message) && message.method !== undefined && message.id !== undefined);

const STOPS: Readiness = { isReady: false, says: 'stopping' };
const STOPPING = 'The server stops. Nothing of this call was done: make it again, and another one answers.';

/**
 * Listens, and serves both eras of the protocol at `/mcp`: requests that stand for themselves, which any replica can answer, and
 * sessions of clients that begin with a handshake.
 */
export async function startFront(parts: FrontParts): Promise<HttpServer> {
  const { config, logger, factory, secret, store } = parts;
  const onerror = (error: Error): void => logger.debug({ err: error.message }, 'http');
  const modern = createMcpHandler(factory, { legacy: 'reject', onerror, bus: parts.subscriptions?.changes });
  const sessions = new Sessions({ factory, secret, store, onerror });
  const fetch: WebHandler = async (request, options) => {
    const isOfSession =
      !(request.method === 'POST' && namesItsRevision(options?.parsedBody)) &&
      (await isLegacyRequest(request, options?.parsedBody));
    return isOfSession ? sessions.fetch(request, options) : modern.fetch(request, options);
  };
  const open = new OpenResponses();
  let state: 'serving' | 'draining' | 'stopping' = 'serving';
  const sendAway = (response: ServerResponse, body: unknown): void => {
    const error = { code: ProtocolErrorCode.InternalError, message: STOPPING };
    answerError(response, body, { status: 503, error, headers: { 'retry-after': '1', connection: 'close' } });
  };
  /** Why a client cannot be told of the changes that it wants to hear of. */
  const refusedToTell = async (message: unknown, services: Services): Promise<ErrorAnswer | undefined> => {
    try {
      await parts.subscriptions?.checkMessage(message, services);
      return undefined;
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      return { status: 200, error: { code: error.code, message: error.message } };
    }
  };
  const arrivalOf = createArrivals(config.http.trustedProxies);
  const guard = createGuard(config.http);
  const metadata = resourceMetadata(config.http);
  const serveMcp = async (request: IncomingMessage, response: ServerResponse, arrival: Arrival): Promise<void> => {
    // A stream that a client listens on ends when the server says so.
    if (request.method !== 'GET') open.add(response);
    const services = await parts.door?.admit(request, arrival);
    const body = await readBody(request, response);
    if (body === 'answered') return;
    if (state === 'stopping' && (request.method === 'GET' || beginsSomething(body.value)))
      return sendAway(response, body.value);
    if (services !== undefined) parts.checkScope?.(services, body.value);
    const refusal = services && (await refusedToTell(body.value, services));
    if (refusal !== undefined) {
      answerError(response, body.value, refusal);
      return;
    }
    const isKnown = services !== undefined && services.caller.kind !== 'local';
    const known = isKnown ? Object.assign(request, { auth: authInfoOf(services) }) : request;
    await onBehalfOf(services?.caller.id || arrival.address, () =>
      serveWeb({ message: known, body: body.value }, response, fetch),
    );
  };
  const answer = async (request: IncomingMessage, response: ServerResponse, arrival: Arrival): Promise<void> => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const document = metadata.at(path);
    if (path === '/mcp' || path === '/mcp/') {
      await serveMcp(request, response, arrival);
    } else if (document !== undefined) {
      response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
      response.end(JSON.stringify(document));
    } else if (request.method === 'POST' && parts.subscriptions?.take(request.url ?? '') === true) {
      response.writeHead(204).end();
    } else if (path === '/healthz') {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n');
    } else if (path === '/readyz') {
      const { isReady, says } = state === 'serving' ? await parts.ready() : STOPS;
      response.writeHead(isReady ? 200 : 503, { 'content-type': 'text/plain' }).end(`${says}\n`);
    } else {
      response
        .writeHead(404, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: 'The tools are served at /mcp.' }));
    }
  };
  const { server, scheme, release } = createListener(config.http, logger, (request, response) => {
    const arrival = arrivalOf(request);
    if (!guard(request, response, arrival)) return;
    answer(request, response, arrival).catch((error: unknown) => {
      if (response.headersSent) {
        response.destroy();
      } else if (error instanceof Refused) {
        refuse(response, error.refusal, metadata);
        return;
      } else response.writeHead(500).end();
      logger.error({ err: error }, 'http request failed');
    });
  });
  return {
    url: `${scheme}://${await listening(server, config.http)}/mcp`,
    async close() {
      state = 'draining';
      open.last();
      if (parts.drainMs) await sleep(parts.drainMs);
      state = 'stopping';
      await parts.settle();
      await open.written(WRITING_MS);
      // Only now: who had connected and not yet asked would be cut off without a word.
      server.close();
      release();
      await Promise.all([modern.close(), sessions.close(), parts.door?.close()]);
      server.closeAllConnections();
    },
  };
}
