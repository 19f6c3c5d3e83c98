import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { isRecord } from '../../json.ts';
import { SandboxError } from '../sandbox-error.ts';
import type { SandboxRecord } from './store.ts';

/** What a sandbox's data is made from; a restart makes the same again before the writes are replayed. */
export interface DataOrigin {
  readonly seed: number;
  readonly tickets: number;
  readonly timeZone: string;
  /** ISO time that the made-up data is relative to. */
  readonly now: string;
  readonly story?: boolean | undefined;
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
  /** Lines that cannot be read or were cut off, and what to do about them. What the other lines hold is whole. */
  readonly damaged: readonly string[];
  readonly #descriptor: number;
  readonly #waiting: StoredWrite[] = [];

  /** Opens a file, or begins it with this origin. @throws when it is not a sandbox's file. */
  constructor(path: string, origin: DataOrigin) {
    const bytes = existsSync(path) ? opened(path, () => readFileSync(path)) : Buffer.alloc(0);
    const whole = bytes.lastIndexOf(NEW_LINE) + 1;
    // Anything after the last newline was cut off by a crash; the line may be whole all the same.
    const rest = bytes.subarray(whole).toString('utf8');
    const isEnded = rest === '' || isWhole(rest);
    const isBegun = whole === 0 && !isEnded && ORIGIN.startsWith(rest.slice(0, ORIGIN.length));
    const lines = (isEnded ? bytes : bytes.subarray(0, whole)).toString('utf8').split('\n');
    const [first = ''] = whole === 0 && !isEnded && !isBegun ? [rest] : lines;
    this.origin = first === '' ? origin : readOrigin(path, first);
    const damaged: string[] = [];
    this.writes = lines.slice(1).flatMap((line, index) => {
      if (line === '') return [];
      const writes = readWrites(line);
      if (writes !== undefined) return writes;
      damaged.push(
        `Line ${index + 2} of ${path} cannot be read: what its request wrote is left out, all other lines were taken. ` +
          'Correct the line, or delete it, and start again.',
      );
      return [];
    });
    if (!isEnded && whole > 0)
      damaged.push(
        `The last line of ${path}, line ${lines.length}, was cut off${recordsIn(rest)}. What its request wrote is left out: ` +
          'make the request again if it is still wanted.',
      );
    this.damaged = damaged;
    if (!isEnded) truncateSync(path, whole);
    this.#descriptor = opened(path, () => openSync(path, 'a'));
    if (isEnded && rest !== '') writeSync(this.#descriptor, '\n');
    if (first === '') this.#append(origin);
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

/** What the file system refuses, in a sentence. */
function opened<T>(path: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw new SandboxError(
      `--data ${path} cannot be opened (${String(code)}). Choose a file that you may write, in a folder that exists.`,
    );
  }
}

/** How a file begins. */
const ORIGIN = '{"seed":';

function isWhole(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

/** The records that a line which was cut off names: ` while it wrote /service/tickets 601`. */
function recordsIn(line: string): string {
  const named = [
    ...line.matchAll(/"template":"([^"]*)"(?:,"parents":\[[^\]]*\],"record":\{"id":(\d+),|,"removed":(\d+)\})?/g),
  ];
  const records = named.map(([, template, written, removed]) =>
    [template, written ?? removed].filter(Boolean).join(' '),
  );
  return records.length === 0 ? '' : ` while it wrote ${[...new Set(records)].join(', ')}`;
}

const isWrite = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value.template === 'string' &&
  (typeof value.removed === 'number' ||
    (Array.isArray(value.parents) && isRecord(value.record) && typeof value.record.id === 'number'));

/** The writes of a line; `undefined` for a line that is damaged. */
function readWrites(line: string): StoredWrite[] | undefined {
  try {
    const writes = [JSON.parse(line) as unknown].flat();
    return writes.every(isWrite) ? (writes as StoredWrite[]) : undefined;
  } catch {
    return undefined;
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
  throw new SandboxError(
    `${path} holds no data of a sandbox. Choose another file for --data, or a new name for a new one; the first line tells what the data is made from.`,
  );
}
