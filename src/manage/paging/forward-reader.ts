import { all, type Expression, field } from '../../query/index.ts';
import { isLazy } from '../answers/lazy-rows.ts';
import { LikelyRows } from '../answers/likely-rows.ts';
import { PageBuffers, type PagePlace } from '../answers/page-buffers.ts';
import { isLastPage } from '../answers/read-answer.ts';
import type { ListOptions, ManageRecord } from '../client.ts';
import { EndlessList } from '../errors.ts';
import { listQuery, nameOf, requestPath } from '../prepare.ts';
import { LARGEST_PAGE, type ListRead, LONGEST_URL, MOST_PAGES, readPage, rowsOf } from './paging.ts';

/** A page in the order of ids, and the id after which the next one starts; without it the page is the last. */
export interface ForwardPage<T> {
  readonly rows: Iterable<T>;
  /** How many there are, or seem to be by their bytes; nothing may depend on it but how much is asked for next. */
  readonly about: number;
  /** What is held of it until its rows have been read. */
  readonly bytes: Uint8Array | undefined;
  readonly next: number | undefined;
  /** The id of the first row, where a next page follows. */
  readonly from?: number | undefined;
}

/** Ids after `after` up to and with `upTo`; the last one has no end, so that what is created meanwhile is read as well. */
export interface Segment {
  readonly after: number;
  readonly upTo: number | undefined;
}

const idOf = (row: unknown): number | undefined => {
  const { id } = (row ?? {}) as ManageRecord;
  return typeof id === 'number' ? id : undefined;
};

/** Reads pages of one collection by ids: forward-only, or by POST search where the query is too long for a URL. */
export class ForwardReader<T> {
  readonly #read: ListRead;
  readonly #buffers = new PageBuffers();
  #pages = 0;
  /** Bytes of a row, on the last page whose rows were counted. */
  #rowBytes = Number.POSITIVE_INFINITY;

  constructor(read: ListRead) {
    const { fields } = read.options;
    // Without ids there is no next page.
    const withId = fields && fields.length > 0 && !fields.includes('id') ? [...fields, 'id'] : fields;
    this.#read = { ...read, options: { ...read.options, fields: withId } };
  }

  /** A place for a page that need not come in at once. */
  place(): PagePlace {
    return this.#buffers.place();
  }

  /** A page. @param place where it goes; it comes in at once when left out */
  async page({ after, upTo }: Segment, place = this.#buffers.openPlace()): Promise<ForwardPage<T>> {
    const { send, operation, root } = this.#read;
    this.#pages += 1;
    if (this.#pages > MOST_PAGES) throw new EndlessList(nameOf(operation));
    const options = this.#under(upTo === undefined ? undefined : field('id', '<=', upTo));
    const query = { ...listQuery(options), pageSize: LARGEST_PAGE, pageId: after };
    const path = requestPath(operation, { ...options, query });
    if (path.length + root > LONGEST_URL) return this.#searched({ after, upTo });
    const { answer, value } = await send(nameOf(operation), path, {
      headers: { 'pagination-type': 'forward-only' },
      signal: options.signal,
      place,
    });
    const rows = isLazy<T>(value) ? value : rowsOf<T>(value, operation);
    const bytes = isLazy(rows) ? rows.bytes : undefined;
    if (rows instanceof LikelyRows)
      return { rows, about: Math.round(rows.bytes.length / this.#rowBytes), bytes, next: undefined };
    const page = { rows, about: rows.length, bytes, next: undefined };
    this.#counted(page, rows.length);
    if (isLastPage(answer) || rows.length < LARGEST_PAGE) return page;
    const last = idOf(rows.at(-1));
    // A full page that leads nowhere: the rest of the list would be missing.
    if (last === undefined || last <= after) throw new EndlessList(nameOf(operation));
    return { ...page, next: upTo !== undefined && last >= upTo ? undefined : last, from: idOf(rows.at(0)) };
  }

  /** Takes the memory of a page of which so many rows have been read: all. */
  take(page: ForwardPage<T>, count: number): void {
    this.#counted(page, count);
    if (page.bytes !== undefined) this.#buffers.give(page.bytes);
  }

  #counted({ bytes }: ForwardPage<T>, count: number): void {
    if (bytes !== undefined && count > 0) this.#rowBytes = bytes.byteLength / count;
  }

  /** The highest id that there is now. */
  async highest(): Promise<number | undefined> {
    const options = { ...this.#read.options, fields: ['id'], orderBy: ['id desc'] };
    const { rows } = await readPage<T>({ ...this.#read, options }, 1, 1);
    return idOf(rows[0]);
  }

  async #searched({ after, upTo }: Segment): Promise<ForwardPage<T>> {
    const options = this.#under(field('id', '>', after), upTo === undefined ? undefined : field('id', '<=', upTo));
    const asked = { ...options, orderBy: ['id asc'] };
    const { rows } = await readPage<T>({ ...this.#read, options: asked }, 1, LARGEST_PAGE);
    const next = rows.length < LARGEST_PAGE ? undefined : idOf(rows.at(-1));
    if (next !== undefined && next <= after) throw new EndlessList(nameOf(this.#read.operation));
    return { rows, about: rows.length, bytes: undefined, next, from: idOf(rows.at(0)) };
  }

  #under(...more: (Expression | undefined)[]): ListOptions {
    const { options } = this.#read;
    return { ...options, conditions: all(options.conditions, ...more) };
  }
}
