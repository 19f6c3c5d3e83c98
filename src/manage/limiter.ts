import { setTimeout as sleep } from 'node:timers/promises';

/** Time as the limiter sees it; tests bring their own. */
export interface Timing {
  now(): number;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const realTiming: Timing = {
  now: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    await sleep(milliseconds, undefined, { signal });
  },
};

/** Shared by everybody who talks to one site. */
export interface Limiter {
  /** Waits for a place, in order of asking. Gives back what hands the place back. @throws the signal's reason. */
  acquire(signal: AbortSignal): Promise<() => void>;
  /** Nobody starts for this long: the server asked for a pause. */
  pause(milliseconds: number): void;
}

const MINUTE = 60_000;
/** Requests reach the server a little later than they leave, and not all equally late. */
const MARGIN = 250;

/**
 * At most `perMinute` starts in any minute and `maxInFlight` at once. Starts are counted over a sliding minute, so that bursts
 * go through at once and the rest waits for just as long as it must. Queues in libraries cannot be paused for everyone and
 * left by a cancelled caller, which is what this is for.
 */
export class WindowLimiter implements Limiter {
  readonly #perMinute: number;
  readonly #maxInFlight: number;
  readonly #timing: Timing;
  readonly #starts: number[] = [];
  #inFlight = 0;
  #pausedUntil = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #freed: (() => void) | undefined;

  constructor(perMinute: number, maxInFlight: number, timing: Timing = realTiming) {
    this.#perMinute = perMinute;
    this.#maxInFlight = maxInFlight;
    this.#timing = timing;
  }

  async acquire(signal: AbortSignal): Promise<() => void> {
    const turn = this.#queue.then(() => this.#start(signal));
    // Whoever comes next waits for this one to start or to give up.
    this.#queue = turn.catch(() => undefined);
    await turn;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#inFlight -= 1;
      this.#freed?.();
    };
  }

  pause(milliseconds: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#timing.now() + milliseconds);
  }

  async #start(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const wait = this.#wait();
      if (wait <= 0 && this.#inFlight < this.#maxInFlight) break;
      if (wait > 0) await this.#timing.sleep(wait, signal).catch(() => signal.throwIfAborted());
      else await this.#place(signal);
    }
    this.#inFlight += 1;
    this.#starts.push(this.#timing.now());
    if (this.#starts.length > this.#perMinute) this.#starts.shift();
  }

  /** Milliseconds until the next request may start, in flight ones aside. */
  #wait(): number {
    const now = this.#timing.now();
    const oldest = this.#starts.length < this.#perMinute ? undefined : this.#starts[0];
    const window = oldest === undefined ? 0 : oldest + MINUTE + MARGIN - now;
    return Math.max(window, this.#pausedUntil - now);
  }

  #place(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#freed = undefined;
        reject(signal.reason);
      };
      signal.addEventListener('abort', abort, { once: true });
      this.#freed = () => {
        this.#freed = undefined;
        signal.removeEventListener('abort', abort);
        resolve();
      };
    });
  }
}
