import { isRefusal } from './together.ts';

/** Arguments of a call that were refused. */
export interface Refusals {
  /** Why, in the order in which they came. */
  readonly errors: readonly unknown[];
  /** The arguments that those errors are about, each with its own. */
  readonly refused: ReadonlyMap<string, unknown>;
}

/** Collects them while the others are read on. */
export class Unread {
  readonly refused = new Map<string, unknown>();
  readonly #errors: unknown[] = [];

  add(argument: string, error: unknown): void {
    this.#errors.push(error);
    if (!this.refused.has(argument)) this.refused.set(argument, error);
  }

  /** Reads an argument, or keeps why that failed. */
  unless(argument: string, reads: () => void): void {
    try {
      reads();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.add(argument, error);
    }
  }

  ended(): Refusals {
    return { errors: this.#errors, refused: this.refused };
  }
}
