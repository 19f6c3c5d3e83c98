import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for work that does not fail, but not longer than so many milliseconds. No timer is left behind. */
export async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const late = new AbortController();
  await Promise.race([work, sleep(milliseconds, undefined, { signal: late.signal }).catch(() => undefined)]);
  late.abort();
}
