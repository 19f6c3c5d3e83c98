/** What is not there, among numbers. */
export const ABSENT = Number.NaN;

/** Numbers in one piece. What grows by pieces copies nothing, and leaves nothing to be collected. */
const SHIFT = 10;
const PIECE = 1 << SHIFT;
const MASK = PIECE - 1;

/** What is not there, among whole numbers of 32 bits. */
const GONE = -(2 ** 31);

/** A column of a table: ids, counts and numbers of texts take 4 bytes each, amounts and moments 8. */
export class Vector {
  readonly #pieces: (Int32Array | Float64Array)[] = [];
  /** Whether a number was there that is not whole or too large: then the next ones will be alike. */
  #isWide = false;

  /** `NaN` where nothing was set. */
  get(row: number): number {
    const piece = this.#pieces[row >> SHIFT];
    if (piece === undefined) return ABSENT;
    const value = piece[row & MASK] as number;
    return value === GONE && piece instanceof Int32Array ? ABSENT : value;
  }

  set(row: number, value: number): void {
    const at = row >> SHIFT;
    while (this.#pieces.length <= at) this.#pieces.push(this.#newPiece());
    const piece = this.#pieces[at] as Int32Array | Float64Array;
    if (piece instanceof Float64Array) piece[row & MASK] = value;
    else if (Number.isNaN(value)) piece[row & MASK] = GONE;
    else if ((value | 0) === value && value !== GONE) piece[row & MASK] = value;
    else {
      this.#isWide = true;
      const wide = Float64Array.from(piece, (narrow) => (narrow === GONE ? ABSENT : narrow));
      wide[row & MASK] = value;
      this.#pieces[at] = wide;
    }
  }

  #newPiece(): Int32Array | Float64Array {
    return this.#isWide ? new Float64Array(PIECE).fill(ABSENT) : new Int32Array(PIECE).fill(GONE);
  }
}
