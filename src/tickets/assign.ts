import type { DateTime } from 'luxon';
import { dateOnly, echoDay, fromManage, toManage } from '../clock/index.ts';
import { isRecord } from '../json.ts';
import type { ManageReader, ManageRecord } from '../manage/index.ts';
import { findTicket, idOf, type Named, type Names, nameOf } from '../names/index.ts';
import { all, any, type Expression, field, likeLiteral } from '../query/index.ts';
import { type Clean, cleanLine, joined, say } from '../text/index.ts';
import type { NameWithin, Step, ToolContext } from '../tool/index.ts';

/** Operations that assigning needs; tools that assign declare them. */
export const ASSIGN_OPERATIONS = [
  'GET /schedule/entries',
  'POST /schedule/entries',
  'DELETE /schedule/entries/{id}',
] as const;

/** The schedule type of work on tickets. Its id is 4 in every Manage that was seen, its identifier S by definition. */
export async function serviceType(names: Names): Promise<{ id: number }> {
  const types = await names.list('scheduleType').catch(() => []);
  return { id: types.find(({ identifier }) => identifier === 'S')?.id ?? 4 };
}

/** Narrows schedule entries to those of a ticket. */
export async function bookedOn(ticketId: number, names: Names): Promise<Expression | undefined> {
  const type = await serviceType(names);
  return all(field('type/id', '=', type.id), field('objectId', '=', ticketId));
}

/** Schedule entries of a ticket: who is assigned. */
export async function assignments(
  manage: ManageReader,
  names: Names,
  ticketId: number,
  signal: AbortSignal,
): Promise<readonly ManageRecord[]> {
  return manage.all('GET /schedule/entries', { conditions: await bookedOn(ticketId, names), signal });
}

/** Whether an entry has hours; one without is for a day, at the same midnight in every zone. */
const isTimed = ({ dateStart, dateEnd }: ManageRecord): boolean =>
  dateEnd !== undefined && String(dateStart) !== String(dateEnd);

/** When an entry is, on the wall clock of `now`: `Mon 30 Nov 13:00-15:00`, `Sun 29 Nov, no time set`. */
export function whenScheduled(entry: ManageRecord, now: DateTime<true>): Clean {
  const zone = isTimed(entry) ? now.zoneName : 'utc';
  const [start, end] = [fromManage(entry.dateStart, zone), fromManage(entry.dateEnd, zone)];
  if (start === undefined) return say`no time set`;
  const day = cleanLine(echoDay(start, now));
  if (!isTimed(entry)) return say`${day}, no time set`;
  const until = end?.toFormat(end.hasSame(start, 'day') ? 'HH:mm' : 'ccc d LLL HH:mm');
  return joined([say`${day} ${cleanLine(start.toFormat('HH:mm'))}`, cleanLine(until)], '-');
}

/** Appointments of a ticket that are still to come: they stay when the ticket is closed. */
export async function appointmentsAhead(
  ticketId: number,
  { manage, names, signal, now }: Pick<ToolContext, 'manage' | 'names' | 'signal' | 'now'>,
): Promise<readonly Clean[]> {
  const [entries, present] = await Promise.all([assignments(manage, names, ticketId, signal), now()]);
  const isAhead = (entry: ManageRecord): boolean => {
    const ends = fromManage(entry.dateEnd, 'utc');
    // What is for a day without a time is ahead from the next day on.
    return ends !== undefined && (isTimed(entry) ? ends > present : ends > dateOnly(present));
  };
  return entries
    .filter((entry) => entry.doneFlag !== true && isAhead(entry))
    .map(
      (entry) =>
        say`${cleanLine(nameOf(entry.member))}, ${whenScheduled(entry, present)} (schedule entry ${Number(entry.id)})`,
    );
}

/** The ticket that a step puts somebody on: its id, or the one that an earlier step makes. */
type Ticket = number | ((made: readonly ManageRecord[]) => number | string);

/**
 * The step that puts a member on a ticket for today, without a time; nobody is put on twice. A ticket's `resources` cannot be
 * written: they follow from these schedule entries. The day is sent, because Manage would take its own, in UTC.
 */
export async function assignStep(
  ticket: Ticket,
  member: Named,
  { manage, names, now }: Pick<ToolContext, 'manage' | 'names' | 'now'>,
): Promise<Step> {
  const [type, present] = await Promise.all([serviceType(names), now()]);
  const day = toManage(dateOnly(present));
  const idIn = (made: readonly ManageRecord[]) => (typeof ticket === 'function' ? ticket(made) : ticket);
  return {
    operation: 'POST /schedule/entries',
    request: (made) => ({
      body: {
        objectId: idIn(made),
        member: { id: member.id },
        type,
        dateStart: day,
        dateEnd: day,
        allowScheduleConflictsFlag: true,
      },
    }),
    does: say`${cleanLine(member.label)} assigned (${cleanLine(echoDay(present, present))}, no time set)`,
    find: async (signal, made) =>
      (await assignments(manage, names, Number(idIn(made)), signal)).find((entry) => idOf(entry.member) === member.id),
  };
}

