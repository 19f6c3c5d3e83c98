import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { hasProgram, startRedis } from '../support/redis.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { run, start } from '../support/stdio.ts';

const INITIALIZE = `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } } })}\n`;

// Filling a sandbox is most of what a process costs that has one of its own; only the tests that are about that start one.
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await borrowSandbox();
});
afterAll(() => sandbox.close());

describe('the process', () => {
  it.each(['stdin', 'SIGTERM'] as const)(
    'ends cleanly at the end of %s, with nothing but the protocol on stdout',
    async (way) => {
      const child = way === 'stdin' ? start(['--sandbox']) : start([], sandbox.environment);
      let stdout = '';
      child.stdout?.on('data', (chunk: Buffer) => {
        stdout += chunk.toString();
      });
      child.stdin?.write(INITIALIZE);
      while (!stdout.includes('\n')) await once(child.stdout as NodeJS.ReadableStream, 'data');
      if (way === 'stdin') child.stdin?.end();
      else child.kill('SIGTERM');
      const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
      expect({ code, signal }).toEqual({ code: 0, signal: null });
      const lines = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { jsonrpc: string });
      expect(lines.every(({ jsonrpc }) => jsonrpc === '2.0')).toBe(true);
    },
  );

  const CALL = `${JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'search_tickets', arguments: {} } })}\n`;

  it('still answers what was asked before stdin ended', async () => {
    const child = start([], sandbox.environment);
    let stdout = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stdin?.end(INITIALIZE + CALL);
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(stdout).toContain('open tickets');
  });

  it('exits when nobody reads its answers, even while stdin stays open', async () => {
    const child = start([], sandbox.environment);
    child.stdin?.write(INITIALIZE);
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    child.stdout?.destroy();
    child.stdin?.write(CALL);
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('exits on a message that never ends', async () => {
    const child = start([], sandbox.environment);
    // It stops reading in the middle.
    child.stdin?.on('error', () => undefined);
    const endless = Buffer.alloc(1024 * 1024, 'x');
    const write = (): void => {
      while (child.stdin?.writable && child.stdin.write(endless));
    };
    child.stdin?.on('drain', write);
    write();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('says everything that is wrong with its configuration in one message', async () => {
    const { code, stdout, stderr } = await run(['stdio'], {
      CWM_SITE: 'not a host',
      CWM_READ_ONLY: 'maybe',
      CWM_TOOLSETS: 'servise',
      CWM_PUBLC_KEY: 'x',
      CWM_TIME_ZONE: 'EST5',
    });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    for (const name of [
      'CWM_SITE',
      'CWM_COMPANY_ID',
      'CWM_PUBLIC_KEY',
      'CWM_PRIVATE_KEY',
      'CWM_CLIENT_ID',
      'CWM_READ_ONLY',
      'CWM_TOOLSETS',
      'CWM_PUBLC_KEY is not known',
      'CWM_TIME_ZONE',
    ]) {
      expect(stderr).toContain(name);
    }
    expect(stderr).toContain('Did you mean service?');
  });

  it('says which port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    for (const [command = '', flag = '', ...more] of [
      ['sandbox', '--port'],
      ['http', '--port'],
      ['stdio', '--sandbox-port', '--sandbox'],
    ]) {
      const own = command === 'http' ? sandbox.environment : {};
      const { code, stderr } = await run([command, flag, String(port), ...more], own);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: `Port ${port} is taken; choose another one with ${flag}.\n`,
      });
    }
    taken.close();
  });

  it.skipIf(!hasProgram('redis-server'))('says once that Redis is there, and lets go of it', async () => {
    const redis = await startRedis();
    const folder = mkdtempSync(join(tmpdir(), 'cwm-mcp-redis-'));
    const environment = { ...sandbox.environment, CWM_STATE_DIR: folder, CWM_REDIS_URL: redis.url };
    // What is open already must not keep a server that cannot start from ending.
    const taken = ['http', '--port', new URL(sandbox.url).port];
    const failed = await run(taken, { ...environment, CWM_METRICS_PORT: '0' });
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('is taken; choose another one') });
    const nowhere = await run(['http', '--port', '0'], { ...environment, CWM_OPERATIONS: 'GET /nowhere' });
    expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining('CWM_OPERATIONS') });

    const child = start(['http', '--port', '0'], { ...environment, CWM_LOG_LEVEL: 'info' });
    let log = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
    const said = log.split('\n').filter((line) => line.includes('Redis'));
    expect(said.map((line) => JSON.parse(line))).toMatchObject([{ level: 30, msg: 'Redis is there' }]);
    await redis.kill();
    rmSync(folder, { recursive: true });
  });

  it('says which commands there are, and what is wrong with an address', async () => {
    const unknown = await run(['docter']);
    expect(unknown).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/no command docter\. Did you mean doctor\?/),
    });
    expect(await run(['doctor', '--jsn'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/unknown option '--jsn'\n\(Did you mean --json\?\)/),
    });
    const elsewhere = await run(['http', '--host', '203.0.113.9', '--port', '0'], {
      ...sandbox.environment,
      CWM_HTTP_TOKEN: 'a-token-of-24-characters-or-more',
      CWM_ALLOWED_HOSTS: 'manage.example',
    });
    expect(elsewhere).toMatchObject({
      code: 1,
      stderr: '203.0.113.9 is not an address of this machine; choose one with --host.\n',
    });
  });

  it('reports a setting that names nothing before it answers any client', async () => {
    for (const [name, value] of [
      ['CWM_OPERATIONS', 'GET /nowhere'],
      ['CWM_CATALOG', '/nowhere/catalog.json'],
      ['CWM_TOOLSETS', 'nothing'],
    ] as const) {
      const { code, stdout, stderr } = await run([], { ...sandbox.environment, [name]: value });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(name);
    }
  });

  it('lists its tools with effect, tokens and the right they need', async () => {
    const { code, stdout } = await run(['tools']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/core, time\s+log_time\s+create\s+~\d+\s+.*Time & Expense/);
  });

  it('serves HTTP on the sandbox and prints what to paste where', async () => {
    const child = start(['http', '--sandbox', '--port', '0']);
    let stdout = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    while (!stdout.includes('Cursor')) await once(child.stdout as NodeJS.ReadableStream, 'data');
    const url = /served at (http:\/\/127\.0\.0\.1:\d+\/mcp)/.exec(stdout)?.[1] ?? '';
    expect(stdout).toContain(`claude mcp add --transport http manage ${url}`);
    const ready = await fetch(new URL('/readyz', url));
    expect(ready.status).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
