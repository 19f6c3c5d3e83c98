import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WindowLimiter } from '../../src/manage/limits/limiter.ts';
import { Faults } from '../../src/sandbox/faults.ts';
import { startClient } from '../support/client.ts';

/** A clock that moves only when somebody sleeps or a request takes its time. */
const simulated = (now = 0) => ({
  now: () => now,
  sleep: async (milliseconds: number) => {
    now += milliseconds;
  },
  advance: (milliseconds: number) => {
    now += milliseconds;
  },
});

const forever = new AbortController().signal;

describe('the limiter', () => {
  it('never starts more than N in any minute, and wastes less than a tenth of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 60, maxLength: 160 }),
        async (perMinute, pauses) => {
          const clock = simulated();
          const limiter = new WindowLimiter(perMinute, 1_000, { timing: clock });
          const starts: number[] = [];
          for (const pause of pauses) {
            (await limiter.acquire(forever)).leave();
            starts.push(clock.now());
            clock.advance(pause);
          }
          for (const [index, start] of starts.entries()) {
            expect(starts.slice(index).filter((other) => other < start + 60_000).length).toBeLessThanOrEqual(perMinute);
          }
        },
      ),
      { numRuns: 40, seed: 11 },
    );
    const clock = simulated();
    const limiter = new WindowLimiter(60, 1_000, { timing: clock });
    for (let index = 0; index < 600; index += 1) (await limiter.acquire(forever)).leave();
    expect(600 / (clock.now() / 60_000)).toBeGreaterThanOrEqual(54);
  });

  it('lets only so many in at once, in order, and a cancelled one out', async () => {
    const limiter = new WindowLimiter(1_000, 2);
    const first = await limiter.acquire(forever);
    await limiter.acquire(forever);
    const order: string[] = [];
    const leaving = new AbortController();
    const third = limiter.acquire(leaving.signal);
    const fourth = limiter.acquire(forever).then((place) => {
      order.push('fourth');
      return place;
    });
    const fifth = limiter.acquire(forever).then(() => order.push('fifth'));
    leaving.abort(new Error('left'));
    await expect(third).rejects.toThrow('left');
    first.leave();
    first.leave();
    (await fourth).leave();
    await fifth;
    expect(order).toEqual(['fourth', 'fifth']);
  });

  it('lets a cancelled one out at once, however long the queue before it', async () => {
    const limiter = new WindowLimiter(1, 1);
    await limiter.acquire(forever);
    const first = new AbortController();
    const second = new AbortController();
    const before = limiter.acquire(first.signal);
    const behind = limiter.acquire(second.signal);
    second.abort(new Error('second left'));
    await expect(behind).rejects.toThrow('second left');
    first.abort(new Error('first left'));
    await expect(before).rejects.toThrow('first left');
  });

  it.each([
    ['from the start', 60, 60, 0],
    ['of which it is not told', 600, 120, 2],
    ['of which it is not told, and which is small', 600, 60, 2],
    ['of which it is not told, with pauses of its own', 600, 25, 2],
  ])('earns few 429s from a quota %s in ten minutes, and uses nine tenths of it', async (_, own, quota, most) => {
    const clock = simulated(1_000_000);
    const server = new Faults(clock.now);
    server.quota(quota);
    const limiter = new WindowLimiter(own, 8, { timing: clock });
    const begun = clock.now();
    let served = 0;
    let refused = 0;
    for (let request = 0; served < quota * 10; request += 1) {
      const place = await limiter.acquire(forever);
      const fault = server.take('GET', '/', undefined);
      clock.advance(20 + ((request * 37) % 180));
      if (fault === undefined) served += 1;
      else {
        refused += 1;
        place.throttled((fault.retryAfterSeconds ?? 0) * 1000 + 100);
      }
      place.leave();
    }
    expect(refused).toBeLessThanOrEqual(most);
    expect(served / ((clock.now() - begun) / 60_000)).toBeGreaterThanOrEqual(quota * 0.9);
  });

  it('takes a 429 that counts some of the last minute, and not all, for a pause', async () => {
    const clock = simulated();
    const limiter = new WindowLimiter(600, 8, { timing: clock });
    for (let index = 0; index < 20; index += 1) {
      const place = await limiter.acquire(forever);
      if (index === 19) place.throttled(30_000);
      else clock.advance(2_000);
      place.leave();
    }
    const paused = clock.now();
    for (let index = 0; index < 60; index += 1) (await limiter.acquire(forever)).leave();
    expect(clock.now() - paused).toBe(30_000);
    expect(limiter.pausedFor()).toBe(0);
  });

  it('forgets a quota that it learnt after a while', async () => {
    const clock = simulated();
    const limiter = new WindowLimiter(600, 8, { timing: clock });
    const burst = async (): Promise<number> => {
      const before = clock.now();
      for (let index = 0; index < 25; index += 1) (await limiter.acquire(forever)).leave();
      return clock.now() - before;
    };
    expect(await burst()).toBe(0);
    const refuse = async (): Promise<void> => {
      const refused = await limiter.acquire(forever);
      refused.throttled(60_000);
      refused.leave();
    };
    await refuse();
    expect(await burst()).toBe(60_000);
    await refuse();
    await burst();
    // Only now is it a quota: 25 more in the same minute have to wait for as long as it is remembered.
    expect(await burst()).toBeGreaterThan(50_000);
    clock.advance(20 * 60_000);
    expect((await burst()) + (await burst())).toBe(0);
  });

  it('pauses for a minute at most, whatever the server asks for', async () => {
    const clock = simulated();
    const limiter = new WindowLimiter(600, 8, { timing: clock });
    const place = await limiter.acquire(forever);
    place.throttled(99_999_999_000);
    place.leave();
    expect(limiter.pausedFor()).toBe(60_000);
    (await limiter.acquire(forever)).leave();
    expect(clock.now()).toBe(60_000);
  });

  it('takes a 429 after a few requests for a pause, not for a quota', async () => {
    const clock = simulated();
    const limiter = new WindowLimiter(600, 8, { timing: clock });
    const places = await Promise.all([1, 2, 3].map(() => limiter.acquire(forever)));
    places[2]?.throttled(60_000);
    for (const place of places) place.leave();
    for (let index = 0; index < 100; index += 1) (await limiter.acquire(forever)).leave();
    expect(clock.now()).toBe(60_000);
  });
});

