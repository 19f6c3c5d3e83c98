import type { Fold } from '../measure.ts';

/** Values are added up in millionths, so that a hundred times 0.1 is 10. */
const SCALE = 1_000_000;

/** The value at a rank of some numbers; of an even number of them the mean of the two in the middle for the median. */
function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return undefined;
  if (share === 0.5 && sorted.length % 2 === 0) {
    const middle = sorted.length / 2;
    return ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
  }
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

/** The values of one group as they come. */
export class Folded {
  readonly #fold: Fold;
  #sum = 0;
  #largest = Number.NEGATIVE_INFINITY;
  readonly #values: number[] = [];
  readonly #different = new Set<number>();
  /** Rows with a value. */
  count = 0;
  /** Rows without one. */
  lacking = 0;

  constructor(fold: Fold) {
    this.#fold = fold;
  }

  add(value: number): void {
    if (Number.isNaN(value)) {
      this.lacking += 1;
      return;
    }
    this.count += 1;
    this.#sum += Math.round(value * SCALE);
    this.#largest = Math.max(this.#largest, value);
    if (this.#fold === 'median' || this.#fold === 'p90') this.#values.push(value);
    if (this.#fold === 'distinct') this.#different.add(value);
  }

  join(other: Folded): void {
    this.count += other.count;
    this.lacking += other.lacking;
    this.#sum += other.#sum;
    this.#largest = Math.max(this.#largest, other.#largest);
    for (const value of other.#values) this.#values.push(value);
    for (const value of other.#different) this.#different.add(value);
  }

  /** `undefined` where there is nothing to tell: no row has a value, and some lack it, or an average of nothing. */
  get value(): number | undefined {
    if (this.#fold === 'sum') return this.count === 0 && this.lacking > 0 ? undefined : this.#sum / SCALE;
    if (this.#fold === 'distinct') return this.#different.size;
    if (this.count === 0) return undefined;
    switch (this.#fold) {
      case 'median':
        return quantile(this.#values, 0.5);
      case 'p90':
        return quantile(this.#values, 0.9);
      case 'max':
        return this.#largest;
      default:
        return (this.#sum / SCALE / this.count) * (this.#fold === 'share' ? 100 : 1);
    }
  }
}