const identifierOf = (reference: unknown): unknown =>
  typeof reference === 'object' && reference !== null && 'identifier' in reference ? reference.identifier : undefined;

/** Who is taken off a ticket answers for it still: that is a field of its own. */
const ownerStays = (name: unknown): Clean =>
  say`${cleanLine(name)} stays the owner: update_ticket with owner names another, clear: ["owner"] none`;

/**
 * What deleting a schedule entry does to the ticket that it is on, as sentences; `undefined` where the member stays on it by another
 * entry, or it is on none.
 */
export async function leavesTicket(
  entry: ManageRecord,
  { manage, names, signal }: Pick<ToolContext, 'manage' | 'names' | 'signal'>,
): Promise<Clean | undefined> {
  const ticketId = Number(entry.objectId);
  const member = idOf(entry.member);
  const type = await serviceType(names);
  if (!(ticketId > 0) || member === undefined || idOf(entry.type) !== type.id) return undefined;
  const [booked, ticket] = await Promise.all([
    assignments(manage, names, ticketId, signal),
    findTicket(manage, ticketId, signal).catch(() => undefined),
  ]);
  if (booked.some((other) => other.id !== entry.id && idOf(other.member) === member)) return undefined;
  const isOwner = idOf(ticket?.record.owner) === member;
  return joined(
    [
      say`That takes ${cleanLine(nameOf(entry.member))} off ticket ${ticketId}.`,
      isOwner && say`${ownerStays(nameOf(entry.member))}.`,
    ],
    ' ',
  );
}

/** How everybody else is taken off a ticket, and who stays all the same. */
export interface Unassigning {
  readonly steps: readonly Step[];
  /** Who of the ticket, as it is then stored, could not be taken off, and its owner, who was; or that there was nobody. */
  staying(ticket: ManageRecord): readonly Clean[];
}

/** Identifiers of who is on a ticket, which are in one text. */
export const identifiersIn = ({ resources }: ManageRecord): readonly string[] =>
  String(resources ?? '')
    .split(/,\s*/)
    .filter((identifier) => identifier !== '');

/**
 * The steps that take everybody but `keep` off a ticket whose entries are not done yet. A future appointment is more than
 * a link between ticket and member, so taking it away is a deletion that somebody has to agree to. Whoever is among the
 * `resources` without an open entry stays there, because they cannot be written: the owner whom the ticket was opened with
 * (manage-api.md 14, 6), and who was done with it.
 */
export async function unassigning(
  ticketId: number,
  keep: Named | undefined,
  { manage, names, signal, now }: Pick<ToolContext, 'manage' | 'names' | 'signal' | 'now'>,
): Promise<Unassigning> {
  const entries = await assignments(manage, names, ticketId, signal);
  const present = await now();
  const others = entries.filter((entry) => idOf(entry.member) !== keep?.id);
  const isOf = (identifier: string) => (entry: ManageRecord) => identifierOf(entry.member) === identifier;
  const leaving = (ticket: ManageRecord): readonly Clean[] =>
    others.some(({ member, doneFlag }) => doneFlag !== true && idOf(member) === idOf(ticket.owner))
      ? [ownerStays(nameOf(ticket.owner))]
      : [];
  const stuck = (ticket: ManageRecord): readonly Clean[] =>
    identifiersIn(ticket)
      .filter((identifier) => identifier !== keep?.identifier)
      .filter((identifier) => {
        const own = others.filter(isOf(identifier));
        return own.length === 0 || own.some(({ doneFlag }) => doneFlag === true);
      })
      .map((identifier) => {
        const member = others.find(isOf(identifier))?.member;
        const who = cleanLine(
          nameOf(member ?? (identifierOf(ticket.owner) === identifier ? ticket.owner : undefined)) ?? identifier,
        );
        return member === undefined
          ? say`${who} stays on it: no schedule entry puts them there, and Manage lets nobody be taken off without one`
          : say`${who} stays on it: what was scheduled for them is done`;
      });
  const steps = others
    .filter(({ doneFlag }) => doneFlag !== true)
    .map((entry) => {
      const ends = fromManage(entry.dateEnd, 'utc');
      const who = cleanLine(nameOf(entry.member));
      const isAppointment = ends !== undefined && ends > present;
      return {
        operation: 'DELETE /schedule/entries/{id}',
        request: { path: { id: Number(entry.id) } },
        does: isAppointment ? say`${who} taken off, with an appointment still ahead` : say`${who} taken off`,
        link: !isAppointment,
      };
    });
  // Beside other changes nothing else would tell that there was nobody to take off.
  const but = keep === undefined ? say`` : say` but ${cleanLine(keep.label)}`;
  const nobody = say`nobody${but} is assigned to ticket ${ticketId}`;
  return {
    steps,
    staying(ticket) {
      const said = [...stuck(ticket), ...leaving(ticket)];
      return steps.length + said.length === 0 ? [nobody] : said;
    },
  };
}

