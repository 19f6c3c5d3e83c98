import type { ManageRecord } from '../manage/index.ts';
import { FIND_TICKET_OPERATIONS, findTicket, idOf, type Named, nameOf } from '../names/index.ts';
import { cleanLine, possessive, say } from '../text/index.ts';
import { type ToolContext, ToolInputError } from '../tool/index.ts';

/** Operations that `ticketOfCompany` needs. */
export const TICKET_OF_COMPANY_OPERATIONS = FIND_TICKET_OPERATIONS;

/**
 * A company that is named beside a ticket has to be the ticket's: a number that was misheard lands on another customer's bill.
 * @throws {ToolInputError} when it is not
 */
export function checkCompany(company: Pick<Named, 'id' | 'label'>, ticket: ManageRecord): void {
  if (company.id === idOf(ticket.company)) return;
  throw new ToolInputError(
    'company',
    say`Ticket ${Number(ticket.id)} is ${possessive(cleanLine(nameOf(ticket.company)))}, not ${possessive(cleanLine(company.label))}. Send the ticketId that is meant, or leave company out.`,
    { next: say`search_tickets with company lists the tickets of a customer.` },
  );
}

/** Looks a ticket up and checks that it is the company's. @throws {ToolInputError} when it is another's; as `findTicket` */
export async function ticketOfCompany(
  ticketId: number,
  company: Pick<Named, 'id' | 'label'> | undefined,
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
): Promise<ManageRecord> {
  const { record } = await findTicket(manage, ticketId, signal);
  if (company !== undefined) checkCompany(company, record);
  return record;
}
