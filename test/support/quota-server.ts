import { setMaxListeners } from 'node:events';
import type { WindowLimiter } from '../../src/manage/limits/limiter.ts';
import type { Lane } from '../../src/manage/turns.ts';
import { Faults } from '../../src/sandbox/faults.ts';
import type { VirtualTime } from './virtual-time.ts';

const forever = new AbortController().signal;
// All the requests of a simulation wait under it.
setMaxListeners(0, forever);

/** A server with a quota a minute, in simulated time, and when it served and refused what it was asked. */
export function quotaServer(time: VirtualTime, { quota, latency = 200 }: { quota: number; latency?: number }) {
  const server = new Faults(time.now);
  server.quota(quota);
  const served: number[] = [];
  const refused: number[] = [];
  /** Tries a request through a limiter until it is served. */
  const request = async (limiter: WindowLimiter, turn: { caller: string; lane: Lane }): Promise<void> => {
    for (;;) {
      const place = await limiter.acquire(forever, turn);
      const fault = server.take('GET', '/', undefined);
      await time.sleep(latency);
      if (fault === undefined) {
        served.push(time.now());
        place.leave();
        return;
      }
      refused.push(time.now());
      place.throttled((fault.retryAfterSeconds ?? 0) * 1000);
      place.leave();
    }
  };
  return { server, request, served, refused };
}
