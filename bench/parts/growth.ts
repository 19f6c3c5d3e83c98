/** What a piece of work took. */
export interface Growth {
  readonly ms: number;
  /** Most that resident memory grew by, in MB. */
  readonly grownMb: number;
}

/** Does something while watching the memory of this process. */
export async function growthOf<T>(work: () => Promise<T>): Promise<Growth & { readonly value: T }> {
  const before = process.memoryUsage.rss();
  let most = before;
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const watch = setInterval(look, 20);
  const started = performance.now();
  const value = await work();
  const ms = performance.now() - started;
  clearInterval(watch);
  look();
  return { value, ms, grownMb: (most - before) / 1024 / 1024 };
}
