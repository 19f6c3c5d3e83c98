import { isRecord } from '../json.ts';
import type { Entries, Slot } from '../state/index.ts';
import type { SharedStore } from './store.ts';

/** An entry as it was stored; `undefined` for none, and for what is no object. */
export function entryOf<T>(text: string | undefined): T | undefined {
  if (text === undefined || text === '') return undefined;
  const value: unknown = JSON.parse(text);
  return isRecord(value) ? (value as T) : undefined;
}

/** Entries that all replicas share, each changed by one caller of all of them at a time. */
export class SharedEntries<T extends object> implements Entries<T> {
  readonly #store: SharedStore;
  readonly #rememberedMs: number;

  constructor(store: SharedStore, rememberedMs: number) {
    this.#store = store;
    this.#rememberedMs = rememberedMs;
  }

  alone<R>(key: string, signal: AbortSignal, work: (slot: Slot<T>) => Promise<R>): Promise<R> {
    return this.#store.alone(key, signal, async (isSure) => {
      const save: Slot<T>['save'] = (entry) =>
        this.#store.set(key, entry === undefined ? '' : JSON.stringify(entry), this.#rememberedMs);
      return work({ entry: entryOf<T>(await this.#store.get(key)), isSure, save });
    });
  }

  async peek(key: string): Promise<T | undefined> {
    return entryOf<T>(await this.#store.get(key));
  }
}
