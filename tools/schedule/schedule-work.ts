import { DateTime } from 'luxon';
import { z } from 'zod';
import {
  fromManage,
  readDay,
  readHours,
  readMoment,
  readRange,
  showDay,
  showRange,
  toManage,
} from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { all, field } from '../../src/query/index.ts';
import { findTicket, idOf } from '../../src/reference/index.ts';
import { serviceType } from '../../src/ticketing/assign.ts';
import { overlaps } from '../../src/timekeeping/stretches.ts';
import { defineTool, fragments, previewResult, type ToolContext, ToolInputError } from '../../src/tool/index.ts';

const input = z.strictObject({
  ticketId: z.int(),
  member: z.string().describe('Name or "me"'),
  start: z.string().optional().describe('"tomorrow 9am", "Friday 2pm to 4pm"; none: no time'),
  end: z.string().optional(),
  hours: z.string().optional().describe('Default 1'),
  date: z.string().optional().describe('A day without a time'),
  allowConflicts: z.boolean().optional(),
  dryRun: fragments.dryRun,
});

interface Slot {
  readonly start: DateTime;
  readonly end: DateTime;
  /** A day without a time of day. */
  readonly wholeDay: boolean;
}

async function slotOf({ start, end, hours, date }: z.output<typeof input>, { now }: ToolContext): Promise<Slot> {
  const present = await now();
  const read = { now: present, prefer: 'future' as const };
  if (start === undefined) {
    if (end !== undefined || hours !== undefined)
      throw new ToolInputError('start', 'Send start as well: end and hours alone say no time.');
    const day = date === undefined ? present : readDay(date, { ...read, argument: 'date' });
    // Days are kept as midnight UTC.
    const midnight = DateTime.fromObject({ year: day.year, month: day.month, day: day.day }, { zone: 'utc' });
    return { start: midnight, end: midnight, wholeDay: true };
  }
  const on = date === undefined ? {} : { day: readDay(date, { ...read, argument: 'date' }) };
  const range =
    end === undefined && hours === undefined ? readRange(start, { ...read, ...on, argument: 'start' }) : undefined;
  if (range !== undefined) return { ...range, wholeDay: false };
  const from = readMoment(start, { ...read, ...on, argument: 'start' });
  const until =
    end === undefined
      ? from.plus({ hours: readHours(hours ?? '1 hour', { argument: 'hours' }) })
      : readMoment(end, { ...read, argument: 'end', day: from });
  if (until <= from) throw new ToolInputError('end', `end is not after start (${showRange(from, until)}).`);
  return { start: from, end: until, wholeDay: false };
}

/** Entries of the member that share time with the slot. */
async function conflicts(memberId: number, slot: Slot, { manage, signal, zone }: ToolContext): Promise<string[]> {
  if (slot.wholeDay) return [];
  const local = await zone();
  const conditions = all(
    field('member/id', '=', memberId),
    field('dateEnd', '>', slot.start),
    field('dateStart', '<', slot.end),
    field('doneFlag', '=', false),
  );
  const { rows } = await manage.page('GET /schedule/entries', {
    ...(conditions && { conditions }),
    pageSize: 20,
    signal,
  });
  return rows.flatMap((row) => {
    const [start, end] = [fromManage(row.dateStart, local), fromManage(row.dateEnd, local)];
    const shares =
      start &&
      end &&
      overlaps(
        { start: start.toMillis(), end: end.toMillis() },
        { start: slot.start.toMillis(), end: slot.end.toMillis() },
      );
    return shares ? [`${row.id}: ${showRange(start, end)} ${String(row.name)}`] : [];
  });
}

export default defineTool({
  name: 'schedule_work',
  title: 'Schedule work',
  toolset: 'schedule',
  core: true,
  effect: 'create',
  uses: ['POST /schedule/entries', 'GET /schedule/entries', 'GET /service/tickets/{id}', 'GET /project/tickets/{id}'],
  description:
    'Put a member on a ticket at a local time, or for a day without a time. This is how tickets are assigned. Shows conflicts.',
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
  },
  output: z.looseObject({ id: z.int().optional(), ticketId: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, plain } = context;
    const { ticketId } = input;
    const member = await names.resolve('member', input.member, { argument: 'member' });
    const { record: ticket } = await findTicket(manage, ticketId, signal);
    if (ticket.closedFlag === true)
      throw new ToolInputError('ticketId', `Ticket ${ticketId} is closed. Reopen it first with update_ticket.`);
    const slot = await slotOf(input, context);
    const clashes = await conflicts(member.id, slot, context);
    if (clashes.length > 0 && !input.allowConflicts) {
      throw new ToolInputError(
        'start',
        `${plain(member.label)} is busy then:\n${clashes.map((line) => `- ${plain(line)}`).join('\n')}`,
        { next: 'Choose another time, or send allowConflicts: true.' },
      );
    }
    const body: ManageRecord = {
      objectId: ticketId,
      member: { id: member.id },
      type: await serviceType(names),
      dateStart: toManage(slot.start),
      dateEnd: toManage(slot.end),
      allowScheduleConflictsFlag: input.allowConflicts === true,
    };
    const when = slot.wholeDay
      ? `${showDay(slot.start)}, no time set`
      : `${showRange(slot.start, slot.end)} ${await context.zone()}`;
    if (input.dryRun) return previewResult([manage.preview('POST /schedule/entries', { body })], [], when);
    const settle = async (): Promise<ManageRecord | undefined> => {
      const conditions = all(field('member/id', '=', member.id), field('objectId', '=', ticketId));
      const { rows } = await manage.page('GET /schedule/entries', { ...(conditions && { conditions }), pageSize: 50 });
      return rows.find((row) => row.dateStart === body.dateStart && idOf(row.member) === member.id);
    };
    const before = await settle();
    if (before !== undefined)
      throw new ToolInputError(
        'start',
        `${plain(member.label)} is scheduled on ticket ${ticketId} for that time already (entry ${before.id}).`,
      );
    const entry = await manage.write('POST /schedule/entries', { body, settle, signal });
    return {
      structured: {
        id: Number(entry.id),
        ticketId,
        member: plain(member.label),
        when,
        dateStart: String(entry.dateStart),
        dateEnd: String(entry.dateEnd),
      },
      text: `Scheduled ${plain(member.label)} on ticket ${ticketId} (${plain(ticket.summary)}): ${when}, entry ${entry.id}.`,
    };
  },
});
