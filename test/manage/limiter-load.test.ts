import { setMaxListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TooManyWaiting, WindowLimiter } from '../../src/manage/limits/limiter.ts';
import type { Lane } from '../../src/manage/turns.ts';
import { quotaServer } from '../support/quota-server.ts';
import { VirtualTime } from '../support/virtual-time.ts';

const forever = new AbortController().signal;
// All the requests of a simulation wait under it.
setMaxListeners(0, forever);
const MINUTE = 60_000;

/** A limiter before a server with a quota; every request is tried until it is served. */
function world({
  own,
  quota,
  latency,
  inFlight = 10,
}: Record<'own' | 'quota', number> & Partial<Record<'latency' | 'inFlight', number>>) {
  const time = new VirtualTime();
  const { server, served, refused: refusals, request: untilServed } = quotaServer(time, { quota, latency });
  const limiter = new WindowLimiter(own, inFlight, { timing: time });
  const request = async (caller: string, lane: Lane): Promise<number> => {
    const asked = time.now();
    await untilServed(limiter, { caller, lane });
    return time.now() - asked;
  };
  /** Calls of so many requests one after the other, by so many callers. */
  const load = (callers: number, calls: number, requests: number): Promise<unknown> =>
    Promise.all(
      Array.from({ length: callers }, async (_, caller) => {
        for (let call = 0; call < calls; call += 1)
          for (let index = 0; index < requests; index += 1)
            await request(`caller ${caller}`, index === 0 ? 'new' : 'started');
      }),
    );
  const servedWithin = (from: number, milliseconds: number): number =>
    served.filter((at) => at >= from && at < from + milliseconds).length;
  return { time, server, limiter, request, load, refusals, served, servedWithin };
}

describe('fifty callers under a quota of 300 a minute', () => {
  it('get all of it and no 429 where the server knows the quota', async () => {
    const { time, load, refusals, servedWithin } = world({ own: 300, quota: 300 });
    const begun = time.now();
    await time.until(load(50, 6, 3));
    expect(refusals).toEqual([]);
    expect(servedWithin(begun, MINUTE)).toBe(300);
    expect(time.now() - begun).toBeLessThan(3 * MINUTE);
  });

  it('get nine tenths of it where it is unknown, and are turned away at one moment only', async () => {
    const { time, load, refusals, served } = world({ own: 600, quota: 300 });
    const begun = time.now();
    await time.until(load(50, 8, 3));
    expect(Math.max(...refusals) - Math.min(...refusals)).toBeLessThan(1_000);
    expect(served.length / ((time.now() - begun) / MINUTE)).toBeGreaterThanOrEqual(270);
  });
});

describe('a single 429', () => {
  it.each([
    ['after 20 requests in 40 seconds', 20, 2_000, 30],
    ['after a burst of 60', 60, 0, 60],
    ['after 200 in a minute of which it counts a half', 200, 300, 30],
    ['that asks for a day', 30, 100, 86_400],
  ])('%s is a pause of at most a minute and nothing else', async (_, before, apart, retryAfterSeconds) => {
    const { time, limiter, server, request } = world({ own: 600, quota: 10_000 });
    const first = async (): Promise<void> => {
      for (let index = 0; index < before; index += 1) {
        await request('a', 'new');
        await time.sleep(apart);
      }
      server.add({ kind: 'throttle', retryAfterSeconds });
      await request('a', 'new');
    };
    await time.until(first());
    const back = time.now();
    expect(limiter.pausedFor()).toBe(0);
    await time.until(Promise.all(Array.from({ length: 300 }, (_, index) => request(`${index}`, 'new'))));
    expect(time.now() - back).toBeLessThan(10_000);
  });

  it('sends one request first after a pause that was cut short', async () => {
    const { time, server, refusals, load } = world({ own: 600, quota: 10_000 });
    server.add({ kind: 'throttle', retryAfterSeconds: 86_400, times: 4 });
    await time.until(load(30, 1, 1));
    const moments = new Set(refusals.slice(0, 4));
    // Those that were on their way together, then one a minute.
    expect(moments.size).toBeLessThanOrEqual(4);
    expect(refusals).toHaveLength(4);
  });
});

describe('turns', () => {
  it('are such that a question beside a read of 50,000 rows is answered within two seconds', async () => {
    const { time, request, refusals } = world({ own: 300, quota: 300, latency: 800, inFlight: 10 });
    let isReading = true;
    const reads = Promise.all(
      Array.from({ length: 16 }, async (_, reader) => {
        for (let page = 0; page < 50; page += 1) await request(`reader ${reader}`, 'bulk');
      }),
    ).finally(() => {
      isReading = false;
    });
    const waits: number[] = [];
    const asking = async (): Promise<void> => {
      while (isReading) {
        await time.sleep(7_000);
        waits.push(await request('person', 'new'));
      }
    };
    await time.until(Promise.all([reads, asking()]));
    expect(waits.length).toBeGreaterThan(15);
    expect(Math.max(...waits)).toBeLessThanOrEqual(2_000);
    expect(refusals).toEqual([]);
  });

  it('go to calls that have begun, then to new ones, then to long reads, which go on all the same', async () => {
    const time = new VirtualTime();
    const limiter = new WindowLimiter(1_000, 3, { timing: time });
    const order: Lane[] = [];
    const ask = async (lane: Lane): Promise<void> => {
      const place = await limiter.acquire(forever, { caller: 'a', lane });
      order.push(lane);
      await time.sleep(100);
      place.leave();
    };
    const lanes: Lane[] = ['new', 'started', 'bulk'];
    await time.until(Promise.all(Array.from({ length: 60 }, (_, index) => ask(lanes[index % 3] ?? 'new'))));
    const rest = order.slice(3);
    expect(rest.lastIndexOf('started')).toBeLessThan(25);
    expect(rest.lastIndexOf('new')).toBeLessThan(rest.lastIndexOf('bulk'));
    expect(rest.slice(0, 30).filter((lane) => lane === 'bulk').length).toBeGreaterThanOrEqual(3);
  });

  it('go round, however much one caller asks for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 8 }), async (many, callers) => {
        const time = new VirtualTime();
        const limiter = new WindowLimiter(10_000, 1, { timing: time });
        const order: string[] = [];
        const ask = async (caller: string): Promise<void> => {
          const place = await limiter.acquire(forever, { caller, lane: 'new' });
          order.push(caller);
          place.leave();
        };
        const first = await limiter.acquire(forever);
        const all = [
          ...Array.from({ length: many }, () => ask('flood')),
          ...Array.from({ length: callers }, (_, index) => ask(`caller ${index}`)),
        ];
        first.leave();
        await time.until(Promise.all(all));
        expect(new Set(order.slice(0, callers + 1)).size).toBe(callers + 1);
      }),
      { numRuns: 20, seed: 5 },
    );
  });

  it('end where too many wait: one more is refused at once', async () => {
    const limiter = new WindowLimiter(10_000, 1, { timing: new VirtualTime() });
    await limiter.acquire(forever);
    const leaving = new AbortController();
    setMaxListeners(0, leaving.signal);
    const waiting = Array.from({ length: 2_000 }, () => limiter.acquire(leaving.signal));
    await expect(limiter.acquire(forever)).rejects.toBeInstanceOf(TooManyWaiting);
    leaving.abort(new Error('left'));
    expect((await Promise.allSettled(waiting)).every(({ status }) => status === 'rejected')).toBe(true);
  });
});
