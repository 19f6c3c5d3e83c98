import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListOptions } from '../../src/manage/client.ts';
import { all, any, field } from '../../src/query/index.ts';
import { type ClientSetup, startClient } from '../support/client.ts';
import { runs } from '../support/sample.ts';

let setup: ClientSetup;
let sandbox: ClientSetup['sandbox'];
let manage: ClientSetup['manage'];
let rest: ClientSetup['rest'];
beforeAll(async () => {
  setup = await startClient({ deadlineMs: 60_000 }, { tickets: 9_500 });
  ({ sandbox, manage, rest } = setup);
});
afterAll(() => setup.close());

const ids = async (rows: AsyncIterable<Record<string, unknown>>): Promise<number[]> => {
  const read: number[] = [];
  for await (const { id } of rows) read.push(Number(id));
  return read;
};
const requestsFor = async (read: () => Promise<unknown>): Promise<number> => {
  const before = sandbox.requests.length;
  await read();
  return sandbox.requests.length - before;
};

describe('a stream', () => {
  it('reads every row once, in order, with hardly more requests than there are pages', async () => {
    let read: number[] = [];
    const requests = await requestsFor(async () => {
      read = await ids(manage.stream('GET /service/tickets', { fields: ['summary'] }));
    });
    expect(read).toHaveLength(9_500);
    expect(read).toEqual([...new Set(read)].sort((a, b) => a - b));
    expect(requests).toBeLessThanOrEqual(15);
  });

  /** How many requests there were at once at most. @param waitMs how long the reader takes for the first row */
  const atOnce = async (options: ListOptions, waitMs = 0): Promise<number> => {
    // Longer than a busy machine takes for a page: requests that wait for nothing but this are there at once.
    sandbox.faults.add({ kind: 'slow', delayMs: 150, times: 1_000 });
    const before = sandbox.requests.length;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, sandbox.requests.slice(before).filter(({ status }) => status === 0).length);
    }, 2);
    const read: number[] = [];
    for await (const { id } of manage.stream<{ id: number }>('GET /service/tickets', options)) {
      if (read.length === 0) await setTimeout(waitMs);
      read.push(id);
    }
    expect(read).toHaveLength(9_500);
    expect(read).toEqual([...new Set(read)].sort((a, b) => a - b));
    clearInterval(watch);
    sandbox.faults.clear();
    return most;
  };

  it('reads side by side, never more than its width, which is less for large rows, and waits for no slow reader', async () => {
    const narrow = await atOnce({ fields: ['id'] });
    expect(narrow).toBeGreaterThan(2);
    expect(narrow).toBeLessThanOrEqual(9);
    // Longer than pages of which there are too many wait to come in.
    const large = await atOnce({}, 2_500);
    expect(large).toBeGreaterThan(2);
    expect(large).toBeLessThanOrEqual(7);
  });

  it('reads every row however the ids lie, and whatever conditions leave of them', async () => {
    // Holes of every size in the ids.
    for (let id = 2_000; id < 2_100; id += 1) await rest('DELETE', `/service/tickets/${id}`);
    const everyId = await ids(manage.stream('GET /service/tickets', { fields: ['id'], orderBy: ['id asc'] }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 9_500 }), fc.integer({ min: 0, max: 4_000 })), { maxLength: 1 }),
        fc.integer({ min: 1, max: 9_000 }),
        async ([hole], from) => {
          const [start, length] = hole ?? [1, 0];
          const conditions = all(
            field('id', '>=', from),
            any(field('id', '<', start), field('id', '>', start + length)),
          );
          const read = await ids(
            manage.stream('GET /service/tickets', { fields: ['id'], ...(conditions && { conditions }) }),
          );
          const wanted = everyId.filter((id) => id >= from && (id < start || id > start + length));
          expect(read).toEqual(wanted);
        },
      ),
      { numRuns: runs(15), seed: 41 },
    );
  });

  it('reads what is created meanwhile, too', async () => {
    let created: number | undefined;
    const read: number[] = [];
    for await (const { id } of manage.stream('GET /service/tickets', { fields: ['id'] })) {
      read.push(Number(id));
      if (read.length === 1)
        created = (await rest('POST', '/service/tickets', { summary: 'Meanwhile', company: { id: 2 } })).body.id;
    }
    expect(read.at(-1)).toBe(created);
  });

  it('asks for no more when the caller has enough', async () => {
    const requests = await requestsFor(async () => {
      for await (const _ of manage.stream('GET /service/tickets')) break;
    });
    expect(requests).toBeLessThanOrEqual(2);
  });

  it('ends with the reason of a cancelled caller, and with the failure of any page', async () => {
    const controller = new AbortController();
    const read = async (): Promise<void> => {
      let rows = 0;
      for await (const _ of manage.stream('GET /service/tickets', { signal: controller.signal })) {
        rows += 1;
        if (rows === 3_000) controller.abort(new Error('enough'));
      }
    };
    await expect(read()).rejects.toThrow('enough');
    const broken = manage.stream('GET /service/tickets', { fields: ['id'] });
    await expect(async () => {
      let rows = 0;
      for await (const _ of broken) {
        rows += 1;
        if (rows === 2_500) sandbox.faults.add({ kind: 'error', status: 400 });
      }
    }).rejects.toThrow(/Boolean/);
    sandbox.faults.clear();
  });
});
