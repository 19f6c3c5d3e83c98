import { setTimeout as sleep } from 'node:timers/promises';

/** Longest time that calls get to end when the server stops. */
export const GRACE_MS = 10_000;

/** Calls that run side by side. Manage takes fewer requests at once than these make, so more would only wait further in. */
const AT_ONCE = 32;

/** Calls that wait for a place among them, in their order. */
const WAITING = 100;

/** More calls at once than the server takes on: nothing of this one was begun. */
export class TooManyCalls extends Error {
  constructor() {
    super(
      `The server is busy: ${AT_ONCE} calls run and ${WAITING} wait. Nothing of this call was done; make it again in a few seconds, with fewer at once.`,
    );
    this.name = 'TooManyCalls';
  }
}

/** Calls that have begun and not ended. Who stops the server lets them end first: a write in the middle would be of unknown outcome. */
export interface RunningCalls {
  /**
   * Runs a call when there is a place for it, first come, first served, and knows of it until it has ended.
   * @throws {TooManyCalls} at once when too many wait already
   */
  track<T>(call: () => Promise<T>): Promise<T>;
  /** When all have ended, or after this many milliseconds. */
  ended(atMost: number): Promise<void>;
}

export function createRunningCalls(): RunningCalls {
  const unfinished = new Set<Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let running = 0;
  const inTurn = async <T>(call: () => Promise<T>): Promise<T> => {
    // Whoever ends hands its place on, so nobody who comes in between can take it.
    if (running < AT_ONCE) running++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await call();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
  return {
    async track(call) {
      if (running >= AT_ONCE && waiting.length >= WAITING) throw new TooManyCalls();
      const promise = inTurn(call);
      unfinished.add(promise);
      try {
        return await promise;
      } finally {
        unfinished.delete(promise);
      }
    },
    async ended(atMost) {
      const late = new AbortController();
      const timer = sleep(atMost, undefined, { signal: late.signal }).catch(() => undefined);
      await Promise.race([Promise.allSettled(unfinished), timer]);
      late.abort();
    },
  };
}
