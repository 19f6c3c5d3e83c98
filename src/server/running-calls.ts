import { setTimeout as sleep } from 'node:timers/promises';

/** Longest time that calls get to end when the server stops. */
export const GRACE_MS = 10_000;

/** Calls that have begun and not ended. Who stops the server lets them end first: a write in the middle would be of unknown outcome. */
export interface RunningCalls {
  /** Runs a call and knows of it until it has ended. */
  track<T>(call: () => Promise<T>): Promise<T>;
  /** When all have ended, or after this many milliseconds. */
  ended(atMost: number): Promise<void>;
}

export function createRunningCalls(): RunningCalls {
  const running = new Set<Promise<unknown>>();
  return {
    async track(call) {
      const promise = call();
      running.add(promise);
      try {
        return await promise;
      } finally {
        running.delete(promise);
      }
    },
    async ended(atMost) {
      const late = new AbortController();
      const timer = sleep(atMost, undefined, { signal: late.signal }).catch(() => undefined);
      await Promise.race([Promise.allSettled(running), timer]);
      late.abort();
    },
  };
}
