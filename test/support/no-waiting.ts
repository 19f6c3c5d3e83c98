import type { Timing } from '../../src/manage/index.ts';
import { alarm } from '../../src/manage/limits/limiter.ts';

/** Time that passes only by waiting, and at once: what is tested is what is sent, not when. */
export function noWaiting(): Timing {
  let clock = 0;
  return {
    alarm,
    now: () => clock,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      clock += milliseconds;
    },
  };
}

/** The same, and deadlines that come when the test says so. */
export function noDeadlines(): Timing & { passDeadlines(): void } {
  const rings = new Set<() => void>();
  return {
    ...noWaiting(),
    alarm(_, ring) {
      rings.add(ring);
      return () => rings.delete(ring);
    },
    passDeadlines() {
      for (const ring of rings) ring();
    },
  };
}
