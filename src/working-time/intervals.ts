/** An interval of time in milliseconds since the epoch; the end does not belong to it. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** Whether two intervals share any time. */
export const overlaps = (a: Interval, b: Interval): boolean => a.start < b.end && b.start < a.end;

/** How long all of some intervals are together, in milliseconds. */
export const lengthOf = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, { start, end }) => sum + end - start, 0);

/** Intervals in order of their start, those that touch or overlap joined. */
export function joined(intervals: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const interval of [...intervals].filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && interval.start <= last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, interval.end) };
    else result.push(interval);
  }
  return result;
}

/** The time between the first and the last interval that none of them covers. */
export function gaps(intervals: readonly Interval[]): Interval[] {
  const covered = joined(intervals);
  return covered.slice(1).map((next, index) => ({ start: covered[index]?.end ?? next.start, end: next.start }));
}

/** What is left of some intervals when others are taken out. */
export function without(intervals: readonly Interval[], taken: readonly Interval[]): Interval[] {
  const out = joined(taken);
  return joined(intervals).flatMap((interval) => {
    const left: Interval[] = [];
    let { start } = interval;
    for (const cut of out) {
      if (cut.end <= start) continue;
      if (cut.start >= interval.end) break;
      if (cut.start > start) left.push({ start, end: cut.start });
      start = cut.end;
    }
    return start < interval.end ? [...left, { start, end: interval.end }] : left;
  });
}

/** The parts of some intervals that lie within bounds. */
export const within = (intervals: readonly Interval[], bounds: Interval): Interval[] =>
  joined(intervals)
    .map(({ start, end }) => ({ start: Math.max(start, bounds.start), end: Math.min(end, bounds.end) }))
    .filter(({ start, end }) => end > start);

/** Every two of some intervals that share time, each pair once, in order of their start. */
export function clashes<T extends Interval>(intervals: readonly T[]): (readonly [T, T])[] {
  const ordered = intervals.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  return ordered.flatMap((first, index) => {
    const pairs: (readonly [T, T])[] = [];
    for (const second of ordered.slice(index + 1)) {
      if (second.start >= first.end) break;
      pairs.push([first, second]);
    }
    return pairs;
  });
}
