import { isDeepStrictEqual } from 'node:util';
import type { Operation } from '../../api/index.ts';
import { isHeld, turn } from '../../in-turns.ts';
import { inOrder, parseOrderBy, print, splitIn } from '../../query/index.ts';
import type { PagePlace } from '../answers/page-buffers.ts';
import { header, parseLink, type RawAnswer } from '../answers/read-answer.ts';
import type { ListOptions, ManageRecord, Page } from '../client.ts';
import { EndlessList, InvalidRequest, TooMany } from '../errors.ts';
import { listQuery, nameOf, requestPath } from '../prepare.ts';
import { MOST_ROWS, type Whole, wholeOf } from './lists.ts';

/** Sends a list request: GET with a path, or the POST search. */
export type ListSender = (
  operation: string,
  path: string,
  options: {
    body?: string;
    headers?: Record<string, string>;
    signal?: AbortSignal | undefined;
    /** The rows are parsed one by one, out of the memory of this place: the value is what `lazyRows` gives. */
    place?: PagePlace;
  },
) => Promise<{ answer: RawAnswer; value: unknown }>;

/** What is read of a collection, and how. */
export interface ListRead {
  readonly send: ListSender;
  readonly operation: Operation;
  readonly options: ListOptions;
  /** Characters of the path before the operation's own. */
  readonly root: number;
  /** Pages that are fetched side by side at most. */
  readonly width: number;
}

/** The POST search of a collection, for queries that are too long for a URL. */
const SEARCH_OF: Readonly<Record<string, string>> = {
  '/service/tickets': 'POST /service/tickets/search',
  '/project/tickets': 'POST /project/tickets/search',
};

/** Longest URL behind the host that is sent; the guide recommends 2,000 for the whole. */
export const LONGEST_URL = 1_745;
export const LARGEST_PAGE = 1_000;
/** Values in one `in (...)` when a query has to be split; what clients in the field use. */
const BATCH = 100;
/** Pages of one stream; no collection is that long, so a server that has more does not count them right. */
export const MOST_PAGES = 5_000;
/** Rows of several batches that are held to be put in order. */
const MOST_HELD = 200_000;

/** The rows of an answer. @throws {InvalidRequest} for an operation that does not answer with a list */
export function rowsOf<T>(value: unknown, operation: Operation): readonly T[] {
  if (Array.isArray(value)) return value as T[];
  throw new InvalidRequest(nameOf(operation), [
    { field: 'operation', problem: 'shape', message: 'does not answer with a list' },
  ]);
}

/** A page with the number of the last one, as far as Manage says it. */
interface NumberedPage<T> extends Page<T> {
  readonly last?: number | undefined;
}

/** Where Manage does not say whether there is a next page, a full one may have one. */
function pageOf<T>(answer: RawAnswer, rows: readonly T[], page: number, pageSize: number): NumberedPage<T> {
  const link = header(answer, 'link');
  if (link === undefined) return { rows, page, more: rows.length === pageSize };
  const links = parseLink(link);
  const last = Number(/[?&]page=(\d+)/i.exec(links.get('last') ?? '')?.[1]);
  return { rows, page, more: rows.length > 0 && links.has('next'), last: last > 0 ? last : undefined };
}

/** The path of a GET for these options; room for paging is left. */
const pathOf = ({ operation, options }: ListRead, paging: Record<string, number>): string =>
  requestPath(operation, { ...options, query: { ...listQuery(options), ...paging } });

/** Room for `&pageSize=1000&pageId=` and an id, or a page. */
const PAGING_ROOM = 40;

/**
 * A read as one or several, each of which fits into a request: as it is, by POST search, or with its longest `in (...)` in
 * batches, whose results together are those of the whole.
 * @throws {InvalidRequest} when the conditions are too long for all of these
 */
export function partsOf(read: ListRead): readonly ListRead[] {
  const { operation, options, root } = read;
  const fits = pathOf(read, {}).length + root + PAGING_ROOM <= LONGEST_URL;
  if (fits || SEARCH_OF[operation.path] !== undefined) return [read];
  const batches = options.conditions === undefined ? [] : splitIn(options.conditions, BATCH);
  if (batches.length < 2) {
    const message = 'is too long for one request; ask for fewer values at a time';
    throw new InvalidRequest(nameOf(operation), [{ field: 'conditions', problem: 'tooLong', message }]);
  }
  return batches.flatMap((conditions) => partsOf({ ...read, options: { ...options, conditions } }));
}

/** One page by number; a query that is too long for a URL goes to POST search, or is read in batches, put in order and cut. */
export async function readPage<T>(read: ListRead, page: number, pageSize: number): Promise<NumberedPage<T>> {
  const { send, operation, options, root } = read;
  const path = pathOf(read, { page, pageSize });
  if (path.length + root <= LONGEST_URL) {
    const { answer, value } = await send(nameOf(operation), path, { signal: options.signal });
    return pageOf(answer, rowsOf<T>(value, operation), page, pageSize);
  }
  if (SEARCH_OF[operation.path] !== undefined) return searchPage<T>(read, page, pageSize);
  const all = await readAll<T>(read, (part) => streamNumbered<T>(part));
  const start = (page - 1) * pageSize;
  return { rows: all.slice(start, start + pageSize), page, more: all.length > start + pageSize };
}

