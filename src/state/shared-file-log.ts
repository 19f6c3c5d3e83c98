import { closeSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Each minute has a file of its own, so that old ones can go while others are written. */
const MINUTE = 60_000;
/** Bytes that are read at once: many times what comes between two requests. */
const PIECE = Buffer.alloc(16 * 1024);
/** Longer than any event. */
const LONGEST_LINE = 4_096;

interface Line {
  readonly at: number;
  readonly event: string;
  readonly own: boolean;
}

/** A file of the log, as far as it has been read. */
interface Part {
  readonly minute: number;
  readonly file: number;
  position: number;
  /** The beginning of a line whose end is not there yet. */
  rest: string;
}

let opened = 0;

/**
 * A log that the processes of one user write and read, in files of a folder. The operating system appends a line in one piece, so that
 * all see the same lines in the same order, without a lock that a process could leave behind. A line is the time, the writer and the
 * event. The folder has to be on a disk of this machine: over a network, lines can get lost.
 */
export class SharedFileLog {
  readonly #folder: string;
  readonly #name: string;
  readonly #now: () => number;
  /** Tells the lines of this log from those of others. */
  readonly #writer: string;
  #parts: Part[] = [];

  /**
   * @param folder of the user's own
   * @param name of the log among others in the folder, of letters and digits
   * @param now milliseconds by a clock that all processes share
   */
  constructor(folder: string, name: string, now: () => number = Date.now) {
    opened += 1;
    this.#folder = folder;
    this.#name = name;
    this.#now = now;
    this.#writer = `${process.pid}-${opened}`;
  }

  /**
   * Adds events, and gives all lines that came since the last time; first those of this minute and the one before.
   * @throws the file system's error
   */
  append(events: readonly string[]): Line[] {
    const at = this.#now();
    const minute = Math.floor(at / MINUTE);
    const part = this.#open(minute);
    const lines = events.map((event) => `${at} ${this.#writer} ${event}\n`).join('');
    // On a line of its own, also after one that a crash cut off.
    writeSync(part.file, `\n${lines}`);
    return this.#parts.flatMap((one) => this.#read(one));
  }

  close(): void {
    for (const { file } of this.#parts) closeSync(file);
    this.#parts = [];
  }

  /** The file of a minute, with the one before it open as well: what was written late into it is still to be read. */
  #open(minute: number): Part {
    const known = this.#parts.find((part) => part.minute === minute);
    if (known !== undefined) return known;
    for (const wanted of [minute - 1, minute]) {
      if (this.#parts.some((part) => part.minute === wanted)) continue;
      const file = openSync(join(this.#folder, `${this.#name}.${wanted}`), 'a+', 0o600);
      this.#parts.push({ minute: wanted, file, position: 0, rest: '' });
    }
    this.#parts.sort((a, b) => a.minute - b.minute);
    this.#forget(minute - 2);
    return this.#parts.find((part) => part.minute === minute) as Part;
  }

  #read(part: Part): Line[] {
    // Every request of every process reads: its size is not asked for first.
    let text = part.rest;
    let length: number;
    do {
      length = readSync(part.file, PIECE, 0, PIECE.length, part.position);
      part.position += length;
      text += PIECE.toString('latin1', 0, length);
    } while (length === PIECE.length);
    if (text === part.rest) return [];
    const lines = text.split('\n');
    const rest = lines.pop() ?? '';
    part.rest = rest.length > LONGEST_LINE ? '' : rest;
    return lines.flatMap((line) => {
      const [at = '', writer = '', ...event] = line.split(' ');
      if (!/^\d+$/.test(at) || event.length === 0) return [];
      return [{ at: Number(at), event: event.join(' '), own: writer === this.#writer }];
    });
  }

  /** Closes and removes what no decision needs any more, up to a minute. */
  #forget(upTo: number): void {
    this.#parts = this.#parts.filter(({ minute, file }) => {
      if (minute <= upTo) closeSync(file);
      return minute > upTo;
    });
    for (const name of readdirSync(this.#folder)) {
      const [, minute] = name.startsWith(`${this.#name}.`) ? name.split('.') : [];
      if (minute !== undefined && Number(minute) <= upTo) rmSync(join(this.#folder, name), { force: true });
    }
  }
}
