import { setImmediate as turn } from 'node:timers/promises';

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
