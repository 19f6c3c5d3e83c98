import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WindowLimiter } from '../../src/manage/limits/limiter.ts';
import { type LogEntry, SharedBudget, type SharedLog } from '../../src/manage/limits/shared-budget.ts';
import { SharedFileLog } from '../../src/state/index.ts';
import { quotaServer } from '../support/quota-server.ts';
import { VirtualTime } from '../support/virtual-time.ts';

const MINUTE = 60_000;
const IN_FLIGHT = 10;

let folder: string | undefined;
const ownFolder = (): string => {
  folder ??= mkdtempSync(join(tmpdir(), 'cwm-quota-'));
  return folder;
};
afterEach(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  folder = undefined;
});

/** A log over a network: what is added comes back a little later, in the order in which it arrived. */
function networkLog(time: VirtualTime): () => SharedLog & { away: boolean } {
  const all: { at: number; event: string; writer: number }[] = [];
  let writers = 0;
  return () => {
    writers += 1;
    const writer = writers;
    let read = 0;
    const log = {
      away: false,
      async append(events: readonly string[]): Promise<LogEntry[]> {
        await time.sleep(1);
        if (log.away) throw new Error('The log is away.');
        for (const event of events) all.push({ at: time.now() + 5_000_000, event, writer });
        const fresh = all.slice(read).map(({ at, event, writer: by }) => ({ at, event, own: by === writer }));
        read = all.length;
        await time.sleep(1);
        return fresh;
      },
      close: () => undefined,
    };
    return log;
  };
}

/** Processes with a limiter each before one server with a quota. */
function world({ own, quota, logs }: { own: number; quota: number; logs: (time: VirtualTime) => () => SharedLog }) {
  const time = new VirtualTime();
  const { request, served, refused } = quotaServer(time, { quota });
  const openLog = logs(time);
  const process = () => {
    const log = openLog();
    const budget = new SharedBudget(log, { now: time.now, tolerance: IN_FLIGHT, partAlone: 0.5 });
    const limiter = new WindowLimiter(own, IN_FLIGHT, { timing: time, budget });
    const load = (callers: number, requests: number): Promise<unknown> =>
      Promise.all(
        Array.from({ length: callers }, async (_, caller) => {
          for (let index = 0; index < requests; index += 1)
            await request(limiter, { caller: `caller ${caller}`, lane: 'new' });
        }),
      );
    return { load, log, budget };
  };
  const within = (minutes: number): number => {
    const begin = (served[0] ?? 0) - 200;
    return served.filter((at) => at < begin + minutes * MINUTE).length;
  };
  return { time, process, served, refused, within };
}

const FILES = (time: VirtualTime) => () => new SharedFileLog(ownFolder(), 'quota', time.now);
const NETWORK = (time: VirtualTime) => networkLog(time);

describe.each([
  ['files', FILES],
  ['a network', NETWORK],
])('two processes that share a quota through %s', (_, logs) => {
  it('get all of it together, and no 429 where they know it', async () => {
    const { time, process, refused, within } = world({ own: 300, quota: 300, logs });
    const [one, other] = [process(), process()];
    await time.until(Promise.all([one.load(25, 18), other.load(25, 18)]));
    expect(refused).toEqual([]);
    expect(within(3)).toBeGreaterThanOrEqual(0.9 * 3 * 300);
  });

  it('find out together that it is smaller than they were told', async () => {
    const { time, process, refused, within } = world({ own: 600, quota: 300, logs });
    const [one, other] = [process(), process()];
    await time.until(Promise.all([one.load(25, 24), other.load(25, 24)]));
    // All that were on their way when the first was turned away.
    expect(refused.filter((at) => at > (refused[0] as number) + 1_000)).toEqual([]);
    expect(within(4)).toBeGreaterThanOrEqual(0.9 * 4 * 300);
  });

  it('tell one that begins later what was used, and what was found out', async () => {
    const { time, process, refused } = world({ own: 600, quota: 100, logs });
    const first = process();
    await time.until(first.load(10, 25));
    const before = refused.length;
    const second = process();
    await time.until(Promise.all([second.load(10, 25), first.load(5, 2)]));
    expect(refused.slice(before)).toEqual([]);
  });
});

describe('a process whose log is away', () => {
  it('works on with its part, and shares again when the log is back', async () => {
    const { time, process, refused, within } = world({ own: 300, quota: 300, logs: NETWORK });
    const [one, other] = [process(), process()];
    for (const { log } of [one, other]) Object.assign(log, { away: true });
    await time.until(Promise.all([one.load(25, 9), other.load(25, 9)]));
    expect(one.budget.isAway).toBe(true);
    expect(refused).toEqual([]);
    expect(within(1)).toBeGreaterThanOrEqual(270);
    for (const { log } of [one, other]) Object.assign(log, { away: false });
    await time.until(Promise.all([one.load(1, 1), other.load(1, 1)]));
    expect(one.budget.isAway).toBe(false);
  });
});
