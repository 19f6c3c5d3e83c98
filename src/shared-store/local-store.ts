import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Queues } from '../state/index.ts';
import type { SharedStore } from './store.ts';

/** Entries that are kept at most: more than happens in the time that they are kept for. */
const MOST = 50_000;
/** What lists have together at most, in characters. */
const MOST_LISTED = 32 * 1024 * 1024;

const sizeOf = (list: readonly string[]): number => list.reduce((sum, { length }) => sum + length, 1);

/** A store of this process alone. */
export class LocalStore implements SharedStore {
  readonly isShared = false;
  readonly id = randomUUID();
  // Said as a size, the bound takes no memory for entries that are not there.
  readonly #entries = new LRUCache<string, string>({ maxSize: MOST, sizeCalculation: () => 1 });
  readonly #lists = new LRUCache<string, string[]>({ maxSize: MOST_LISTED, sizeCalculation: sizeOf });
  readonly #queues = new Queues();

  async isThere(id: string): Promise<boolean> {
    return id === this.id;
  }

  status() {
    return { isUp: true, replicas: 1 };
  }

  async get(key: string): Promise<string | undefined> {
    return this.#entries.get(key);
  }

  async set(key: string, value: string, ttl: number): Promise<void> {
    this.#entries.set(key, value, { ttl });
  }

  async claim(key: string, ttl: number): Promise<boolean> {
    if (this.#entries.has(key)) return false;
    this.#entries.set(key, '', { ttl });
    return true;
  }

  counter(_: string, points: number, duration: number) {
    return new RateLimiterMemory({ points, duration });
  }

  async append(key: string, value: string, ttl: number): Promise<number> {
    const list = [...(this.#lists.peek(key) ?? []), value];
    this.#lists.set(key, list, { ttl });
    return list.length;
  }

  async after(key: string, count: number): Promise<string[]> {
    return (this.#lists.get(key) ?? []).slice(count);
  }

  async alone<R>(key: string, signal: AbortSignal, work: (isSure: boolean) => Promise<R>): Promise<R> {
    const leave = await this.#queues.enter(key, signal);
    try {
      return await work(true);
    } finally {
      leave();
    }
  }

  async publish(): Promise<void> {}

  subscribe() {
    return () => undefined;
  }

  /** Logs of a process alone are kept elsewhere. */
  async log(): Promise<boolean> {
    return false;
  }

  async lines(): Promise<undefined> {
    return undefined;
  }

  events() {
    const own = true;
    return {
      append: async (events: readonly string[]) => events.map((event) => ({ at: Date.now(), event, own })),
      close: () => undefined,
    };
  }

  async close(): Promise<void> {}
}
