import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import { parseLink, retryAfter } from '../../src/manage/answers/read-answer.ts';
import { retryDelay } from '../../src/manage/exchange.ts';
import { createManageClient, type ManageError } from '../../src/manage/index.ts';
import { apiBaseUrl } from '../../src/manage/site.ts';
import { field } from '../../src/query/index.ts';
import type { FaultKind } from '../../src/sandbox/faults.ts';
import { type ClientSetup, startClient } from '../support/client.ts';

let setup: ClientSetup;
beforeEach(async () => {
  setup = await startClient();
});
afterEach(() => setup.close());

const failure = (promise: Promise<unknown>): Promise<ManageError> =>
  promise.then(
    () => Promise.reject(new Error('It worked.')),
    (error: ManageError) => error,
  );

describe('a read', () => {
  it.each<FaultKind>([
    'throttle',
    'throttle-html',
    'error',
    'error-html',
    'reset-before',
    'reset-after',
    'reset-body',
    'wrong-type',
    'truncated',
  ])('is tried again after %s', async (kind) => {
    setup.sandbox.faults.add({ kind, times: 2 });
    expect(await setup.manage.get('GET /service/tickets/{id}', { path: { id: 7 } })).toMatchObject({ id: 7 });
    expect(setup.sandbox.requests).toHaveLength(3);
  });

  it.each([
    ['/service/tickets/999999', 'notFound', /Service Ticket 999999 not found/],
    ['/service/boards', 'forbidden', /security permission/],
  ])('of %s is not tried again', async (path, kind, message) => {
    const key = setup.sandbox.keys[1];
    const reader =
      kind === 'forbidden' && key ? await startClient({ publicKey: key.publicKey, privateKey: key.privateKey }) : setup;
    const [operation, options] = path.endsWith('boards')
      ? ['GET /service/boards', {}]
      : ['GET /service/tickets/{id}', { path: { id: 999999 } }];
    const error = await failure(reader.manage.get(operation, options));
    expect(error).toMatchObject({
      kind,
      message: expect.stringMatching(message),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(reader.sandbox.requests).toHaveLength(1);
    if (reader !== setup) await reader.close();
  });

  it('passes nothing of a page on but its title', async () => {
    setup.sandbox.faults.add({ kind: 'error-html', status: 503, times: 99 });
    const error = await failure(setup.manage.get('GET /service/tickets/{id}', { path: { id: 7 } }));
    expect(error).toMatchObject({ kind: 'serverFailure', status: 503, message: 'Service Unavailable' });
  });

  it('with wrong keys says so without repeating them', async () => {
    const wrong = await startClient({ privateKey: 'not-the-key' });
    const error = await failure(wrong.manage.get('GET /system/info'));
    expect(error.kind).toBe('unauthorized');
    expect(JSON.stringify(error) + String(error.stack)).not.toContain('not-the-key');
    await wrong.close();
  });

  it('follows no redirect to another host', async () => {
    const server = createServer((_, response) =>
      response.writeHead(302, { location: 'http://attacker.example/' }).end(),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const manage = createManageClient(
      {
        baseUrl,
        companyId: 'c',
        publicKey: 'p',
        privateKey: 'k',
        clientId: 'i',
        apiVersion: '2022.1',
        readOnly: false,
        requestsPerMinute: 60,
        maxInFlight: 1,
        deadlineMs: 2000,
      },
      { api: loadApi() },
    );
    expect((await failure(manage.get('GET /system/info'))).kind).toBe('redirect');
    await manage.close();
    server.close();
  });

  it('ends when it is cancelled, also while it waits', async () => {
    const controller = new AbortController();
    setup.sandbox.faults.add({ kind: 'slow', delayMs: 60_000 });
    const read = setup.manage.get('GET /system/info', { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(read).rejects.toThrow('enough');
  });

  it('ends at its deadline', async () => {
    const hasty = await startClient({ deadlineMs: 50 });
    hasty.sandbox.faults.add({ kind: 'slow', delayMs: 60_000 });
    expect((await failure(hasty.manage.get('GET /system/info'))).kind).toBe('deadline');
    await hasty.close();
  });
});

describe('lists', () => {
  const ids = async (rows: AsyncIterable<Record<string, unknown>>): Promise<number[]> => {
    const read: number[] = [];
    for await (const row of rows) read.push(Number(row.id));
    return read;
  };

  it('stream every row once, in both styles of paging', async () => {
    const total = await setup.manage.count('GET /time/entries/count');
    expect(total).toBeGreaterThan(2_000);
    const forward = await ids(setup.manage.stream('GET /time/entries', { fields: ['id'] }));
    const numbered = await ids(setup.manage.stream('GET /time/entries', { orderBy: ['timeStart desc'] }));
    expect(forward).toEqual([...new Set(forward)].sort((a, b) => a - b));
    expect(forward).toHaveLength(total);
    expect([...numbered].sort((a, b) => a - b)).toEqual(forward);
  });

  it('stop reading when the caller has enough', async () => {
    for await (const row of setup.manage.stream('GET /time/entries')) {
      expect(row.id).toBeDefined();
      break;
    }
    expect(setup.sandbox.requests.length).toBeLessThanOrEqual(2);
  });

  it('ask by POST search, or in batches, when the query is too long for a URL', async () => {
    const many = Array.from({ length: 600 }, (_, index) => index + 1);
    const tickets = await setup.manage.list('GET /service/tickets', {
      conditions: field('id', 'in', many),
      limit: 1000,
    });
    expect(tickets.rows).toHaveLength(40);
    expect(setup.sandbox.requests.at(-1)).toMatchObject({
      method: 'POST',
      path: expect.stringMatching(/\/service\/tickets\/search$/),
    });
    const contacts = await setup.manage.list('GET /company/contacts', {
      conditions: field('id', 'in', many),
      limit: 1000,
    });
    expect(contacts.rows.length).toBe(await setup.manage.count('GET /company/contacts/count'));
  });

  it('say whether there is more', async () => {
    const list = (page: number) => setup.manage.list('GET /service/tickets', { limit: 30, page });
    expect(await list(1)).toMatchObject({ page: 1, complete: false, total: 40 });
    expect(await list(2)).toMatchObject({
      total: 40,
      rows: { length: 10 },
    });
  });
});

describe('pure parts', () => {
  it('wait for as long as was asked, else longer each time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const delay = retryDelay(attempt, undefined, random);
        expect(delay).toBeGreaterThanOrEqual(100);
        expect(delay).toBeLessThanOrEqual(8_000);
        expect(retryDelay(attempt, 7, random)).toBeGreaterThanOrEqual(7_000);
      }),
      { seed: 12 },
    );
    expect(retryAfter('30', 0)).toBe(30);
    expect(retryAfter('Thu, 01 Jan 1970 00:01:00 GMT', 0)).toBe(60);
    expect(retryAfter('soon', 0)).toBeUndefined();
  });

  it('read Link headers and never throw on any', () => {
    expect([...parseLink('<https://x/y?page=2>; rel="next", <https://x/y?page=9>; rel="last"')]).toEqual([
      ['next', 'https://x/y?page=2'],
      ['last', 'https://x/y?page=9'],
    ]);
    expect(parseLink('').size).toBe(0);
    fc.assert(
      fc.property(fc.string(), (text) => parseLink(text) instanceof Map),
      { seed: 13 },
    );
  });

  it.each([
    ['na.myconnectwise.net', 'https://api-na.myconnectwise.net/v4_6_release/apis/3.0'],
    ['https://api-eu.myconnectwise.net/', 'https://api-eu.myconnectwise.net/v4_6_release/apis/3.0'],
    ['https://cw.example.com/v4_6_release', 'https://cw.example.com/v4_6_release/apis/3.0'],
    ['https://na.myconnectwise.net/v2026_4/apis/3.0', 'https://api-na.myconnectwise.net/v2026_4/apis/3.0'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/v4_6_release/apis/3.0'],
  ])('%s is the root %s', (site, root) => {
    expect(apiBaseUrl(site)).toBe(root);
  });

  it.each([
    ['', /not a site/],
    ['na.my connectwise.net', /not a site/],
    ['https://user:secret@na.myconnectwise.net', /no user name/],
    ['user@na.myconnectwise.net', /no user name/],
    ['na.myconnectwise.net@evil.example', /no user name/],
    ['na.myconnectwise.net\\@evil.example', /more than a site/],
    ['https://evil.example/https://na.myconnectwise.net', /more than a site/],
    ['https://na.myconnectwise.net/../../v4_6_release/apis/3.0/service', /more than a site/],
    ['na.myconnectwise.net?x=1', /more than a site/],
    ['na.myconnectwise.net/v4_6_release#x', /more than a site/],
    ['http://na.myconnectwise.net', /in the clear/],
    ['http://127.evil.example', /in the clear/],
    ['http://127.0.0.1.evil.example', /in the clear/],
    ['http://localhost.evil.example', /in the clear/],
    ['ftp://127.0.0.1', /in the clear/],
    ['file:///etc/passwd', /in the clear/],
  ])('%j is refused', (site, why) => {
    expect(() => apiBaseUrl(site)).toThrow(why);
  });
});
