import { request } from 'node:http';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { runs } from '../support/sample.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { NOW, restOf, type Session } from '../support/session.ts';

let sandbox: Sandbox;
let rest: Session['rest'];
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW, tickets: 60 });
  rest = restOf(sandbox);
});
afterEach(() => sandbox.faults.clear());
afterAll(() => sandbox.close());

const API = '/v4_6_release/apis/3.0';

interface RawAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Record<string, string | string[] | undefined>;
}

/** A request exactly as written: `fetch` would tidy the path up. Rejects when the connection is cut. */
function send(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<RawAnswer> {
  const { companyId, publicKey, privateKey, clientId } = sandbox.credentials;
  const authorization = `Basic ${Buffer.from(`${companyId}+${publicKey}:${privateKey}`).toString('base64')}`;
  const { hostname, port } = new URL(sandbox.url);
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method, path, agent: false, headers: { authorization, clientid: clientId, ...headers } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('requests that no honest client sends', () => {
  it.each([
    ['GET', '/login/companyinfo/%E0%A4%A', undefined, 200],
    ['GET', `${API}/service/tickets/%E0%A4%A`, undefined, 404],
    ['GET', `${API}/system/members/%zz`, undefined, 404],
    ['GET', `${API}/service/tickets/__proto__`, undefined, 404],
    ['GET', `${API}/service/tickets/99999999999999999999`, undefined, 404],
    ['GET', `/${API}//service//tickets//count`, undefined, 200],
    ['GET', API, undefined, 404],
    ['GET', `${API}/service/tickets?conditions=%00`, undefined, 400],
    ['GET', `${API}/service/tickets?page=1.5`, undefined, 400],
    ['GET', `${API}/service/tickets?pageSize=-1`, undefined, 400],
    ['GET', `${API}/service/tickets?fields=__proto__,constructor/name,%E0%A4`, undefined, 200],
    ['OPTIONS', `${API}/service/tickets`, undefined, 405],
    ['HEAD', `${API}/service/tickets`, undefined, 405],
    ['POST', `${API}/service/tickets`, '{bad', 400],
    ['POST', `${API}/service/tickets`, '', 400],
    ['POST', `${API}/service/tickets`, 'null', 400],
    ['POST', `${API}/service/tickets`, '{"__proto__":{"polluted":1},"summary":"x","company":{"id":2}}', 400],
    ['PUT', `${API}/service/tickets/1`, '"text"', 400],
    ['PATCH', `${API}/company/contacts/5`, '[null]', 400],
    ['PATCH', `${API}/company/contacts/5`, '[{"op":"move","path":"firstName","value":"x"}]', 400],
    ['PATCH', `${API}/company/contacts/5`, '[{"op":"replace","path":"__proto__/polluted","value":"x"}]', 400],
    ['PATCH', `${API}/company/contacts/5`, '[{"op":"replace","path":"firstName/x","value":"x"}]', 400],
    [
      'PATCH',
      `${API}/company/contacts/5`,
      '[{"op":"replace","path":"communicationItems/9999/value","value":"x"}]',
      400,
    ],
    ['PATCH', `${API}/company/contacts/5`, '[{"op":"remove","path":"communicationItems/1.5"}]', 400],
  ])('%s %s %s answers %i', async (method, path, body, status) => {
    const answer = await send(method, path, { 'content-type': 'application/json' }, body);
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status });
    expect(answer.text).not.toContain('The sandbox failed');
    expect({}).not.toHaveProperty('polluted');
  });

  it('never fails by itself, whatever bytes the target and the body hold', async () => {
    const piece = fc.oneof(
      fc.constantFrom('service', 'tickets', 'search', '1', 'count', 'company', 'contacts', '%', '%E0', '%00', '..', ''),
      fc.string({ maxLength: 6, unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) }),
    );
    const body = fc.oneof(fc.json(), fc.string({ unit: 'binary', maxLength: 30 }));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
        fc.array(piece, { maxLength: 5 }),
        fc.array(fc.tuple(fc.constantFrom('conditions', 'fields', 'orderBy', 'x', ''), piece), { maxLength: 2 }),
        body,
        async (method, path, query, content) => {
          const target = `${API}/${path.join('/')}?${query.map(([name, value]) => `${name}=${value}`).join('&')}`;
          const sent = method === 'GET' || method === 'HEAD' ? undefined : content;
          const { status, text } = await send(method, target, { 'content-type': 'application/json' }, sent);
          expect({ target, status: status < 500 ? 'fine' : text }).toEqual({ target, status: 'fine' });
        },
      ),
      { numRuns: runs(800), seed: 2026 },
    );
  });

  it('names wrong fault settings no status', async () => {
    for (const setting of ['abc', '42', '9999', '']) {
      const answer = await send('GET', `${API}/system/info`, { 'x-sandbox-fault': `error;status=${setting}` });
      expect([answer.status, answer.text]).toEqual([500, expect.stringContaining('not recognized as a valid Boolean')]);
    }
    expect((await send('GET', `${API}/system/info`, { 'x-sandbox-fault': 'nothing' })).status).toBe(200);
  });
});

describe('forward-only paging', () => {
  const page = (query: string) => send('GET', `${API}/service/tickets?${query}`, { 'pagination-type': 'forward-only' });

  it('visits every record once, by the links alone', async () => {
    const seen: number[] = [];
    let next: string | undefined = `${API}/service/tickets?pageSize=25&fields=id&conditions=id%20%3E%204`;
    while (next !== undefined) {
      const answer = await send('GET', next, { 'pagination-type': 'forward-only' });
      seen.push(...(JSON.parse(answer.text) as { id: number }[]).map(({ id }) => id));
      expect(answer.headers).toHaveProperty('link');
      const link = /^<([^>]+)>; rel="next"$/.exec(String(answer.headers.link))?.[1];
      next = link === undefined ? undefined : link.slice(sandbox.url.length);
    }
    expect(seen).toEqual(Array.from({ length: 56 }, (_, index) => index + 5));
  });

  it('passes over page and does not sort', async () => {
    expect(JSON.parse((await page('page=3&pageSize=1&fields=id')).text)).toEqual([{ id: 1 }]);
    expect((await page('orderBy=id')).status).toBe(400);
  });
});

