import { isHeld, turn } from '../../in-turns.ts';
import { all, type Expression, field } from '../../query/index.ts';
import { isLazy } from '../answers/lazy-rows.ts';
import { LikelyRows } from '../answers/likely-rows.ts';
import { PageBuffers } from '../answers/page-buffers.ts';
import { isLastPage } from '../answers/read-answer.ts';
import type { ListOptions, ManageRecord } from '../client.ts';
import { EndlessList } from '../errors.ts';
import { listQuery, nameOf, requestPath } from '../prepare.ts';
import { LARGEST_PAGE, type ListRead, LONGEST_URL, MOST_PAGES, quietly, readPage, rowsOf } from './paging.ts';

/** A page in the order of ids, and the id after which the next one starts; without it the page is the last. */
interface ForwardPage<T> {
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
interface Segment {
  readonly after: number;
  readonly upTo: number | undefined;
}

const idOf = (row: unknown): number | undefined => {
  const { id } = (row ?? {}) as ManageRecord;
  return typeof id === 'number' ? id : undefined;
};

/** A segment aims a little below a full page: one row too many would cost another request. */
const AIM = LARGEST_PAGE * 0.9;
/** Bytes of the pages that are held: of those fetched side by side, and of the one that is being read. */
const MOST_HELD = 32 * 1024 * 1024;
/** Pages that are fetched side by side whatever their size. */
const FEWEST_AHEAD = 3;

/** How many pages to fetch side by side when their rows are as large as these: what is ahead is held in memory. */
function widthFor({ about, bytes }: ForwardPage<unknown>, most: number): number {
  if (bytes === undefined || about === 0) return most;
  const size = (bytes.byteLength / about) * AIM;
  return Math.min(most, Math.max(FEWEST_AHEAD, Math.floor(MOST_HELD / size) - 1));
}

/** What a segment without rows counts as, so that the next one grows by leaps and not without bounds. */
const FEWEST = 50;

/** Reads pages of one collection by ids: forward-only, or by POST search where the query is too long for a URL. */
class ForwardReader<T> {
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

  async page({ after, upTo }: Segment): Promise<ForwardPage<T>> {
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
      buffers: this.#buffers,
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

/**
 * Every row in the order of ids: each page starts after an id, so that nothing is skipped or read twice while records come and
 * go. Where more than the first page follows, the ids up to the highest are cut into segments of about a page, and at most `width` of
 * them are read side by side, fewer where pages are large. No more than that is held.
 */
export async function* streamForward<T>(read: ListRead): AsyncGenerator<T> {
  const { options, width } = read;
  const left = new AbortController();
  const signal = options.signal === undefined ? left.signal : AbortSignal.any([options.signal, left.signal]);
  const reader = new ForwardReader<T>({ ...read, options: { ...options, signal } });
  try {
    for await (const page of pages(reader, width)) {
      let count = 0;
      for (const row of page.rows) {
        if (isHeld()) await turn(signal);
        count += 1;
        yield row;
      }
      reader.take(page, count);
    }
  } finally {
    // Whoever leaves early does not pay for pages on their way.
    left.abort();
  }
}

/** A segment that has been asked for. */
interface Asked<T> {
  readonly segment: Segment;
  readonly page: Promise<ForwardPage<T>>;
}

/** All pages in the order of ids. */
async function* pages<T>(reader: ForwardReader<T>, most: number): AsyncGenerator<ForwardPage<T>> {
  const first = await reader.page({ after: 0, upTo: undefined });
  if (first.next === undefined) return yield first;
  let after = first.next;
  let width = widthFor(first, most);
  let span = spanFor(after - (first.from ?? 1) + 1, first.about);
  const ahead: Asked<T>[] = [];
  const ask = (upTo: number | undefined): void => {
    const segment = { after, upTo };
    ahead.push({ segment, page: quietly(reader.page(segment)) });
    after += span;
  };
  let highest = 0;
  let whole = false;
  const fill = (): void => {
    while (!whole && ahead.length < width) {
      whole = after + span >= highest;
      ask(whole ? undefined : after + span);
    }
  };
  // The highest id is asked for beside the first segment, and the others once it is known: both while the first page is being read.
  const told = quietly(
    reader.highest().then((id = after) => {
      highest = id;
      whole = highest <= after;
      fill();
    }),
  );
  ask(after + span);
  yield first;
  for (let one = ahead.shift(); one !== undefined; one = ahead.shift()) {
    const { segment } = one;
    let read = await one.page;
    await told;
    if (read.about > 0) width = widthFor(read, most);
    const end = read.next ?? segment.upTo;
    if (end !== undefined) span = spanFor(end - segment.after, read.about);
    fill();
    for (;;) {
      const { next: more } = read;
      const rest = more === undefined ? undefined : quietly(reader.page({ after: more, upTo: segment.upTo }));
      yield read;
      if (rest === undefined) break;
      read = await rest;
    }
  }
}

/** How many ids to ask for, when that many had this many rows; as many as a page has rows always fit on one. */
const spanFor = (ids: number, rows: number): number =>
  Math.max(LARGEST_PAGE, Math.floor((ids * AIM) / Math.max(FEWEST, rows)));
