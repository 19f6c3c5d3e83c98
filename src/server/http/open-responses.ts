import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Answers that are not yet written to their end. Who stops the server lets them be written: a call that was done would look lost. */
export class OpenResponses {
  readonly #open = new Set<ServerResponse>();
  #isLast = false;
  #emptied = (): void => undefined;

  /** Knows of a response until it is written or its client is gone. */
  add(response: ServerResponse): void {
    this.#open.add(response);
    if (this.#isLast) response.setHeader('connection', 'close');
    response.once('close', () => {
      this.#open.delete(response);
      if (this.#open.size === 0) this.#emptied();
    });
  }

  get size(): number {
    return this.#open.size;
  }

  /** Has clients use another connection from now on. */
  last(): void {
    this.#isLast = true;
    for (const response of this.#open) if (!response.headersSent) response.setHeader('connection', 'close');
  }

  /** When all are written, or after this many milliseconds. */
  async written(atMost: number): Promise<void> {
    if (this.#open.size === 0) return;
    const late = new AbortController();
    const emptied = new Promise<void>((resolve) => {
      this.#emptied = resolve;
    });
    await Promise.race([emptied, sleep(atMost, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
  }
}
