import { z } from 'zod';
import { fromManage, showMoment } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { defineLegacyTool as defineTool, fragments, removeRecord } from '../../src/tool/index.ts';

export default defineTool({
  name: 'delete_schedule_entry',
  title: 'Delete schedule entry',
  toolset: 'schedule',
  effect: 'delete',
  idempotent: true,
  uses: ['GET /schedule/entries/{id}', 'DELETE /schedule/entries/{id}'],
  description:
    'Take an entry off the calendar; on a ticket this also takes the member off it. The person has to agree.',
  input: z.strictObject({ entryId: z.int(), dryRun: fragments.dryRun, confirm: fragments.confirm }),
  aliases: { id: 'entryId', scheduleEntryId: 'entryId', entry: 'entryId' },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ entryId, dryRun, confirm }, context) {
    const { manage, signal, plain } = context;
    const path = { id: entryId };
    const entry = await manage.get<ManageRecord>('GET /schedule/entries/{id}', { path, signal });
    const start = fromManage(entry.dateStart, await context.zone());
    const parts = [nameOf(entry.member), start && showMoment(start), entry.name].filter(Boolean).map(plain);
    return removeRecord(context, {
      operation: 'DELETE /schedule/entries/{id}',
      path,
      what: `schedule entry ${entryId} (${parts.join(', ')})`,
      dryRun,
      confirm,
    });
  },
});
