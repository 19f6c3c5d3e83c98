import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import { createManageClient, type ManageClient, WriteOutcomeUnknown } from '../../src/manage/index.ts';
import { field } from '../../src/query/index.ts';
import { type ClientSetup, startClient } from '../support/client.ts';
import { noWaiting } from '../support/no-waiting.ts';

/** What stands between us and Manage does with the next write. */
interface Mischief {
  /** Whether Manage gets it before the answer, after so many reads, or never. */
  readonly arrives: 'at once' | 'never' | { readonly afterReads: number };
  readonly status: number;
  /** JSON, or a page. */
  readonly body: unknown;
}

let setup: ClientSetup;
let manage: ManageClient;
let mischief: Mischief | undefined;
let seen: string[];
let stop: () => void;
/** The clock of the client: only its waiting moves it. */
let clock: () => number;

beforeEach(async () => {
  setup = await startClient();
  mischief = undefined;
  seen = [];
  let late: { reads: number; go: () => Promise<void> } | undefined;
  const pass = (url: string, method: string, headers: object, body: Buffer) =>
    new Promise<{ status: number; headers: object; body: Buffer }>((resolve, reject) => {
      const passed = request(new URL(url, setup.sandbox.baseUrl), { method, headers: headers as never }, (reply) => {
        const parts: Buffer[] = [];
        reply.on('data', (part: Buffer) => parts.push(part));
        reply.on('end', () =>
          resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(parts) }),
        );
      });
      passed.on('error', reject);
      passed.end(body);
    });
  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url = '', headers } = incoming;
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    seen.push(method);
    if (method === 'GET' && late !== undefined) {
      late.reads -= 1;
      if (late.reads === 0) await late.go();
    }
    const odd = method === 'GET' ? undefined : mischief;
    if (odd === undefined) {
      const reply = await pass(url, method, headers, body);
      outgoing.writeHead(reply.status, reply.headers as never).end(reply.body);
      return;
    }
    mischief = undefined;
    const go = async (): Promise<void> => void (await pass(url, method, headers, body));
    if (odd.arrives === 'at once') await go();
    else if (odd.arrives !== 'never') late = { reads: odd.arrives.afterReads, go };
    const page = typeof odd.body === 'string';
    outgoing.writeHead(odd.status, { 'content-type': page ? 'text/html' : 'application/json' });
    const sent = page ? odd.body : JSON.stringify(odd.body);
    outgoing.end(odd.status === 204 ? undefined : sent);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { companyId, publicKey, privateKey, clientId } = setup.sandbox.credentials;
  const baseUrl = new URL(setup.sandbox.baseUrl);
  baseUrl.port = String((server.address() as AddressInfo).port);
  const timing = noWaiting();
  clock = timing.now;
  manage = createManageClient(
    {
      baseUrl: baseUrl.href,
      companyId,
      publicKey,
      privateKey,
      clientId,
      apiVersion: '2022.1',
      readOnly: false,
      requestsPerMinute: 10_000,
      maxInFlight: 8,
      deadlineMs: 5_000,
    },
    { api: loadApi(), random: () => 0, timing },
  );
  stop = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterEach(async () => {
  await manage.close();
  stop();
  await setup.close();
});

const body = { summary: 'Only once', company: { id: 2 } };
const conditions = field('summary', '=', 'Only once');
const settle = () => manage.first('GET /service/tickets', { conditions });
const create = () => manage.write('POST /service/tickets', { body, settle });
const tickets = async (): Promise<number> => manage.count('GET /service/tickets/count', { conditions });
const writes = (method: string): number => seen.filter((one) => one === method).length;
const TIMEOUT = '<html><title>504 Gateway Time-out</title></html>';

