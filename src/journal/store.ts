import type { Line } from './entry.ts';

/** Where the journal's lines are. */
export interface Store {
  /** Adds a line. Lines of several processes may come at once. @throws where it cannot be written */
  append(line: Line): Promise<void>;
  /** All lines, the newest first. @param from lines written before this moment may be left out */
  newestFirst(from?: Date): AsyncIterable<Line>;
  /** Lines as they come, from now on, until the signal. */
  follow(signal: AbortSignal): AsyncIterable<Line>;
}

/** Lines that are kept in memory: more than anybody undoes by hand. */
const MOST = 10_000;

/** A journal that ends with its process: for the sandbox, and for users without a state folder. */
export class MemoryStore implements Store {
  readonly #lines: Line[] = [];

  async append(line: Line): Promise<void> {
    this.#lines.push(structuredClone(line));
    if (this.#lines.length > MOST) this.#lines.splice(0, this.#lines.length - MOST);
  }

  async *newestFirst(): AsyncIterable<Line> {
    yield* [...this.#lines].reverse();
  }

  /** Nobody else writes to this process's memory, and this process asks for what there is. */
  async *follow(): AsyncIterable<Line> {}
}