/** Tickets that a member owns or works on. `resources` is a text of identifiers with ", " between them; "jo" must not find "john". The owner is a field of its own. */
export function assignedTo(identifier: string): Expression | undefined {
  const name = likeLiteral(identifier);
  return any(
    field('resources', '=', identifier),
    field('resources', 'like', `${name},%`),
    field('resources', 'like', `%, ${name}`),
    field('resources', 'like', `%, ${name},%`),
    field('owner/identifier', '=', identifier),
  );
}

/** Whether an argument for a person says that there is to be none. */
export const saysNobody = (text: string | undefined): boolean =>
  text !== undefined && /^(un-?assigned|nobody|no ?one|none|not assigned|empty)$/i.test(text.trim());

/** Whom an argument names; nobody where it says that there is to be none. */
export const assigneeOf = async (assignTo: NameWithin | undefined): Promise<Named | undefined> =>
  saysNobody(assignTo?.given) ? undefined : assignTo?.within({});

/** Says who stays booked on a ticket that is closed: Manage leaves the appointments in the calendar. */
export async function stillBooked(
  ticketId: number,
  context: Parameters<typeof appointmentsAhead>[1],
): Promise<Clean | undefined> {
  const ahead = await appointmentsAhead(ticketId, context);
  return ahead.length === 0
    ? undefined
    : say`Still booked on this ticket: ${joined(ahead, '; ')}. Closing takes no appointment away; delete_schedule_entry does.`;
}

/** Whether a member has a schedule entry on a ticket: an owner that it was opened with is in its `resources` without one. */
export const isBooked = async (
  ticketId: number,
  { id }: Named,
  { manage, names, signal }: Pick<ToolContext, 'manage' | 'names' | 'signal'>,
): Promise<boolean> => (await assignments(manage, names, ticketId, signal)).some(({ member }) => idOf(member) === id);

/** Whether a member is on a ticket: its `resources` follow from the schedule entries. */
export const isAssigned = ({ identifier }: Named, { resources }: ManageRecord): boolean =>
  identifier !== undefined && identifiersIn({ resources }).includes(identifier);

/**
 * Who is on a ticket as it is stored, by name, with what is said behind some of them: whoever opens one with an owner has put the
 * owner on it as well (manage-api.md 14, 6).
 * @param behind by identifier: `Mon 30 Nov, no time set`
 */
export async function assignedAs(
  ticket: ManageRecord,
  names: Pick<Names, 'list'>,
  behind: ReadonlyMap<string | undefined, Clean> = new Map(),
): Promise<Clean> {
  const members = await names.list('member').catch(() => []);
  return joined(
    identifiersIn(ticket).map((identifier) => {
      const who = cleanLine(members.find((member) => member.identifier === identifier)?.label ?? identifier);
      const more = behind.get(identifier);
      return more === undefined ? who : say`${who} (${more})`;
    }),
    ', ',
  );
}

/** The owner of a ticket, where they are on it as well and are not the new one. */
function stays(owner: Named, { owner: former, resources }: ManageRecord): Clean | undefined {
  const identifier = isRecord(former) && typeof former.identifier === 'string' ? former.identifier : undefined;
  const isOther = identifier !== undefined && identifier !== owner.identifier;
  if (!isOther || !identifiersIn({ resources }).includes(identifier)) return undefined;
  return say`${cleanLine(nameOf(former))}, who was the owner, stays assigned.`;
}

/**
 * Says of a new owner that nobody put them on the ticket, and that the former one is still on it: models take the two for one.
 * @param unassign whether somebody is taken off
 */
export function notAssigned(
  { owner, unassign }: { readonly owner?: Named | undefined; readonly unassign?: unknown },
  record: ManageRecord,
): Clean | undefined {
  if (owner === undefined) return undefined;
  const isOn = isAssigned(owner, record);
  const said = isOn
    ? undefined
    : say`${cleanLine(owner.label)} answers for it and is not assigned to it; assignTo does that.`;
  return joined([said, unassign === undefined && stays(owner, record)], ' ') || undefined;
}
