import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const SUNDAY = new Date('2026-11-29T19:30:00Z');

let session: Session;
beforeAll(async () => {
  session = await startSession({ now: SUNDAY, toolsets: 'all' });
});
afterAll(() => session.close());

describe('a day that is said twice', () => {
  it.each([
    ['schedule_work', { member: 'Alex Chen', ticketId: 567, start: 'tomorrow 9am', date: '2026-12-09' }],
    ['schedule_work', { member: 'Alex Chen', ticketId: 567, start: '2026-12-01T14:00:00Z', date: '2026-12-02' }],
    ['update_schedule_entry', { entryId: 579, start: 'tomorrow 3pm', date: '2026-12-09' }],
    ['log_time', { ticketId: 567, start: 'yesterday 2pm', hours: '1', date: '2026-11-27', notes: 'Cabling' }],
    ['log_time', { ticketId: 567, start: 'yesterday morning', hours: '1', date: '2026-11-27', notes: 'Cabling' }],
    ['log_time', { ticketId: 567, start: 'yesterday 2pm to 3pm', date: '2026-11-27', notes: 'Cabling' }],
    ['update_time_entry', { entryId: 313, start: '2026-11-20 14:00', date: '2026-11-18' }],
  ])('is refused by %s when the two differ: %j', async (tool, input) => {
    expect(await session.refused(tool, input)).toMatch(/start is on .+ and date is .+\. Send the day once\./);
  });

  it('counts when both are the same, and a start alone moves to another day', async () => {
    const scheduled = await session.ok('schedule_work', {
      member: 'Alex Chen',
      ticketId: 567,
      start: 'tomorrow 9am',
      date: '2026-11-30',
    });
    const entry = await session.get(`/schedule/entries/${scheduled.structured.id}`);
    expect(entry.dateStart).toBe('2026-11-30T14:00:00Z');
    await session.ok('update_schedule_entry', { entryId: 579, start: '2026-12-09 3pm' });
    expect((await session.get('/schedule/entries/579')).dateStart).toBe('2026-12-09T20:00:00Z');
    await session.ok('update_time_entry', { entryId: 313, start: '2026-11-18 07:00' });
    expect((await session.get('/time/entries/313')).timeStart).toBe('2026-11-18T12:00:00Z');
    const night = { ticketId: 567, start: '11pm', end: '1am', date: '2026-11-27', notes: 'Late' };
    const logged = await session.ok('log_time', night);
    expect(logged.structured.timeStart).toBe('2026-11-28T04:00:00Z');
  });
});

