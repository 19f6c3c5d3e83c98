import { CannotUndo, callOf, type Entry, type Reversal, reversalOf } from '../../../src/journal/index.ts';
import type { Clean } from '../../../src/text/index.ts';
import type { ToolContext } from '../../../src/tool/index.ts';
import { isInside } from './built-on.ts';

/** The reason that something cannot be undone; other errors stay what they are. */
function whyNot(error: unknown): Clean {
  if (error instanceof CannotUndo) return error.why;
  throw error;
}

/** Whether a write did something that still stands. */
export const isOpen = ({ outcome, undoneBy }: Entry): boolean => outcome !== 'failed' && undoneBy === undefined;

export interface Undoing {
  readonly reversals: readonly Reversal[];
  readonly refused: readonly { readonly entry: Entry; readonly why: Clean }[];
  /** What was created inside a record that is removed, and goes with it: the lines of an order. */
  readonly along: readonly Entry[];
}

/** Whether something was created inside the record that a reversal removes. */
const goesWith = (made: Entry, { entry, operation }: Reversal): boolean =>
  made.outcome === 'done' && operation.startsWith('DELETE') && isInside(made, entry);

/** What takes each write of a call back, the last one first. Those that did nothing, or are undone already, need nothing. */
export function undoingOf(entries: readonly Entry[], api: ToolContext['api']): Undoing {
  const reversals: Reversal[] = [];
  const refused: { entry: Entry; why: Clean }[] = [];
  const open = entries.filter(isOpen);
  for (const entry of open.length > 0 ? open : entries) {
    try {
      reversals.push(reversalOf(entry, api));
    } catch (error) {
      refused.push({ entry, why: whyNot(error) });
    }
  }
  const along = refused.map(({ entry }) => entry).filter((made) => reversals.some((one) => goesWith(made, one)));
  return { reversals, refused: refused.filter(({ entry }) => !along.includes(entry)), along };
}

/**
 * The call that takes a write back with all that it did, where the write has no way back of its own: the lines of an order go with it.
 * @param ofCall all writes of that call
 */
export function wholeCall(entry: Entry, ofCall: readonly Entry[], api: ToolContext['api']): string | undefined {
  const call = callOf(entry.id);
  if (call === entry.id || ofCall.length < 2) return undefined;
  return undoingOf(ofCall, api).along.some(({ id }) => id === entry.id) ? call : undefined;
}
