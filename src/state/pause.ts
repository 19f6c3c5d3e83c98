import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits so many milliseconds.
 * @throws the signal's reason when it is aborted; Node's own wait throws an error of its own, which tells nobody why
 */
export async function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
