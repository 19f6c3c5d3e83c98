import type { ServerResponse } from 'node:http';
import { atMost } from '../at-most.ts';

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
  async written(milliseconds: number): Promise<void> {
    if (this.#open.size === 0) return;
    const emptied = new Promise<void>((resolve) => {
      this.#emptied = resolve;
    });
    await atMost(milliseconds, emptied);
  }
}
