import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { freePort, hasProgram, killed, startRedis } from '../support/redis.ts';
import { start } from '../support/stdio.ts';

/** What the test needs beside Node, and is not on this machine. */
export const missing = ['redis-server', 'haproxy'].filter((name) => !hasProgram(name));

/** What the load balancer says where no replica does. It sends nothing twice: only the client knows what may be tried again. */
const answers = (status: string): string =>
  [
    `HTTP/1.1 ${status}`,
    'Content-Type: application/json',
    'Retry-After: 1',
    'Connection: close',
    '',
    '{"jsonrpc":"2.0","error":{"code":-32603,"message":"The server does not answer. Make the call again."},"id":null}',
  ].join('\r\n');

function haproxyConfig(port: number, replicas: readonly number[], folder: string): string {
  const servers = replicas.map(
    (one, index) => `  server replica${index} 127.0.0.1:${one} check inter 500 fall 1 rise 1`,
  );
  return [
    'defaults',
    '  mode http',
    '  timeout connect 1s',
    '  timeout client 60s',
    '  timeout server 60s',
    `  errorfile 502 ${join(folder, '502.http')}`,
    `  errorfile 503 ${join(folder, '503.http')}`,
    'frontend clients',
    `  bind 127.0.0.1:${port}`,
    '  default_backend replicas',
    'backend replicas',
    '  balance roundrobin',
    '  option redispatch 1',
    '  retry-on conn-failure',
    '  option httpchk GET /healthz',
    '  http-check send hdr Host 127.0.0.1',
    ...servers,
    '',
  ].join('\n');
}

async function running(child: ChildProcess): Promise<ChildProcess> {
  for await (const piece of child.stdout ?? []) if (String(piece).includes('The tools are served at')) break;
  child.stdout?.resume();
  child.stderr?.resume();
  return child;
}

export interface Cluster {
  readonly sandbox: Sandbox;
  readonly url: string;
  /** Where each replica itself listens. */
  readonly replicaUrls: readonly string[];
  killReplica(index: number): Promise<void>;
  killRedis(): Promise<void>;
  close(): Promise<void>;
}

/** Replicas of the built program behind a real HAProxy, with a real Redis, in front of one sandbox. */
export async function startCluster(count: number): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'replicas-'));
  const [sandbox, redis] = await Promise.all([startSandbox({ tickets: 60 }), startRedis()]);
  const ports = await Promise.all(Array.from({ length: count }, freePort));
  const port = await freePort();
  const replicas = await Promise.all(
    ports.map((own, index) =>
      running(
        start(['http', '--port', String(own)], {
          ...sandbox.environment,
          CWM_API_VERSION: sandbox.apiVersion,
          CWM_REQUESTS_PER_MINUTE: '10000',
          CWM_MAX_IN_FLIGHT: '64',
          CWM_REDIS_URL: redis.url,
          // Each is a machine of its own.
          CWM_STATE_DIR: join(folder, `replica-${index}`),
        }),
      ),
    ),
  );
  for (const status of ['502 Bad Gateway', '503 Service Unavailable'])
    await writeFile(join(folder, `${status.slice(0, 3)}.http`), answers(status));
  const file = join(folder, 'haproxy.cfg');
  await writeFile(file, haproxyConfig(port, ports, folder));
  const proxy = spawn('haproxy', ['-q', '-db', '-f', file], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}/mcp`;
  const isUp = (): Promise<boolean> =>
    fetch(new URL('/healthz', url)).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isUp())) await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    sandbox,
    url,
    replicaUrls: ports.map((own) => `http://127.0.0.1:${own}/mcp`),
    killReplica: async (index) => {
      const replica = replicas[index];
      if (replica !== undefined) await killed(replica);
    },
    killRedis: () => redis.kill(),
    async close() {
      await Promise.all([...replicas, proxy].map(killed));
      await Promise.all([redis.kill(), sandbox.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
