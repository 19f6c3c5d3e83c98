import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sumOf, TooMany, together, wholeOf } from '../../src/manage/index.ts';
import { all, field } from '../../src/query/index.ts';
import { type ClientSetup, startClient } from '../support/client.ts';

let setup: ClientSetup;
let manage: ClientSetup['manage'];
beforeAll(async () => {
  setup = await startClient({ deadlineMs: 60_000 }, { tickets: 2_300 });
  ({ manage } = setup);
});
afterAll(() => setup.close());

const requestsFor = async <T>(read: () => Promise<T>): Promise<[T, string[]]> => {
  const before = setup.sandbox.requests.length;
  const read_ = await read();
  return [read_, setup.sandbox.requests.slice(before).map(({ path }) => path.replace(/^.*\/3\.0|\?.*$/g, ''))];
};

describe('a list', () => {
  it('that has more is not complete, and its total is counted', async () => {
    const [list, requests] = await requestsFor(() => manage.list('GET /service/tickets', { limit: 30 }));
    expect(list).toMatchObject({ page: 1, complete: false, total: 2_300, rows: { length: 30 } });
    expect(requests).toEqual(['/service/tickets', '/service/tickets/count']);
  });

  it('that ends on its first page is complete, and costs one request', async () => {
    const conditions = field('id', '<=', 24);
    const [list, requests] = await requestsFor(() => manage.list('GET /service/tickets', { conditions }));
    expect(list).toMatchObject({ complete: true, total: 24, rows: { length: 24 } });
    expect(requests).toEqual(['/service/tickets']);
  });

  it('is never complete on a later page, though its total is known from the last one', async () => {
    const conditions = field('id', '<=', 28);
    const [list, requests] = await requestsFor(() => manage.list('GET /service/tickets', { conditions, page: 2 }));
    expect(list).toMatchObject({ page: 2, complete: false, total: 28, rows: { length: 3 } });
    expect(requests).toHaveLength(1);
    const beyond = await manage.list('GET /service/tickets', { conditions, page: 7 });
    expect(beyond).toMatchObject({ complete: false, total: 28, rows: [] });
  });

  it('without rows is complete', async () => {
    const conditions = field('summary', '=', 'No such ticket');
    expect(await manage.list('GET /service/tickets', { conditions })).toMatchObject({ complete: true, total: 0 });
  });

  it('is counted beside the page when that is asked for', async () => {
    const [list, requests] = await requestsFor(() =>
      manage.list('GET /service/tickets', { conditions: field('id', '<=', 5), counted: 'beside' }),
    );
    expect(list).toMatchObject({ complete: true, total: 5 });
    expect(requests.sort()).toEqual(['/service/tickets', '/service/tickets/count']);
  });

  it('has no total where the role may not count', async () => {
    setup.sandbox.faults.add({ kind: 'error', status: 403, path: '/count' });
    const list = await manage.list('GET /service/tickets', { limit: 10 });
    expect(list).toMatchObject({ complete: false, rows: { length: 10 } });
    expect(list.total).toBeUndefined();
  });

  it('takes any number of values, in order and by page', async () => {
    const ids = Array.from({ length: 900 }, (_, index) => index + 1);
    const conditions = field('id', 'in', ids);
    const options = { conditions, orderBy: ['id desc'], limit: 7 };
    const entries = await manage.all<{ id: number }>('GET /time/entries', { conditions });
    const wanted = [...entries.map(({ id }) => id)].reverse();
    expect(wanted.length).toBeGreaterThan(14);
    for (const page of [1, 2]) {
      const list = await manage.list<{ id: number }>('GET /time/entries', { ...options, page });
      expect(list.rows.map(({ id }) => id)).toEqual(wanted.slice((page - 1) * 7, page * 7));
      expect(list).toMatchObject({ complete: false, total: wanted.length });
    }
    const tickets = await manage.list('GET /service/tickets', { conditions, limit: 1_000 });
    expect(tickets).toMatchObject({ complete: true, total: 900 });
  });
});

