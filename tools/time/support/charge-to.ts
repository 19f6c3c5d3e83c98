import type { ManageRecord } from '../../../src/manage/index.ts';
import { FIND_TICKET_OPERATIONS, findTicket, idOf, type Named, nameOf } from '../../../src/names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import { refuseMerged } from '../../../src/tickets/merged.ts';
import { checkCompany } from '../../../src/tickets/ticket-of-company.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';

/** What people say that time was spent on. */
export interface ChargeInput {
  readonly ticketId?: number | undefined;
  readonly chargeCode?: Named | undefined;
  readonly company?: Named | undefined;
}

export interface ChargeTo {
  /** Members of the time entry. */
  readonly members: ManageRecord;
  /** `ticket 4711 "VPN is down" (Acme)`, `Lunch`. */
  readonly label: Clean;
  /** The ticket, where it is one. */
  readonly ticket?: ManageRecord;
}

/** Operations that finding out what time is charged to needs. */
export const CHARGE_OPERATIONS = FIND_TICKET_OPERATIONS;

type Reading = Pick<ToolContext, 'manage' | 'names' | 'signal'>;

/**
 * What an entry is charged to. A ticket's status, or its board, can forbid time: Manage's own error then names nothing but a
 * field, so it is looked up first.
 * @throws {ToolInputError} when nothing or several things are named, or time is forbidden there
 */
export async function chargeTo(input: ChargeInput, reading: Reading): Promise<ChargeTo> {
  const { ticketId, chargeCode, company } = input;
  if (ticketId !== undefined && chargeCode === undefined) return ticketCharge(ticketId, company, reading);
  const given = (['ticketId', 'chargeCode', 'company'] as const).filter((name) => input[name] !== undefined);
  const only = given.length > 1 ? say`, only one of them (not ${joined(given.map(cleanLine), ' and ')})` : say``;
  // A charge code is the provider's own: an entry on it has no room for a customer.
  if (ticketId === undefined && chargeCode !== undefined && company === undefined)
    return {
      members: { chargeToType: 'ChargeCode', chargeToId: chargeCode.id },
      label: cleanLine(chargeCode.label),
    };
  if (company === undefined || given.length > 1)
    throw new ToolInputError('ticketId', say`Say what the time was for: ticketId, chargeCode or company${only}.`);
  return { members: { company: { id: company.id, name: company.label } }, label: cleanLine(company.label) };
}

/** Tables of the last minute: they say what is not allowed sooner and in more words, and Manage itself has the last one. */
const AS_REMEMBERED = { checked: false } as const;

async function ticketCharge(
  id: number,
  company: Named | undefined,
  { manage, names, signal }: Reading,
): Promise<ChargeTo> {
  const [{ kind, record }, boards] = await Promise.all([
    findTicket(manage, id, signal),
    names.list('board', AS_REMEMBERED).catch(() => []),
  ]);
  refuseMerged(record);
  if (company !== undefined) checkCompany(company, record);
  const boardId = idOf(record.board);
  const board = boards.find((known) => known.id === boardId);
  if (board?.record.timeEntryLockedFlag === true)
    throw new ToolInputError(
      'ticketId',
      say`The board "${cleanLine(board.label)}" of ticket ${id} takes no time entries.`,
      {
        next: say`Log the time on a charge code or the company, or move the ticket to another board with update_ticket.`,
      },
    );
  const statuses =
    boardId === undefined ? [] : await names.list('status', { boardId, ...AS_REMEMBERED }).catch(() => []);
  const status = statuses.find((known) => known.id === idOf(record.status));
  if (status?.record.timeEntryNotAllowed === true) {
    const allowed = statuses.filter((other) => other.record.timeEntryNotAllowed !== true);
    const labels = joined(
      allowed.map(({ label }) => cleanLine(label)),
      ', ',
    );
    throw new ToolInputError(
      'ticketId',
      say`Ticket ${id} has the status "${cleanLine(status.label)}", and the board "${cleanLine(nameOf(record.board))}" allows no time entry in it.`,
      { next: say`Change the status first with update_ticket, for example to one of: ${labels}.` },
    );
  }
  const customer = cleanLine(nameOf(record.company));
  return {
    // Issues of projects are charged as project tickets, too.
    members: { chargeToType: kind === 'project' ? 'ProjectTicket' : 'ServiceTicket', chargeToId: id },
    label: joined(
      [
        say`ticket ${id} "${cleanLine(record.summary)}"`,
        customer && say`(${customer})`,
        record.closedFlag === true && say`(closed)`,
      ],
      ' ',
    ),
    ticket: record,
  };
}

/** @throws {ToolInputError} where there are no notes to add to a ticket, or no ticket */
export function checkNotes(notes: string | undefined, { ticket, label }: ChargeTo): void {
  if (notes === undefined) throw new ToolInputError('notes', say`addNotesTo needs notes.`);
  if (ticket === undefined)
    throw new ToolInputError(
      'addNotesTo',
      say`addNotesTo adds the notes to a ticket, and the time is logged on ${label}. Leave addNotesTo out.`,
    );
}

/**
 * Who is mailed: `Grace Keller (grace@globex.example)`.
 * @throws {ToolInputError} when there is nobody, before anything is written
 */
export function mailedTo({ ticket, label }: ChargeTo): Clean {
  const refuse = (why: Clean): never => {
    throw new ToolInputError('emailContact', say`Nobody can be mailed: ${why}. Leave emailContact out.`);
  };
  if (ticket === undefined) return refuse(say`only a ticket has a contact, and the time is logged on ${label}`);
  const contact = cleanLine(nameOf(ticket.contact) ?? ticket.contactName);
  if (contact === '') return refuse(say`ticket ${Number(ticket.id)} has no contact`);
  const address = cleanLine(ticket.contactEmailAddress);
  if (address === '') return refuse(say`${contact}, the contact of ticket ${Number(ticket.id)}, has no e-mail address`);
  return say`${contact} (${address})`;
}

/** Whether a charge code is for time off: its work type draws on an accrual. */
export async function isLeave(chargeCode: Named | undefined, names: ToolContext['names']): Promise<boolean> {
  const workTypeId = idOf(chargeCode?.record.workType);
  if (workTypeId === undefined) return false;
  const type = (await names.list('workType')).find(({ id }) => id === workTypeId);
  return type?.record.accrualType !== undefined && type.record.accrualType !== null;
}
