import type { ManageRecord } from '../../../src/manage/index.ts';
import { findTicket, idOf, type Named } from '../../../src/names/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import { refuseMerged } from '../../../src/tickets/merged.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import { ticketLabel } from './service-tickets.ts';

/** The ticket that a new one is to hang under. */
export interface Parent {
  /** `ticket 12 (Outage, Acme Corporation)`. */
  readonly label: Clean;
  /** What somebody may not expect of it: it is closed, or another customer's. A sentence each. */
  readonly warnings: readonly Clean[];
}

/**
 * Looks the parent of a new ticket up; nothing where none was named.
 * @throws {ToolInputError} for a project ticket, under which Manage hangs nothing; as `findTicket`
 */
export async function parentOf(
  id: number | undefined,
  company: Named,
  { manage, signal }: ToolContext,
): Promise<Parent | undefined> {
  if (id === undefined) return undefined;
  const { kind, record } = await findTicket(manage, id, signal);
  refuseMerged(record, 'parentTicketId');
  if (kind === 'project')
    throw new ToolInputError(
      'parentTicketId',
      say`Ticket ${id} is a project ticket; the parent has to be a service ticket.`,
    );
  return { label: labelOf(record), warnings: warningsOf(record, company) };
}

const labelOf = (record: ManageRecord): Clean => say`ticket ${ticketLabel(record)}`;

const warningsOf = (record: ManageRecord, company: Named): readonly Clean[] => [
  ...(idOf(record.company) === company.id
    ? []
    : [say`The parent, ${labelOf(record)}, is not a ticket of ${cleanLine(company.label)}.`]),
  ...(record.closedFlag === true ? [say`The parent, ${labelOf(record)}, is closed.`] : []),
];
