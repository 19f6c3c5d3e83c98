import { setTimeout as sleep } from 'node:timers/promises';
import { FairQueue } from './fair-queue.ts';
import { LearntQuota } from './learnt-quota.ts';
import type { Lane, Turn } from './turns.ts';

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
  /** The server turned this request away and asked for a pause: nobody starts for this long, or for a minute where that is less. */
  throttled(milliseconds: number): void;
}

/** Too many wait for a place: this one was not added to them. */
export class TooManyWaiting extends Error {}

/** Shared by everybody who talks to one site. */
export interface Limiter {
  /**
   * Waits for a place: calls that have begun before new ones, long reads last, callers by turns.
   * @throws the signal's reason, at once when it is aborted; {TooManyWaiting} at once when too many wait already
   */
  acquire(signal: AbortSignal, turn?: Turn): Promise<Place>;
  /** Milliseconds that a pause which the server asked for still lasts; 0 without one. */
  pausedFor(): number;
  /** Milliseconds until the next place in a lane at best, were nobody else waiting. */
  soonest(lane: Lane): number;
  /** How it stands, for whoever watches. */
  load(): Load;
}

/** How a limiter stands. */
export interface Load {
  readonly waiting: number;
  readonly inFlight: number;
  /** Requests a minute that it lets through at present. */
  readonly perMinute: number;
}

const MINUTE = 60_000;
/** Requests reach the server a little later than they leave, and not all equally late. */
const MARGIN = 250;
/** How exactly a pause has to fit the requests of the last minute to be taken for a quota, in milliseconds. */
const FIT = 1_500;

/** Longest pause in milliseconds, whatever a server asks for: about what a call may take, and as much as a quota by the minute needs. */
export const LONGEST_PAUSE = MINUTE;

/** Requests that wait at most: more than this could not be sent before their calls are over. */
const MOST_WAITING = 2_000;
/** The part of the requests a minute, and the places, that long reads leave to all others. */
const BULK_PART = 0.92;
const BULK_LEAVES = 2;
/** While others wait, one start in so many is a long read's, so that it goes on at all. */
const BULK_TURN = 8;

const IN_TURN: readonly Lane[] = ['started', 'new', 'bulk'];
const BULK_FIRST: readonly Lane[] = ['bulk', 'started', 'new'];

interface Waiting {
  start(): void;
}

/**
 * At most `perMinute` starts in any minute and `maxInFlight` at once. Starts are counted over a sliding minute, so that bursts
 * go through at once and the rest waits for just as long as it must. A smaller quota of the server is found out by its 429s: the
 * pause that they ask for tells which of our requests it counts. Queues in libraries cannot be paused for everyone and left by a
 * cancelled caller, which is what this is for.
 */
