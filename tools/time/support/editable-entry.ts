import { statusWords } from '../../../src/approval/approval-status.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { say } from '../../../src/text/index.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import { type Entry, toEntries } from '../../../src/working-time/entries.ts';

/** States in which an entry can be changed or deleted in the ordinary way. */
const EDITABLE: ReadonlySet<string> = new Set(['', 'Open', 'Rejected', 'ErrorsCorrected', 'RejectBySecondTier']);
const BILLED: ReadonlySet<string> = new Set(['Billed', 'BilledAgreement', 'WrittenOff']);

/** Operations that reading an entry needs. */
export const EDITABLE_OPERATIONS = ['GET /time/entries/{id}'] as const;

/** An entry that may still be changed. @throws {ToolInputError} that says why not, before anything is sent. */
export async function editableEntry(
  id: number,
  { manage, names, signal, zone }: Pick<ToolContext, 'manage' | 'names' | 'signal' | 'zone'>,
): Promise<Entry> {
  const record = await manage.get<ManageRecord>('GET /time/entries/{id}', { path: { id }, signal });
  const [entry] = await toEntries([record], await zone(), names);
  if (entry === undefined)
    throw new ToolInputError('entryId', say`Entry ${id} has no start time; change it in Manage itself.`);
  if (EDITABLE.has(entry.status)) return entry;
  if (BILLED.has(entry.status))
    throw new ToolInputError(
      'entryId',
      say`Entry ${id} is ${statusWords(entry.status)} and cannot be changed any more.`,
    );
  throw new ToolInputError('entryId', say`Entry ${id} is ${statusWords(entry.status)}: its time sheet was submitted.`, {
    next: say`An approver can reject or reverse the time sheet in Manage; then it can be changed.`,
  });
}
