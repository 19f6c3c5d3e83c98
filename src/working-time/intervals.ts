/** An interval of time in milliseconds since the epoch; the end does not belong to it. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** Whether two intervales share any time. */
export const overlaps = (a: Interval, b: Interval): boolean => a.start < b.end && b.start < a.end;

/** Intervales in order of their start, those that touch or overlap joined. */
export function joined(intervales: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const interval of [...intervales].filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && interval.start <= last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, interval.end) };
    else result.push(interval);
  }
  return result;
}

/** The time between the first and the last interval that none of them covers. */
export function gaps(intervales: readonly Interval[]): Interval[] {
  const covered = joined(intervales);
  return covered.slice(1).map((next, index) => ({ start: covered[index]?.end ?? next.start, end: next.start }));
}

/** What is left of some intervales when others are taken out. */
export function without(intervales: readonly Interval[], taken: readonly Interval[]): Interval[] {
  const out = joined(taken);
  return joined(intervales).flatMap((interval) => {
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

/** The parts of some intervales that lie within bounds. */
export const within = (intervales: readonly Interval[], bounds: Interval): Interval[] =>
  joined(intervales)
    .map(({ start, end }) => ({ start: Math.max(start, bounds.start), end: Math.min(end, bounds.end) }))
    .filter(({ start, end }) => end > start);

/** Every two of some intervales that share time, each pair once, in order of their start. */
export function clashes<T extends Interval>(intervales: readonly T[]): (readonly [T, T])[] {
  const ordered = intervales.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  return ordered.flatMap((first, index) => {
    const pairs: (readonly [T, T])[] = [];
    for (const second of ordered.slice(index + 1)) {
      if (second.start >= first.end) break;
      pairs.push([first, second]);
    }
    return pairs;
  });
}
