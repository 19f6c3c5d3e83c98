import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type CacheRecord, type CallRecord, happened, type RequestRecord } from './channels.ts';

/** Figures that are read when they are asked for, by the name of their metric: what it says, and its value now. */
export type Gauges = Readonly<Record<string, { readonly help: string; value(): number }>>;

export interface Metrics {
  readonly contentType: string;
  /** Everything in the text form of Prometheus. */
  text(): Promise<string>;
  /** Stops counting. */
  close(): void;
}

/** Seconds: a remembered name, a few requests, a report over a year. */
const CALL_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40];
const REQUEST_BUCKETS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Counts what happens in this process. */
export function createMetrics(gauges: Gauges): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const calls = new Counter({
    name: 'cwm_mcp_tool_calls_total',
    help: 'Tool calls that have ended, by tool and outcome.',
    labelNames: ['tool', 'outcome'],
    registers,
  });
  const callSeconds = new Histogram({
    name: 'cwm_mcp_tool_call_seconds',
    help: 'How long tool calls took, waiting included.',
    labelNames: ['outcome'],
    buckets: CALL_BUCKETS,
    registers,
  });
  const requests = new Counter({
    name: 'cwm_mcp_manage_requests_total',
    help: 'Requests to Manage, tries again included, by method and status; status "none" where no answer came.',
    labelNames: ['method', 'status'],
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'cwm_mcp_manage_request_seconds',
    help: 'How long Manage took to answer.',
    labelNames: ['method'],
    buckets: REQUEST_BUCKETS,
    registers,
  });
  const waits = new Histogram({
    name: 'cwm_mcp_manage_wait_seconds',
    help: 'How long requests waited for a place among the requests a minute and in flight.',
    buckets: REQUEST_BUCKETS,
    registers,
  });
  const retries = new Counter({
    name: 'cwm_mcp_manage_retries_total',
    help: 'Requests that were tries again.',
    registers,
  });
  const lookups = new Counter({
    name: 'cwm_mcp_cache_lookups_total',
    help: 'Looks into what is remembered, by cache and result.',
    labelNames: ['cache', 'result'],
    registers,
  });
  for (const [name, { help, value }] of Object.entries(gauges))
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  const onCall = (message: unknown): void => {
    const { tool, outcome, ms } = message as CallRecord;
    calls.inc({ tool, outcome });
    callSeconds.observe({ outcome }, ms / 1000);
  };
  const onRequest = (message: unknown): void => {
    const { operation, status, ms, waitedMs, attempt } = message as RequestRecord;
    const [method = ''] = operation.split(' ');
    requests.inc({ method, status: status ?? 'none' });
    requestSeconds.observe({ method }, ms / 1000);
    waits.observe(waitedMs / 1000);
    if (attempt > 1) retries.inc();
  };
  const onCache = (message: unknown): void => {
    const { cache, isHit } = message as CacheRecord;
    lookups.inc({ cache, result: isHit ? 'hit' : 'miss' });
  };
  happened.call.subscribe(onCall);
  happened.request.subscribe(onRequest);
  happened.cache.subscribe(onCache);
  return {
    contentType: register.contentType,
    text: () => register.metrics(),
    close() {
      happened.call.unsubscribe(onCall);
      happened.request.unsubscribe(onRequest);
      happened.cache.unsubscribe(onCache);
      register.clear();
    },
  };
}
