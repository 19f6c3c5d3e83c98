import { constants, createReadStream } from 'node:fs';
import { type FileHandle, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRecord } from '../json.ts';
import { ownFolder } from '../state/index.ts';
import type { Line } from './entry.ts';
import type { Store } from './store.ts';

/** When a file is full, in bytes, and the day goes on in the next one. */
const FULL = 4 * 1024 * 1024;
/** How often somebody who follows looks, in milliseconds. */
const LOOKS_EVERY = 300;
const DAY_MS = 86_400_000;

const FILE = /^(\d{4}-\d{2}-\d{2})(?:\.(\d+))?\.jsonl$/;

interface JournalFile {
  readonly name: string;
  /** Day in UTC. */
  readonly day: string;
  readonly part: number;
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const nameOf = (day: string, part: number): string => `${day}${part === 0 ? '' : `.${part}`}.jsonl`;

/** Other readers take U+2028 and U+2029 for the end of a line, and JSON leaves them as they are. */
const textOf = (line: Line): string =>
  `${JSON.stringify(line).replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`)}\n`;

/** A line that was read; nothing for one that a crash cut short, or that is not ours. */
function lineOf(text: string): Line | undefined {
  if (text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && value.v === 1 && typeof value.id === 'string' ? (value as unknown as Line) : undefined;
  } catch {
    return undefined;
  }
}

export interface FolderOptions {
  /** Days that a file is kept. */
  readonly days: number;
  readonly now?: () => Date;
  /** When a file is full, in bytes. */
  readonly full?: number;
}

/**
 * A journal as files of JSON lines, one a day, more where a day is long. Files and not an embedded database: every line is on the
 * disk by itself with one append, which needs no lock between processes and survives the death of any of them; the questions that
 * are asked (today, one record, the last hours) read few lines; people read it with the tools that they have; and Node 20 has no
 * database of its own. Files are never renamed, so nobody writes into a file that another process put away.
 */
export class FolderStore implements Store {
  readonly #folder: string;
  readonly #days: number;
  readonly #now: () => Date;
  readonly #full: number;
  /** The day for which old files were removed. */
  #tidied = '';

  constructor(folder: string, { days, now = () => new Date(), full = FULL }: FolderOptions) {
    this.#folder = folder;
    this.#days = days;
    this.#now = now;
    this.#full = full;
  }

  async append(line: Line): Promise<void> {
    ownFolder(this.#folder);
    const day = dayOf(this.#now());
    if (this.#tidied !== day) await this.#tidy(day);
    const parts = (await this.#files()).filter((file) => file.day === day).map(({ part }) => part);
    // Opened for each line: somebody may have moved the file away meanwhile.
    for (let part = Math.max(0, ...parts); ; part += 1) {
      const file = await this.#open(nameOf(day, part));
      try {
        const { size } = await file.stat();
        if (size >= this.#full) continue;
        // What a crash cut short must not swallow this line.
        const text = `${(await endsWithLine(file, size)) ? '' : '\n'}${textOf(line)}`;
        const bytes = Buffer.from(text);
        const { bytesWritten } = await file.write(bytes);
        if (bytesWritten < bytes.length) throw new Error('The disk took only a part of the line.');
        await file.datasync();
        return;
      } finally {
        await file.close();
      }
    }
  }

  async *newestFirst(from?: Date): AsyncIterable<Line> {
    const first = from === undefined ? '' : dayOf(from);
    const files = (await this.#files()).filter(({ day }) => day >= first);
    for (const { name } of files.reverse()) {
      const lines = await this.#linesOf(name);
      yield* lines.reverse();
    }
  }

  async *follow(signal: AbortSignal): AsyncIterable<Line> {
    const read = new Map<string, number>();
    for (const { name } of await this.#files()) read.set(name, await this.#sizeOf(name));
    while (!signal.aborted) {
      for (const { name } of await this.#files()) {
        const start = read.get(name) ?? 0;
        const size = await this.#sizeOf(name);
        if (size <= start) continue;
        const text = await this.#read(name, start, size);
        // A line that is not finished is read again.
        const whole = text.subarray(0, text.lastIndexOf('\n') + 1);
        read.set(name, start + whole.length);
        for (const one of whole.toString().split('\n')) {
          const line = lineOf(one);
          if (line !== undefined) yield line;
        }
      }
      await sleep(LOOKS_EVERY, undefined, { signal }).catch(() => undefined);
    }
  }

  async #linesOf(name: string): Promise<Line[]> {
    const lines: Line[] = [];
    let rest = '';
    for await (const chunk of createReadStream(join(this.#folder, name), { encoding: 'utf8' })) {
      const texts = `${rest}${chunk}`.split('\n');
      rest = texts.pop() ?? '';
      lines.push(...texts.flatMap((text) => lineOf(text) ?? []));
    }
    return [...lines, ...[lineOf(rest)].filter((line) => line !== undefined)];
  }

  /** Its files, the oldest first. */
  async #files(): Promise<JournalFile[]> {
    const names = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    const files = names.flatMap((name): JournalFile[] => {
      const [, day, part = '0'] = FILE.exec(name) ?? [];
      return day === undefined ? [] : [{ name, day, part: Number(part) }];
    });
    return files.sort((a, b) => a.day.localeCompare(b.day) || a.part - b.part);
  }

  /** Opens a file to add to it, readable by its owner alone, and never through a link. */
  async #open(name: string): Promise<FileHandle> {
    const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
    const file = await open(join(this.#folder, name), flags, 0o600);
    const { mode } = await file.stat();
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) await file.chmod(0o600);
    return file;
  }

  async #sizeOf(name: string): Promise<number> {
    const file = await open(join(this.#folder, name), 'r').catch(() => undefined);
    try {
      return (await file?.stat())?.size ?? 0;
    } finally {
      await file?.close();
    }
  }

  async #read(name: string, start: number, end: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of createReadStream(join(this.#folder, name), { start, end: end - 1 }))
      chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  /** Removes the files that are kept no longer. */
  async #tidy(day: string): Promise<void> {
    const oldest = dayOf(new Date(this.#now().getTime() - this.#days * DAY_MS));
    for (const file of await this.#files())
      if (file.day < oldest) await rm(join(this.#folder, file.name), { force: true });
    this.#tidied = day;
  }
}

/** Whether lines can be added in a folder, tried with a file of its own. @throws {StateFolderError} and what the system says */
export async function checkWritable({ folder }: { readonly folder: string }): Promise<void> {
  const probe = join(ownFolder(folder), `.probe-${process.pid}`);
  const file = await open(probe, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  await file.close();
  await rm(probe, { force: true });
}

async function endsWithLine(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === 0x0a;
}
