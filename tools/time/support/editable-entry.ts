import type { ManageClient, ManageRecord } from '../../../src/manage/index.ts';
import { ToolInputError } from '../../../src/tool/index.ts';
import { type Entry, toEntry } from '../../../src/working-time/entries.ts';

/** States in which an entry can be changed or deleted in the ordinary way. */
const EDITABLE: ReadonlySet<string> = new Set(['', 'Open', 'Rejected', 'ErrorsCorrected', 'RejectBySecondTier']);

/** Operations that reading an entry needs. */
export const EDITABLE_OPERATIONS = ['GET /time/entries/{id}'] as const;

/** An entry that may still be changed. @throws {ToolInputError} that says why not, before anything is sent. */
export async function editableEntry(
  manage: ManageClient,
  id: number,
  zone: string,
  signal: AbortSignal,
): Promise<Entry> {
  const record = await manage.get<ManageRecord>('GET /time/entries/{id}', { path: { id }, signal });
  const entry = toEntry(record, zone);
  if (entry === undefined)
    throw new ToolInputError('entryId', `Entry ${id} has no start time; change it in Manage itself.`);
  if (EDITABLE.has(entry.status)) return entry;
  const billed = /billed|writtenoff/i.test(entry.status);
  throw new ToolInputError(
    'entryId',
    `Entry ${id} is ${entry.status}${billed ? ' and cannot be changed any more.' : ': its time sheet was submitted.'}`,
    {
      ...(!billed && { next: 'An approver can reject or reverse the time sheet in Manage; then it can be changed.' }),
    },
  );
}
