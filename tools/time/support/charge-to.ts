import type { ManageClient, ManageRecord } from '../../../src/manage/index.ts';
import { findTicket, idOf, type Names, nameOf } from '../../../src/names/index.ts';
import { ToolInputError } from '../../../src/tool/index.ts';

/** What people say that time was spent on. */
export interface ChargeInput {
  readonly ticketId?: number | undefined;
  readonly chargeCode?: string | undefined;
  readonly company?: string | undefined;
}

export interface ChargeTo {
  /** Members of the time entry. */
  readonly members: ManageRecord;
  /** `ticket 4711 "VPN is down" (Acme)`, `Lunch`. */
  readonly label: string;
}

/** Operations that finding out what time is charged to needs. */
export const CHARGE_OPERATIONS = ['GET /service/tickets/{id}', 'GET /project/tickets/{id}'] as const;

/**
 * What an entry is charged to. A ticket's status, or its board, can forbid time: Manage's own error then names nothing but a
 * field, so it is looked up first.
 * @throws {ToolInputError} when nothing or several things are named, or time is forbidden there
 */
export async function chargeTo(
  input: ChargeInput,
  manage: ManageClient,
  names: Names,
  signal: AbortSignal,
): Promise<ChargeTo> {
  const given = (['ticketId', 'chargeCode', 'company'] as const).filter((name) => input[name] !== undefined);
  const [only] = given;
  if (only === undefined || (given.length > 1 && !(given.length === 2 && given.includes('company')))) {
    throw new ToolInputError(
      'ticketId',
      `Say what the time was for: ticketId, chargeCode or company${given.length > 1 ? `, only one of them (not ${given.join(' and ')})` : ''}.`,
    );
  }
  if (input.ticketId !== undefined) return ticketCharge(input.ticketId, input.company, manage, names, signal);
  if (input.chargeCode !== undefined) {
    const code = await names.resolve('chargeCode', input.chargeCode, { argument: 'chargeCode' });
    return { members: { chargeToType: 'ChargeCode', chargeToId: code.id }, label: code.label };
  }
  const company = await names.resolve('company', input.company ?? '', { argument: 'company' });
  return { members: { company: { id: company.id } }, label: company.label };
}

/** A company that is named beside a ticket has to be the ticket's: a number that was misheard lands on another customer's bill. */
async function checkCompany(said: string, record: ManageRecord, id: number, names: Names): Promise<void> {
  const company = await names.resolve('company', said, { argument: 'company' });
  if (company.id === idOf(record.company)) return;
  throw new ToolInputError(
    'company',
    `Ticket ${id} is ${nameOf(record.company)}'s, not ${company.label}'s. Send the ticketId that is meant, or leave company out.`,
    { next: 'search_tickets with company lists the tickets of a customer.' },
  );
}

async function ticketCharge(
  id: number,
  company: string | undefined,
  manage: ManageClient,
  names: Names,
  signal: AbortSignal,
): Promise<ChargeTo> {
  const { kind, record } = await findTicket(manage, id, signal);
  if (company !== undefined) await checkCompany(company, record, id, names);
  const boardId = idOf(record.board);
  const board = (await names.list('board').catch(() => [])).find((known) => known.id === boardId);
  if (board?.record.timeEntryLockedFlag === true)
    throw new ToolInputError('ticketId', `The board "${board.label}" of ticket ${id} takes no time entries.`, {
      next: 'Log the time on a charge code or the company, or move the ticket to another board with update_ticket.',
    });
  const statuses = boardId === undefined ? [] : await names.list('status', { boardId }).catch(() => []);
  const status = statuses.find((known) => known.id === idOf(record.status));
  if (status?.record.timeEntryNotAllowed === true) {
    const allowed = statuses
      .filter(({ record: other }) => other.timeEntryNotAllowed !== true)
      .map(({ label }) => label);
    throw new ToolInputError(
      'ticketId',
      `Ticket ${id} has the status "${status.label}", and the board "${nameOf(record.board)}" allows no time entry in it.`,
      {
        next: `Change the status first with update_ticket, for example to one of: ${allowed.join(', ')}.`,
      },
    );
  }
  return {
    // Issues of projects are charged as project tickets, too.
    members: { chargeToType: kind === 'project' ? 'ProjectTicket' : 'ServiceTicket', chargeToId: id },
    label: `ticket ${id} "${record.summary}"${nameOf(record.company) === undefined ? '' : ` (${nameOf(record.company)})`}`,
  };
}
