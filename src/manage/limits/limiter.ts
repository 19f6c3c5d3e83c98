import { setTimeout as sleep } from 'node:timers/promises';
import type { Lane, Turn } from '../turns.ts';
import { type Allowance, type Budget, OwnBudget, type Ticket } from './budget.ts';
import { FairQueue } from './fair-queue.ts';

/** Time as the limiter sees it; tests bring their own. */
export interface Timing {
  now(): number;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Rings once so much time has passed, unless what it gives back is called before. */
  alarm(milliseconds: number, ring: () => void): () => void;
}

/** An alarm by the machine's clock. */
export function alarm(milliseconds: number, ring: () => void): () => void {
  const timer = setTimeout(ring, milliseconds);
  return () => clearTimeout(timer);
}

export const realTiming: Timing = {
  now: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    await sleep(milliseconds, undefined, { signal });
  },
  alarm,
};

/** As much of it as waiting takes. */
export type Waits = Pick<Timing, 'now' | 'sleep'>;

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
  /** Lets go of what it shares with others. */
  close(): void;
}

/** How a limiter stands. */
export interface Load {
  readonly waiting: number;
  readonly inFlight: number;
  /** Requests a minute that it lets through at present. */
  readonly perMinute: number;
}

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
  start(ticket: Ticket): void;
}

/** How a limiter waits, and with whom it shares. */
export interface LimiterOptions {
  readonly timing?: Waits;
  /** The requests a minute; this limiter's own when left out. */
  readonly budget?: Budget;
}

/**
 * At most `perMinute` starts in any minute and `maxInFlight` at once. Starts are counted over a sliding minute, so that bursts
 * go through at once and the rest waits for just as long as it must. A smaller quota of the server is found out by its 429s: the
 * pause that they ask for tells which of our requests it counts (`budget.ts`). Queues in libraries cannot be paused for everyone and
 * left by a cancelled caller, which is what this is for.
 */
export class WindowLimiter implements Limiter {
  readonly #perMinute: number;
  readonly #maxInFlight: number;
  readonly #timing: Waits;
  readonly #budget: Budget;
  readonly #queues: Readonly<Record<Lane, FairQueue<Waiting>>> = {
    started: new FairQueue(),
    new: new FairQueue(),
    bulk: new FairQueue(),
  };
  #inFlight = 0;
  #bulkInFlight = 0;
  #sinceBulk = 0;
  /** Whether the budget is being asked, which others may share. */
  #isAsking = false;
  /** The sleep until the next start. */
  #sleeping: { readonly until: number; readonly end: AbortController } | undefined;

  constructor(perMinute: number, maxInFlight: number, options: LimiterOptions = {}) {
    this.#perMinute = perMinute;
    this.#maxInFlight = maxInFlight;
    this.#timing = options.timing ?? realTiming;
    this.#budget = options.budget ?? new OwnBudget(() => this.#timing.now(), maxInFlight);
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
        start: (ticket) => {
          signal.removeEventListener('abort', giveUp);
          resolve(this.#start(lane, ticket));
        },
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#queues[lane].add(caller, waiting);
      this.#admit();
    });
  }

  pausedFor(): number {
    return this.#budget.pausedFor();
  }

  soonest(lane: Lane): number {
    return Math.max(0, this.#wait(lane));
  }

  load(): Load {
    const perMinute = this.#budget.perMinute(this.#perMinute);
    return { waiting: this.#waiting(), inFlight: this.#inFlight, perMinute };
  }

  close(): void {
    this.#budget.close?.();
  }

  #waiting(): number {
    return IN_TURN.reduce((sum, lane) => sum + this.#queues[lane].size, 0);
  }

  #start(lane: Lane, ticket: Ticket): Place {
    const bulk = lane === 'bulk' ? 1 : 0;
    this.#inFlight += 1;
    this.#bulkInFlight += bulk;
    this.#sinceBulk = bulk === 1 ? 0 : this.#sinceBulk + 1;
    let left = false;
    let wasThrottled = false;
    return {
      leave: () => {
        if (left) return;
        left = true;
        this.#inFlight -= 1;
        this.#bulkInFlight -= bulk;
        if (!wasThrottled) this.#budget.served(ticket);
        this.#admit();
      },
      throttled: (milliseconds) => {
        wasThrottled = true;
        this.#budget.turnedAway(ticket, milliseconds);
      },
    };
  }

  /** Lets in whoever may start now; for the others it comes back when the next one may. */
  #admit(): void {
    while (!this.#isAsking && this.#inFlight < (this.#budget.isTrying ? 1 : this.#maxInFlight)) {
      const lane = this.#nextLane();
      if (lane === undefined) {
        this.#admitLater();
        return;
      }
      const ticket = this.#budget.take(this.#allowance(lane));
      if (ticket instanceof Promise) {
        this.#isAsking = true;
        void ticket.then((taken) => {
          this.#isAsking = false;
          // Whoever it was asked for may have given up meanwhile.
          if (taken !== undefined)
            (this.#queues[lane].take() ?? this.#queues.started.take() ?? this.#queues.new.take())?.start(taken);
          this.#admit();
        });
      } else if (ticket !== undefined) this.#queues[lane].take()?.start(ticket);
    }
  }

  #allowance(lane: Lane): Allowance {
    return { perMinute: this.#perMinute, part: lane === 'bulk' ? BULK_PART : 1 };
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
    return this.#budget.wait(this.#allowance(lane));
  }
}
