import type { Reader } from './reader.ts';

/** How a server that is one of several works with the others, and how it is watched. */
export interface ReplicaSettings {
  /** Where replicas share what they have to know of each other: `redis://` or `rediss://`; `undefined` for a server by itself. */
  readonly redisUrl: string | undefined;
  /** Where metrics are served; `undefined` where they are not. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** Milliseconds that a server which is told to stop still takes requests, until its load balancer sends it none. */
  readonly drainMs: number;
}

/** With a host, and behind it nothing or the number of a database. */
const isRedis = (url: string): boolean =>
  URL.canParse(url) && /^rediss?:\/\/[^/]+(\/\d*)?$/.test(new URL(url).href.replace(/[?#].*$/s, ''));

/** Reads those settings. What is wrong with them is added to the reader's problems. */
export function readReplica(reader: Reader): ReplicaSettings {
  const redisUrl = reader.text('CWM_REDIS_URL');
  // It may hold a password: what is wrong is said without it.
  if (redisUrl !== undefined && !isRedis(redisUrl))
    reader.problems.push('CWM_REDIS_URL has to be like redis://host:6379 or rediss://user:password@host:6380/0.');
  const port =
    reader.text('CWM_METRICS_PORT') === undefined ? undefined : reader.whole('CWM_METRICS_PORT', 9464, 0, 65_535);
  const host = reader.text('CWM_METRICS_HOST') ?? '127.0.0.1';
  return {
    redisUrl,
    metrics: port === undefined ? undefined : { host, port },
    drainMs: reader.whole('CWM_DRAIN_SECONDS', 0, 0, 120) * 1000,
  };
}
