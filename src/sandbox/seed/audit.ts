import type { DateTime } from 'luxon';
import { writeTicketLog } from '../audit/ticket-log.ts';
import { writeRows } from '../audit/trail.ts';
import { nameIn } from '../references.ts';
import type { SandboxRecord } from '../store/store.ts';
import type { Provider } from './provider.ts';

/** Records of each kind that have a history: the newest ones; more would only make the seed slow. */
const MOST = 400;

/** Service tickets that the change log tells of: the newest ones, as where it was switched on lately. */
const LOGGED = 100;

/** What somebody once changed of a record: the member, and what it was before. */
const EDITS: readonly (readonly [
  template: string,
  type: string,
  label: string,
  was: (record: SandboxRecord) => string,
  is: (record: SandboxRecord) => string,
])[] = [
  ['/company/companies', 'Company', 'Phone Number', () => '5185550100', ({ phoneNumber }) => String(phoneNumber ?? '')],
  ['/company/contacts', 'Contact', 'Title', () => '', ({ title }) => String(title ?? 'Office Manager')],
  ['/company/configurations', 'Configuration', 'Status', () => 'Inactive', ({ status }) => nameOf(status)],
  ['/sales/opportunities', 'Opportunity', 'Stage', () => '1.Prospect', ({ stage }) => nameOf(stage)],
  ['/project/projects', 'Project', 'Budget Hours', () => '60', ({ budgetHours }) => String(budgetHours ?? '')],
  ['/finance/agreements', 'Agreement', 'Bill Amount', () => '0', ({ billAmount }) => String(billAmount ?? '')],
  ['/finance/invoices', 'Invoice', 'Status', () => 'New', ({ status }) => nameOf(status)],
  ['/time/entries', 'Time', 'Notes', () => 'Work', ({ notes }) => String(notes ?? '').slice(0, 100)],
];

const nameOf = (reference: unknown): string => String(nameIn(reference) ?? '');

const changed = (label: string, was: string, is: string) => [
  { text: `${label} changed from "${was}" to "${is}".`, subType: label },
];

/** What the audit trail tells of the records that there are: tickets from their beginning, others one change. */
export function seedAudit(provider: Provider): void {
  provider.random.begin('audit');
  const { random, store, now } = provider;
  const at = (text: unknown): Date => new Date(String(text));
  for (const [template, type] of [
    ['/service/tickets', 'Ticket'],
    ['/project/tickets', 'ProjectTicket'],
  ] as const) {
    for (const ticket of provider.newest(template, MOST)) {
      const { dateEntered, enteredBy, lastUpdated, updatedBy } = ticket._info as Record<string, string>;
      const [begun, by] = [at(dateEntered), String(enteredBy)];
      writeRows(
        store,
        { type, recordId: ticket.id },
        [{ text: `${type} ${ticket.id} was created.`, subType: 'Record' }],
        {
          by,
          at: begun,
          source: 'Service Board',
        },
      );
      const soon = new Date(Math.min(begun.getTime() + 20 * 60_000, at(lastUpdated).getTime()));
      if (ticket.owner !== undefined)
        writeRows(store, { type, recordId: ticket.id }, changed('Owner', '', nameOf(ticket.owner)), {
          by: 'dlopez',
          at: soon,
          source: 'Dispatch Portal',
        });
      if (random.chance(0.2) && nameOf(ticket.priority) !== 'Priority 3 - Medium')
        writeRows(
          store,
          { type, recordId: ticket.id },
          changed('Priority', 'Priority 3 - Medium', nameOf(ticket.priority)),
          {
            by: 'dlopez',
            at: soon,
            source: 'Service Ticket',
          },
        );
      if (nameOf(ticket.status) !== 'New')
        writeRows(store, { type, recordId: ticket.id }, changed('Status', 'New', nameOf(ticket.status)), {
          by: String(updatedBy),
          at: at(lastUpdated),
          source: 'Service Ticket',
        });
    }
  }
  for (const ticket of provider.newest('/service/tickets', LOGGED)) {
    const { dateEntered, enteredBy, lastUpdated, updatedBy } = ticket._info as Record<string, string>;
    const begun = { ...ticket, status: { name: 'New' }, owner: undefined, resources: undefined, closedFlag: false };
    writeTicketLog(store, begun, { by: String(enteredBy), at: at(dateEntered), action: 'Insert' });
    writeTicketLog(store, ticket, { by: String(updatedBy), at: at(lastUpdated), action: 'Update' });
  }
  for (const [template, type, label, was, is] of EDITS) {
    for (const record of provider.newest(template, MOST / 2)) {
      if (!random.chance(0.4) || was(record) === is(record)) continue;
      const when: DateTime = now.minus({ days: random.int(1, 60), hours: random.int(0, 8) });
      writeRows(store, { type, recordId: record.id }, changed(label, was(record), is(record)), {
        by: random.pick(['mobrien', 'dlopez', 'klind']),
        at: when.toJSDate(),
        source: 'Client',
      });
    }
  }
}
