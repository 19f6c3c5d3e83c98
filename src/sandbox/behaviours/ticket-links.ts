import type { SandboxRecord } from '../store/store.ts';

/** Where what hangs on a ticket is found, as Manage links it: the queries are its own, the spaces encoded so that the links open as they are. */
export const ticketLinks =
  (side: 'service' | 'project') =>
  ({ id }: SandboxRecord): Readonly<Record<string, string>> => ({
    activities_href: `/sales/activities?conditions=ticket/id=${id}`,
    scheduleentries_href: `/schedule/entries?conditions=type/id=4%20AND%20objectId=${id}`,
    documents_href: `/system/documents?recordType=Ticket&recordId=${id}`,
    configurations_href: `/${side}/tickets/${id}/configurations`,
    tasks_href: `/${side}/tickets/${id}/tasks`,
    notes_href: `/${side}/tickets/${id}/notes`,
    products_href: `/procurement/products?conditions=chargeToType='Ticket'%20AND%20chargeToId=${id}`,
    timeentries_href: `/time/entries?conditions=(chargeToType='ServiceTicket'%20OR%20chargeToType='ProjectTicket')%20AND%20chargeToId=${id}`,
    expenseEntries_href: `/expense/entries?conditions=(chargeToType='ServiceTicket'%20OR%20chargeToType='ProjectTicket')%20AND%20chargeToId=${id}`,
  });
