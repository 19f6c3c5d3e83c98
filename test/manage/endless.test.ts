import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import { createManageClient, type ManageClient } from '../../src/manage/index.ts';
import { noWaiting } from '../support/no-waiting.ts';

let close: () => Promise<void> = async () => undefined;
afterEach(() => close());

/** A client of a server that answers in a way that no Manage should. */
async function clientOf(listener: RequestListener): Promise<ManageClient> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const manage = createManageClient(
    {
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      companyId: 'c',
      publicKey: 'p',
      privateKey: 'k',
      clientId: 'i',
      apiVersion: '2022.1',
      readOnly: false,
      requestsPerMinute: 10_000,
      maxInFlight: 8,
      deadlineMs: 30_000,
    },
    { api: loadApi(), timing: noWaiting() },
  );
  close = async () => {
    await manage.close();
    server.closeAllConnections();
    server.close();
  };
  return manage;
}

const page = JSON.stringify(Array.from({ length: 1_000 }, (_, index) => ({ id: index + 1 })));

describe('a list without an end', () => {
  it.each([
    ['whose next page is itself', { link: '<http://x/?page=1>; rel="next"' }],
    ['that says nothing of a next page', {}],
  ])('%s ends in an error', async (_, headers) => {
    const manage = await clientOf((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(page),
    );
    for (const orderBy of [[], ['summary asc']]) {
      await expect(manage.all('GET /service/tickets', { orderBy })).rejects.toMatchObject({ kind: 'endlessList' });
      const stream = async (): Promise<void> => {
        for await (const _row of manage.stream('GET /service/tickets', { orderBy }));
      };
      await expect(stream()).rejects.toMatchObject({ kind: 'endlessList' });
    }
  });
});

describe('an answer of 200 MB', () => {
  it.each([
    ['with its length', { 'content-length': String(200 * 1024 * 1024) }],
    ['without its length', {}],
  ])('%s is not read, and not asked for again', async (_, headers) => {
    let requests = 0;
    const piece = Buffer.alloc(1024 * 1024, ' ');
    const manage = await clientOf((_request, response) => {
      requests += 1;
      response.writeHead(200, { 'content-type': 'application/json', ...headers });
      Readable.from(Array.from({ length: 200 }, () => piece)).pipe(response);
    });
    const failure = expect.objectContaining({ kind: 'answerTooLarge', message: expect.stringContaining('32 MB') });
    await expect(manage.list('GET /service/tickets')).rejects.toEqual(failure);
    await expect(manage.all('GET /service/tickets')).rejects.toEqual(failure);
    expect(requests).toBe(2);
  });
});

describe('a large answer', () => {
  const json = { 'content-type': 'application/json' };

  it('is parsed in turns with everything else, and whole', async () => {
    const row = { summary: 'x'.repeat(20_000), note: ['"],[', { deep: '\\"' }] };
    const body = JSON.stringify(Array.from({ length: 1_000 }, (_, id) => ({ id, ...row })));
    const manage = await clientOf((_request, response) => response.writeHead(200, json).end(body));
    // By a clock that is past its patience at every look, however fast this machine is.
    const start = performance.now();
    let looks = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      looks += 1;
      return start + looks * 9;
    });
    let turns = 0;
    let isWaiting = true;
    const others = (): void => {
      turns += 1;
      if (isWaiting) setImmediate(others);
    };
    const reading = manage.get<{ id: number }[]>('GET /service/tickets');
    setImmediate(others);
    const rows = await reading.finally(() => clock.mockRestore());
    isWaiting = false;
    expect(rows).toHaveLength(1_000);
    expect(rows.at(-1)).toEqual({ id: 999, ...row });
    expect(turns).toBeGreaterThan(100);
  });

  it.each([
    ['a record of 5 MB', '4 MB', JSON.stringify({ id: 1, text: 'x'.repeat(5 * 1024 * 1024) })],
    ['a list with a record of 5 MB', '4 MB', JSON.stringify([{ id: 1, text: 'x'.repeat(5 * 1024 * 1024) }])],
    ['a record of 400,000 objects', '100,000 values', `{"id":1,"all":[${'{},'.repeat(400_000)}{}]}`],
    ['a list with a record of 600,000 numbers', '100,000 values', `[{"id":1,"all":[${'1,'.repeat(600_000)}1]}]`],
  ])('that is %s is refused, once', async (_, size, body) => {
    let requests = 0;
    const manage = await clientOf((_request, response) => {
      requests += 1;
      response.writeHead(200, json).end(body);
    });
    const tooLarge = { kind: 'answerTooLarge', message: expect.stringContaining(size) };
    await expect(manage.get('GET /system/info')).rejects.toMatchObject(tooLarge);
    expect(requests).toBe(1);
  });

  it.each([
    ['a record', `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
    ['a long record', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['a list', `[${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}]`],
  ])('with levels that nobody walks through, %s, is a failure of the server', async (_, body) => {
    const manage = await clientOf((_request, response) => response.writeHead(200, json).end(body));
    const tooDeep = { kind: 'serverFailure', message: expect.stringContaining('nested too deep') };
    await expect(manage.get('GET /system/info')).rejects.toMatchObject(tooDeep);
    await expect(manage.all('GET /service/tickets')).rejects.toMatchObject(tooDeep);
  });

  it.each([
    ['of 4 bytes each', 200_000],
    ['of 40 bytes each', 60_000],
  ])('with more rows than a page can have, %s, is refused, once', async (_, rows) => {
    let requests = 0;
    const row = rows > 100_000 ? '123' : `{"id":1,"summary":"a text of no use"}`;
    const body = `[${Array.from({ length: rows }, () => row).join()}]`;
    const manage = await clientOf((_request, response) => {
      requests += 1;
      response.writeHead(200, json).end(body);
    });
    await expect(manage.list('GET /service/tickets')).rejects.toMatchObject({
      kind: 'answerTooLarge',
      message: expect.stringContaining('50,000 rows'),
    });
    expect(requests).toBe(1);
  });

  it('that is a list which was cut off is asked for again, however many values it holds', async () => {
    const rows = Array.from({ length: 1_000 }, (_, id) => ({ id, all: Array.from({ length: 200 }, () => ({})) }));
    const body = JSON.stringify(rows);
    let requests = 0;
    const manage = await clientOf((_request, response) => {
      requests += 1;
      response.writeHead(200, json).end(requests === 1 ? body.slice(0, -10) : body);
    });
    expect(await manage.get('GET /service/tickets')).toHaveLength(1_000);
    expect(requests).toBe(2);
  });

  it('that refuses is read as far as people read it', async () => {
    const errors = Array.from({ length: 100_000 }, () => ({ code: 'c', message: 'm' }));
    const body = JSON.stringify({ code: 'E', message: 'no', errors });
    const manage = await clientOf((_request, response) => response.writeHead(400, json).end(body));
    await expect(manage.get('GET /system/info')).rejects.toMatchObject({ kind: 'badRequest', fieldErrors: [] });
  });

  it('with a row that is no JSON is a failure of the server', async () => {
    const manage = await clientOf((_request, response) => response.writeHead(200, json).end('[{"id":1},{id:2}]'));
    await expect(manage.all('GET /service/tickets')).rejects.toMatchObject({ kind: 'serverFailure' });
  });
});
