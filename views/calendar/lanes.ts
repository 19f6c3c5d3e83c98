/** A stretch of a day in minutes after midnight; the end does not belong to it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where a span stands beside those that it overlaps: in which of how many lanes. */
export interface Lane {
  readonly lane: number;
  readonly lanes: number;
}

/**
 * Places spans side by side where they overlap, in as few lanes as there are spans at the busiest moment. Spans that are connected
 * by overlaps share one number of lanes, so that they are equally wide.
 * @returns a lane for each span, in the order given
 */
export function placeInLanes(spans: readonly Span[]): Lane[] {
  const placed: Lane[] = spans.map(() => ({ lane: 0, lanes: 1 }));
  const ordered = spans.map((span, index) => ({ ...span, index })).sort((a, b) => a.from - b.from || b.to - a.to);
  let group: { index: number; lane: number }[] = [];
  /** Where each lane of the group is free again. */
  let ends: number[] = [];
  const close = (): void => {
    for (const { index, lane } of group) placed[index] = { lane, lanes: ends.length };
    group = [];
    ends = [];
  };
  for (const { from, to, index } of ordered) {
    if (ends.every((end) => end <= from)) close();
    const free = ends.findIndex((end) => end <= from);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = to;
    group.push({ index, lane });
  }
  close();
  return placed;
}
