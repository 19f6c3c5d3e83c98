import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { createLogger } from '../../src/logger.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { type HttpServer, startHttp } from '../../src/server/http/http.ts';
import { createServices } from '../../src/server/services.ts';
import { raw } from '../support/raw.ts';
import { NOW, restOf, startHttpSession } from '../support/session.ts';

const TOKEN = 'a-token-of-24-characters-or-more';

let sandbox: Sandbox;
let server: HttpServer;
beforeEach(async () => {
  sandbox = await startSandbox({ now: NOW, tickets: 20 });
  const config = readConfig(
    {
      ...sandbox.environment,
      CWM_API_VERSION: sandbox.apiVersion,
      CWM_LOG_LEVEL: 'silent',
      CWM_HTTP_PORT: '0',
      CWM_HTTP_TOKEN: TOKEN,
      CWM_ALLOWED_HOSTS: 'manage.example:443',
    },
    true,
  );
  server = await startHttp(createServices(config, createLogger('silent')));
});
afterEach(async () => {
  await server.close();
  await sandbox.close();
});

const initialize = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
});
const headers = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  authorization: `Bearer ${TOKEN}`,
};
const post = (more: Record<string, string> = {}, body = initialize) =>
  raw(server.url, 'POST', '/mcp', { headers: { host: '127.0.0.1', ...headers, ...more }, body });

describe('the HTTP server', () => {
  it('serves callers with the token, on allowed hosts only', async () => {
    expect((await post()).status).toBe(200);
    expect((await post({ host: 'manage.example' })).status).toBe(200);
    expect((await post({ host: 'manage.example:8443', origin: 'https://manage.example' })).status).toBe(200);
    for (const authorization of [
      '',
      'Bearer wrong',
      `Basic ${TOKEN}`,
      `Bearer ${TOKEN}x`,
      `Bearer ${TOKEN.slice(1)}`,
    ]) {
      const refused = await post({ authorization });
      expect(refused).toMatchObject({ status: 401, headers: { 'www-authenticate': expect.stringMatching(/^Bearer/) } });
      expect(refused.text).not.toContain(TOKEN);
    }
    for (const host of [
      'evil.example',
      'manage.example.evil.example',
      '127.0.0.1.evil.example',
      'localhost@evil.example',
    ])
      expect((await post({ host })).status).toBe(403);
    for (const origin of [
      'https://evil.example',
      'null',
      'https://manage.example.evil.example',
      'https://evil.example:80@127.0.0.1',
    ])
      expect((await post({ origin })).status).toBe(403);
  });

  it('keeps connections between requests for longer than load balancers do', async () => {
    const { headers: said } = await fetch(new URL('/healthz', server.url));
    expect(said.get('keep-alive')).toBe('timeout=65');
  });

  it('answers probes without the token, and asks Manage once for many of them', async () => {
    const probe = (path: string) => raw(server.url, 'GET', path, { headers: { host: '127.0.0.1' } });
    expect(await probe('/healthz')).toMatchObject({ status: 200, text: 'ok\n' });
    expect(sandbox.requests).toHaveLength(0);
    const answers = await Promise.all(Array.from({ length: 20 }, () => probe('/readyz')));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(sandbox.requests).toHaveLength(1);
    expect((await probe('/mcp')).status).toBe(401);
  });

  it('says that it is not ready when Manage refuses its keys', async () => {
    sandbox.faults.add({ kind: 'error', status: 401, times: 9 });
    expect(await raw(server.url, 'GET', '/readyz', { headers: { host: '127.0.0.1' } })).toMatchObject({
      status: 503,
      text: 'Manage does not answer\n',
    });
  });

  it('refuses a request that is too large', async () => {
    const large = JSON.stringify({ padding: 'x'.repeat(11 * 1024 * 1024) });
    expect((await post({}, large)).status).toBe(413);
    expect((await post({ 'transfer-encoding': 'chunked' }, large)).status).toBe(413);
    const members = await post({}, `[${'[],'.repeat(200_000)}[]]`);
    expect(members.status).toBe(413);
    expect(JSON.parse(members.text).error.message).toContain('128 KB beside its texts');
    expect((await post()).status).toBe(200);
  });

  it('takes a body in pieces or with a byte order mark, and says what is wrong with one that is not JSON', async () => {
    expect((await post({ 'transfer-encoding': 'chunked' })).status).toBe(200);
    expect((await post({}, `\ufeff${initialize}`)).status).toBe(200);
    for (const more of [{}, { 'transfer-encoding': 'chunked' }] as Record<string, string>[]) {
      const { status, text } = await post(more, '{"jsonrpc": ');
      expect(status).toBe(400);
      expect(JSON.parse(text)).toMatchObject({ jsonrpc: '2.0', error: { code: -32700 }, id: null });
    }
    const deep = await post({}, `${'['.repeat(60_000)}${']'.repeat(60_000)}`);
    expect(JSON.parse(deep.text)).toMatchObject({
      error: { code: -32600, message: 'The message is nested too deep.' },
    });
    expect((await post({ 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('takes null for arguments as none', async () => {
    const call = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'whoami', arguments: null } };
    expect((await post({}, JSON.stringify(call))).text).toContain('Jordan Doe');
  });

  it('survives bytes that are not a request', async () => {
    const { hostname, port } = new URL(server.url);
    for (const text of ['GARBAGE\r\n\r\n', 'POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\n{']) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(text);
      socket.end();
      socket.destroy();
    }
    for (const body of ['', '{', '[]', 'null', '{"jsonrpc":"2.0"}', '[1]'])
      expect((await post({}, body)).status).toBeGreaterThanOrEqual(400);
    expect((await post()).status).toBe(200);
  });
});

it('a server told to stop finishes a write in progress', async () => {
  const session = await startHttpSession({ sandbox: { tickets: 20 } });
  session.sandbox.faults.add({ kind: 'slow', delayMs: 300, method: 'POST' });
  const running = session.call('add_ticket_note', { ticketId: 7, text: 'Written while it stops' });
  while (session.writes().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const rest = restOf(session.sandbox);
  await session.stop();
  expect(await running).toMatchObject({ isError: false });
  const notes = (await rest('GET', '/service/tickets/7/notes')).body as { text: string }[];
  expect(notes.filter(({ text }) => text === 'Written while it stops')).toHaveLength(1);
  await session.close();
});