describe('everything', () => {
  it('is read to the end, in the order asked for, each row once', async () => {
    const everyId = Array.from({ length: 2_300 }, (_, index) => index + 1);
    const byId = await manage.all<{ id: number }>('GET /service/tickets', { fields: ['id'] });
    expect(byId.map(({ id }) => id)).toEqual(everyId);
    const backwards = await manage.all<{ id: number }>('GET /service/tickets', {
      fields: ['id'],
      orderBy: ['id desc'],
    });
    expect(backwards.map(({ id }) => id)).toEqual([...everyId].reverse());
  });

  it('of a short list costs one request', async () => {
    const [rows, requests] = await requestsFor(() =>
      manage.all('GET /service/tickets', { conditions: field('id', '<=', 300) }),
    );
    expect(rows).toHaveLength(300);
    expect(requests).toEqual(['/service/tickets']);
  });

  it('is refused above its bound, and says how to narrow it', async () => {
    const error = await manage.all('GET /service/tickets', { most: 1_500 }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TooMany);
    expect(error).toMatchObject({ most: 1_500, message: expect.stringMatching(/more than 1,500 .*period/) });
    expect(await manage.all('GET /service/tickets', { most: 2_300, fields: ['id'] })).toHaveLength(2_300);
  });

  it('is the same for many values at once as for each alone', async () => {
    const ids = Array.from({ length: 700 }, (_, index) => index * 2 + 1);
    const narrowed = all(field('ticket/id', 'in', ids), field('id', '>', 10));
    const merged = await manage.all<{ id: number; ticket: { id: number } }>('GET /time/entries', {
      conditions: narrowed,
      orderBy: ['timeStart desc'],
      fields: ['ticket/id'],
    });
    const every = await manage.all<{ id: number; ticket?: { id: number } }>('GET /time/entries', {
      orderBy: ['timeStart desc'],
    });
    const wanted = every.filter(({ id, ticket }) => id > 10 && ids.includes(ticket?.id ?? 0));
    expect(wanted.length).toBeGreaterThan(100);
    expect(merged.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
    expect(await manage.count('GET /time/entries/count', { conditions: narrowed })).toBe(wanted.length);
    const streamed: number[] = [];
    for await (const { id } of manage.stream('GET /time/entries', { conditions: narrowed })) streamed.push(Number(id));
    expect(streamed).toEqual([...wanted.map(({ id }) => id)].sort((a, b) => a - b));
  });
});

describe('a sum', () => {
  async function* stream<T>(rows: readonly T[]): AsyncGenerator<T> {
    yield* rows;
  }
  const whole = <T>(rows: readonly T[]) => wholeOf(stream(rows), { of: 'GET /x' });

  it('of cents is exact', async () => {
    const cents = fc.array(fc.integer({ min: -10_000_000, max: 10_000_000 }), { maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(cents, async (amounts) => {
        const rows = await whole(amounts.map((amount) => ({ amount: amount / 100 })));
        expect(sumOf(rows, 'amount')).toBe((amounts.reduce((sum, amount) => sum + amount, 0) || 0) / 100);
      }),
      { seed: 61 },
    );
    expect(sumOf(await whole(Array.from({ length: 100 }, () => ({ hours: 0.1 }))), 'hours')).toBe(10);
  });

  it('counts what is absent as nothing, reads numbers in text, and refuses other text', async () => {
    const rows = await whole([{ cost: '65.10' }, { cost: null }, {}, { cost: 1 }] as { cost?: unknown }[]);
    expect(sumOf(rows, 'cost')).toBe(66.1);
    expect(sumOf(together(rows, rows), ({ cost }) => cost)).toBe(132.2);
    expect(() =>
      sumOf(
        rows.map(() => ({ cost: 'a lot' })),
        'cost',
      ),
    ).toThrow(TypeError);
  });

  it('ends a stream at its bound', async () => {
    await expect(wholeOf(stream([1, 2, 3]), { of: 'GET /x', most: 2 })).rejects.toThrow(TooMany);
  });
});
