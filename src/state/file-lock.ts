import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
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

/** Takes away the lock of a holder that is gone, and of nobody else: another may have done so, and hold it, by now. */
function removeGone(file: string, text: string): void {
  const aside = `${file}.${process.pid}.gone`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') !== text) linkSync(aside, file);
  } catch {
    // Somebody else was faster; the next look tells.
  }
  rmSync(aside, { force: true });
}

let taken = 0;

/** A file that one process at a time can hold. A holder that ended without letting go loses it. */
export class FileLock {
  readonly #file: string;
  readonly #heartbeat: NodeJS.Timeout;

  private constructor(file: string) {
    this.#file = file;
    this.#heartbeat = setInterval(() => {
      const now = new Date();
      try {
        utimesSync(file, now, now);
      } catch {
        // Taken away: what it protects looks again before it writes.
      }
    }, HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  /** Waits for the lock. @throws the signal's reason when it is aborted; the file system's error when nothing can be written */
  static async take(file: string, signal: AbortSignal): Promise<FileLock> {
    taken += 1;
    const text = JSON.stringify({ pid: process.pid, host: hostname(), lock: taken });
    for (;;) {
      signal.throwIfAborted();
      try {
        writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
        return new FileLock(file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = readHolder(file);
      if (holder?.isGone) removeGone(file, holder.text);
      else await pauseFor(POLL_MS, signal);
    }
  }

  release(): void {
    clearInterval(this.#heartbeat);
    rmSync(this.#file, { force: true });
  }
}
