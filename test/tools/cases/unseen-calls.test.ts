import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;

beforeAll(async () => {
  session = await startSession({ toolsets: 'all', now: new Date('2026-11-30T03:45:00Z') });
});
afterAll(() => session.close());

describe('calls that nobody had seen', () => {
  it.each([
    ['search_tickets', { orderBy: 'priority asc', limit: 1 }, /^priority asc: the least urgent first.*\| P4 \|/s],
    ['search_tickets', { orderBy: 'most urgent first', limit: 1 }, /\| P1 \|/],
    ['search_tickets', { orderBy: 'oldest', limit: 1 }, /opened\n12 \|/],
    [
      'call_read_operation',
      { operation: 'GET /service/tickets', query: { orderBy: 'priority asc', pageSize: 1, fields: 'priority' } },
      /least urgent come first.*Priority 4/s,
    ],
    ['search_opportunities', { where: [{ field: 'probability', op: 'gte', value: 90 }] }, /4 \| Initech: Second site/],
    [
      'search_opportunities',
      { where: [{ field: 'probability', op: 'eq', value: '90%' }] },
      /4 \| Initech: Second site/,
    ],
    ['call_read_operation', { operation: 'GET /service/boards', arguments: '{}', body: '' }, /5 rows/],
    ['call_read_operation', { operation: 'GET /service/boards', query: { pageSize: 0, page: 0 } }, /5 rows/],
    [
      'call_read_operation',
      { operation: 'POST /service/tickets/search', query: { conditions: 'id=564' } },
      /^(?!.*"id":1,).*"id":564/s,
    ],
    ['get_member', { member: "Mrs. O'Brien" }, /^Maura O'Brien/],
    ['get_contact', { contact: 'Ms Nadia Novak', company: 'Acme Corporation' }, /Nadia Novak, Acme Corporation/],
    ['get_company', { company: 'the Wayne account' }, /^Wayne Logistics/],
    ['search_tickets', { status: 'In Progress or Assigned', limit: 1 }, /^1 of (?!0)/],
    ['search_tickets', { status: 'in progress, assigned', board: 'Help Desk', limit: 1 }, /^1 of (?!0)/],
    ['search_tickets', { kind: 'projects', limit: 1 }, /^1 of \d+ open tickets.*\| Projects \|/s],
    ['create_company', { name: 'Zed Logistics', country: 'U.S.A.', dryRun: true }, /country: United States \(id 1\)/],
    ['find_unbilled', { by: 'customer', company: 'Globex' }, /1 of 1 customer/],
    ['merge_tickets', { into: 564, tickets: [560], as: 'child', dryRun: true }, /attachChildren/],
    ['search_companies', { status: 'Inactive' }, /^(?!.*deletedFlag)/s],
  ])('%s %j is understood', async (tool, input, says) => {
    const { text } = await session.ok(tool, input);
    expect(text).toMatch(says);
  });

  it.each([
    ['call_read_operation', { operation: 'POST /service/tickets/search', query: { fields: 'id' } }, /takes no fields/],
    [
      'call_read_operation',
      { operation: 'GET /service/tickets', query: { conditions: { board: 'Internal' } } },
      /query\.conditions has to be a text.*query\.where takes a list/s,
    ],
    [
      'call_write_operation',
      { operation: 'PATCH /service/tickets/564', body: [{ op: 'replace', path: 'Summary', value: 'x' }] },
      /Summary is not a path of Ticket/,
    ],
    ['call_write_operation', { operation: 'PATCH /service/tickets/564', body: 'summary=x' }, /body has to be JSON/],
    [
      'schedule_work',
      { member: 'me', title: 'x', start: 'tomorrow 14:00 Berlin time' },
      /2026-11-30 here and 2026-12-01/,
    ],
    ['search_tickets', { status: 'New, Nonsense' }, /no status "Nonsense"/],
    [
      'update_company',
      { company: 'Hooli', customFields: { 'Contract signed': '03/04/2026' } },
      /can be read as 2026-03-04 or 2026-04-03/,
    ],
    ['log_time', { ticketId: 564, date: 'next Friday', hours: 1, notes: 'x' }, /Fri 4 Dec 2026 is in the future/],
  ])('%s %j is refused with what to send', async (tool, input, says) => {
    expect(await session.refused(tool, input)).toMatch(says);
  });

  it.each([
    ['create_purchase_order', { vendor: 'Cyberdyne', lines: ['3 x LT-14'] }, 'lines takes [{"product": "..."'],
    ['create_purchase_order', { vendor: 'Cyberdyne', lines: [{ product: 'LT-14', cost: 1 }] }, '"unitCost": 1}]'],
    ['receive_purchase_order', { purchaseOrder: 'PO-1001', lines: [{ product: 'SW-24' }] }, '[{"lineId": 1'],
    ['call_read_operation', { operation: 'GET /service/tickets/{id}', path: '564' }, 'path takes {"id": "..."'],
    ['update_contact', { contact: 5, add: [{ type: 'fax' }] }, 'add takes [{"value": "..."'],
  ])('%s %j is refused with the shape', async (tool, input, shape) => {
    expect(await session.refused(tool, input)).toContain(shape);
  });

  it.each([
    ['save_activity', { name: 'Call', company: 'Globex', due: 'tomorrow 3pm' }, 'dateStart: Mon 30 Nov 2026 15:00'],
    ['create_invoice', { company: 'Globex', reference: 'x', date: 'yesterday' }, '\ndate: 2026-11-28\n'],
    ['add_invoice_payment', { invoice: '10126', amount: '1,000.00' }, 'amount: 1,000.00\n'],
    ['control_stopwatch', { action: 'start', ticketId: 564 }, 'on ticket 564'],
    ['convert_opportunity', { opportunity: 4, to: 'project', start: 'Monday', end: 'Friday' }, '2026-12-04'],
    ['update_company', { company: 'Hooli', customFields: { 'Contract signed': 'Friday' } }, '-> 2026-11-27\n'],
    ['save_catalog_item', { item: 'DOCK', cost: '0.0455' }, 'cost: 120.00 -> 0.0455'],
    [
      'call_write_operation',
      { operation: 'PATCH /service/tickets/564', body: { closedFlag: true } },
      'Manage ignores closedFlag: it would not be changed.',
    ],
    [
      'update_ticket',
      { ticketId: 564, priority: 'P2', customFields: { 'Root cause': 'null' } },
      'Root cause came without a value and was not emptied',
    ],
  ])('%s %j shows its times and amounts before it is sent', async (tool, input, says) => {
    expect((await session.ok(tool, { ...input, dryRun: true })).text).toContain(says);
  });

  it('takes a break of nothing for none', async () => {
    const input = { ticketId: 564, start: 'yesterday 9am', hours: '1', notes: 'x', dryRun: true };
    for (const none of [0, '0', 'none'])
      expect((await session.ok('log_time', { ...input, break: none })).text).not.toMatch(/hoursDeduct/);
  });

  it('leaves out the members of a PATCH that came without a value, and says so', async () => {
    const operation = 'PATCH /company/companies/7';
    const { website } = await session.get('/company/companies/7');
    const { text } = await session.ok('call_write_operation', {
      operation,
      body: { website: '', phoneNumber: '5185553831', addressLine2: '  ' },
    });
    expect(text).toMatch(/website, addressLine2 came without a value and was not emptied/);
    expect(await session.get('/company/companies/7')).toMatchObject({ website, phoneNumber: '5185553831' });
  });

  it('finds the same work logged before it chose a time for it', async () => {
    const work = { ticketId: 564, hours: 0.5, notes: 'Renewed the licence' };
    await session.ok('log_time', { ...work, start: '2026-11-27 18:00' });
    const again = { ...work, date: '2026-11-27', hours: '30 minutes' };
    expect(await session.refused('log_time', again)).toMatch(/already logs 0\.5 h .*from Fri 27 Nov 2026 18:00/);
    const other = await session.ok('log_time', { ...again, notes: 'Told the customer', dryRun: true });
    expect(other.text).toMatch(/first free time/);
  });

  it('finds the changes of a record by its name', async () => {
    await session.ok('update_company', { company: 'Globex', phone: '5185553832' });
    for (const record of ['company Globex', 'company 7', 'Globex'])
      expect((await session.ok('list_changes', { record })).text).toMatch(/update_company/);
    const { text } = await session.ok('list_changes', { period: 'today' });
    expect(text.match(/Sun 29 Nov \(America/g)).toHaveLength(1);
  });
});
