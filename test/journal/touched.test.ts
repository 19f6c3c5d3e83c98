import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/journal/entry.ts';
import { touches } from '../../src/journal/touched.ts';

const entry = (operation: string, more: Partial<Entry> = {}): Entry => ({
  id: 'a-1',
  at: '2026-11-24T10:00:00.000Z',
  site: 'api-na.myconnectwise.net/northwind',
  tool: 'update_ticket',
  operation,
  path: {},
  outcome: 'done',
  ...more,
});

const addition = entry('PATCH /finance/agreements/{parentId}/additions/{id}', { path: { parentId: 7, id: 14 } });
const site = entry('POST /company/companies/{parentId}/sites', { path: { parentId: 25 }, created: 49 });
const appointment = entry('DELETE /schedule/entries/{id}', {
  path: { id: 505 },
  before: { objectId: 527, type: { id: 4, identifier: 'S' }, member: { id: 7 } },
});
const time = entry('POST /time/entries', { sent: { chargeToId: 9, chargeToType: 'ChargeCode' }, created: 344 });
const callback = entry('POST /system/callbacks', { sent: { type: 'Ticket', objectId: 1, level: 'board' }, created: 4 });
const teamMember = entry('POST /project/projects/{parentId}/teamMembers', { path: { parentId: 7 }, created: 55 });
const order = entry('POST /procurement/purchaseorders/{parentId}/lineitems', { path: { parentId: 4 }, created: 11 });
const merge = entry('POST /service/tickets/{parentId}/merge', {
  path: { parentId: 477 },
  sent: { childTicketIds: [563] },
});

const mergedTickets = entry('POST /service/tickets/{parentId}/merge', {
  path: { parentId: 679 },
  sent: { mergeTicketIds: [680], status: { id: 3 } },
});
const mergedCompanies = entry('POST /company/companies/{id}/merge', { path: { id: 32 }, sent: { toCompanyId: 30 } });
const converted = (to: string) =>
  entry(`POST /sales/opportunities/{id}/convertTo${to}`, { path: { id: 5 }, after: { id: 8 } });
const moved = entry('PATCH /schedule/entries/{id}', {
  path: { id: 587 },
  sent: [{ op: 'replace', path: 'member', value: { id: 4 } }],
  of: { objectId: 496, type: { id: 4, identifier: 'S' } },
});

describe('the changes of a record', () => {
  it.each<[string, Entry]>([
    ['agreement 7', addition],
    ['addition 14', addition],
    ['agreement addition #14', addition],
    ['14', addition],
    ['company 25', site],
    ['customer 25', site],
    ['site 49', site],
    ['ticket 527', appointment],
    ['appointment 505', appointment],
    ['schedule entry 505', appointment],
    ['charge code 9', time],
    ['time entry 344', time],
    ['time 344', time],
    ['webhook callback 4', entry('DELETE /system/webhook/callbacks/{id}', { path: { id: 4 } })],
    ['team member 55', teamMember],
    ['PO 4', order],
    ['purchase order 4', order],
    ['ticket 563', merge],
    ['service ticket 477', merge],
    ['ticket 680', mergedTickets],
    ['ticket 679', mergedTickets],
    ['company 30', mergedCompanies],
    ['company 32', mergedCompanies],
    ['project 8', converted('Project')],
    ['ticket 8', converted('ServiceTicket')],
    ['sales order 8', converted('SalesOrder')],
    ['opportunity 5', converted('Project')],
    ['ticket 496', moved],
    ['config 3', entry('PATCH /company/configurations/{id}', { path: { id: 3 } })],
    ['catalog item 8', entry('PATCH /procurement/catalog/{id}', { path: { id: 8 } })],
    ['article 3', entry('PATCH /service/knowledgeBaseArticles/{id}', { path: { id: 3 } })],
  ])('of %s are found by kind and id', (said, change) => expect(touches(change, said)).toBe(true));

  it.each<[string, Entry]>([
    ['agreement 14', addition],
    ['company 49', site],
    ['ticket 9', time],
    ['ticket 4', callback],
    ['member 55', teamMember],
    ['purchase order 11', order],
    ['company 680', mergedTickets],
    ['ticket 8', converted('Project')],
    ['ticket 587', moved],
    ['company 3', entry('PATCH /company/configurations/{id}', { path: { id: 3 } })],
    ['ticket 5', entry('PATCH /service/tickets/{id}', { path: { id: 15 } })],
  ])('of %s are not those of another record with its number', (said, change) =>
    expect(touches(change, said)).toBe(false),
  );
});
