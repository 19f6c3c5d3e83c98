import { Buffer } from 'node:buffer';
import { ServerFailure } from '../errors.ts';
import { LikelyRows, likelyRows } from './likely-rows.ts';
import { boundaries, byTurns } from './row-ends.ts';

// Why not JSON.parse of each page: a stream of 50,000 tickets grows by 51 MB this way and by 249 MB that way (bench/paging.ts).

/** Rows that are still bytes, and have been counted. */
export class CountedRows<T> implements Iterable<T> {
  readonly bytes: Buffer;
  readonly #boundaries: readonly number[];
  readonly #operation: string;

  constructor(bytes: Buffer, found: readonly number[], operation: string) {
    this.bytes = bytes;
    this.#boundaries = found;
    this.#operation = operation;
  }

  get length(): number {
    return this.#boundaries.length / 2;
  }

  at(index: number): T | undefined {
    const place = (index < 0 ? this.length + index : index) * 2;
    const start = this.#boundaries[place];
    if (start === undefined) return undefined;
    try {
      return JSON.parse(this.bytes.toString('utf8', start, this.#boundaries[place + 1])) as T;
    } catch {
      throw new ServerFailure('Manage answered with broken JSON.', { operation: this.#operation });
    }
  }

  *[Symbol.iterator](): Generator<T> {
    for (let index = 0; index < this.length; index += 1) yield this.at(index) as T;
  }
}

/** How rows are read out of bytes. */
export interface RowsOptions {
  /** What answered, for errors. */
  readonly operation: string;
  /** Whether somebody has to know how many they are before they are read. */
  readonly counted: boolean;
}

/**
 * The rows of a JSON list, each parsed when it is read. A thousand parsed records live long enough to be taken for permanent by the
 * garbage collector, which then lets the memory grow; one at a time is gone at once. A long list is looked at in turns with
 * everything else that there is to do.
 * @returns `undefined` when the bytes are not a whole list
 * @throws {AnswerTooLarge} for a row that is too large to be parsed; the signal's reason
 */
export async function lazyRows<T>(
  body: Uint8Array,
  { operation, counted }: RowsOptions,
  signal: AbortSignal,
): Promise<CountedRows<T> | LikelyRows<T> | undefined> {
  const likely = counted ? undefined : await likelyRows<T>(body, operation, signal);
  if (likely !== undefined) return likely;
  const found = await byTurns(boundaries(body, operation), signal);
  return found && new CountedRows<T>(Buffer.from(body.buffer, body.byteOffset, body.byteLength), found, operation);
}

/** Whether a value is what `lazyRows` gives. */
export const isLazy = <T>(value: unknown): value is CountedRows<T> | LikelyRows<T> =>
  value instanceof CountedRows || value instanceof LikelyRows;
