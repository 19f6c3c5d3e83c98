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

/** A place among the requests. */
export interface Place {
  /** Hands the place back when the request has ended; once is enough. */
  leave(): void;
  /** The server turned this request away and asked for a pause: nobody starts for this long. */
  throttled(milliseconds: number): void;
}

/** Shared by everybody who talks to one site. */
export interface Limiter {
  /** Waits for a place, in order of asking. @throws the signal's reason, at once when it is aborted. */
  acquire(signal: AbortSignal): Promise<Place>;
  /** Milliseconds that a pause which the server asked for still lasts; 0 without one. */
  pausedFor(): number;
}

const MINUTE = 60_000;
/** Requests reach the server a little later than they leave, and not all equally late. */
const MARGIN = 250;
/** How exactly a pause has to fit the requests of the last minute to be taken for a quota, in milliseconds. */
const FIT = 1_500;
/** No real site has a quota below this: a 429 after a handful of requests had another reason. */
const SMALLEST_QUOTA = 10;
/** Others may have used a part of a quota that was learnt: it is forgotten after a while. */
const REMEMBERED = 15 * MINUTE;

/** Longest pause in milliseconds, whatever a server asks for: a wrong number must not end the work until a restart. */
export const LONGEST_PAUSE = 5 * MINUTE;

interface Waiting {
  start(): void;
}

/**
 * At most `perMinute` starts in any minute and `maxInFlight` at once. Starts are counted over a sliding minute, so that bursts
 * go through at once and the rest waits for just as long as it must. A server with a smaller quota is found out by its first
 * 429: the pause that it asks for tells which of our requests it counts. Queues in libraries cannot be paused for everyone and
 * left by a cancelled caller, which is what this is for.
 */
export class WindowLimiter implements Limiter {
  readonly #perMinute: number;
  readonly #maxInFlight: number;
  readonly #timing: Timing;
  /** When the requests of the last minute started that the server did not turn away. */
  readonly #starts: number[] = [];
  readonly #queue: Waiting[] = [];
  #quota: { readonly perMinute: number; readonly until: number } | undefined;
  #inFlight = 0;
  #pausedUntil = 0;
  /** Ends the sleep until the next start, when nobody waits for it any more. */
  #sleeping: AbortController | undefined;

  constructor(perMinute: number, maxInFlight: number, timing: Timing = realTiming) {
    this.#perMinute = perMinute;
    this.#maxInFlight = maxInFlight;
    this.#timing = timing;
  }

  acquire(signal: AbortSignal): Promise<Place> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const giveUp = (): void => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(signal.reason);
        if (this.#queue.length === 0) this.#sleeping?.abort();
      };
      const waiting: Waiting = {
        start: () => {
          signal.removeEventListener('abort', giveUp);
          resolve(this.#start());
        },
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#queue.push(waiting);
      this.#admit();
    });
  }

  pausedFor(): number {
    return Math.max(0, this.#pausedUntil - this.#timing.now());
  }

  #start(): Place {
    const started = this.#timing.now();
    this.#inFlight += 1;
    this.#starts.push(started);
    if (this.#starts.length > this.#perMinute) this.#starts.shift();
    let left = false;
    return {
      leave: () => {
        if (left) return;
        left = true;
        this.#inFlight -= 1;
        this.#admit();
      },
      throttled: (milliseconds) => this.#throttled(started, milliseconds),
    };
  }

  #throttled(started: number, milliseconds: number): void {
    const now = this.#timing.now();
    const own = this.#starts.lastIndexOf(started);
    if (own >= 0) this.#starts.splice(own, 1);
    this.#pausedUntil = Math.max(this.#pausedUntil, now + Math.min(milliseconds, LONGEST_PAUSE));
    // A server that counts by the minute lets the next one in when its oldest is a minute old. Had it let in an older one of the
    // last minute that it does not count, it would not count by the minute: then this is a pause and says nothing of a quota.
    const oldest = now + milliseconds - MINUTE;
    const counted = this.#starts.filter((start) => start > now - MINUTE && start <= started);
    const fits = counted[0] !== undefined && Math.abs(counted[0] - oldest) <= FIT;
    if (!fits || counted.length < SMALLEST_QUOTA) return;
    const perMinute = Math.min(counted.length, this.#limit(now));
    this.#quota = { perMinute, until: now + REMEMBERED };
  }

  #limit(now: number): number {
    return this.#quota !== undefined && now < this.#quota.until ? this.#quota.perMinute : this.#perMinute;
  }

  /** Lets in whoever may start now; for the others it comes back when the next one may. */
  #admit(): void {
    while (this.#queue.length > 0 && this.#inFlight < this.#maxInFlight) {
      const wait = this.#wait();
      if (wait > 0) return void this.#admitLater(wait);
      this.#queue.shift()?.start();
    }
  }

  async #admitLater(wait: number): Promise<void> {
    if (this.#sleeping !== undefined) return;
    const sleeping = new AbortController();
    this.#sleeping = sleeping;
    await this.#timing.sleep(wait, sleeping.signal).catch(() => undefined);
    this.#sleeping = undefined;
    this.#admit();
  }

  /** Milliseconds until the next request may start, in flight ones aside. */
  #wait(): number {
    const now = this.#timing.now();
    const oldest = this.#starts.at(-this.#limit(now));
    const window = oldest === undefined ? 0 : oldest + MINUTE + MARGIN - now;
    return Math.max(window, this.#pausedUntil - now);
  }
}
