import type { Timing } from '../../src/manage/index.ts';

/** Time that passes only by waiting, and at once: what is tested is what is sent, not when. */
export function noWaiting(): Timing {
  let clock = 0;
  return {
    now: () => clock,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      clock += milliseconds;
    },
  };
}
