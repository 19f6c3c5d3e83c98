import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, type Named, nameOf, resolveGiven } from '../../src/names/index.ts';
import { serviceType } from '../../src/tickets/assign.ts';
import { defineLegacyTool as defineTool, fragments, updateRecord } from '../../src/tool/index.ts';
import { conflictsOf } from './support/conflicts.ts';
import { OFF_HOURS_OPERATIONS, offHours } from './support/off-hours.ts';
import { SCHEDULED_OPERATIONS } from './support/scheduled.ts';
import { moveSlot, refuseConflicts, showSlot, slotMembers, slotOf } from './support/slot.ts';

const reference = ({ id, label }: Named): ManageRecord => ({ id, name: label });

export default defineTool({
  name: 'update_schedule_entry',
  title: 'Update schedule entry',
  toolset: 'schedule',
  effect: 'update',
  idempotent: true,
  uses: [
    'PATCH /schedule/entries/{id}',
    'GET /schedule/entries/{id}',
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
    member: z.string().optional(),
    status: z.string().optional(),
    done: z.boolean().optional(),
    allowConflicts: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: {
    id: 'entryId',
    scheduleEntryId: 'entryId',
    entry: 'entryId',
    assignTo: 'member',
    technician: 'member',
    when: 'start',
    from: 'start',
    to: 'end',
    duration: 'hours',
    day: 'date',
    complete: 'done',
    doneFlag: 'done',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, plain } = context;
    const [now, zone] = [await context.now(), await context.zone()];
    const path = { id: input.entryId };
    const before = await manage.get<ManageRecord>('GET /schedule/entries/{id}', { path, signal });
    const was = slotOf(before, zone);
    const slot = moveSlot(input, was, now);
    const [member, status] = await Promise.all([
      resolveGiven(names, 'member', input.member, { argument: 'member' }),
      resolveGiven(names, 'scheduleStatus', input.status, { argument: 'status' }),
    ]);
    const moves = (slot !== undefined || member !== undefined) && !input.done;
    const memberId = member?.id ?? idOf(before.member) ?? 0;
    if (moves) {
      const clashes = await conflictsOf(memberId, slot ?? was, context, input.entryId);
      refuseConflicts(member?.label ?? nameOf(before.member) ?? '', clashes, input.allowConflicts, context);
    }
    const owner = moves ? (await names.list('member')).find(({ id }) => id === memberId) : undefined;
    // Time off may lie anywhere.
    const isWork = idOf(before.type) === (await serviceType(names)).id;
    const off = owner !== undefined && isWork ? await offHours(owner, slot ?? was, context) : undefined;
    return updateRecord(context, {
      operation: 'PATCH /schedule/entries/{id}',
      path,
      before,
      members: {
        ...(slot && slotMembers(slot)),
        ...(member && { member: reference(member) }),
        ...(status && { status: reference(status) }),
        ...(input.done !== undefined && { doneFlag: input.done }),
        ...(input.allowConflicts && (slot ?? member) && { allowScheduleConflictsFlag: true }),
      },
      says: [
        ...(slot === undefined ? [] : [`${showSlot(was, zone)} -> ${showSlot(slot, zone)}`]),
        ...(off === undefined ? [] : [off]),
      ],
      dryRun: input.dryRun,
      describe: (after) =>
        `schedule entry ${after.id}: ${plain(nameOf(after.member))}, ${plain(after.name)}, ${showSlot(slotOf(after, zone), zone)}${after.doneFlag === true ? ', done' : ''}`,
    });
  },
});
