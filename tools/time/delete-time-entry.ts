import { z } from 'zod';
import { showHours, showRange } from '../../src/clock/index.ts';
import { defineLegacyTool as defineTool, fragments, legacyPreview } from '../../src/tool/index.ts';
import { EDITABLE_OPERATIONS, editableEntry } from './support/editable-entry.ts';

export default defineTool({
  name: 'delete_time_entry',
  title: 'Delete time entry',
  toolset: 'time',
  core: true,
  effect: 'delete',
  idempotent: true,
  uses: ['DELETE /time/entries/{id}', ...EDITABLE_OPERATIONS],
  description: 'Delete a time entry that is not yet submitted or billed. The person has to agree.',
  input: z.strictObject({ entryId: z.int(), dryRun: fragments.dryRun, confirm: fragments.confirm }),
  aliases: { id: 'entryId', timeEntryId: 'entryId', entry: 'entryId' },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ entryId, dryRun, confirm }, { manage, signal, zone, plain, ...context }) {
    const entry = await editableEntry(manage, entryId, await zone(), signal);
    const what = `time entry ${entryId} (${showHours(entry.hours)} by ${plain(entry.member)} on ${entry.charge}, ${showRange(entry.start, entry.end)})`;
    const path = { id: entryId };
    if (dryRun) return legacyPreview([manage.preview('DELETE /time/entries/{id}', { path })], [], what);
    await context.confirm({ question: `Delete ${what}?`, given: confirm });
    await manage.write('DELETE /time/entries/{id}', { path, signal });
    return { structured: { id: entryId, deleted: true, hours: entry.hours }, text: `Deleted ${what}.` };
  },
});
