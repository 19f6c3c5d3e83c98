import { LocalStore } from './local-store.ts';
import type { RedisOptions } from './redis-store.ts';
import type { SharedStore } from './store.ts';

export { LocalStore } from './local-store.ts';
export { entryOf, SharedEntries } from './shared-entries.ts';
export type { Counter, SharedStore } from './store.ts';

/** How long a server that starts waits for Redis, in milliseconds. */
const STARTS_MS = 2_000;

/** The store that replicas share, or one of this process alone. @param url of Redis; none for a server by itself */
export async function openStore(url: string | undefined, options: RedisOptions): Promise<SharedStore> {
  if (url === undefined) return new LocalStore();
  const { RedisStore } = await import('./redis-store.ts');
  const store = new RedisStore(url, options);
  await store.ready(STARTS_MS);
  return store;
}
