import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { findTicket } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { serviceType } from '../../src/tickets/assign.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  type LegacyToolContext as ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';
import { conflictsOf } from './support/conflicts.ts';
import { OFF_HOURS_OPERATIONS, offHours } from './support/off-hours.ts';
import { SCHEDULED_OPERATIONS } from './support/scheduled.ts';
import { readSlot, refuseConflicts, showSlot, slotMembers } from './support/slot.ts';

const input = z.strictObject({
  ticketId: z.int().optional(),
  title: z.string().optional().describe('Without a ticket'),
  type: z.string().optional(),
  member: z.string().describe('Name or "me"'),
  start: z.string().optional().describe('"tomorrow 9am", "Friday 2pm to 4pm"; none: no time'),
  end: z.string().optional(),
  hours: z.string().optional().describe('Default 1'),
  date: z.string().optional().describe('A day without a time'),
  allowConflicts: z.boolean().optional(),
  dryRun: fragments.dryRun,
});
type Input = z.output<typeof input>;

interface Subject {
  /** What the entry is for, cleaned: `ticket 4711 (VPN is down)`. */
  readonly label: string;
  /** Its members in the entry. */
  readonly members: ManageRecord;
}

async function ticketSubject(ticketId: number, { manage, names, signal, plain }: ToolContext): Promise<Subject> {
  const { record } = await findTicket(manage, ticketId, signal);
  if (record.closedFlag === true)
    throw new ToolInputError('ticketId', `Ticket ${ticketId} is closed. Reopen it first with update_ticket.`);
  return {
    label: `ticket ${ticketId} (${plain(record.summary)})`,
    members: { objectId: ticketId, type: await serviceType(names) },
  };
}

/** Time that is for no ticket. Where a type is called what the entry is, as vacation often is, the entry gets that type. */
async function otherSubject(title: string, said: string | undefined, { names, plain }: ToolContext): Promise<Subject> {
  const types = await names.list('scheduleType');
  const type =
    said === undefined
      ? (types.find(({ label }) => label.toLowerCase() === title.toLowerCase()) ??
        types.find(({ identifier }) => identifier === 'O'))
      : await names.resolve('scheduleType', said, { argument: 'type' });
  if (type === undefined)
    throw new ToolInputError('type', 'Send type as well.', { allowed: types.map(({ label }) => label) });
  if (type.identifier === 'S')
    throw new ToolInputError('ticketId', `Entries of the type ${type.label} are for tickets: send ticketId.`);
  return { label: plain(title), members: { name: title, type: { id: type.id } } };
}

const subjectOf = ({ ticketId, title, type }: Input, context: ToolContext): Promise<Subject> => {
  if (ticketId !== undefined && title === undefined && type === undefined) return ticketSubject(ticketId, context);
  if (ticketId === undefined && title !== undefined) return otherSubject(title, type, context);
  throw new ToolInputError('ticketId', 'Send ticketId, or title (and type) for time that is for no ticket.');
};

export default defineTool({
  name: 'schedule_work',
  title: 'Schedule work',
  toolset: 'schedule',
  core: true,
  effect: 'create',
  uses: [
    'POST /schedule/entries',
    'GET /service/tickets/{id}',
    'GET /project/tickets/{id}',
    ...SCHEDULED_OPERATIONS,
    ...OFF_HOURS_OPERATIONS,
  ],
  description:
    'Put a member on a ticket at a local time, or for a day without a time. This is how tickets are assigned. Also time off, with title. Shows conflicts.',
  input,
  aliases: {
    id: 'ticketId',
    ticket: 'ticketId',
    assignTo: 'member',
    technician: 'member',
    when: 'start',
    from: 'start',
    to: 'end',
    duration: 'hours',
    day: 'date',
    name: 'title',
    subject: 'title',
    what: 'title',
  },
  output: z.looseObject({ id: z.int().optional(), ticketId: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, plain } = context;
    const { ticketId } = input;
    const member = await names.resolve('member', input.member, { argument: 'member' });
    const { label, members } = await subjectOf(input, context);
    const slot = readSlot(input, await context.now());
    const [clashes, off] = await Promise.all([
      conflictsOf(member.id, slot, context),
      // Time off may lie anywhere.
      ticketId === undefined ? undefined : offHours(member, slot, context),
    ]);
    refuseConflicts(member.label, clashes, input.allowConflicts, context);
    const body: ManageRecord = {
      ...members,
      member: { id: member.id },
      ...slotMembers(slot),
      allowScheduleConflictsFlag: input.allowConflicts === true,
    };
    const when = showSlot(slot, await context.zone());
    const find = (signal: AbortSignal): Promise<ManageRecord | undefined> => {
      const conditions = all(
        field('member/id', '=', member.id),
        field('dateStart', '=', slot.start),
        ticketId === undefined ? field('name', '=', String(members.name)) : field('objectId', '=', ticketId),
      );
      return manage.first('GET /schedule/entries', { conditions, signal });
    };
    const before = await find(signal);
    if (before !== undefined)
      throw new ToolInputError(
        'start',
        `${plain(member.label)} is scheduled ${ticketId === undefined ? `for ${label}` : `on ticket ${ticketId}`} for that time already (entry ${before.id}).`,
        { next: `update_schedule_entry {"entryId": ${before.id}} changes it.` },
      );
    const note = off === undefined ? '' : `\n${off}`;
    if (input.dryRun) return legacyPreview([manage.preview('POST /schedule/entries', { body })], [], `${when}${note}`);
    const entry = await manage.write('POST /schedule/entries', { body, settle: find, signal });
    return {
      structured: {
        id: Number(entry.id),
        ...(ticketId !== undefined && { ticketId }),
        member: plain(member.label),
        when,
        dateStart: String(entry.dateStart),
        dateEnd: String(entry.dateEnd),
        ...(off !== undefined && { note: off }),
      },
      text: `Scheduled ${plain(member.label)} ${ticketId === undefined ? 'for' : 'on'} ${label}: ${when}, entry ${entry.id}.${note}`,
    };
  },
});
