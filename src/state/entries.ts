import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { isRecord } from '../json.ts';
import { FileLock } from './file-lock.ts';
import { replaceFile } from './state-folder.ts';

/** One entry, held by one caller at a time. */
export interface Slot<T> {
  /** What was saved under the key, unless it is older than what is remembered. */
  readonly entry: T | undefined;
  /** Whether nobody else can have saved another one: not where other replicas cannot be reached. */
  readonly isSure: boolean;
  /** Saves, so that it is known even if this process ends; `undefined` forgets. */
  save(entry: T | undefined): Promise<void>;
}

/** Small entries by key that are remembered for a while, each changed by one caller at a time. */
export interface Entries<T> {
  /**
   * Runs work with an entry to itself. Whoever else asks for the same key waits.
   * @throws the signal's reason when it is aborted while waiting
   */
  alone<R>(key: string, signal: AbortSignal, work: (slot: Slot<T>) => Promise<R>): Promise<R>;
  /** The entry as it is now, without waiting for whoever has it to themselves. */
  peek(key: string): Promise<T | undefined>;
}

/** Settles as the promise does, or with the signal's reason if that comes first. */
function unlessAborted(promise: Promise<unknown>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    void promise.finally(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
  });
}

/** Lets callers of this process through one by one, by key. */
export class Queues {
  readonly #tails = new Map<string, Promise<void>>();

  async enter(key: string, signal: AbortSignal): Promise<() => void> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    let leave = (): void => undefined;
    const own = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const tail = before.then(() => own);
    this.#tails.set(key, tail);
    void tail.then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    });
    try {
      await unlessAborted(before, signal);
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }
}

/** Entries of this process alone. */
class MemoryEntries<T extends object> implements Entries<T> {
  readonly #queues = new Queues();
  readonly #entries: LRUCache<string, T>;

  constructor(rememberedMs: number) {
    this.#entries = new LRUCache({ max: 5_000, ttl: rememberedMs });
  }

  async alone<R>(key: string, signal: AbortSignal, work: (slot: Slot<T>) => Promise<R>): Promise<R> {
    const leave = await this.#queues.enter(key, signal);
    try {
      const save = async (entry: T | undefined): Promise<void> => void this.#entries.set(key, entry);
      return await work({ entry: this.#entries.get(key), isSure: true, save });
    } finally {
      leave();
    }
  }

  async peek(key: string): Promise<T | undefined> {
    return this.#entries.get(key);
  }
}

/** Entries in files of a folder that the processes of one user share. A file holds no key, which is made of customers' data. */
class FileEntries<T extends object> implements Entries<T> {
  readonly #queues = new Queues();
  readonly #folder: string;
  readonly #rememberedMs: number;

  constructor(folder: string, rememberedMs: number) {
    this.#folder = folder;
    this.#rememberedMs = rememberedMs;
    this.#removeOld();
  }

  async alone<R>(key: string, signal: AbortSignal, work: (slot: Slot<T>) => Promise<R>): Promise<R> {
    const file = this.#file(key);
    // In a process its callers wait without polling.
    const leave = await this.#queues.enter(key, signal);
    try {
      const lock = await FileLock.take(`${file}.lock`, signal);
      try {
        const save = async (entry: T | undefined): Promise<void> => this.#write(file, entry);
        return await work({ entry: this.#read(file), isSure: true, save });
      } finally {
        lock.release();
      }
    } finally {
      leave();
    }
  }

  async peek(key: string): Promise<T | undefined> {
    return this.#read(this.#file(key));
  }

  #file(key: string): string {
    return join(this.#folder, createHash('sha256').update(key).digest('hex').slice(0, 40));
  }

  #read(file: string): T | undefined {
    try {
      if (Date.now() - statSync(file).mtimeMs > this.#rememberedMs) return undefined;
      const entry: unknown = JSON.parse(readFileSync(file, 'utf8'));
      return isRecord(entry) ? (entry as T) : undefined;
    } catch {
      // None, or one that a full disk cut off.
      return undefined;
    }
  }

  #write(file: string, entry: T | undefined): void {
    if (entry === undefined) rmSync(file, { force: true });
    else replaceFile(file, JSON.stringify(entry));
  }

  #removeOld(): void {
    for (const name of readdirSync(this.#folder)) {
      const file = join(this.#folder, name);
      try {
        if (Date.now() - statSync(file).mtimeMs > this.#rememberedMs) rmSync(file, { force: true });
      } catch {
        // Another process removed it first.
      }
    }
  }
}

/**
 * Entries that are remembered for so many milliseconds.
 * @param folder of the user's own, shared by all processes; without one they are this process's
 */
export const createEntries = <T extends object>(rememberedMs: number, folder?: string): Entries<T> =>
  folder === undefined ? new MemoryEntries(rememberedMs) : new FileEntries(folder, rememberedMs);
