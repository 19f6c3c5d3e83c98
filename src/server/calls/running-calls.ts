import { pause } from '../../in-turns.ts';
import { FairQueue, onBehalfOf } from '../../manage/index.ts';
import { atMost } from '../at-most.ts';

/** Calls that run side by side. Manage takes fewer requests at once than these make, so more would only wait further in. */
const AT_ONCE = 32;

/** Of them, one caller's: a place is always near for another one. */
const OF_ONE = 24;

/** Calls that wait for a place among them. */
const WAITING = 200;

/** More calls at once than the server takes on: nothing of this one was begun. */
export class TooManyCalls extends Error {
  constructor() {
    super(
      `The server is busy: ${AT_ONCE} calls run and ${WAITING} wait. Nothing of this call was done; make it again in a few seconds, with fewer at once.`,
    );
    this.name = 'TooManyCalls';
  }
}

/** A call that waited so long that its time is nearly over: nothing of it was begun. */
export class WaitedTooLong extends Error {
  constructor(milliseconds: number) {
    super(
      `The server is busy: this call waited ${Math.round(milliseconds / 1000)} seconds for others to end. Nothing of it was done; make it again in a minute, with fewer at once.`,
    );
    this.name = 'WaitedTooLong';
  }
}

/** Calls that have begun and not ended. Who stops the server lets them end first: a write in the middle would be of unknown outcome. */
export interface RunningCalls {
  /**
   * Runs a call when there is a place for it, and knows of it until it has ended. Callers take turns; the calls of one begin in
   * their order.
   * @param call told how many milliseconds it waited
   * @throws {TooManyCalls} at once when too many wait already, most of them of the same caller; {WaitedTooLong}
   */
  track<T>(caller: string, call: (waited: number) => Promise<T>): Promise<T>;
  /** Calls that run, and calls that wait for a place. */
  readonly load: { readonly running: number; readonly waiting: number };
  /** When all have ended, or after this many milliseconds. */
  ended(milliseconds: number): Promise<void>;
}

interface Waiting {
  begin(): void;
  refuse(error: Error): void;
}

/** @param longestWait milliseconds that a call waits for its place at most */
export function createRunningCalls(longestWait: number): RunningCalls {
  const unfinished = new Set<Promise<unknown>>();
  const waiting = new FairQueue<Waiting>();
  const running = new Map<string, number>();
  let count = 0;
  const mayBegin = (caller: string): boolean => count < AT_ONCE && (running.get(caller) ?? 0) < OF_ONE;
  const next = (): void => {
    while (count < AT_ONCE) {
      const first = waiting.take(mayBegin);
      if (first === undefined) return;
      first.begin();
    }
  };
  /** Makes room in a full queue where another caller has more than its share of it. */
  const hasRoom = (caller: string): boolean => {
    if (waiting.size < WAITING) return true;
    const longest = waiting.longest();
    if (longest === undefined || waiting.sizeOf(longest) <= waiting.sizeOf(caller) + 1) return false;
    waiting.dropLast(longest)?.refuse(new TooManyCalls());
    return true;
  };
  const begin = (caller: string): void => {
    count += 1;
    running.set(caller, (running.get(caller) ?? 0) + 1);
  };
  const end = (caller: string): void => {
    count -= 1;
    const left = (running.get(caller) ?? 1) - 1;
    if (left === 0) running.delete(caller);
    else running.set(caller, left);
    next();
  };
  const place = (caller: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const refuse = (error: Error): void => {
        clearTimeout(timer);
        reject(error);
      };
      const one: Waiting = {
        refuse,
        begin() {
          clearTimeout(timer);
          begin(caller);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        waiting.remove(caller, one);
        refuse(new WaitedTooLong(longestWait));
      }, longestWait);
      waiting.add(caller, one);
    });
  const inTurn = async <T>(caller: string, call: (waited: number) => Promise<T>): Promise<T> => {
    const arrived = performance.now();
    if (mayBegin(caller)) begin(caller);
    else await place(caller);
    try {
      await pause();
      return await onBehalfOf(caller, () => call(performance.now() - arrived));
    } finally {
      end(caller);
    }
  };
  return {
    async track(caller, call) {
      if (!mayBegin(caller) && !hasRoom(caller)) throw new TooManyCalls();
      const promise = inTurn(caller, call);
      unfinished.add(promise);
      try {
        return await promise;
      } finally {
        unfinished.delete(promise);
      }
    },
    get load() {
      return { running: count, waiting: waiting.size };
    },
    ended: (milliseconds) => atMost(milliseconds, Promise.allSettled(unfinished)),
  };
}
