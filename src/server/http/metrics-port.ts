import { createServer } from 'node:http';
import type { ReplicaSettings } from '../../config/replica-settings.ts';
import type { Gauges } from '../../telemetry/metrics.ts';
import { listening } from './listener.ts';

export interface MetricsPort {
  /** Where they are read: `http://127.0.0.1:9464/metrics`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves what is counted, on a port of its own that no client of the tools can reach.
 * @param gauges figures that are read when they are asked for
 */
export async function startMetrics(
  place: NonNullable<ReplicaSettings['metrics']>,
  gauges: Gauges,
): Promise<MetricsPort> {
  const { createMetrics } = await import('../../telemetry/metrics.ts');
  const metrics = createMetrics(gauges);
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('The metrics are at /metrics.\n');
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  return {
    url: `http://${await listening(server, place, { port: 'CWM_METRICS_PORT', host: 'CWM_METRICS_HOST' })}/metrics`,
    async close() {
      metrics.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