describe('a ticket of another company', () => {
  it.each([
    ['create_invoice', { company: 'Globex', type: 'Standard', ticketId: 567 }],
    ['save_rma', { product: 'DOCK', company: 'Globex', ticketId: 567 }],
    ['save_rma', { rmaId: 1, ticketId: 567 }],
    ['log_time', { company: 'Globex', ticketId: 567, start: '1pm', hours: '0.5' }],
  ])('is refused by %s', async (tool, input) => {
    expect(await session.refused(tool, input)).toMatch(/Ticket 567 is Soylent Foods', not /);
  });

  it('is not refused when it is the company that was named', async () => {
    const { structured } = await session.ok('create_invoice', { company: 'Soylent', type: 'Standard', ticketId: 567 });
    const { company, applyToId } = await session.get(`/finance/invoices/${structured.id}`);
    expect([company.name, applyToId]).toEqual(['Soylent Foods', 567]);
  });
});

describe('what moves to another company', () => {
  it('leaves the agreement of the old one behind: a ticket', async () => {
    expect((await session.get('/service/tickets/589')).agreement).toMatchObject({ id: 5 });
    const { text } = await session.ok('update_ticket', { ticketId: 589, company: 'Globex' });
    expect(text).toContain('agreement: Block Time 2026 -> -');
    const { company, agreement } = await session.get('/service/tickets/589');
    expect([company.name, agreement]).toEqual(['Globex Manufacturing', undefined]);
  });

  it('leaves contact and opportunity behind: an activity', async () => {
    expect((await session.get('/sales/activities/3')).contact).toBeDefined();
    await session.ok('save_activity', { activityId: 3, company: 'Globex' });
    const { company, contact, opportunity } = await session.get('/sales/activities/3');
    expect([company.name, contact, opportunity]).toEqual(['Globex Manufacturing', undefined, undefined]);
  });

  it('leaves contact and site behind, unless new ones are named: a configuration', async () => {
    await session.ok('save_configuration', { configuration: '54', contact: 'Ben Petrov', site: 'Main' });
    const move = { configuration: '54', company: 'Initech', contact: 'Elena Abbott' };
    expect(await session.refused('save_configuration', move)).toMatch(/from Globex Manufacturing to Initech\?/);
    expect((await session.get('/company/configurations/54')).company.name).toBe('Globex Manufacturing');
    await session.ok('save_configuration', { ...move, confirm: true });
    const { company, contact, site } = await session.get('/company/configurations/54');
    expect([company.name, contact.id, site]).toEqual(['Initech', 26, undefined]);
  });

  it('leaves the contact behind: an RMA', async () => {
    await session.ok('save_rma', { rmaId: 1, contact: 'Grace Keller' });
    await session.ok('save_rma', { rmaId: 1, company: 'Globex' });
    const { returnedCompany, returnedContact } = await session.get('/procurement/rmaTags/1');
    expect([returnedCompany.name, returnedContact]).toEqual(['Globex Manufacturing', undefined]);
  });

  it('is of the customer that it is charged to: a time entry', async () => {
    const { text } = await session.ok('update_time_entry', { entryId: 313, ticketId: 515 });
    expect(text).toContain('company: Soylent Foods -> Vandelay Imports');
    expect((await session.get('/time/entries/313')).company.name).toBe('Vandelay Imports');
  });
});

describe('a name that is begun', () => {
  it.each([
    ['set_ticket_configurations', { ticketId: 596, attach: 'ACME-FIR-03' }],
    ['set_ticket_configurations', { ticketId: 596, attach: 'acme fir 03' }],
    ['get_configuration', { configuration: 'ACME-FIR-03', company: 'Acme Dental' }],
    ['get_configuration', { configuration: 'acme fir 03', company: 'Acme Dental' }],
  ])("is no other customer's device: %s %j", async (tool, input) => {
    expect(await session.refused(tool, input)).toMatch(/of Acme Dental Group\. There is ACME-FIR-03 \(id 14\)/);
  });

  it('is written to where only its last word is', async () => {
    const acme = { opportunity: 'Acme: Security review', notes: 'x', dryRun: true };
    expect(await session.refused('update_opportunity', acme)).toContain('AcmeDental: Security review');
    const own = await session.ok('update_opportunity', { ...acme, opportunity: 'AcmeDental: Security rev' });
    expect(own.text).toContain('opportunity AcmeDental: Security review (id 15)');
  });

  it('is said where it was taken for a record', async () => {
    const { text } = await session.ok('get_opportunity', { opportunity: 'Acme: Security review' });
    expect(text).toContain('Took AcmeDental: Security review for "Acme: Security review".');
  });
});

describe('a name that several customers have, in the body of an operation', () => {
  const write = (operation: string, body: object) => ({ operation, body });

  it('is that of the customer whose record it is', async () => {
    const main = { defaultContact: { name: 'Ines Tanaka' } };
    await session.ok('call_write_operation', write('PATCH /company/companies/27', main));
    expect((await session.get('/company/companies/27')).defaultContact.id).toBe(93);
    const ticket = { summary: 'x', company: { identifier: 'Zorg' }, contact: { name: 'Ben Petrov' } };
    const created = await session.ok('call_write_operation', write('POST /service/tickets', ticket));
    expect((await session.get(`/service/tickets/${created.structured.result.id}`)).contact.id).toBe(92);
  });

  it.each([
    ['PATCH /service/tickets/593', { agreement: { name: 'Block Time 2026' } }, "of Bob's"],
    ['PATCH /service/tickets/593', [{ op: 'replace', path: 'contact', value: { name: 'Ben Petrov' } }], "of Bob's"],
    ['PATCH /sales/activities/2', { opportunity: { name: 'Initech: Second site' } }, "of Bob's"],
  ])('is refused where the customer has none: %s %j', async (operation, body, why) => {
    expect(await session.refused('call_write_operation', write(operation, body))).toContain(why);
  });
});

it('is asked whether a contract ends, by an operation as well', async () => {
  const cancel = { operation: 'PATCH /finance/agreements/12', body: { cancelledFlag: true } };
  expect(await session.refused('call_write_operation', cancel)).toContain('It ends what the customer is billed.');
});

describe('arguments that do not go together', () => {
  it.each([
    ['lookup_values', { table: 'boards', company: 'Acme' }, 'boards do not belong to a company'],
    ['lookup_values', { table: 'workTypes', board: 'Help Desk' }, 'workTypes do not belong to a board'],
    ['lookup_values', { table: 'sites', company: 'Acme', board: 'Help Desk' }, 'sites do not belong to a board'],
    ['get_board', { board: 'Help Desk', sla: 'Standard SLA' }, 'not both'],
    ['search_knowledge_base', { query: 'printer', article: 1 }, 'article names one article'],
    ['search_marketing_groups', { text: 'cust', group: 'Prospects' }, 'send one of them'],
    ['list_holidays', { calendar: 'Around the clock', member: 'me' }, 'Send one of calendar, member and location'],
    ['control_stopwatch', { action: 'start', ticketId: 567, stopwatchId: 1 }, 'leave stopwatchId out'],
    [
      'save_callback',
      { url: 'https://hooks.example/x?recordId=', type: 'Ticket', level: 'Owner', object: 'Help Desk' },
      'Level Owner is about everything',
    ],
    ['save_configuration', { configuration: '54', partOf: '54' }, 'no part of itself'],
    ['save_project_phase', { project: '3', phase: 'Build', under: 'Build' }, 'not under itself'],
    ['get_attachments', { record: 'ticket 589', attachmentId: 122 }, 'Attachment 122 is not one of ticket 589'],
    ['set_project_team', { project: '4', member: 'Sam', remove: true, hours: 5 }, 'leave hours out'],
    [
      'set_project_team',
      { project: '4', member: 'Kaja', remove: true, role: 'Project Member' },
      'Kaja Lind is on the team as Project Lead',
    ],
    [
      'call_read_operation',
      { operation: 'GET /service/boards', all: true, query: { page: 2 } },
      'leave query.page out',
    ],
    ['search_tickets', { groupBy: ['board'], orderBy: 'staleness' }, 'but by count, board'],
    ['save_activity', { activityId: 2, opportunity: '4' }, "is of Initech, the activity of Bob's"],
    ['save_campaign', { campaign: 'Windows upgrade', type: 'Event' }, 'send subType as well'],
    ['find_missing_time', { period: '2031' }, 'has not begun'],
    [
      'convert_ticket',
      { ticketId: 589, project: '4', phase: 'Plan' },
      'The project is of Wayne Logistics, the ticket of',
    ],
    ['save_catalog_item', { item: 'DOCK', price: '€175' }, '€175 is not in USD'],
    ['add_product', { ticketId: 589, product: 'DOCK', price: '£175' }, '£175 is not in USD'],
    [
      'update_agreement',
      { agreement: 9, ends: '31 March 2027', cancelFrom: '31 Dec 2026' },
      'ends changes when the agreement runs out, and cancelFrom (2026-12-31) ends its billing',
    ],
    ['update_agreement', { agreement: 9, ends: 'never', cancelFrom: '31 Dec 2026' }, 'Send one of the two'],
  ])('are refused by %s: %j', async (tool, input, why) => {
    expect(await session.refused(tool, input)).toContain(why);
  });

  it.each([
    ['save_activity', { subject: 'x', type: 'Call', company: 'Globex', clear: ['notes'] }],
    ['save_project_phase', { project: '3', name: 'Zed', clear: ['notes'] }],
    ['save_ticket_task', { ticketId: 589, notes: 'Zed', clear: ['resolution'] }],
    ['save_marketing_group', { name: 'Zed', clear: ['description'] }],
    ['save_site', { company: 'Globex', name: 'Zed', clear: ['phone'] }],
    ['save_configuration', { company: 'Globex', name: 'Zed', type: 'Workstation', clear: ['notes'] }],
    ['log_expense', { amount: 5, company: 'Globex', notes: 'x', type: 'Parking', clear: ['notes'] }],
  ])('have nothing to empty in a new record: %s', async (tool, input) => {
    expect(await session.refused(tool, { ...input, dryRun: true })).toContain('clear');
    const { clear: _, ...rest } = input;
    expect((await session.ok(tool, { ...rest, clear: [], dryRun: true })).text).toContain('POST ');
  });

  it('name whose values a list has', async () => {
    const { text } = await session.ok('lookup_values', { table: 'sites', company: 'Acme' });
    expect(text).toContain('sites of Acme Corporation');
    expect(text).toContain('Took Acme Corporation for "Acme", not Acme Dental Group.');
  });

  it('are prices in another currency than our own, and in any where that cannot be told', async () => {
    const item = (price: string) => ({ item: 'DOCK', price, dryRun: true });
    const [{ id }] = await session.get('/finance/billingSetups');
    expect(await session.refused('save_catalog_item', item('€176'))).toContain('€176 is not in USD');
    expect((await session.ok('save_catalog_item', item('$176'))).text).toContain('176.00 USD');
    await session.rest('DELETE', `/finance/billingSetups/${id}`);
    expect(await session.refused('save_catalog_item', item('$176'))).toContain(
      'which one the record is in cannot be told',
    );
    expect((await session.ok('save_catalog_item', item('176'))).text).toContain('176');
  });
});

describe('a link of another Manage', () => {
  it.each(['GET', 'PATCH'])('is refused, because its ids mean other records: %s', async (method) => {
    const tool = method === 'GET' ? 'call_read_operation' : 'call_write_operation';
    const operation = `${method} https://other.example/v4_6_release/apis/3.0/service/tickets/589`;
    const text = await session.refused(tool, method === 'GET' ? { operation } : { operation, body: '{"summary":"x"}' });
    expect(text).toContain('The link is one of other.example');
  });

  it('is read when it is ours', async () => {
    const { _info } = await session.get('/service/tickets/589');
    const link = String(_info.notes_href ?? `${session.sandbox.baseUrl}/service/tickets/589`);
    expect((await session.ok('call_read_operation', { operation: `GET ${link}` })).isError).toBe(false);
  });
});
