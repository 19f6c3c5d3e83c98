import { Buffer } from 'node:buffer';
import { openSync, readSync } from 'node:fs';

/** Open for good, and read into the same memory: the look at a turn must not cost more than the turn. */
const account = ((): { readonly file: number; readonly bytes: Buffer } | undefined => {
  try {
    return { file: openSync('/proc/thread-self/schedstat', 'r'), bytes: Buffer.alloc(64) };
  } catch {
    return undefined;
  }
})();

/**
 * Milliseconds of processor time that this thread has used. What other threads do, and what a busy machine gives to others, does
 * not count; where only a clock can tell (not Linux), it does.
 */
function usedByThread(): number {
  if (account === undefined) return performance.now();
  const length = readSync(account.file, account.bytes, 0, 64, 0);
  // Nanoseconds on a processor, the first of three numbers.
  return Number.parseInt(account.bytes.toString('latin1', 0, length), 10) / 1e6;
}

/** The longest time in milliseconds for which some work held the event loop in one go: nobody else had a turn meanwhile. */
export async function longestTurn(work: () => void | Promise<void>): Promise<number> {
  let longest = 0;
  let last = usedByThread();
  let isOver = false;
  const look = (): void => {
    const now = usedByThread();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  try {
    await work();
  } finally {
    isOver = true;
    look();
  }
  return longest;
}
