import type { Operation } from '../api/index.ts';
import { print, splitIn } from '../query/index.ts';
import type { ListOptions, Page, PageOptions } from './client.ts';
import { InvalidRequest } from './errors.ts';
import { parseLink } from './link.ts';
import type { PageBuffers } from './page-buffers.ts';
import { listQuery, nameOf, requestPath } from './prepare.ts';
import { header, type RawAnswer } from './read-answer.ts';
import { SEARCH_OF } from './reading-posts.ts';

/** Sends a list request: GET with a path, or the POST search. */
export type ListSender = (
  operation: string,
  path: string,
  options: {
    body?: string;
    headers?: Record<string, string>;
    signal?: AbortSignal | undefined;
    /** The rows are parsed one by one, out of this memory: the value is `Rows`. */
    buffers?: PageBuffers;
  },
) => Promise<{ answer: RawAnswer; value: unknown }>;

/** Longest URL behind the host that is sent; the guide recommends 2,000 for the whole. */
export const LONGEST_URL = 1_745;
export const LARGEST_PAGE = 1_000;
/** Ids in one `in (...)` when a query has to be split; what clients in the field use. */
const BATCH = 100;

export function rowsOf<T>(value: unknown, operation: Operation): readonly T[] {
  if (Array.isArray(value)) return value as T[];
  throw new InvalidRequest(nameOf(operation), [
    { field: 'operation', problem: 'shape', message: 'does not answer with a list' },
  ]);
}

const hasNext = (answer: RawAnswer): boolean => parseLink(header(answer, 'link') ?? '').has('next');

/** One page by number; a query that is too long for a URL goes to POST search, or in batches. */
export async function readPage<T>(
  send: ListSender,
  operation: Operation,
  options: PageOptions,
  root: number,
): Promise<Page<T>> {
  const page = options.page ?? 1;
  const pageSize = Math.min(options.pageSize ?? 25, LARGEST_PAGE);
  const query = { ...listQuery(options), page, pageSize };
  const path = requestPath(operation, { ...options, query });
  if (path.length + root <= LONGEST_URL) {
    const { answer, value } = await send(nameOf(operation), path, { signal: options.signal });
    return { rows: rowsOf<T>(value, operation), page, more: hasNext(answer) };
  }
  const search = SEARCH_OF[operation.path];
  if (search !== undefined) return searchPage<T>(send, search, operation, options, page, pageSize);
  return batchedPage<T>(send, operation, options, root, page, pageSize);
}

async function searchPage<T>(
  send: ListSender,
  search: string,
  operation: Operation,
  options: PageOptions,
  page: number,
  pageSize: number,
): Promise<Page<T>> {
  const { conditions, childConditions, customFieldConditions, orderBy, fields } = options;
  const body = {
    ...(conditions && { conditions: print(conditions) }),
    ...(childConditions && { childconditions: print(childConditions) }),
    ...(customFieldConditions && { customfieldconditions: print(customFieldConditions) }),
    ...(orderBy && { orderBy: orderBy.join(',') }),
  };
  const trimmed = fields && fields.length > 0 ? `&fields=${encodeURIComponent(fields.join(','))}` : '';
  const path = `${search.slice('POST '.length)}?page=${page}&pageSize=${pageSize}${trimmed}`;
  const { answer, value } = await send(search, path, { body: JSON.stringify(body), signal: options.signal });
  const rows = rowsOf<T>(value, operation);
  // POST searches are not seen to send Link headers; a full page may have a next one.
  return { rows, page, more: hasNext(answer) || rows.length === pageSize };
}

async function batchedPage<T>(
  send: ListSender,
  operation: Operation,
  options: PageOptions,
  root: number,
  page: number,
  pageSize: number,
): Promise<Page<T>> {
  const batches = options.conditions === undefined ? [] : splitIn(options.conditions, BATCH);
  if (batches.length < 2 || page > 1 || (options.orderBy ?? []).length > 0) {
    const message = 'is too long for one request; ask for fewer values at a time, without orderBy and page';
    throw new InvalidRequest(nameOf(operation), [{ field: 'conditions', problem: 'tooLong', message }]);
  }
  const rows: T[] = [];
  let more = false;
  for (const conditions of batches) {
    const batch = await readPage<T>(send, operation, { ...options, conditions, pageSize }, root);
    rows.push(...batch.rows);
    more ||= batch.more;
  }
  return { rows: rows.slice(0, pageSize), page, more: more || rows.length > pageSize };
}

/** Every row by page number, for orders of one's own; pages are fetched side by side. Rows can shift while records change. */
export async function* streamNumbered<T>(
  send: ListSender,
  operation: Operation,
  options: ListOptions,
  root: number,
  width: number,
): AsyncGenerator<T> {
  const fetch = (page: number): Promise<Page<T>> => {
    const result = readPage<T>(send, operation, { ...options, page, pageSize: LARGEST_PAGE }, root);
    result.catch(() => undefined);
    return result;
  };
  const first = await fetch(1);
  yield* first.rows;
  if (!first.more) return;
  const ahead = Array.from({ length: width }, (_, index) => fetch(index + 2));
  for (let next = width + 2; ; next += 1) {
    const page = await ahead.shift();
    if (page === undefined) return;
    yield* page.rows;
    if (!page.more) return;
    ahead.push(fetch(next));
  }
}
