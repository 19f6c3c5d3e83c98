import { z } from 'zod';
import { nameOf } from '../../src/names/index.ts';
import { cleanLine, joined, say } from '../../src/text/index.ts';
import { leavesTicket } from '../../src/tickets/assign.ts';
import { defineTool, fragments, remove } from '../../src/tool/index.ts';
import { OF_TICKET } from './support/of-ticket.ts';
import { showSlot, slotOf } from './support/slot.ts';

export default defineTool({
  name: 'delete_schedule_entry',
  title: 'Delete schedule entry',
  toolset: 'schedule',
  effect: 'delete',
  idempotent: true,
  uses: [
    'GET /schedule/entries/{id}',
    'DELETE /schedule/entries/{id}',
    'GET /schedule/entries',
    'GET /service/tickets/{id}',
    'GET /project/tickets/{id}',
  ],
  description: 'Take an entry off the calendar; on a ticket this also takes the member off it.',
  input: z.strictObject({ entryId: z.int(), dryRun: fragments.dryRun, confirm: fragments.confirm }),
  aliases: { id: 'entryId', scheduleEntryId: 'entryId', entry: 'entryId', ticketId: OF_TICKET },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ entryId, dryRun, confirm }, context) {
    const { manage, api, signal } = context;
    const path = { id: entryId };
    const entry = await manage.get('GET /schedule/entries/{id}', { path, signal });
    const slot = slotOf(entry, { api, zone: await context.zone() });
    const which = joined([cleanLine(nameOf(entry.member)), showSlot(slot), cleanLine(entry.name)], ', ');
    return remove(context, {
      operation: 'DELETE /schedule/entries/{id}',
      path,
      what: say`schedule entry ${entryId} (${which})`,
      besides: await leavesTicket(entry, context),
      dryRun,
      confirm,
    });
  },
});
