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

/** What is left of some stretches when others are taken out. */
export function without(stretches: readonly Stretch[], taken: readonly Stretch[]): Stretch[] {
  const out = joined(taken);
  return joined(stretches).flatMap((stretch) => {
    const left: Stretch[] = [];
    let { start } = stretch;
    for (const cut of out) {
      if (cut.end <= start) continue;
      if (cut.start >= stretch.end) break;
      if (cut.start > start) left.push({ start, end: cut.start });
      start = cut.end;
    }
    return start < stretch.end ? [...left, { start, end: stretch.end }] : left;
  });
}

/** The parts of some stretches that lie within bounds. */
export const within = (stretches: readonly Stretch[], bounds: Stretch): Stretch[] =>
  joined(stretches)
    .map(({ start, end }) => ({ start: Math.max(start, bounds.start), end: Math.min(end, bounds.end) }))
    .filter(({ start, end }) => end > start);

/** Every two of some stretches that share time, each pair once, in order of their start. */
export function clashes<T extends Stretch>(stretches: readonly T[]): (readonly [T, T])[] {
  const ordered = stretches.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  return ordered.flatMap((first, index) => {
    const pairs: (readonly [T, T])[] = [];
    for (const second of ordered.slice(index + 1)) {
      if (second.start >= first.end) break;
      pairs.push([first, second]);
    }
    return pairs;
  });
}
