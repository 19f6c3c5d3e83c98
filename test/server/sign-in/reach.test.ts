import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificates } from '../../../src/sandbox/http/certificate.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import type { HttpServer } from '../../../src/server/http/http.ts';
import { createArrivals } from '../../../src/server/sign-in/arrival.ts';
import { raw } from '../../support/raw.ts';
import { borrowSandbox } from '../../support/sandboxes.ts';
import { NOW } from '../../support/session.ts';
import { startServer } from '../../support/signed-in.ts';

const TOKEN = 'a-token-of-24-characters-or-more';
const PAGE = 'https://app.example.com';

let sandbox: Sandbox;
let server: HttpServer;
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW });
  server = await startServer(sandbox, {
    CWM_HTTP_TOKEN: TOKEN,
    CWM_PUBLIC_URL: 'https://manage.example/mcp',
    CWM_ALLOWED_ORIGINS: PAGE,
    CWM_TRUSTED_PROXIES: '127.0.0.0/8',
  });
});
afterAll(async () => {
  await server.close();
  await sandbox.close();
});

const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
const HEADERS = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  authorization: `Bearer ${TOKEN}`,
};
const send = (headers: Record<string, string> = {}, path = '/mcp', method = 'POST') =>
  raw(server.url, method, path, {
    headers: { host: 'manage.example', ...HEADERS, ...headers },
    ...(method === 'POST' && { body: ping }),
  });

describe('the address of the tools', () => {
  it('may end with a slash, and is no other', async () => {
    expect((await send()).status).toBe(200);
    expect((await send({}, '/mcp/')).status).toBe(200);
    expect((await send({}, '/mcp?x=1')).status).toBe(200);
    for (const path of ['/mcp2', '/MCP', '/mcp/x', '//mcp', '/%6dcp', '/x/../mcp'])
      expect((await send({}, path)).status).toBe(404);
  });

  it('is no secret of a provider that there is not', async () => {
    expect((await send({}, '/.well-known/oauth-protected-resource', 'GET')).status).toBe(404);
  });
});

