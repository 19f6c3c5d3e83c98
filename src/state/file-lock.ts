import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { pauseFor } from './pause.ts';

/** How often whoever waits for a lock looks again, and whoever holds it says so, in milliseconds. */
const POLL_MS = 60;
const HEARTBEAT_MS = 2_000;
/** A holder that was silent for this long is gone, whatever machine it was on. */
const SILENT_MS = 20_000;

interface Holder {
  readonly pid: number;
  readonly host: string;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What a lock says; `undefined` where there is none, or one that is just being written. */
function readHolder(file: string): { readonly text: string; readonly isGone: boolean } | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    const isSilent = Date.now() - statSync(file).mtimeMs > SILENT_MS;
    if (text === '') return isSilent ? { text, isGone: true } : undefined;
    const { pid, host } = JSON.parse(text) as Holder;
    return { text, isGone: isSilent || (host === hostname() && !isRunning(pid)) };
  } catch {
    return undefined;
  }
}

/** Creates a file that is not there yet. @returns whether it was not; @throws the file system's error for anything else */
function create(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Processes that ended in the middle of taking away one lock. */
const MOST_CLAIMS = 8;

/**
 * The right to take away one lock, which one at a time has: without it two who find the same dead lock could each take away what the
 * other one has created meanwhile. Nothing where another one has it.
 */
function claimOn(file: string, text: string): string | undefined {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
  for (let number = 1; number <= MOST_CLAIMS; number += 1) {
    const claim = `${file}.${digest}.${number}`;
    if (create(claim, '')) return claim;
    const made = statSync(claim, { throwIfNoEntry: false });
    // Whoever had it has ended with it: it is left, and the next number decides.
    if (made === undefined || Date.now() - made.mtimeMs <= SILENT_MS) return undefined;
  }
  return undefined;
}

/** Takes away the lock of a holder that is gone, and of nobody else: another may have done so, and hold it, by now. */
function removeGone(file: string, text: string): void {
  const claim = claimOn(file, text);
  if (claim === undefined) return;
  try {
    const holder = readHolder(file);
    if (holder?.isGone && holder.text === text) rmSync(file, { force: true });
  } finally {
    rmSync(claim, { force: true });
  }
}

/** A file that one process at a time can hold. A holder that ended without letting go loses it. */
export class FileLock {
  readonly #file: string;
  readonly #text: string;
  readonly #heartbeat: NodeJS.Timeout;

  private constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
    this.#heartbeat = setInterval(() => {
      const now = new Date();
      try {
        if (!this.#isHeld()) return;
        utimesSync(file, now, now);
      } catch {
        // Taken away: what it protects looks again before it writes.
      }
    }, HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  /** Waits for the lock. @throws the signal's reason when it is aborted; the file system's error when nothing can be written */
  static async take(file: string, signal: AbortSignal): Promise<FileLock> {
    const text = JSON.stringify({ pid: process.pid, host: hostname(), lock: randomUUID() });
    for (let tries = 1; ; tries += 1) {
      signal.throwIfAborted();
      if (create(file, text)) return new FileLock(file, text);
      const holder = readHolder(file);
      if (holder?.isGone) removeGone(file, holder.text);
      // At once after a dead lock was taken away, and not again and again while another one does so.
      if (!holder?.isGone || tries % 2 === 0) await pauseFor(POLL_MS, signal);
    }
  }

  release(): void {
    clearInterval(this.#heartbeat);
    if (this.#isHeld()) rmSync(this.#file, { force: true });
  }

  /** Whether the lock is still this one: who was silent for too long has lost it. */
  #isHeld(): boolean {
    try {
      return readFileSync(this.#file, 'utf8') === this.#text;
    } catch {
      return false;
    }
  }
}
