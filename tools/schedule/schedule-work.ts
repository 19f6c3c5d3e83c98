import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { findTicket, idOf } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import { isAssigned, serviceType } from '../../src/tickets/assign.ts';
import { refuseMerged } from '../../src/tickets/merged.ts';
import {
  type Duplicate,
  defineTool,
  fragments,
  referencesOf,
  sentBody,
  type ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';
import { conflictsOf, refuseConflicts } from './support/conflicts.ts';
import { OFF_HOURS_OPERATIONS, offHours } from './support/off-hours.ts';
import { SCHEDULED_OPERATIONS, type Scheduled } from './support/scheduled.ts';
import { checkPhrases, isPast, readSlot, type Slot, showSlot, slotMembers, timeAliases } from './support/slot.ts';

const input = z.strictObject({
  ticketId: z.int().optional(),
  title: fragments.prose('Without a ticket').optional(),
  type: fragments.name('scheduleType').optional(),
  member: fragments.name('member', { description: 'Name or "me"' }),
  start: z.string().optional().describe('"tomorrow 9am", "Friday 2pm to 4pm"; none: no time'),
  end: z.string().optional(),
  hours: z.string().optional().describe('Default 1'),
  date: z.string().optional().describe('A day without a time'),
  allowConflicts: z.boolean().optional(),
  allowDuplicate: z.boolean().optional(),
  dryRun: fragments.dryRun,
  confirm: fragments.confirm,
});
type Input = z.output<typeof input>;

interface Subject {
  /** What the entry is for: `ticket 4711 (VPN is down)`. */
  readonly label: Clean;
  /** Its members in the entry. */
  readonly members: ManageRecord;
  /** The ticket that it is for. */
  readonly ticket?: ManageRecord;
}

/** Members of an entry for a ticket. */
const ofTicket = async (ticketId: number, { names }: ToolContext): Promise<ManageRecord> => ({
  objectId: ticketId,
  type: await serviceType(names),
});

async function ticketSubject(ticketId: number, context: ToolContext): Promise<Subject> {
  const [{ record }, members] = await Promise.all([
    findTicket(context.manage, ticketId, context.signal),
    ofTicket(ticketId, context),
  ]);
  refuseMerged(record);
  if (record.closedFlag === true)
    throw new ToolInputError('ticketId', say`Ticket ${ticketId} is closed.`, {
      next: say`Reopen it first with update_ticket.`,
    });
  return {
    label: say`ticket ${ticketId} (${cleanLine(record.summary)})`,
    members,
    ticket: record,
  };
}

/** Time that is for no ticket. Where a type is called what the entry is, as vacation often is, the entry gets that type. */
async function otherSubject(title: string, { type: said }: Partial<Input>, { names }: ToolContext): Promise<Subject> {
  const types = await names.list('scheduleType');
  const type =
    said ??
    types.find(({ label }) => label.toLowerCase() === title.toLowerCase()) ??
    types.find(({ identifier }) => identifier === 'O');
  if (type === undefined)
    throw new ToolInputError('type', say`Send type as well.`, { allowed: types.map(({ label }) => cleanLine(label)) });
  if (type.identifier === 'S')
    throw new ToolInputError(
      'ticketId',
      say`Entries of the type ${cleanLine(type.label)} are for tickets: send ticketId.`,
    );
  return { label: cleanLine(title), members: { name: title, type: { id: type.id, name: type.label } } };
}

const subjectOf = async (given: Partial<Input>, context: ToolContext): Promise<Subject> => {
  const { ticketId, title, type } = given;
  if (ticketId !== undefined && title === undefined && type === undefined) return ticketSubject(ticketId, context);
  if (ticketId === undefined && title !== undefined) return otherSubject(title, given, context);
  const why =
    ticketId === undefined
      ? say`Send ticketId, or title (and type) for time that is for no ticket.`
      : say`An entry for a ticket is called by the ticket: leave title and type out, or leave ticketId out.`;
  throw new ToolInputError('ticketId', why);
};

/** Whether an entry holds the same work at the same time. */
const isOwn = ({ members }: Subject, slot: Slot, entry: Scheduled): boolean =>
  entry.start === slot.start.toMillis() &&
  (members.objectId === undefined
    ? entry.objectId === undefined && entry.what === cleanLine(members.name)
    : entry.isWork && entry.objectId === members.objectId);

/** Who is to do the work, and when. */
interface Booking {
  readonly member: Input['member'];
  readonly slot: Slot;
}

/** An entry of the same member for the same work at the same time. */
async function sameEntry(
  members: ManageRecord,
  { member, slot }: Booking,
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
): Promise<ManageRecord | undefined> {
  const conditions = all(
    field('member/id', '=', member.id),
    field('dateStart', '=', slot.start),
    field('type/id', '=', idOf(members.type) ?? 0),
    members.objectId === undefined
      ? field('name', '=', String(members.name))
      : field('objectId', '=', Number(members.objectId)),
  );
  return manage.first<ManageRecord>('GET /schedule/entries', { conditions, signal });
}

const duplicateOf = ({ label }: Subject, { member }: Booking, found: Promise<ManageRecord | undefined>): Duplicate => ({
  find: () => found,
  argument: 'start',
  says: (entry) =>
    say`${cleanLine(member.label)} is already scheduled for ${label} at that time (entry ${Number(entry.id)}). Send allowDuplicate: true for a second entry.`,
});

/** What is read before an entry is written: nothing in it waits for another part of it. */
async function lookedUp(given: Input, booking: Booking, context: ToolContext) {
  const { ticketId, allowDuplicate } = given;
  const { member, slot } = booking;
  const person = cleanLine(member.label);
  const reading = subjectOf(given, context);
  const members = () =>
    ticketId === undefined ? reading.then((subject) => subject.members) : ofTicket(ticketId, context);
  const found = allowDuplicate ? undefined : members().then((known) => sameEntry(known, booking, context));
  const isSame = reading.then((subject) => (entry: Scheduled) => !allowDuplicate && isOwn(subject, slot, entry));
  // Time off may lie anywhere. The others say first what keeps the entry from being written.
  const off =
    ticketId === undefined
      ? undefined
      : offHours(member, slot, context).catch(
          () => say`Whether this is within the working hours of ${person} could not be read.`,
        );
  for (const begun of [found, isSame]) begun?.catch(() => undefined);
  const conflicting = conflictsOf({ memberId: member.id, slot, isSame }, context);
  conflicting.catch(() => undefined);
  const subject = await reading;
  const beside = refuseConflicts(person, await conflicting, given.allowConflicts);
  return { subject, off, beside, duplicate: found && duplicateOf(subject, booking, found) };
}

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
  tables: ['scheduleType'],
  description:
    'Put a member on a ticket at a local time, or for a day without a time. Assigns it too. Also time off, with title. Shows conflicts.',
  input,
  aliases: {
    id: 'ticketId',
    ticket: 'ticketId',
    assignTo: 'member',
    technician: 'member',
    ...timeAliases,
    name: 'title',
    subject: 'title',
    what: 'title',
  },
  output: z.looseObject({ id: z.int().optional(), ticketId: z.int().optional() }),
  looksUp(given, context, refused) {
    const areRead = (names: readonly string[]): boolean => !names.some((name) => refused.has(name));
    return [
      areRead(['start', 'end', 'hours', 'date'])
        ? context.now().then((now) => readSlot(given, now))
        : checkPhrases(given, context),
      areRead(['ticketId', 'title', 'type']) ? subjectOf(given, context) : undefined,
    ];
  },
  async run(given, context) {
    const { ticketId, member } = given;
    const now = await context.now();
    const slot = readSlot(given, now);
    const { subject, off, beside, duplicate } = await lookedUp(given, { member, slot }, context);
    const { label } = subject;
    const person = cleanLine(member.label);
    const when = showSlot(slot, now.zoneName);
    const on = ticketId === undefined ? say`for ${label}` : say`on ${label}`;
    const asks = isPast(slot, now);
    // Manage keeps who is on a ticket by its entries: the first one puts a member there.
    const isNew = subject.ticket !== undefined && !isAssigned(member, subject.ticket);
    const assigns = isNew ? say`With that ${person} is assigned to the ticket.` : undefined;
    const entry: ManageRecord = {
      ...subject.members,
      member: { id: member.id, name: member.label },
      ...slotMembers(slot),
      allowScheduleConflictsFlag: given.allowConflicts === true,
    };
    return context.send({
      dryRun: given.dryRun,
      confirm: given.confirm,
      duplicate,
      steps: [
        {
          operation: 'POST /schedule/entries',
          request: { body: sentBody(entry) },
          does: say`schedule ${person} ${on}: ${when}`,
          settle: (signal) => sameEntry(subject.members, { member, slot }, { ...context, signal }),
        },
      ],
      asks,
      question: asks ? say`Schedule ${person} ${on}: ${when}, which is in the past?` : undefined,
      notes: [
        say`${person} ${on}`,
        when,
        ...(slot.notes ?? []),
        assigns,
        beside,
        given.dryRun ? await off : undefined,
        referencesOf(entry),
      ],
      async answer({ made: [stored = {}] }) {
        const note = await off;
        return {
          structured: {
            id: Number(stored.id),
            ticketId,
            member: person,
            when,
            dateStart: cleanLine(stored.dateStart),
            dateEnd: cleanLine(stored.dateEnd),
            note,
          },
          text: lines([
            say`Scheduled ${person} ${on}: ${when}, entry ${Number(stored.id)}.`,
            assigns,
            joined(slot.notes ?? [], '\n'),
            beside,
            note,
          ]),
        };
      },
    });
  },
});
