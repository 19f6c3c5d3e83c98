import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { raw } from '../support/raw.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { NOW, restOf } from '../support/session.ts';

const API = '/v4_6_release/apis/3.0';
const HEADERS = {
  authorization: `Basic ${Buffer.from('northwind+sandboxPublic:sandboxPrivate').toString('base64')}`,
  clientid: '00000000-0000-4000-8000-000000000000',
};
const HEAD = Object.entries(HEADERS)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('');

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW, tickets: 60 });
});
afterAll(() => sandbox.close());

/** Writes the pieces on one connection, a moment apart, and gives back all that came until the server closed it. */
async function wire(...pieces: string[]): Promise<string> {
  const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await closed;
  return text;
}

const statuses = (text: string): number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));

describe('requests that no client should send', () => {
  it.each([
    ['a space in the address', `GET ${API}/service/tickets?conditions=id = 1 HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['a header without a colon', `GET ${API}/system/info HTTP/1.1\r\nHost x\r\n\r\n`],
  ])('%s get the HTML page of the web server', async (_, text) => {
    const answer = await wire(text);
    expect(statuses(answer)).toEqual([400]);
    expect(answer).toMatch(/content-type: text\/html/i);
    expect(answer).toContain('<h2>Bad Request</h2>');
  });

  it.each(['%', '%zz', '%E0%A4%A', '%00', '..%2f..', '//', '\\', '{id}', '💥'])(
    '%s in a path does not fail',
    async (part) => {
      for (const path of [
        `${API}/service/tickets/${encodeURI(part).includes('%F0') ? encodeURI(part) : part}`,
        `/${encodeURI(part)}`,
      ]) {
        const { status, headers } = await raw(sandbox.url, 'GET', path, { headers: HEADERS });
        expect([path, status < 500]).toEqual([path, true]);
        expect(headers['content-type']).toMatch(/^(application\/json|text\/html)/);
      }
    },
  );

  it('take addresses of up to 10,000 characters, and bodies instead of longer ones', async () => {
    const conditions = (length: number): string => `id in (${Array.from({ length }, (_, id) => id + 1).join(',')})`;
    const long = await raw(
      sandbox.url,
      'GET',
      `${API}/service/tickets?conditions=${encodeURIComponent(conditions(1_200))}`,
      { headers: HEADERS },
    );
    expect([long.status, long.json.length]).toEqual([200, 25]);
    const longer = await raw(
      sandbox.url,
      'GET',
      `${API}/service/tickets?conditions=${encodeURIComponent(conditions(2_000))}`,
      { headers: HEADERS },
    );
    expect([longer.status, longer.headers['content-type']]).toEqual([414, 'text/html']);
    const search = await restOf(sandbox)('POST', '/service/tickets/search', { conditions: conditions(20_000) });
    expect([search.status, search.body.length]).toEqual([200, 25]);
    expect(statuses(await wire(`GET ${API}/system/info?x=${'x'.repeat(70_000)} HTTP/1.1\r\nHost: x\r\n\r\n`))).toEqual([
      400,
    ]);
  });

  it('are told which methods and media types there are', async () => {
    const allowed = await raw(sandbox.url, 'DELETE', `${API}/service/impacts/1`, { headers: HEADERS });
    expect([allowed.status, allowed.json.code]).toEqual([405, 'ConnectWiseApi']);
    expect(allowed.headers.allow).toContain('GET');
    for (const method of ['HEAD', 'OPTIONS', 'PROPFIND'])
      expect([method, (await raw(sandbox.url, method, `${API}/service/tickets`, { headers: HEADERS })).status]).toEqual(
        [method, 405],
      );
    const ticket = JSON.stringify({ summary: 'Typed', company: { id: 2 } });
    const post = (type: string) =>
      raw(sandbox.url, 'POST', `${API}/service/tickets`, {
        headers: { ...HEADERS, 'content-type': type },
        body: ticket,
      });
    for (const type of [
      'application/json',
      'application/json; charset=utf-8',
      'text/json',
      'application/vnd.connectwise.com+json',
    ])
      expect([type, (await post(type)).status]).toEqual([type, 201]);
    for (const type of ['application/octet-stream', 'application/x-www-form-urlencoded', 'application/xml']) {
      const { status, json } = await post(type);
      expect([status, json.message]).toEqual([
        415,
        `The request entity's media type '${type}' is not supported for this resource.`,
      ]);
    }
  });
});

