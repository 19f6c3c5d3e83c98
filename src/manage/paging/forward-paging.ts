import { isHeld, turn } from '../../in-turns.ts';
import type { PagePlace } from '../answers/page-buffers.ts';
import { type ForwardPage, ForwardReader, type Segment } from './forward-reader.ts';
import { LARGEST_PAGE, type ListRead, quietly } from './paging.ts';

/** A segment aims a little below a full page: one row too many would cost another request. */
const AIM = LARGEST_PAGE * 0.9;

/** How many pages may be under way, and how many of the next ones may come in. */
interface Width {
  readonly asked: number;
  readonly held: number;
}

/** Bytes of the pages that are held: of those that may come in, and of the one that is being read. */
const MOST_HELD = 14 * 1024 * 1024;
/** Bytes of the pages that are under way; they come in all the same where the one that is being read takes very long. */
const MOST_ASKED = 40 * 1024 * 1024;
/** Pages that are under way, and that may come in, whatever their size. */
const FEWEST: Width = { asked: 3, held: 1 };
/** Pages that are under way beyond those that may come in, until it is known how long one takes. */
const AT_FIRST = 2;

/** How many pages to fetch side by side when their rows are as large as these. */
function widthFor({ about, bytes }: ForwardPage<unknown>, most: number): Width {
  if (bytes === undefined || about === 0) return { asked: most, held: most };
  const size = (bytes.byteLength / about) * AIM;
  const held = Math.max(FEWEST.held, Math.floor(MOST_HELD / size) - 1);
  const asked = Math.max(FEWEST.asked, Math.floor(MOST_ASKED / size));
  return { asked: Math.min(most, asked), held: Math.min(most, held) };
}

/**
 * How long pages take, in milliseconds. As many are under way as are read while one is fetched: more would only be made and kept by a
 * server that cannot send them yet.
 */
class Pace {
  /** The shortest: what is more is spent waiting, for the server, for a place among the requests or for room. */
  #fetching: number | undefined;
  /** The last one. */
  #reading: number | undefined;

  fetched(ms: number): void {
    this.#fetching = Math.min(this.#fetching ?? ms, ms);
  }

  read(ms: number): void {
    this.#reading = Math.max(1, ms);
  }

  /** How many pages to have under way. */
  within({ asked, held }: Width): number {
    const fetching = this.#fetching;
    const reading = this.#reading;
    const isKnown = fetching !== undefined && reading !== undefined;
    const wanted = isKnown ? Math.ceil(fetching / reading) + 1 : held + AT_FIRST;
    return Math.min(asked, Math.max(held, FEWEST.asked, wanted));
  }
}

/** What a segment without rows counts as, so that the next one grows by leaps and not without bounds. */
const FEWEST_ROWS = 50;

/** How many ids to ask for, when that many had this many rows; as many as a page has rows always fit on one. */
const spanFor = (ids: number, rows: number): number =>
  Math.max(LARGEST_PAGE, Math.floor((ids * AIM) / Math.max(FEWEST_ROWS, rows)));

/** A segment that has been asked for. */
interface Asked<T> {
  readonly segment: Segment;
  readonly place: PagePlace;
  readonly page: Promise<ForwardPage<T>>;
}

/** The segments behind the first page, in their order, as many under way as may be. */
class Ahead<T> {
  readonly #reader: ForwardReader<T>;
  readonly #most: number;
  readonly #asked: Asked<T>[] = [];
  readonly #pace = new Pace();
  /** Whether the highest id is known by which the segments end. */
  readonly #told: Promise<void>;
  #width: Width;
  #span: number;
  #after: number;
  #highest = 0;
  /** Whether the last segment has been asked for. */
  #isWhole = false;
  /** When the reading of a page began. */
  #began = performance.now();

  /**
   * Asks for the first segment behind a page, and beside it for the highest id; for the others once it is known: all this while the
   * page is being read.
   * @param next where that page ended
   */
  constructor(reader: ForwardReader<T>, page: ForwardPage<T>, next: number, most: number) {
    this.#reader = reader;
    this.#most = most;
    this.#after = next;
    this.#width = widthFor(page, most);
    this.#span = spanFor(next - (page.from ?? 1) + 1, page.about);
    this.#told = quietly(
      reader.highest().then((id = this.#after) => {
        this.#highest = id;
        this.#isWhole = id <= this.#after;
        this.#fill();
      }),
    );
    this.#ask(next + this.#span);
    this.#admit();
  }

  /** The next segment and the first page of it; the one before has been read. `undefined` when there is none. */
  async next(): Promise<{ segment: Segment; page: ForwardPage<T> } | undefined> {
    this.#pace.read(performance.now() - this.#began);
    const one = this.#asked.shift();
    this.#admit();
    if (one === undefined) return undefined;
    const { segment } = one;
    const page = await one.page;
    await this.#told;
    if (page.about > 0) this.#width = widthFor(page, this.#most);
    const end = page.next ?? segment.upTo;
    if (end !== undefined) this.#span = spanFor(end - segment.after, page.about);
    this.#fill();
    this.#began = performance.now();
    return { segment, page };
  }

  #fill(): void {
    const most = this.#pace.within(this.#width);
    while (!this.#isWhole && this.#asked.length < most) {
      const end = this.#after + this.#span;
      this.#isWhole = end >= this.#highest;
      this.#ask(this.#isWhole ? undefined : end);
    }
    this.#admit();
  }

  #ask(upTo: number | undefined): void {
    const segment = { after: this.#after, upTo };
    const place = this.#reader.place();
    this.#asked.push({ segment, place, page: quietly(this.#fetched(segment, place)) });
    if (upTo !== undefined) this.#after = upTo;
  }

  async #fetched(segment: Segment, place: PagePlace): Promise<ForwardPage<T>> {
    const began = performance.now();
    const page = await this.#reader.page(segment, place);
    this.#pace.fetched(performance.now() - began);
    return page;
  }

  /** Lets those come in that are next. */
  #admit(): void {
    for (const { place } of this.#asked.slice(0, this.#width.held)) place.open();
  }
}

/** All pages in the order of ids. */
async function* pages<T>(reader: ForwardReader<T>, most: number): AsyncGenerator<ForwardPage<T>> {
  const first = await reader.page({ after: 0, upTo: undefined });
  const ahead = first.next === undefined ? undefined : new Ahead(reader, first, first.next, most);
  yield first;
  for (let one = await ahead?.next(); one !== undefined; one = await ahead?.next()) {
    let { page } = one;
    for (;;) {
      const { next } = page;
      const { upTo } = one.segment;
      const rest = next === undefined ? undefined : quietly(reader.page({ after: next, upTo }));
      yield page;
      if (rest === undefined) break;
      page = await rest;
    }
  }
}

/**
 * Every row in the order of ids: each page starts after an id, so that nothing is skipped or read twice while records come and
 * go. Where more than the first page follows, the ids up to the highest are cut into segments of about a page, and at most `width` of
 * them are fetched side by side, fewer where pages are large. Of those only some are held, the next ones: the others come in later.
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