describe('a POST', () => {
  it('that a gateway gave up on and Manage committed later is found', async () => {
    mischief = { arrives: { afterReads: 3 }, status: 504, body: TIMEOUT };
    expect(await create()).toMatchObject({ summary: 'Only once', id: expect.any(Number) });
    expect([writes('POST'), await tickets()]).toEqual([1, 1]);
  });

  it('that a gateway gave up on and that does not appear is unknown', async () => {
    mischief = { arrives: 'never', status: 504, body: TIMEOUT };
    await expect(create()).rejects.toThrow(WriteOutcomeUnknown);
    expect(writes('POST')).toBe(1);
    expect(clock()).toBe(13_000);
  });

  it.each(['at once', 'never'] as const)(
    'answered with a message for a record is looked for (arrives %s)',
    async (arrives) => {
      mischief = { arrives, status: 200, body: { message: 'Session expired' } };
      if (arrives === 'at once') expect(await create()).toMatchObject({ id: expect.any(Number) });
      else await expect(create()).rejects.toThrow(/Session expired\. It was looked for and not found/);
      // Nothing gave up waiting for it: what is not there soon will not come.
      expect(clock()).toBe(arrives === 'at once' ? 0 : 3_000);
      expect([writes('POST'), await tickets()]).toEqual([1, arrives === 'at once' ? 1 : 0]);
    },
  );

  it('answered with nothing is looked for, and unknown where nobody can look', async () => {
    mischief = { arrives: 'at once', status: 204, body: '' };
    expect(await create()).toMatchObject({ id: expect.any(Number) });
    mischief = { arrives: 'at once', status: 204, body: '' };
    await expect(manage.write('POST /service/tickets', { body })).rejects.toThrow(WriteOutcomeUnknown);
  });
});

describe('a PATCH', () => {
  const customFields = async (): Promise<{ id: number; type: string; value?: unknown }[]> =>
    (
      await manage.get<{ customFields: { id: number; type: string; value?: unknown }[] }>('GET /service/tickets/{id}', {
        path: { id: 7 },
      })
    ).customFields;
  const patch = (path: string, value: unknown) =>
    manage.write('PATCH /service/tickets/{id}', { path: { id: 7 }, body: [{ op: 'replace', path, value }] });

  it('of custom fields that never arrived is sent again', async () => {
    const before = await customFields();
    // What newer versions show beside it is not for this client to send.
    const sent = before.map(({ id, type, value }) => ({ id, type, value: type === 'Number' ? 41 : value }));
    expect(before).not.toMatchObject(sent);
    mischief = { arrives: 'never', status: 502, body: '<html><title>502 Bad Gateway</title></html>' };
    await patch('customFields', sent);
    expect(await customFields()).toMatchObject(sent);
    expect(writes('PATCH')).toBe(2);
  });

  it.each(['at once', 'never'] as const)('answered with nothing is looked up (arrives %s)', async (arrives) => {
    mischief = { arrives, status: 204, body: '' };
    expect(await patch('summary', 'Changed')).toMatchObject({ id: 7, summary: 'Changed' });
    expect(writes('PATCH')).toBe(arrives === 'at once' ? 1 : 2);
    expect(clock()).toBe(0);
  });

  it('that took an item off a list is not done while the item is still on it', async () => {
    const path = { id: 1 };
    const read = () => manage.get<{ communicationItems: unknown[] }>('GET /company/contacts/{id}', { path });
    const { communicationItems } = await read();
    expect(communicationItems.length).toBeGreaterThan(1);
    mischief = { arrives: 'never', status: 502, body: '<html></html>' };
    const value = communicationItems.slice(0, -1);
    await manage.write('PATCH /company/contacts/{id}', {
      path,
      body: [{ op: 'replace', path: 'communicationItems', value }],
    });
    expect((await read()).communicationItems).toHaveLength(value.length);
  });
});

describe('a DELETE', () => {
  it('of a company, which stays and is marked, is done at the first look', async () => {
    const { id } = await manage.write<{ id: number }>('POST /company/companies', {
      body: { identifier: 'Gone', name: 'Gone', site: { name: 'Main' } },
    });
    mischief = { arrives: 'at once', status: 502, body: '<html></html>' };
    await manage.write('DELETE /company/companies/{id}', { path: { id } });
    expect(writes('DELETE')).toBe(1);
    expect((await setup.rest('GET', `/company/companies/${id}`)).body).toMatchObject({ deletedFlag: true });
  });
});
