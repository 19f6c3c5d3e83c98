import { describe, expect, it } from 'vitest';
import { presentCaller } from '../../src/manage/index.ts';
import { createRunningCalls, TooManyCalls, WaitedTooLong } from '../../src/server/calls/running-calls.ts';

/** Calls that end when they are told to. */
function gate() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const call = (): Promise<void> => {
    begun.push(presentCaller());
    return new Promise((resolve) => ends.push(resolve));
  };
  const endAll = (): void => {
    for (const end of ends.splice(0)) end();
  };
  return { begun, call, endOne: () => ends.shift()?.(), endAll };
}

/** Everything else has its turn. A call that has a place begins in one of these: not all of them in the same. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const kindOf = (result: PromiseSettledResult<unknown>): unknown =>
  result.status === 'rejected' ? (result.reason as Error).constructor : 'done';

describe('calls side by side', () => {
  it('leave places to others, whatever one caller starts, and go round after that', async () => {
    const calls = createRunningCalls(60_000);
    const { begun, call, endOne, endAll } = gate();
    const all = Array.from({ length: 40 }, () => calls.track('flood', call));
    all.push(...['ada', 'bob'].map((caller) => calls.track(caller, call)));
    while (begun.length < 26) await turn();
    expect(begun.filter((caller) => caller === 'flood')).toHaveLength(24);
    expect(begun.slice(-2)).toEqual(['ada', 'bob']);
    all.push(...Array.from({ length: 12 }, (_, index) => calls.track(`late ${index}`, call)));
    while (begun.length < 32) await turn();
    expect(calls.load).toEqual({ running: 32, waiting: 22 });
    endOne();
    while (begun.length < 54) {
      endAll();
      await turn();
    }
    expect(new Set(begun.slice(32, 40)).size).toBeGreaterThan(5);
    endAll();
    await Promise.all(all);
  });

  it('are refused where too many wait: those of the caller who has the most', async () => {
    const calls = createRunningCalls(60_000);
    const { call, endAll } = gate();
    const flood = Array.from({ length: 500 }, () => calls.track('flood', call));
    const others = Array.from({ length: 30 }, () => calls.track('ada', call));
    const settled = Promise.allSettled([...flood, ...others]);
    while (calls.load.running > 0) {
      endAll();
      await turn();
    }
    const kinds = (await settled).map(kindOf);
    expect(kinds.slice(500)).toEqual(others.map(() => 'done'));
    expect(kinds.slice(0, 500).filter((kind) => kind === 'done').length).toBeGreaterThanOrEqual(200);
    expect(kinds.slice(0, 500).filter((kind) => kind === TooManyCalls).length).toBeGreaterThan(250);
  });

  it('do not begin when their time is nearly over', async () => {
    const calls = createRunningCalls(1);
    const { begun, call, endAll } = gate();
    const all = Array.from({ length: 25 }, () => calls.track('ada', call));
    await expect(all[24]).rejects.toBeInstanceOf(WaitedTooLong);
    while (begun.length < 24) await turn();
    expect(calls.load).toEqual({ running: 24, waiting: 0 });
    endAll();
    await Promise.all(all.slice(0, 24));
  });
});
