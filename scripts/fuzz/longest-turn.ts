import { readFileSync } from 'node:fs';

/**
 * Milliseconds of processor time that this thread has used. What other threads do, and what a busy machine gives to others, does
 * not count; where only the operating system's clock can tell (not Linux), it does.
 */
function usedByThread(): number {
  try {
    // Nanoseconds on a processor, the first of three numbers.
    return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ', 1)[0]) / 1e6;
  } catch {
    return performance.now();
  }
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
