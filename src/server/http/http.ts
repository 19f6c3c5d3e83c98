import type { ManageClient } from '../../manage/index.ts';
import type { Gauges } from '../../telemetry/metrics.ts';
import { scopesUpTo } from '../caller.ts';
import { createServer, type Handlers, type ServerParts } from '../create-server.ts';
import { handlersOf } from '../handlers.ts';
import { scopeOfMessage } from '../scopes.ts';
import { type Services, servicesIn } from '../services.ts';
import { openDoor } from '../sign-in/door.ts';
import { Refused } from '../sign-in/refusal.ts';
import { openSubscriptions, type Subscriptions } from '../subscriptions/subscriptions.ts';
import { type HttpServer, startFront } from './front.ts';
import { startMetrics } from './metrics-port.ts';

export type { HttpServer } from './front.ts';

/** For this long an answer stands: who asks every second, or is not even signed in, must not use up the requests a minute. */
const STANDS_MS = 5_000;
const ANSWER_MS = 5_000;

/** Whether Manage answers with these keys. Asked by many at once, Manage is asked once. */
function readiness(manage: ManageClient): () => Promise<boolean> {
  let asked = 0;
  let answer: Promise<boolean> | undefined;
  return () => {
    if (answer !== undefined && performance.now() - asked < STANDS_MS) return answer;
    asked = performance.now();
    answer = manage.get('GET /system/info', { signal: AbortSignal.timeout(ANSWER_MS) }).then(
      () => true,
      () => false,
    );
    return answer;
  };
}

/** Ready all the same: calls are answered, and nothing is made twice. */
const ALONE = 'ready; Redis is away, so this replica goes on by itself with its share of the requests a minute';

/** What is read when metrics are asked for. */
const gaugesOf = ({ site: { limiter }, calls, store }: Services): Gauges => ({
  ...(store.isShared && {
    cwm_mcp_redis_up: { help: 'Whether Redis is there.', value: () => Number(store.status().isUp) },
    cwm_mcp_replicas: {
      help: 'Replicas that share Redis, as far as was last known.',
      value: () => store.status().replicas,
    },
  }),
  cwm_mcp_calls_running: { help: 'Tool calls that run.', value: () => calls.load.running },
  cwm_mcp_calls_waiting: { help: 'Tool calls that wait for others to end.', value: () => calls.load.waiting },
  cwm_mcp_manage_requests_in_flight: { help: 'Requests that Manage answers.', value: () => limiter.load().inFlight },
  cwm_mcp_manage_requests_waiting: { help: 'Requests that wait for a place.', value: () => limiter.load().waiting },
  cwm_mcp_manage_requests_per_minute: {
    help: 'Requests a minute that are let through at present.',
    value: () => limiter.load().perMinute,
  },
  cwm_mcp_manage_pause_seconds: {
    help: 'How long a pause that Manage asked for still lasts.',
    value: () => limiter.pausedFor() / 1000,
  },
});

const handlers = new WeakMap<Services, Promise<Handlers>>();

/** What a caller's protocol servers are made of: once for a caller, not for each request. */
function partsOf(services: Services, subscriptions: Subscriptions | undefined): ServerParts {
  const own = handlers.get(services) ?? Promise.resolve(handlersOf(services));
  handlers.set(services, own);
  const watches = subscriptions && {
    changes: subscriptions.changes,
    check: (uri: string) => subscriptions.check(uri, services),
  };
  return { offer: services.offer, handlers: () => own, ...(watches && { watches }) };
}

/**
 * A call that a wider token would allow is answered as the authorization rules of MCP say, so that a client can ask its person for
 * one; who brings another kind of token is told by the call itself.
 * @throws {Refused} 403 with the scopes to ask for
 */
function checkScope(services: Services, message: unknown): void {
  const { scopes, kind } = services.caller;
  const scope = kind === 'oauth' ? scopeOfMessage(message, services) : undefined;
  if (scope === undefined || scopes.has(scope)) return;
  const error = { status: 403, error: 'insufficient_scope', message: `This needs the scope ${scope}.` } as const;
  throw new Refused({ ...error, scopes: [...scopesUpTo(scope)] });
}

/** Serves the tools over HTTP, and the metrics where the configuration says so. */
export async function startHttp(services: Services): Promise<HttpServer> {
  const { config, manage } = services;
  const ready = readiness(manage);
  const metrics = config.replica.metrics && (await startMetrics(config.replica.metrics, gaugesOf(services)));
  const { publicUrl, subscriptions: tells } = config.http;
  const subscriptions = tells && publicUrl !== undefined ? openSubscriptions(services, publicUrl) : undefined;
  const front = await openFront(services, ready, subscriptions).catch(async (error: unknown) => {
    subscriptions?.close();
    await metrics?.close();
    throw error;
  });
  return {
    url: front.url,
    metricsUrl: metrics?.url,
    async close() {
      subscriptions?.close();
      await front.close();
      await metrics?.close();
    },
  };
}

/** Listens for callers. */
async function openFront(
  services: Services,
  ready: () => Promise<boolean>,
  subscriptions: Subscriptions | undefined,
): Promise<HttpServer> {
  const { config, logger, secret } = services;
  return startFront({
    config,
    logger,
    secret: secret('sessions'),
    door: await openDoor(services),
    checkScope,
    subscriptions,
    store: services.store,
    factory: (request) => createServer(partsOf(servicesIn(request.authInfo) ?? services, subscriptions), request),
    ready: async () => {
      if (!(await ready())) return { isReady: false, says: 'Manage does not answer' };
      return { isReady: true, says: services.store.status().isUp ? 'ready' : ALONE };
    },
    settle: () => services.close(),
    drainMs: config.replica.drainMs,
  });
}