export class WindowLimiter implements Limiter {
  readonly #perMinute: number;
  readonly #maxInFlight: number;
  readonly #timing: Timing;
  /** When the requests of the last minute started that the server did not turn away. */
  readonly #starts: number[] = [];
  readonly #queues: Readonly<Record<Lane, FairQueue<Waiting>>> = {
    started: new FairQueue(),
    new: new FairQueue(),
    bulk: new FairQueue(),
  };
  readonly #quota = new LearntQuota();
  #inFlight = 0;
  #bulkInFlight = 0;
  #pausedUntil = 0;
  /** Whether a pause was cut short: then one request goes first, to see whether the server is back. */
  #isTrying = false;
  #sinceBulk = 0;
  /** The sleep until the next start. */
  #sleeping: { readonly until: number; readonly end: AbortController } | undefined;

  constructor(perMinute: number, maxInFlight: number, timing: Timing = realTiming) {
    this.#perMinute = perMinute;
    this.#maxInFlight = maxInFlight;
    this.#timing = timing;
  }

  acquire(signal: AbortSignal, { caller, lane }: Turn = { caller: '', lane: 'new' }): Promise<Place> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (this.#waiting() >= MOST_WAITING) return reject(new TooManyWaiting());
      const giveUp = (): void => {
        this.#queues[lane].remove(caller, waiting);
        reject(signal.reason);
        if (this.#waiting() === 0) this.#sleeping?.end.abort();
      };
      const waiting: Waiting = {
        start: () => {
          signal.removeEventListener('abort', giveUp);
          resolve(this.#start(lane));
        },
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#queues[lane].add(caller, waiting);
      this.#admit();
    });
  }

  pausedFor(): number {
    return Math.max(0, this.#pausedUntil - this.#timing.now());
  }

  soonest(lane: Lane): number {
    return Math.max(0, this.#wait(lane));
  }

  load(): Load {
    return { waiting: this.#waiting(), inFlight: this.#inFlight, perMinute: this.#perMinuteNow() };
  }

  #perMinuteNow(): number {
    return Math.min(this.#perMinute, this.#quota.perMinute(this.#timing.now()) ?? this.#perMinute);
  }

  #waiting(): number {
    return IN_TURN.reduce((sum, lane) => sum + this.#queues[lane].size, 0);
  }

  #start(lane: Lane): Place {
    const started = this.#timing.now();
    const bulk = lane === 'bulk' ? 1 : 0;
    this.#inFlight += 1;
    this.#bulkInFlight += bulk;
    this.#sinceBulk = bulk === 1 ? 0 : this.#sinceBulk + 1;
    this.#starts.push(started);
    // One more than a minute's is never asked for, and a little more than a minute decides who may start.
    while (this.#starts.length > this.#perMinute || (this.#starts[0] ?? started) < started - MINUTE - MARGIN)
      this.#starts.shift();
    let left = false;
    let wasThrottled = false;
    return {
      leave: () => {
        if (left) return;
        left = true;
        this.#inFlight -= 1;
        this.#bulkInFlight -= bulk;
        if (!wasThrottled) this.#served(started);
        this.#admit();
      },
      throttled: (milliseconds) => {
        wasThrottled = true;
        this.#throttled(started, milliseconds);
      },
    };
  }

  #served(started: number): void {
    if (started >= this.#pausedUntil) this.#isTrying = false;
    this.#quota.served(this.#countUpTo(started).length, this.#timing.now());
  }

  /** The starts of the minute before this one, and itself. */
  #countUpTo(started: number): readonly number[] {
    return this.#starts.filter((start) => start > started - MINUTE && start <= started);
  }

  #throttled(started: number, milliseconds: number): void {
    const now = this.#timing.now();
    const own = this.#starts.lastIndexOf(started);
    if (own >= 0) this.#starts.splice(own, 1);
    this.#pausedUntil = Math.max(this.#pausedUntil, now + Math.min(milliseconds, LONGEST_PAUSE));
    this.#isTrying ||= milliseconds > LONGEST_PAUSE;
    // A server that counts by the minute lets the next one in when its oldest is a minute old. Had it let in an older one of the
    // last minute that it does not count, it would not count by the minute: then this is a pause and says nothing of a quota.
    const oldest = now + milliseconds - MINUTE;
    const counted = this.#starts.filter((start) => start > now - MINUTE && start <= started);
    const fits = counted[0] !== undefined && Math.abs(counted[0] - oldest) <= FIT;
    if (fits) this.#quota.found(counted.length, { now, started, tolerance: this.#maxInFlight });
  }

  /** Lets in whoever may start now; for the others it comes back when the next one may. */
  #admit(): void {
    while (this.#inFlight < (this.#isTrying ? 1 : this.#maxInFlight)) {
      const lane = this.#nextLane();
      if (lane === undefined) {
        this.#admitLater();
        return;
      }
      this.#queues[lane].take()?.start();
    }
  }

  #nextLane(): Lane | undefined {
    const order = this.#sinceBulk >= BULK_TURN - 1 ? BULK_FIRST : IN_TURN;
    return order.find((lane) => this.#mayWait(lane) && this.#wait(lane) <= 0);
  }

  /** Whether somebody waits in a lane for nothing but time. */
  #mayWait(lane: Lane): boolean {
    const hasRoom = lane !== 'bulk' || this.#bulkInFlight < Math.max(1, this.#maxInFlight - BULK_LEAVES);
    return hasRoom && this.#queues[lane].size > 0;
  }

  #admitLater(): void {
    const waits = IN_TURN.filter((lane) => this.#mayWait(lane)).map((lane) => this.#wait(lane));
    if (waits.length === 0) return;
    const wait = Math.min(...waits);
    const until = this.#timing.now() + wait;
    if (this.#sleeping !== undefined && this.#sleeping.until <= until) return;
    this.#sleeping?.end.abort();
    const sleeping = { until, end: new AbortController() };
    this.#sleeping = sleeping;
    const awake = (): void => {
      if (this.#sleeping !== sleeping) return;
      this.#sleeping = undefined;
      this.#admit();
    };
    this.#timing.sleep(wait, sleeping.end.signal).then(awake, awake);
  }

  /** Milliseconds until a request of a lane may start, in flight ones aside. */
  #wait(lane: Lane): number {
    const now = this.#timing.now();
    const perMinute = this.#perMinuteNow();
    const most = lane === 'bulk' ? Math.max(1, Math.floor(perMinute * BULK_PART)) : perMinute;
    const oldest = this.#starts.at(-most);
    const window = oldest === undefined ? 0 : oldest + MINUTE + MARGIN - now;
    return Math.max(window, this.#pausedUntil - now);
  }
}
