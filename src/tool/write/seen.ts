import { LRUCache } from 'lru-cache';
import { isRecord } from '../../json.ts';
import type { ManageReader, ManageRecord } from '../../manage/index.ts';

type Path = Readonly<Record<string, string | number>>;

/** How long what a caller was shown counts for what they know, in milliseconds. */
const SEEN_MS = 30 * 60_000;
const MOST = 2_000;

/** Records as callers last saw them, over all calls of a server. */
export type SeenRecords = LRUCache<string, ManageRecord>;

/** Records of a server that starts: nobody has seen any. */
export const createSeen = (): SeenRecords => new LRUCache({ max: MOST, ttl: SEEN_MS });

/** What one caller saw. */
export interface Seen {
  /** The record as this caller last saw it. @param get as `GET /service/tickets/{id}` */
  last(get: string, path: Path): ManageRecord | undefined;
  remember(get: string, path: Path, record: ManageRecord): void;
}

/** What one caller saw of them. @param caller as in `Writing` */
export function seenBy(caller: string, records: SeenRecords): Seen {
  // An id may come as a number or as text.
  const key = (get: string, path: Path): string => JSON.stringify([caller, get, Object.values(path).map(String)]);
  return {
    last: (get, path) => records.get(key(get, path)),
    remember: (get, path, record) => void records.set(key(get, path), record),
  };
}

/** A client whose whole records count as seen: for tools that show them. */
export const remembering = <T extends ManageReader>(manage: T, seen: Seen): T => ({
  ...manage,
  async get(operation: string, options?: Parameters<ManageReader['get']>[1]) {
    const value = await manage.get<unknown>(operation, options);
    const isWhole = options?.query?.fields === undefined;
    if (isWhole && options?.path !== undefined && isRecord(value)) seen.remember(operation, options.path, value);
    return value;
  },
});
