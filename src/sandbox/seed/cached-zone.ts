import { IANAZone } from 'luxon';

/** Clocks change on quarters of an hour of UTC, nowhere in between. */
const QUARTER_MS = 900_000;

/** A zone that remembers its offsets: asking the platform for each of a hundred thousand moments takes longer than all else. */
export class CachedZone extends IANAZone {
  readonly #offsets = new Map<number, number>();

  override offset(at: number): number {
    const quarter = Math.floor(at / QUARTER_MS);
    const known = this.#offsets.get(quarter);
    if (known !== undefined) return known;
    const offset = super.offset(at);
    this.#offsets.set(quarter, offset);
    return offset;
  }
}
