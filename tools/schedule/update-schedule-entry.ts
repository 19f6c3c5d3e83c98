import { z } from 'zod';
import { idOf, nameOf } from '../../src/names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../src/text/index.ts';
import { leavesTicket, serviceType } from '../../src/tickets/assign.ts';
import { defineTool, fragments, update } from '../../src/tool/index.ts';
import { conflictsOf, refuseConflicts } from './support/conflicts.ts';
import { OF_TICKET } from './support/of-ticket.ts';
import { OFF_HOURS_OPERATIONS, offHours } from './support/off-hours.ts';
import { SCHEDULED_OPERATIONS } from './support/scheduled.ts';
import { checkPhrases, isPast, moveSlot, showSlot, slotMembers, slotOf, timeAliases } from './support/slot.ts';

export default defineTool({
  name: 'update_schedule_entry',
  title: 'Update schedule entry',
  toolset: 'schedule',
  effect: 'update',
  idempotent: true,
  uses: [
    'PATCH /schedule/entries/{id}',
    'GET /schedule/entries/{id}',
    'GET /service/tickets/{id}',
    'GET /project/tickets/{id}',
    ...SCHEDULED_OPERATIONS,
    ...OFF_HOURS_OPERATIONS,
  ],
  description: 'Move an entry, give it to another member, set its status or mark it done. Shows conflicts.',
  input: z.strictObject({
    entryId: z.int(),
    start: z.string().optional(),
    end: z.string().optional(),
    hours: z.string().optional(),
    date: z.string().optional(),
    member: fragments.name('member').optional(),
    status: fragments.name('scheduleStatus').optional(),
    done: z.boolean().optional(),
    allowConflicts: z.boolean().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: {
    id: 'entryId',
    scheduleEntryId: 'entryId',
    entry: 'entryId',
    ticketId: OF_TICKET,
    assignTo: 'member',
    technician: 'member',
    ...timeAliases,
    complete: 'done',
    doneFlag: 'done',
  },
  output: z.looseObject({ id: z.int().optional() }),
  looksUp: (given, context) => [checkPhrases(given, context)],
  async run(given, context) {
    const { manage, names, api, signal } = context;
    const { entryId, member, status, done } = given;
    const now = await context.now();
    const zone = now.zoneName;
    const path = { id: entryId };
    const before = await manage.get('GET /schedule/entries/{id}', { path, signal });
    const was = slotOf(before, { api, zone });
    const slot = moveSlot(given, was, now);
    const moves = (slot !== undefined || member !== undefined) && !done;
    const memberId = member?.id ?? idOf(before.member) ?? 0;
    let beside: Clean | undefined;
    if (moves) {
      const moved = { memberId, slot: slot ?? was, isSame: ({ id }: { id: number }) => id === entryId };
      const person = cleanLine(member?.label ?? nameOf(before.member));
      beside = refuseConflicts(person, await conflictsOf(moved, context), given.allowConflicts);
    }
    const owner = moves ? (await names.list('member')).find(({ id }) => id === memberId) : undefined;
    // Time off may lie anywhere.
    const isWork = idOf(before.type) === (await serviceType(names)).id;
    const off = owner !== undefined && isWork ? await offHours(owner, slot ?? was, context) : undefined;
    // Who is on a ticket follows from its entries.
    const isGiven = member !== undefined && member.id !== idOf(before.member);
    const leaves = isGiven ? await leavesTicket(before, context) : undefined;
    const asks = slot !== undefined && moves && isPast(slot, now);
    const shown = (entry: typeof before) => showSlot(slotOf(entry, { api, zone }), zone);
    const time = slot && say`${showSlot(was, zone)} -> ${showSlot(slot, zone)}`;
    return update(context, {
      operation: 'PATCH /schedule/entries/{id}',
      path,
      before,
      members: {
        ...(slot && slotMembers(slot)),
        member: member && { id: member.id, name: member.label },
        status: status && { id: status.id, name: status.label },
        doneFlag: done,
        allowScheduleConflictsFlag: given.allowConflicts && (slot ?? member) ? true : undefined,
      },
      asks,
      warnings: [
        moves && before.doneFlag === true && given.done === undefined
          ? say`Schedule entry ${entryId} is done: it tells what was, and stays marked done. schedule_work books something new.`
          : undefined,
      ],
      question:
        asks && slot !== undefined
          ? say`Move schedule entry ${entryId} (${cleanLine(before.name)}) to ${showSlot(slot, zone)}, which is in the past?`
          : say`Change schedule entry ${entryId} (${cleanLine(before.name)})?`,
      notes: [time, ...(slot?.notes ?? []), beside, off, leaves],
      dryRun: given.dryRun,
      confirm: given.confirm,
      describe: (after) =>
        joined(
          [
            joined(
              [
                say`schedule entry ${Number(after.id)}: ${cleanLine(nameOf(after.member))}`,
                cleanLine(after.name),
                shown(after),
                after.doneFlag === true && say`done`,
              ],
              ', ',
            ),
            time,
            ...(slot?.notes ?? []),
            beside,
            off,
            leaves,
          ],
          '\n',
        ),
    });
  },
});
