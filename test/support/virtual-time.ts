import { setImmediate as turn } from 'node:timers/promises';
import type { Waits } from '../../src/manage/limits/limiter.ts';

/** Time for simulations: it moves to the next one who wakes up when all the others wait. */
export class VirtualTime implements Waits {
  #now = 1_000_000;
  readonly #sleepers = new Set<{ readonly until: number; wake(): void }>();

  readonly now = (): number => this.#now;

  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const sleeper = {
        until: this.#now + milliseconds,
        wake: () => {
          this.#sleepers.delete(sleeper);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', () => {
        if (this.#sleepers.delete(sleeper)) reject(signal.reason);
      });
    });

  /** Lets time go on until something has ended. */
  async until<T>(work: Promise<T>): Promise<T> {
    let hasEnded = false;
    const end = (): void => {
      hasEnded = true;
    };
    work.then(end, end);
    for (;;) {
      await turn();
      if (hasEnded) return work;
      const next = Math.min(...[...this.#sleepers].map(({ until }) => until));
      if (!Number.isFinite(next)) throw new Error('Everybody waits for somebody else.');
      this.#now = Math.max(this.#now, next);
      for (const sleeper of [...this.#sleepers]) if (sleeper.until <= this.#now) sleeper.wake();
    }
  }
}
