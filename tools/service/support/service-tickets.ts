import type { ManageRecord } from '../../../src/manage/index.ts';
import { findTicket, nameOf } from '../../../src/names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';

/**
 * Service tickets by number, each once.
 * @param argument the one that carries the numbers
 * @throws {ToolInputError} for a project ticket: what is done with several tickets at once exists for service tickets only
 */
export async function serviceTickets(
  ids: readonly number[],
  argument: 'into' | 'tickets',
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
): Promise<readonly ManageRecord[]> {
  return Promise.all(
    [...new Set(ids)].map(async (id) => {
      const { kind, record } = await findTicket(manage, id, signal);
      if (kind === 'project')
        throw new ToolInputError(
          argument,
          say`Ticket ${id} is a project ticket; Manage does this with service tickets only.`,
          { next: say`convert_ticket makes it a service ticket.` },
        );
      return record;
    }),
  );
}

/** `4711 (VPN is down, Acme Corporation)`: a ticket in a list of several. */
export const ticketLabel = ({ id, summary, company }: ManageRecord): Clean =>
  say`${Number(id)} (${joined([cleanLine(summary), cleanLine(nameOf(company))], ', ')})`;

/** `4711: New, Priority 3 - Medium, jdoe, contact Grace Keller, 1.5 h`: what two tickets are compared by before they become one. */
export function ticketFacts({ id, status, priority, resources, contact, actualHours }: ManageRecord): Clean {
  const [assigned, who] = [cleanLine(resources), cleanLine(nameOf(contact))];
  const facts = [
    cleanLine(nameOf(status)),
    cleanLine(nameOf(priority)),
    assigned === '' ? say`unassigned` : say`assigned ${assigned}`,
    who === '' ? say`no contact` : say`contact ${who}`,
    say`${Number(actualHours ?? 0)} h`,
  ];
  return say`${Number(id)}: ${joined(facts, ', ')}`;
}

/** The service ticket of a number. @throws as `serviceTickets` */
export async function serviceTicket(
  id: number,
  argument: 'into' | 'tickets',
  context: Pick<ToolContext, 'manage' | 'signal'>,
): Promise<ManageRecord> {
  const [ticket = {}] = await serviceTickets([id], argument, context);
  return ticket;
}