describe('numbered paging', () => {
  it('links from the first, a middle and the last page', async () => {
    const relations = async (page: number): Promise<string> =>
      ((await rest('GET', `/service/tickets?pageSize=20&page=${page}`)).headers.get('link') ?? '').replace(
        /<[^>]*[?&]page=(\d+)>; rel="(\w+)"/g,
        '$2 $1',
      );
    expect(await relations(1)).toBe('next 2, last 3');
    expect(await relations(2)).toBe('first 1, prev 1, next 3, last 3');
    expect(await relations(3)).toBe('first 1, prev 2');
  });
});

describe('rights', () => {
  it('lets a role do what it may and nothing else', async () => {
    const reader = sandbox.keys.find(({ identifier }) => identifier === 'apireader');
    if (reader === undefined) throw new Error('The sandbox has no key with fewer rights.');
    const read = restOf(sandbox, reader);
    const refused = { code: 'Security', message: 'You do not have security permission to perform this action.' };
    expect((await read('GET', '/service/tickets/1')).status).toBe(200);
    expect((await read('GET', '/service/info/boards')).status).toBe(200);
    for (const [method, path, body] of [
      ['GET', '/service/boards'],
      ['GET', '/SERVICE/boards/'],
      ['GET', '/finance/agreements'],
      ['POST', '/service/tickets', { summary: 'x', company: { id: 2 } }],
      ['PATCH', '/service/tickets/1', [{ op: 'replace', path: 'summary', value: 'x' }]],
      ['DELETE', '/service/tickets/1'],
    ] as const) {
      const answer = await read(method, path, body);
      expect([method, path, answer.status, answer.body]).toEqual([method, path, 403, refused]);
    }
    expect((await rest('GET', '/service/tickets/1')).status).toBe(200);
  });
});

describe('references', () => {
  it('link to what they stand for', async () => {
    const { body } = await rest('GET', '/service/tickets/1');
    const links = Object.entries(body as Record<string, { id?: number; _info?: Record<string, string> }>).flatMap(
      ([name, value]) =>
        name === '_info'
          ? []
          : Object.entries(value?._info ?? {}).flatMap(([link, href]) =>
              link.endsWith('_href') && link !== 'image_href' ? [{ id: value.id, href }] : [],
            ),
    );
    expect(links.length).toBeGreaterThan(5);
    for (const { id, href } of links) {
      const { status, body: found } = await rest('GET', href.replace(sandbox.baseUrl, ''));
      expect({ href, status, id: found.id }).toEqual({ href, status: 200, id });
    }
    expect(body.status._info).toEqual({
      status_href: `${sandbox.baseUrl}/service/boards/${body.board.id}/statuses/${body.status.id}`,
    });
  });
});

describe('faults', () => {
  it.each([
    ['throttle', 429, /"Too many requests\. Please try again in 3 seconds\."/, 'application/json; charset=utf-8'],
    ['throttle-html', 429, /rate limited/, 'text/html'],
    ['error', 503, /"code":"ConnectWiseApi"/, 'application/json; charset=utf-8'],
    ['error-html', 503, /^<!DOCTYPE html>/, 'text/html'],
    ['wrong-type', 200, /sign in/, 'text/html'],
    ['error-after', 500, /timed out/, 'application/json; charset=utf-8'],
  ] as const)('%s', async (kind, status, text, type) => {
    sandbox.faults.add({ kind, status: 503, retryAfterSeconds: 3, path: '/System/Info' });
    expect((await send('GET', `${API}/service/tickets/1`)).status).toBe(200);
    const answer = await send('GET', `${API}/system/info`);
    expect([answer.status, answer.headers['content-type']]).toEqual([status, type]);
    expect(answer.text).toMatch(text);
    expect(answer.headers['retry-after']).toBe(status === 429 ? '3' : undefined);
    expect((await send('GET', `${API}/system/info`)).status).toBe(200);
  });

  it.each([
    ['reset-before', false],
    ['error', false],
    ['throttle', false],
    ['reset-after', true],
    ['reset-body', true],
    ['error-after', true],
    ['wrong-type', true],
    ['truncated', true],
  ] as const)('%s of a POST: is the record there? %s', async (kind, isThere) => {
    const summary = `Fault ${kind}`;
    sandbox.faults.add({ kind, method: 'POST' });
    const body = JSON.stringify({ summary, company: { id: 2 } });
    const answer = await send('POST', `${API}/service/tickets`, {}, body).catch(() => 'cut');
    if (kind.startsWith('reset')) expect(answer).toBe('cut');
    const conditions = new URLSearchParams({ conditions: `summary = "${summary}"` });
    expect((await rest('GET', `/service/tickets/count?${conditions}`)).body.count).toBe(isThere ? 1 : 0);
  });

  it('keeps a quota and says for how long it is used up', async () => {
    sandbox.faults.quota(2);
    const answers = [1, 2, 3].map(() => send('GET', `${API}/system/info`));
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 200, 429]);
    const { headers } = await send('GET', `${API}/system/info`);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(sandbox.requests.slice(-4).map(({ path, status }) => [path, status])).toContainEqual([
      `${API}/system/info`,
      429,
    ]);
  });
});
