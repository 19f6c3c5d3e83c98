/** What reading many records took. */
export interface Growth {
  readonly rows: number;
  readonly ms: number;
  /** Most that resident memory grew by, in MB. */
  readonly grownMb: number;
}

/** Reads while watching the memory of this process. @param read gives how many records it read */
export async function growthOf(read: () => Promise<number>): Promise<Growth> {
  const before = process.memoryUsage.rss();
  let most = before;
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const watch = setInterval(look, 20);
  const started = performance.now();
  const rows = await read();
  const ms = performance.now() - started;
  clearInterval(watch);
  look();
  return { rows, ms, grownMb: (most - before) / 1024 / 1024 };
}
