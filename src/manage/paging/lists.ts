import { TooMany } from '../errors.ts';

/** One page of a collection, and how much of the collection it is. */
export interface List<T> {
  readonly rows: readonly T[];
  /** From 1. */
  readonly page: number;
  /** Whether `rows` are everything that the conditions find. Only then may they be counted, added up or searched. */
  readonly complete: boolean;
  /** How many records the conditions find; `undefined` where the API cannot count them or the role may not. */
  readonly total: number | undefined;
}

declare const whole: unique symbol;

interface WholeRows<T> {
  readonly [whole]: true;
  // A choice among all rows, made from all rows, is still all that there is of its kind; a slice is not.
  filter<S extends T>(keep: (row: T, index: number) => row is S): Whole<S>;
  filter(keep: (row: T, index: number) => unknown): Whole<T>;
  map<U>(change: (row: T, index: number) => U): Whole<U>;
  flatMap<U>(change: (row: T, index: number) => U | readonly U[]): Whole<U>;
}

/** Every row that the conditions find: what may be added up and searched. `manage.all`, `wholeOf` and `wholePage` give it, nothing else does. */
export type Whole<T> = WholeRows<T> & readonly T[];

/** Rows that one call reads at most, unless it says otherwise. */
export const MOST_ROWS = 20_000;

/**
 * Reads a stream to its end.
 * @param of what is read, for the error: `GET /time/entries`
 * @throws {TooMany} when there are more than `most`
 */
export async function wholeOf<T>(
  rows: AsyncIterable<T>,
  { of, most = MOST_ROWS }: { of: string; most?: number | undefined },
): Promise<Whole<T>> {
  const read: T[] = [];
  for await (const row of rows) {
    if (read.length === most) throw new TooMany(of, most);
    read.push(row);
  }
  return read as readonly T[] as Whole<T>;
}

/** The rows of a page that holds everything there is; `undefined` of one that does not. */
export const wholePage = <T>({ rows, complete }: List<T>): Whole<T> | undefined =>
  complete ? (rows as readonly T[] as Whole<T>) : undefined;

/** The rows of several collections as one, for example those of service and project tickets. */
export const together = <T>(...wholes: readonly Whole<T>[]): Whole<T> => wholes.flat() as readonly T[] as Whole<T>;

/** Sums are kept in millionths, so that a hundred times 0.1 is 10. */
const SCALE = 1_000_000;
const DIGITS = 6;

/** A number in millionths. Absent counts as 0. @throws {TypeError} for what is not a number: a sum without it would be wrong */
function millionths(value: unknown): bigint {
  const number = value === undefined || value === null || value === '' ? 0 : Number(value);
  if (!Number.isFinite(number)) throw new TypeError('A value that is not a number cannot be added up.');
  // Longer numbers are whole, and `toFixed` writes them with an exponent. One absurd value must not take a list down.
  if (Math.abs(number) >= 1e21) return BigInt(number) * BigInt(SCALE);
  return BigInt(number.toFixed(DIGITS).replace('.', ''));
}

/** A running sum, exact to six decimal places, for rows that are read one by one to the end. */
export class ExactSum {
  #millionths = 0n;

  /** @throws {TypeError} for what is not a number; absent counts as 0 */
  add(value: unknown): void {
    this.#millionths += millionths(value);
  }

  get value(): number {
    return Number(this.#millionths) / SCALE;
  }
}

/**
 * The exact sum of one field over all rows, to six decimal places.
 * @param field a member's name, or what gives the value of a row
 */
export function sumOf<T>(rows: Whole<T>, field: (keyof T & string) | ((row: T) => unknown)): number {
  const sum = new ExactSum();
  for (const row of rows) sum.add(typeof field === 'function' ? field(row) : row[field]);
  return sum.value;
}
