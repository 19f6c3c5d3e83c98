const waiting: (() => void)[] = [];

/** Lets the one who waits longest go on, and comes back for the next one after everything else had its turn. */
function goOn(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(goOn);
}

/**
 * Lets everything else have its turn. Of all who wait one goes on at a time: twenty calls that each hold the event loop for a moment
 * would hold it for twenty moments in a row.
 */
export const turn = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(goOn);
  });

/** How long one piece of work goes on before others have their turn, in milliseconds. */
const PATIENCE_MS = 8;

/** Makes something of every item, in their order, and lets others have their turn between items: long texts take long to clean. */
export async function inTurns<T, R>(items: Iterable<T>, make: (item: T, index: number) => R): Promise<R[]> {
  const made: R[] = [];
  let since = performance.now();
  for (const item of items) {
    if (performance.now() - since > PATIENCE_MS) {
      await turn();
      since = performance.now();
    }
    made.push(make(item, made.length));
  }
  return made;
}
