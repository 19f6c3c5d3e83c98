import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedStore } from '../shared-store/index.ts';
import type { Line } from './entry.ts';
import type { Store } from './store.ts';

const LOG = 'journal';
/** How often somebody who follows looks, in milliseconds. */
const LOOKS_EVERY = 300;
/** Lines that wait for the store to come back; they are in this replica's own journal anyway. */
const MOST_WAITING = 10_000;

/**
 * The journal of all replicas: what each writes down it also tells the others, so that any of them can list and undo it. While they
 * cannot be reached a replica has its own lines, and tells them later.
 */
export class SharedJournal implements Store {
  readonly #own: Store;
  readonly #shared: SharedStore;
  readonly #keptMs: number;
  readonly #waiting: string[] = [];

  constructor(own: Store, shared: SharedStore, keptMs: number) {
    this.#own = own;
    this.#shared = shared;
    this.#keptMs = keptMs;
  }

  async append(line: Line): Promise<void> {
    await this.#own.append(line);
    this.#waiting.push(JSON.stringify(line));
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    await this.#tell();
  }

  async #tell(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift())
      if (!(await this.#shared.log(LOG, next, this.#keptMs))) {
        this.#waiting.unshift(next);
        return;
      }
  }

  async *newestFirst(from?: Date): AsyncIterable<Line> {
    await this.#tell();
    let before: string | undefined;
    for (;;) {
      const lines = await this.#shared.lines(LOG, { before });
      // What others wrote cannot be read now; what this replica wrote can, unless a part of all was given already.
      if (lines === undefined && before === undefined) yield* this.#own.newestFirst(from);
      if (lines === undefined || lines.length === 0) return;
      yield* lines.flatMap(({ text }) => (text === '' ? [] : [JSON.parse(text) as Line]));
      before = lines.at(-1)?.place;
      if (from !== undefined && Number(before?.split('-')[0]) < from.getTime()) return;
    }
  }

  async *follow(signal: AbortSignal): AsyncIterable<Line> {
    const [newest] = (await this.#shared.lines(LOG, {})) ?? [];
    let after = newest?.place ?? '0';
    while (!signal.aborted) {
      for (const { place, text } of (await this.#shared.lines(LOG, { after })) ?? []) {
        after = place;
        if (text !== '') yield JSON.parse(text) as Line;
      }
      await sleep(LOOKS_EVERY, undefined, { signal }).catch(() => undefined);
    }
  }
}
