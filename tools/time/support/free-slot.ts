import type { Period } from '../../../src/clock/index.ts';
import { joined, type Stretch } from '../../../src/working-time/stretches.ts';

/**
 * The first time of a certain length in a period that no stretch covers, in milliseconds since the epoch; `undefined` when there is
 * none. `until` is an end of its own, for work that cannot lie in the future.
 */
export function firstFree(
  taken: readonly Stretch[],
  period: Period,
  length: number,
  until = Number.POSITIVE_INFINITY,
): number | undefined {
  const end = Math.min(period.end.toMillis(), until);
  let start = period.start.toMillis();
  for (const stretch of joined(taken)) {
    if (stretch.end <= start) continue;
    if (stretch.start - start >= length) break;
    start = stretch.end;
  }
  return start + length <= end ? start : undefined;
}
