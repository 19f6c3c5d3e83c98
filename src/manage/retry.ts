/** Longest wait between two tries that is not asked for by the server, in milliseconds. */
const LONGEST = 8_000;
const FIRST = 200;

/**
 * How long to wait before the next try, in milliseconds: what the server asked for, else twice as long each time with jitter
 * over the upper half, so that callers who failed together do not come back together.
 * @param attempt 1 after the first failure
 * @param random 0 to 1
 */
export function retryDelay(attempt: number, retryAfterSeconds: number | undefined, random: number): number {
  if (retryAfterSeconds !== undefined) return retryAfterSeconds * 1000 + random * 250;
  const ceiling = Math.min(LONGEST, FIRST * 2 ** (attempt - 1));
  return ceiling / 2 + (random * ceiling) / 2;
}

/** Seconds of a `Retry-After` header: a number, or an HTTP date. `undefined` when it says nothing usable. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(header.trim())) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
