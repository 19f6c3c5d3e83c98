import { z } from 'zod';
import { showHours, showRange } from '../../src/clock/index.ts';
import { cleanLine, say } from '../../src/text/index.ts';
import { defineTool, fragments, remove } from '../../src/tool/index.ts';
import { EDITABLE_OPERATIONS, editableEntry } from './support/editable-entry.ts';

export default defineTool({
  name: 'delete_time_entry',
  title: 'Delete time entry',
  toolset: 'time',
  core: true,
  effect: 'delete',
  idempotent: true,
  uses: ['DELETE /time/entries/{id}', ...EDITABLE_OPERATIONS],
  description: 'Delete a time entry that is not yet submitted or billed.',
  input: z.strictObject({ entryId: z.int(), dryRun: fragments.dryRun, confirm: fragments.confirm }),
  aliases: { id: 'entryId', timeEntryId: 'entryId', entry: 'entryId' },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ entryId, dryRun, confirm }, context) {
    const { hours, member, charge, start, end } = await editableEntry(entryId, context);
    return remove(context, {
      operation: 'DELETE /time/entries/{id}',
      path: { id: entryId },
      what: say`time entry ${entryId} (${cleanLine(showHours(hours))} by ${member} on ${charge}, ${cleanLine(showRange(start, end))})`,
      dryRun,
      confirm,
    });
  },
});
