import { NamesChanged } from '../errors.ts';
import type { ToolResult } from '../tool-result.ts';

type Result = ToolResult<Record<string, unknown>>;

/** A change that a call makes just now. */
interface UnderWay {
  readonly result: Promise<Result>;
  /** Ends the call. */
  readonly signal: AbortSignal;
}

/** Changes under way over all calls of a server, by caller and request. */
export type ChangesUnderWay = Map<string, UnderWay>;

/**
 * Makes a change, or joins the same one that another call makes just now: both get its answer. What ends the other call alone, as
 * that it was cancelled, ran out of its time, or went by names that changed, is no answer to this one, which then goes on by itself.
 */
export async function oneAtOnce(
  changes: ChangesUnderWay,
  { key, signal }: { readonly key: string; readonly signal: AbortSignal },
  make: () => Promise<Result>,
): Promise<Result> {
  for (let other = changes.get(key); other !== undefined; other = changes.get(key)) {
    try {
      return await other.result;
    } catch (error) {
      if (!other.signal.aborted && !(error instanceof NamesChanged)) throw error;
      signal.throwIfAborted();
    }
  }
  const own = { result: make(), signal };
  changes.set(key, own);
  try {
    return await own.result;
  } finally {
    changes.delete(key);
  }
}
