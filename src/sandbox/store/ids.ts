/** Lists of ids, ascending and without duplicates: what indexes hold and plans combine. */
export type Ids = readonly number[];

/** Place of the first id that is not below `id`. */
export function placeOf(ids: Ids, id: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] as number) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function insertId(ids: number[], id: number): void {
  const last = ids.at(-1);
  if (last === undefined || last < id) {
    ids.push(id);
    return;
  }
  const place = placeOf(ids, id);
  if (ids[place] !== id) ids.splice(place, 0, id);
}

export function removeId(ids: number[], id: number): void {
  const place = placeOf(ids, id);
  if (ids[place] === id) ids.splice(place, 1);
}

/** Ids of both lists; the shorter one is walked, the longer one is searched or walked, whichever is less work. */
export function intersection(a: Ids, b: Ids): Ids {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length * 16 < long.length) return short.filter((id) => long[placeOf(long, id)] === id);
  const both: number[] = [];
  let at = 0;
  for (const id of short) {
    while (at < long.length && (long[at] as number) < id) at += 1;
    if (long[at] === id) both.push(id);
  }
  return both;
}

/** Ids of any of the lists. */
export function union(lists: readonly Ids[]): Ids {
  const filled = lists.filter((list) => list.length > 0);
  if (filled.length < 2) return filled[0] ?? [];
  const all = new Set<number>();
  for (const list of filled) for (const id of list) all.add(id);
  return [...all].sort((a, b) => a - b);
}
