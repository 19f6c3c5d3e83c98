import type { Counted } from '../measure.ts';
import type { Folded } from './fold.ts';
import { emptyFolds } from './groups.ts';

/** What rows come to together, and those of each currency alone: amounts of several are never added up. */
export class Sums {
  readonly #parts: readonly Counted[];
  /** By part. */
  readonly all: readonly Folded[];
  /** By part, of the rows of a currency; empty where nothing tells the currency of a row. */
  readonly byCurrency = new Map<string, readonly Folded[]>();

  constructor(parts: readonly Counted[]) {
    this.#parts = parts;
    this.all = emptyFolds(parts);
  }

  /** By part, of all rows, or of those of a currency, of which there may be none. */
  of(currency: string | undefined): readonly Folded[] {
    return currency === undefined ? this.all : (this.byCurrency.get(currency) ?? emptyFolds(this.#parts));
  }

  /** @param currency of the row, where it is known */
  add(part: number, value: number, currency: string | undefined): void {
    this.all[part]?.add(value);
    if (currency === undefined) return;
    const known = this.of(currency);
    this.byCurrency.set(currency, known);
    known[part]?.add(value);
  }
}
