/** A stretch of time in milliseconds since the epoch; the end does not belong to it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Whether two stretches share any time. */
export const overlaps = (a: Stretch, b: Stretch): boolean => a.start < b.end && b.start < a.end;

/** Stretches in order of their start, those that touch or overlap joined. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const stretch of [...stretches].filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && stretch.start <= last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, stretch.end) };
    else result.push(stretch);
  }
  return result;
}

/** The time between the first and the last stretch that none of them covers. */
export function gaps(stretches: readonly Stretch[]): Stretch[] {
  const covered = joined(stretches);
  return covered.slice(1).map((next, index) => ({ start: covered[index]?.end ?? next.start, end: next.start }));
}
