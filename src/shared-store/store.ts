import type { RateLimiterAbstract } from 'rate-limiter-flexible';

/** How a store stands. */
export interface StoreStatus {
  /** Whether it is there: always for one of this process alone. */
  readonly isUp: boolean;
  /** Processes that use it, this one included, as far as it was last known. */
  readonly replicas: number;
}

/**
 * What replicas have to know of each other, for a while. Nothing here fails: where the others cannot be reached, this process goes on
 * with what it knows itself, and `status` says so.
 */
export interface SharedStore {
  /** Whether other processes may use it, too. */
  readonly isShared: boolean;
  /** Of this process among those that use the store. */
  readonly id: string;
  /** Whether a process that uses the store still does, as far as can be told. */
  isThere(id: string): Promise<boolean>;
  status(): StoreStatus;
  get(key: string): Promise<string | undefined>;
  /** @param ttlMs how long it is kept, in milliseconds */
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /** Whether this is the first to claim the key within the time. */
  claim(key: string, ttlMs: number): Promise<boolean>;
  /**
   * Counts what somebody does in a time, whichever process they come to.
   * @param name what is counted
   * @param most how often it may be in that many seconds
   */
  counter(name: string, most: number, seconds: number): Counter;
  /** Adds to a list. @returns how many it has then */
  append(key: string, value: string, ttlMs: number): Promise<number>;
  /** What a list has behind its first so many. */
  after(key: string, count: number): Promise<string[]>;
  /**
   * Runs work while nobody else holds the key.
   * @param work is told whether all others were kept out; those that could not be reached were not
   * @throws the signal's reason when it is aborted while waiting
   */
  alone<R>(key: string, signal: AbortSignal, work: (isSure: boolean) => Promise<R>): Promise<R>;
  /** Tells the other processes; whoever cannot be reached misses it. */
  publish(message: string): Promise<void>;
  /** Hears what other processes tell. */
  subscribe(listener: (message: string) => void): () => void;
  /** Adds a line to a log that lasts, in one order for all. @returns whether it is there */
  log(name: string, line: string, keptMs: number): Promise<boolean>;
  /**
   * Lines of a log with their places in its order, a few at a time; `undefined` where the log cannot be read.
   * @param where the newest before a place, or the oldest after one; `undefined` for the newest of all
   */
  lines(name: string, where: LogPart): Promise<readonly LogLine[] | undefined>;
  /** Events of all processes in one order, for what they have to decide alike. */
  events(name: string): SharedEvents;
  close(): Promise<void>;
}

/** Rejects with `RateLimiterRes`, which says how long to wait, where there were too many. */
export type Counter = Pick<RateLimiterAbstract, 'consume' | 'get'>;

export interface SharedEvent {
  /** Milliseconds by the clock that all share. */
  readonly at: number;
  readonly event: string;
  /** Whether this process added it. */
  readonly own: boolean;
}

export interface SharedEvents {
  /**
   * Adds events, and gives all that came since the last call, these included; the first call gives those of the last two minutes.
   * @throws where the others cannot be reached
   */
  append(events: readonly string[]): Promise<readonly SharedEvent[]>;
  close(): void;
}

export interface LogPart {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

export interface LogLine {
  readonly place: string;
  readonly text: string;
}