describe('pages on the web', () => {
  it('that are allowed may ask, send the headers of the protocol and read answers', async () => {
    const preflight = await send(
      {
        origin: PAGE,
        authorization: '',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, mcp-method, mcp-param-board, x-evil',
      },
      '/mcp',
      'OPTIONS',
    );
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({ 'access-control-allow-origin': PAGE, vary: 'Origin' });
    const allowed = String(preflight.headers['access-control-allow-headers']).split(', ');
    expect(allowed).toEqual(expect.arrayContaining(['authorization', 'mcp-session-id', 'mcp-param-board']));
    expect(allowed).not.toContain('x-evil');
    const answer = await send({ origin: PAGE });
    expect(answer).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': PAGE } });
    expect(answer.headers['access-control-expose-headers']).toContain('WWW-Authenticate');
    const refused = await send({ origin: PAGE, authorization: 'Bearer wrong' });
    expect(refused).toMatchObject({ status: 401, headers: { 'access-control-allow-origin': PAGE } });
    expect((await send({ origin: 'https://manage.example' })).headers['access-control-allow-origin']).toBeDefined();
  });

  it('that are not get nothing, and those of this machine nothing that they could read', async () => {
    for (const origin of ['https://app.example.com.evil.example', 'http://app.example.com', 'null', `${PAGE}:8443`]) {
      const { status, headers } = await send({ origin });
      expect([origin, status, headers['access-control-allow-origin']]).toEqual([origin, 403, undefined]);
    }
    const { headers } = await send({ origin: 'http://localhost:8080' });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('a proxy', () => {
  it('that is trusted says by which name it was called', async () => {
    expect((await send({ host: '10.0.0.7:3000' })).status).toBe(403);
    expect((await send({ host: '10.0.0.7:3000', 'x-forwarded-host': 'manage.example' })).status).toBe(200);
    expect((await send({ 'x-forwarded-host': 'evil.example' })).status).toBe(403);
  });

  const arrival = (peer: string, headers: IncomingHttpHeaders, encrypted = false) =>
    createArrivals(['10.0.0.0/8', '2001:db8::/32', '192.0.2.1'])({
      headers,
      socket: { remoteAddress: peer, encrypted },
    } as never);

  it.each([
    ['203.0.113.5', { 'x-forwarded-for': '198.51.100.1', 'x-forwarded-proto': 'https' }, '203.0.113.5', false],
    ['10.0.0.1', { 'x-forwarded-for': '198.51.100.1', 'x-forwarded-proto': 'https' }, '198.51.100.1', true],
    ['::ffff:10.0.0.1', { 'x-forwarded-for': '198.51.100.1' }, '198.51.100.1', false],
    ['10.0.0.1', { 'x-forwarded-for': '6.6.6.6, 198.51.100.1, 10.0.0.2' }, '198.51.100.1', false],
    ['10.0.0.1', { 'x-forwarded-for': '6.6.6.6, nonsense' }, 'nonsense', false],
    ['2001:db8::5', { 'x-forwarded-for': '2001:db9::1', 'x-forwarded-proto': 'http, https' }, '2001:db9::1', true],
    ['192.0.2.1', {}, '192.0.2.1', false],
    ['192.0.2.2', { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' }, '192.0.2.2', false],
  ])('%s that sends %j is %s', (peer, headers, address, isSecure) => {
    expect(arrival(peer, headers)).toMatchObject({ address, isSecure, isLocal: false });
  });

  it('of nobody makes a request secure, local or of somebody else', () => {
    const header = fc.option(fc.string(), { nil: undefined });
    const made = fc.record({ 'x-forwarded-for': header, 'x-forwarded-proto': header, 'x-forwarded-host': header });
    fc.assert(
      fc.property(made, (headers) => {
        const seen = arrival('203.0.113.5', { host: 'a', ...headers } as IncomingHttpHeaders);
        expect(seen).toEqual({ address: '203.0.113.5', isSecure: false, isLocal: false, host: 'a' });
      }),
    );
  });

  it('on this machine is not this machine', () => {
    expect(arrival('127.0.0.1', {}).isLocal).toBe(true);
    expect(arrival('127.0.0.1', { 'x-forwarded-for': '203.0.113.5' }).isLocal).toBe(false);
  });
});

describe('TLS', () => {
  it('is served with the certificate of the files, also after it was renewed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tls-'));
    const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const renew = async () => {
      const made = makeCertificates(new Date());
      await Promise.all([writeFile(certFile, made.cert), writeFile(keyFile, made.key)]);
      return made;
    };
    const first = await renew();
    const secure = await startServer(sandbox, {
      CWM_HTTP_TOKEN: TOKEN,
      CWM_TLS_CERT_FILE: certFile,
      CWM_TLS_KEY_FILE: keyFile,
    });
    /** Whether the server is trusted by the authority of a certificate. */
    const isServedWith = async (ca: string): Promise<boolean> => {
      const asked = request(new URL('/healthz', secure.url), { ca, agent: false, headers: { host: 'localhost' } });
      asked.end();
      try {
        const [response] = await once(asked, 'response');
        expect((response.socket as TLSSocket).getProtocol()).toMatch(/TLSv1\.[23]/);
        response.resume();
        return true;
      } catch {
        return false;
      }
    };
    try {
      expect(secure.url).toMatch(/^https:/);
      expect(await isServedWith(first.ca)).toBe(true);
      const second = await renew();
      while (!(await isServedWith(second.ca))) await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await isServedWith(first.ca)).toBe(false);
    } finally {
      await secure.close();
      await rm(folder, { recursive: true });
    }
  });

  it('is not begun with files that hold no certificate', async () => {
    const broken = { CWM_TLS_CERT_FILE: 'package.json', CWM_TLS_KEY_FILE: 'package.json' };
    await expect(startServer(sandbox, broken)).rejects.toThrow(/hold no certificate with its key in PEM form/);
  });
});

it('a hostile client learns nothing and holds nothing', async () => {
  const large = await send({ 'x-large': 'x'.repeat(40_000) }).catch((error: Error) => error);
  expect(large).toMatchObject({ status: 431 });
  for (const authorization of ['Bearer', 'Bearer ', 'Basic eDp5', `Bearer ${TOKEN} x`, `bearer,${TOKEN}`, 'Bearer é'])
    expect((await send({ authorization })).status).toBe(401);
  const { status, text } = await send({ authorization: '' }, `/mcp?access_token=${TOKEN}`);
  expect([status, text]).toEqual([401, expect.not.stringContaining(TOKEN)]);
});
