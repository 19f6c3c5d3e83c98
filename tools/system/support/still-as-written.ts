import { CannotUndo, callOf, checkUnchanged, type Reversal } from '../../../src/journal/index.ts';
import { type ManageRecord, NotFound } from '../../../src/manage/index.ts';
import { type Clean, say } from '../../../src/text/index.ts';
import type { ToolContext } from '../../../src/tool/index.ts';

/** A write that is to be taken back, with its record as it is. */
export interface Current {
  readonly reversal: Reversal;
  readonly now?: ManageRecord;
  /** Why it cannot be taken back after all. */
  readonly why?: Clean;
}

/** What a record is after all writes of its call: a later one may have changed what an earlier one created. */
function asLeft(reversal: Reversal, all: readonly Reversal[]): Reversal {
  const { entry, read, path } = reversal;
  const later = all.filter(
    (other) =>
      other.entry.id !== entry.id &&
      callOf(other.entry.id) === callOf(entry.id) &&
      other.entry.at >= entry.at &&
      other.read === read &&
      JSON.stringify(other.path) === JSON.stringify(path),
  );
  const after = Object.assign({}, entry.after, ...later.map((other) => other.entry.after).reverse());
  return { ...reversal, entry: { ...entry, after } };
}

/**
 * Reads the records of writes and sees whether each is still as it was written. What was deleted is not there to be read.
 * @param all every write that is taken back at once; the same ones when left out
 */
export async function stillAsWritten(
  reversals: readonly Reversal[],
  { manage, api }: Pick<ToolContext, 'manage' | 'api'>,
  signal: AbortSignal,
  all: readonly Reversal[] = reversals,
): Promise<Current[]> {
  const look = async (reversal: Reversal): Promise<Current> => {
    const { read, path } = reversal;
    if (read === undefined) return { reversal };
    try {
      const now = await manage.get<ManageRecord>(read, { path, signal });
      checkUnchanged(asLeft(reversal, all), now, api);
      return { reversal, now };
    } catch (error) {
      if (error instanceof CannotUndo) return { reversal, why: error.why };
      if (error instanceof NotFound) return { reversal, why: say`the record is not there any more` };
      throw error;
    }
  };
  return Promise.all(reversals.map(look));
}
