import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readConfig } from '../../src/config/config.ts';
import { SANDBOX } from '../../src/sandbox/credentials.ts';
import { freePort, hasProgram } from '../support/redis.ts';
import { isSettingName } from '../support/setting-names.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

type Environment = Readonly<Record<string, string>>;

/** Whether the settings are known, and those that tests can have are read without complaint. */
function check(environment: Environment): void {
  const names = Object.keys(environment);
  expect(names.filter((name) => !isSettingName(name))).toEqual([]);
  const given = Object.entries(environment).filter(([name]) => !name.endsWith('_FILE'));
  const { companyId: CWM_COMPANY_ID, publicKey, privateKey, clientId } = SANDBOX;
  const config = readConfig({
    CWM_COMPANY_ID,
    ...Object.fromEntries(given),
    CWM_PUBLIC_KEY: publicKey,
    CWM_PRIVATE_KEY: privateKey,
    CWM_CLIENT_ID: clientId,
    CWM_HTTP_TOKEN: 'a-token-of-24-characters-or-more',
    CWM_HTTP_HOST: '0.0.0.0',
  });
  expect(config.replica.redisUrl).toMatch(/^redis:/);
  expect(config.replica.metrics).toEqual({ host: '0.0.0.0', port: 9464 });
  // Who calls is what the load balancer says, not the load balancer.
  expect(config.http.trustedProxies).not.toEqual([]);
  // Longer than two checks of the load balancer.
  expect(config.replica.drainMs).toBeGreaterThan(10_000);
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly httpHeaders: readonly { name: string; value: string }[] };
}

describe('what the deployment guide has people run', () => {
  it('has settings that the server takes, in Docker Compose', () => {
    const { services } = parse(read('packaging/docker/replicas.yaml'));
    check(services.replica.environment);
    expect(services.redis.command).toContain('noeviction');
    const secrets = services.replica.secrets as string[];
    for (const file of Object.values(services.replica.environment as Environment).filter((value) =>
      value.startsWith('/run/'),
    ))
      expect(secrets).toContain(file.replace('/run/secrets/', ''));
  });

  it('has settings, probes and ports that fit each other, on Kubernetes', () => {
    const documents = parseAllDocuments(read('packaging/kubernetes/cwm-mcp.yaml')).map((one) => one.toJS());
    const find = (kind: string, name = 'cwm-mcp') =>
      documents.find((one) => one.kind === kind && one.metadata.name === name);
    const { data } = find('ConfigMap');
    check(data);
    const { spec } = find('Deployment').spec.template;
    const [container] = spec.containers;
    const ports = (container.ports as { name: string; containerPort: number }[]).map(({ name, containerPort }) => [
      name,
      containerPort,
    ]);
    expect(ports).toEqual([
      ['http', 3000],
      ['metrics', Number(data.CWM_METRICS_PORT)],
    ]);
    for (const [probe, path] of [
      [container.livenessProbe, '/healthz'],
      [container.readinessProbe, '/readyz'],
    ] as [Probe, string][]) {
      expect(probe.httpGet.path).toBe(path);
      expect(data.CWM_ALLOWED_HOSTS.split(',')).toContain(probe.httpGet.httpHeaders[0]?.value);
    }
    expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(Number(data.CWM_DRAIN_SECONDS) + 20);
    expect(data.CWM_REDIS_URL).toBe(`redis://${find('Service', 'cwm-mcp-redis').metadata.name}:6379`);
  });

  it.skipIf(!hasProgram('haproxy'))('has HAProxy say who calls, whatever callers say', async () => {
    const replica = createServer(({ headers }, response) => response.end(JSON.stringify(headers))).listen(
      0,
      '127.0.0.1',
    );
    await once(replica, 'listening');
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'cwm-mcp-haproxy-'));
    const file = join(folder, 'haproxy.cfg');
    const shipped = read('packaging/haproxy/haproxy.cfg');
    const here = shipped
      .replace('bind :8080', `bind 127.0.0.1:${port}`)
      .replace(/server-template .*/, `server replica 127.0.0.1:${(replica.address() as AddressInfo).port}`)
      .replace(/^resolvers[\s\S]*/m, '');
    writeFileSync(file, here);
    const proxy = spawn('haproxy', ['-q', '-db', '-f', file], { stdio: 'ignore' });
    try {
      const claimed = { 'X-Forwarded-For': '192.0.2.1', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'made.up' };
      const ask = () => fetch(`http://127.0.0.1:${port}/`, { headers: claimed }).catch(() => undefined);
      let answer = await ask();
      while (answer === undefined) {
        expect(proxy.exitCode).toBeNull();
        await sleep(20);
        answer = await ask();
      }
      expect(await answer.json()).toMatchObject({
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
        'x-forwarded-host': `127.0.0.1:${port}`,
      });
    } finally {
      proxy.kill();
      replica.close();
      replica.closeAllConnections();
      rmSync(folder, { recursive: true });
    }
  });

  it.skipIf(!hasProgram('haproxy'))('has a configuration that HAProxy takes', () => {
    const { status, stderr } = spawnSync('haproxy', ['-c', '-f', join(ROOT, 'packaging/haproxy/haproxy.cfg')]);
    expect(status, String(stderr)).toBe(0);
  });

  it('asks the load balancer for what the server answers', () => {
    expect(read('packaging/haproxy/haproxy.cfg')).toMatch(/httpchk GET \/readyz\n.*Host localhost/);
  });
});