async function searchPage<T>(
  { send, operation, options }: ListRead,
  page: number,
  pageSize: number,
): Promise<NumberedPage<T>> {
  const { conditions, childConditions, customFieldConditions, orderBy, fields } = options;
  const search = SEARCH_OF[operation.path] ?? '';
  const body = {
    conditions: conditions && print(conditions),
    childconditions: childConditions && print(childConditions),
    customfieldconditions: customFieldConditions && print(customFieldConditions),
    orderBy: orderBy?.join(','),
  };
  const trimmed = fields && fields.length > 0 ? `&fields=${encodeURIComponent(fields.join(','))}` : '';
  const path = `${search.slice('POST '.length)}?page=${page}&pageSize=${pageSize}${trimmed}`;
  const { answer, value } = await send(search, path, { body: JSON.stringify(body), signal: options.signal });
  return pageOf(answer, rowsOf<T>(value, operation), page, pageSize);
}

/**
 * Every row of a collection, in the order that is asked for, else by id.
 * @param stream reads one part to its end
 * @throws {TooMany} when there are more than `most`
 */
export async function readAll<T>(
  read: ListRead,
  stream: (part: ListRead) => AsyncIterable<T>,
  most = MOST_ROWS,
): Promise<Whole<T>> {
  const of = nameOf(read.operation);
  const rows = partsOf(read).length === 1 ? stream(read) : inOneOrder(read, stream, most);
  return wholeOf(rows, { of, most });
}

/**
 * The rows of several parts as those of one: a few parts are read side by side, then all is put in order.
 * @throws {TooMany} when there are more than `most`, which all have to be held
 */
export async function* inOneOrder<T>(
  read: ListRead,
  stream: (part: ListRead) => AsyncIterable<T>,
  most = MOST_HELD,
): AsyncGenerator<T> {
  const orderBy = read.options.orderBy ?? [];
  const { fields } = read.options;
  // What is put in order here has to be there.
  const needed = ['id', ...orderBy.map((key) => key.trim().split(/\s/)[0] ?? '')];
  const options = { ...read.options, fields: fields?.length ? [...new Set([...fields, ...needed])] : fields };
  const of = nameOf(read.operation);
  const parts = [...partsOf({ ...read, options })];
  const rows: (T & ManageRecord)[] = [];
  while (parts.length > 0) {
    const wholes = await Promise.all(parts.splice(0, read.width).map((part) => wholeOf(stream(part), { of, most })));
    for (const row of wholes.flat()) rows.push(row as T & ManageRecord);
    if (rows.length > most) throw new TooMany(of, most);
  }
  for (const row of inOrder(rows, parseOrderBy(orderBy.join(',')) ?? [])) yield row as T;
}

/**
 * Every row by page number, for orders of one's own; pages are fetched side by side. Rows can shift while records change.
 * @throws {EndlessList} when the next page is the same page again
 */
export async function* streamNumbered<T>(read: ListRead): AsyncGenerator<T> {
  const left = new AbortController();
  const { signal = left.signal } = read.options;
  const options = { ...read.options, signal: AbortSignal.any([signal, left.signal]) };
  const fetch = (page: number): Promise<NumberedPage<T>> =>
    quietly(readPage<T>({ ...read, options }, page, LARGEST_PAGE));
  try {
    for await (const { rows } of numberedPages(read, fetch)) {
      for (const row of rows) {
        if (isHeld()) await turn(options.signal);
        yield row;
      }
    }
  } finally {
    // Whoever leaves early does not pay for pages on their way.
    left.abort();
  }
}

/** All pages by their numbers, a few of them fetched ahead. */
async function* numberedPages<T>(
  { width: most, operation }: Pick<ListRead, 'width' | 'operation'>,
  fetch: (page: number) => Promise<NumberedPage<T>>,
): AsyncGenerator<NumberedPage<T>> {
  const first = await fetch(1);
  yield first;
  if (!first.more) return;
  // No more pages ahead than Manage says that there are; what is created meanwhile is read after them.
  const width = Math.min(most, (first.last ?? Number.POSITIVE_INFINITY) - 1);
  const ahead = Array.from({ length: Math.max(1, width) }, (_, index) => fetch(index + 2));
  for (let before: Page<T> = first; ; ) {
    const page: NumberedPage<T> | undefined = await ahead.shift();
    if (page === undefined) return;
    const repeats = page.rows.length > 0 && isDeepStrictEqual(page.rows, before.rows);
    if (repeats || page.page > MOST_PAGES) throw new EndlessList(nameOf(operation));
    yield page;
    if (!page.more) return;
    const next = page.page + ahead.length + 1;
    if (ahead.length === 0 || next <= (page.last ?? next)) ahead.push(fetch(next));
    before = page;
  }
}

/** A page that nobody waits for yet may fail; who waits for it hears of it. */
export function quietly<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
