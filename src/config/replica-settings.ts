import type { Reader } from './reader.ts';

/** How a server that is one of several works with the others, and how it is watched. */
export interface ReplicaSettings {
  /** Where metrics are served; `undefined` where they are not. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** Milliseconds that a server which is told to stop still takes requests, until its load balancer sends it none. */
  readonly drainMs: number;
}

/** Reads those settings. What is wrong with them is added to the reader's problems. */
export function readReplica(reader: Reader): ReplicaSettings {
  const port =
    reader.text('CWM_METRICS_PORT') === undefined ? undefined : reader.whole('CWM_METRICS_PORT', 9464, 0, 65_535);
  const host = reader.text('CWM_METRICS_HOST') ?? '127.0.0.1';
  return {
    metrics: port === undefined ? undefined : { host, port },
    drainMs: reader.whole('CWM_DRAIN_SECONDS', 0, 0, 120) * 1000,
  };
}
