import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import type { SandboxRecord } from './store.ts';

/** What a sandbox's data is made from; a restart makes the same again before the writes are replayed. */
export interface DataOrigin {
  readonly seed: number;
  readonly tickets: number;
  readonly timeZone: string;
  /** ISO time that the made-up data is relative to. */
  readonly now: string;
}

/** One write: a record as it was stored, or the id of one that was removed. */
export type StoredWrite =
  | { readonly template: string; readonly parents: readonly number[]; readonly record: SandboxRecord }
  | { readonly template: string; readonly removed: number };

const NEW_LINE = 0x0a;

/**
 * A file that holds what was written to a sandbox: a line for the origin of its data, then a line for each request that wrote, with
 * all that it wrote, on the disk before it is answered. A crash in the middle of a line loses that request only, and all of it.
 */
export class DataFile {
  readonly origin: DataOrigin;
  readonly writes: readonly StoredWrite[];
  readonly #descriptor: number;
  readonly #waiting: StoredWrite[] = [];

  /** Opens a file, or begins it with this origin. @throws when it is not a sandbox's file. */
  constructor(path: string, origin: DataOrigin) {
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    // Anything after the last newline was cut off by a crash.
    const whole = bytes.lastIndexOf(NEW_LINE) + 1;
    const lines = bytes
      .subarray(0, whole)
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '');
    this.origin = lines[0] === undefined ? origin : readOrigin(path, lines[0]);
    this.writes = lines.slice(1).flatMap((line) => JSON.parse(line) as StoredWrite | StoredWrite[]);
    if (whole < bytes.length) truncateSync(path, whole);
    this.#descriptor = openSync(path, 'a');
    if (lines[0] === undefined) this.#append(origin);
  }

  /** Takes a write. What one turn of the program writes belongs together, and is on the disk when the turn is over. */
  append(write: StoredWrite): void {
    if (this.#waiting.length === 0) queueMicrotask(() => this.flush());
    this.#waiting.push(write);
  }

  /** Puts what was written since the last time on the disk. @throws when the disk does not take it */
  flush(): void {
    if (this.#waiting.length === 0) return;
    this.#append(this.#waiting.splice(0));
  }

  close(): void {
    this.flush();
    closeSync(this.#descriptor);
  }

  #append(value: unknown): void {
    writeSync(this.#descriptor, `${JSON.stringify(value)}\n`);
    fdatasyncSync(this.#descriptor);
  }
}

function readOrigin(path: string, line: string): DataOrigin {
  try {
    const origin = JSON.parse(line) as Partial<DataOrigin>;
    if (
      typeof origin.seed === 'number' &&
      typeof origin.now === 'string' &&
      typeof origin.tickets === 'number' &&
      typeof origin.timeZone === 'string'
    )
      return origin as DataOrigin;
  } catch {
    // Said below.
  }
  throw new Error(`${path} holds no data of a sandbox.`);
}
