/** Whether every case is run, as `.ci/run` does (`CASES=all`); otherwise tests of very many cases take a sample, always the same. */
export const HAS_ALL_CASES = process.env.CASES === 'all';

/**
 * The first case of each group, and every nth one after it; all cases with `CASES=all`. Prints how many it took.
 * @param groupOf cases of which one stands for the others; what repeats in the same order belongs into groups of its own
 */
export function sampleOf<T>(what: string, cases: readonly T[], every: number, groupOf: (one: T) => string): T[] {
  if (HAS_ALL_CASES) return [...cases];
  const counts = new Map<string, number>();
  const taken = cases.filter((one) => {
    const group = groupOf(one);
    const count = counts.get(group) ?? 0;
    counts.set(group, count + 1);
    return count % every === 0;
  });
  process.stdout.write(`${what}: a sample of ${taken.length} of ${cases.length}; all with CASES=all, as in CI\n`);
  return taken;
}

/** How many runs a property has that costs much: a third of those that it has with `CASES=all`. Its kinds of values stay the same. */
export const runs = (all: number): number => (HAS_ALL_CASES ? all : Math.ceil(all / 3));
