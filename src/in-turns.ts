const waiting: (() => void)[] = [];

/** Lets the one who waits longest go on, and comes back for the next one after everything else had its turn. */
function goOn(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(goOn);
}

/**
 * Lets everything else have its turn. Of all who wait one goes on at a time: twenty calls that each hold the event loop for a moment
 * would hold it for twenty moments in a row.
 * @throws the reason of a signal that was aborted meanwhile
 */
export async function turn(signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(goOn);
  });
  signal?.throwIfAborted();
}

/** How long the event loop is held by all together until somebody else has a turn, in milliseconds. */
const PATIENCE_MS = 8;

/** When the round of the event loop at hand was first asked about. */
let began: number | undefined;

const nextRound = (): void => {
  began = undefined;
};

/**
 * Whether the event loop has been held for so long that whoever has more to do should wait for a `turn` first. What others did in
 * the same round counts as well: fifty callers with a little work each hold it like one with much.
 */
export function isHeld(): boolean {
  const now = performance.now();
  if (began !== undefined) return now - began > PATIENCE_MS;
  began = now;
  setImmediate(nextRound);
  return false;
}

/**
 * Lets others have their turn if there was none for a while: between two pieces of work that each take long for long texts.
 * @throws the reason of a signal that is aborted
 */
export async function pause(signal?: AbortSignal): Promise<void> {
  if (isHeld()) await turn();
  signal?.throwIfAborted();
}

/**
 * Makes something of every item, in their order, and lets others have their turn between items: long texts take long to clean.
 * @throws the reason of a signal that was aborted meanwhile
 */
export async function inTurns<T, R>(
  items: Iterable<T>,
  make: (item: T, index: number) => R,
  signal?: AbortSignal,
): Promise<R[]> {
  const made: R[] = [];
  for (const item of items) {
    if (isHeld()) await turn(signal);
    made.push(make(item, made.length));
  }
  return made;
}
