import type { ChangeListener } from '../operations/changes.ts';
import type { SandboxRecord, Store } from '../store/store.ts';
import { differences } from './differences.ts';

const TICKET_LOG = '/service/tickets/changelogs';

type Named = { readonly id?: number; readonly name?: string; readonly identifier?: string; readonly sort?: number };

const of = (value: unknown): Named => (value ?? {}) as Named;

/** A ticket as its change log shows it: names and ids side by side. */
function asLogged(ticket: SandboxRecord): Record<string, unknown> {
  const { board, company, contact, owner, priority, sla, status, team } = ticket;
  return {
    ticketNumber: ticket.id,
    recordType: ticket.recordType,
    summary: ticket.summary,
    boardId: of(board).id,
    boardName: of(board).name,
    companyIdentifier: of(company).id,
    companyName: of(company).name,
    contactId: of(contact).id,
    contactName: ticket.contactName ?? of(contact).name,
    status: of(status).name,
    priorityId: of(priority).id,
    priorityName: of(priority).name,
    priorityLevel: of(priority).name,
    prioritySort: of(priority).sort,
    severity: ticket.severity,
    impact: ticket.impact,
    slaName: of(sla).name,
    slaStatus: ticket.slaStatus,
    teamName: of(team).name,
    ownerIdentifier: of(owner).id,
    ticketOwner: of(owner).name,
    resourceList: ticket.resources,
    closedFlag: ticket.closedFlag,
    customerUpdatedFlag: ticket.customerUpdatedFlag,
    parentTicketId: ticket.parentTicketId,
    mergedParentTicketId: of(ticket.mergedParentTicket).id,
  };
}

/** Adds what a ticket is at a moment to the log. */
export function writeTicketLog(
  store: Store,
  ticket: SandboxRecord,
  { by, at, action }: { by: string; at: Date; action: 'Insert' | 'Update' | 'Delete' },
): void {
  store.collection(TICKET_LOG).put({ action, processingStatus: 'Processed', ...asLogged(ticket) }, { by, at });
}

/** Keeps what a service ticket was after each request that changed something that the log shows. */
export const keepTicketLog: ChangeListener = (changes, _, { store, caller, now }) => {
  for (const { template, before, after } of changes) {
    const ticket = after ?? before;
    if (template !== '/service/tickets' || ticket === undefined) continue;
    const written = { by: caller.identifier, at: now };
    if (before === undefined) writeTicketLog(store, ticket, { ...written, action: 'Insert' });
    else if (after === undefined) writeTicketLog(store, ticket, { ...written, action: 'Delete' });
    else if (differences({ id: 0, ...asLogged(before) }, { id: 0, ...asLogged(after) }).length > 0)
      writeTicketLog(store, ticket, { ...written, action: 'Update' });
  }
};
