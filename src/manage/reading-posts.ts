import type { Operation } from '../api/index.ts';

/** POST operations that store nothing: they are sent again like reads, and allowed in read-only mode. */
const READING_POSTS: ReadonlySet<string> = new Set([
  '/service/tickets/search',
  '/project/tickets/search',
  '/time/entries/defaults',
  '/procurement/catalog/{id}/pricing',
]);

/** Whether an operation only reads. */
export const isReading = ({ method, path }: Operation): boolean =>
  method === 'GET' || (method === 'POST' && READING_POSTS.has(path));

/** The POST search of a collection, for queries that are too long for a URL. */
export const SEARCH_OF: Readonly<Record<string, string>> = {
  '/service/tickets': 'POST /service/tickets/search',
  '/project/tickets': 'POST /project/tickets/search',
};