describe('connections', () => {
  it('serve what is sent without waiting, in order, on one connection', async () => {
    const body = JSON.stringify({ summary: 'First of a pipeline', company: { id: 2 } });
    const post = `POST ${API}/service/tickets HTTP/1.1\r\nHost: x\r\n${HEAD}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const find = encodeURIComponent('summary="First of a pipeline"');
    const count = (more = ''): string =>
      `GET ${API}/service/tickets/count?conditions=${find} HTTP/1.1\r\nHost: x\r\n${HEAD}${more}\r\n`;
    const answer = await wire(count() + post + count() + post + count('Connection: close\r\n'));
    expect(statuses(answer)).toEqual([200, 201, 200, 201, 200]);
    expect([...answer.matchAll(/\{"count":(\d+)\}/g)].map(([, number]) => Number(number))).toEqual([0, 1, 2]);
  });

  it('take a body that comes in pieces, chunked or not', async () => {
    const body = JSON.stringify({ summary: 'Slowly', company: { id: 2 } });
    const head = `POST ${API}/service/tickets HTTP/1.1\r\nHost: x\r\n${HEAD}Content-Type: application/json\r\nConnection: close\r\n`;
    const pieces = body.match(/.{1,9}/g) ?? [];
    expect(statuses(await wire(`${head}Content-Length: ${body.length}\r\n\r\n`, ...pieces))).toEqual([201]);
    const chunks = pieces.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`);
    expect(statuses(await wire(`${head}Transfer-Encoding: chunked\r\n\r\n`, ...chunks, '0\r\n\r\n'))).toEqual([201]);
  });

  it('outlive clients that leave in the middle', async () => {
    const before = (await restOf(sandbox)('GET', '/service/tickets/count')).body.count;
    for (let index = 0; index < 20; index += 1) {
      const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
      socket.write(
        `POST ${API}/service/tickets HTTP/1.1\r\nHost: x\r\n${HEAD}Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{"summary"`,
      );
      await new Promise((resolve) => setTimeout(resolve, 2));
      socket.destroy();
    }
    const after = await restOf(sandbox)('GET', '/service/tickets/count');
    expect([after.status, after.body.count]).toEqual([200, before]);
  });

  it('end with a word when a body is too large', async () => {
    const large = 'x'.repeat(31 * 1024 * 1024);
    const { status } = await raw(sandbox.url, 'POST', `${API}/service/tickets`, {
      headers: { ...HEADERS, 'content-type': 'application/json' },
      body: large,
    });
    expect(status).toBe(413);
  });
});

describe('memory', () => {
  it('does not grow with what is asked', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const used = (): number => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const reads = loadApi().operations.filter(({ method }) => method === 'GET');
    const rest = restOf(sandbox);
    let asked = 0;
    const round = async (): Promise<number> => {
      for (let index = 0; index < 500; index += 1) {
        asked += 1;
        const { path } = reads[(asked * 7) % reads.length] ?? { path: '' };
        const at = path.replace(/\{[^}]+\}/g, () => String(asked % 50));
        const conditions = encodeURIComponent(
          `id > ${asked} or (name = "x${asked}" and member${asked % 90}/id = ${asked})`,
        );
        await rest('GET', `${at}?conditions=${conditions}&orderBy=field${asked}`);
      }
      return used();
    };
    await round();
    const settled = await round();
    await round();
    // Each round asks what nobody asked before; what would be kept of it would be megabytes.
    expect((await round()) - settled).toBeLessThan(6 * 1024 * 1024);
  });
});