describe('a client with many callers', () => {
  it('sends nothing into the throttle while Manage asks for a pause', async () => {
    const limited = await startClient({ maxInFlight: 1, deadlineMs: 600_000 });
    try {
      limited.sandbox.faults.add({ kind: 'throttle', retryAfterSeconds: 20 });
      await Promise.all(Array.from({ length: 40 }, () => limited.manage.get('GET /system/info')));
      const statuses = limited.sandbox.requests.map(({ status }) => status);
      expect(statuses.filter((status) => status === 429)).toHaveLength(1);
      expect(statuses).toHaveLength(41);
    } finally {
      await limited.close();
    }
  });

  it('says at once that Manage asked for a pause which is longer than a call may take', async () => {
    const limited = await startClient();
    try {
      limited.sandbox.faults.add({ kind: 'throttle', retryAfterSeconds: 9_999 });
      const first = limited.manage.get('GET /system/info');
      await expect(first).rejects.toMatchObject({
        retryAfterSeconds: 60,
        message: expect.stringContaining('9999 seconds'),
      });
      const second = limited.manage.get('GET /system/info');
      await expect(second).rejects.toMatchObject({
        kind: 'rateLimited',
        message: expect.stringMatching(/pause.*nothing was sent/),
      });
      expect(limited.sandbox.requests).toHaveLength(1);
    } finally {
      await limited.close();
    }
  });

  it('earns no 429 from a quota that it is told', async () => {
    const limited = await startClient({ requestsPerMinute: 30, deadlineMs: 600_000 });
    try {
      limited.sandbox.faults.quota(30);
      await Promise.all(Array.from({ length: 30 }, () => limited.manage.get('GET /system/info')));
      expect(limited.sandbox.requests.filter(({ status }) => status === 429)).toHaveLength(0);
    } finally {
      await limited.close();
    }
  });

  it('ends a call at its deadline while it waits for a place', async () => {
    const hasty = await startClient({ maxInFlight: 1, deadlineMs: 100 });
    try {
      hasty.sandbox.faults.add({ kind: 'slow', delayMs: 60_000, times: 9 });
      const ended = await Promise.allSettled([1, 2, 3].map(() => hasty.manage.get('GET /system/info')));
      expect(ended.map((one) => (one as { reason?: { kind?: string } }).reason?.kind)).toEqual([
        'deadline',
        'deadline',
        'deadline',
      ]);
      expect(hasty.sandbox.requests.length).toBeLessThanOrEqual(1);
    } finally {
      await hasty.close();
    }
  });
});
