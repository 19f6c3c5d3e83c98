import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;

beforeAll(async () => {
  // More calls than the usual quota of a minute has requests for.
  const environment = { CWM_REQUESTS_PER_MINUTE: '6000' };
  session = await startSession({ toolsets: 'all', now: new Date('2026-11-30T03:45:00Z'), environment });
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
    ['search_companies', { where: [{ field: 'types', op: 'contains', value: 'Vendor' }] }, /^2 of 2 companies/],
    ['search_tickets', { where: [{ field: 'summary', op: 'like', value: 'printer' }], limit: 1 }, /^1 of [1-9]/],
    [
      'search_tickets',
      { where: [{ field: 'dateEntered', op: 'between', value: '2026-11-02 and 2026-11-06' }], state: 'any', limit: 1 },
      /^1 of [1-9]\d tickets/,
    ],
    ['search_tickets', { staleDays: 0, limit: 1 }, /staleDays: 0 was read as not given/],
    ['search_purchase_orders', { olderThanDays: 0 }, /olderThanDays: 0 was read as not given/],
    ['search_schedule', { team: 'Service', period: 'tomorrow' }, /schedule entr/],
    [
      'report',
      { measures: ['backlog'], where: [{ field: 'contact', op: 'is', value: 'null' }] },
      /In all: backlog [1-9]\d?\b/,
    ],
    [
      'log_time',
      { ticketId: 564, start: 'now - 2h', hours: '30 minutes', notes: 'x', dryRun: true, allowOverlap: true },
      /Sun 29 Nov 2026 20:45-21:15 /,
    ],
    ['get_ticket', { ticketId: 507, notes: 0 }, /Conversation, 0 of [1-9]\d*: notes: 0 leaves them out/],
    [
      'call_write_operation',
      {
        operation: 'PATCH /service/tickets/507',
        body: [{ op: 'replace', path: '/priority/id', value: 2 }],
        dryRun: true,
      },
      /priority: Priority 3 - Medium -> Priority 2 - High/,
    ],
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
    ['search_tickets', { where: [{ field: 'priority', op: '>', value: 'High' }] }, /names have no order/],
    ['search_tickets', { where: [{ field: 'priority', op: '<=', value: 2 }] }, /names have no order/],
    ['search_tickets', { where: [{ field: 'priority/name', op: 'gte', value: 'High' }] }, /names have no order/],
    ['search_companies', { where: [{ field: 'types', op: 'not contains', value: 'Vendor' }] }, /not for those without/],
    ['search_companies', { where: [{ field: 'types', op: 'is', value: 'null' }] }, /cannot look for empty ones/],
    [
      'search_contacts',
      { where: [{ field: 'communicationItems', op: 'contains', value: '@acme' }] },
      /communicationItems\/value/,
    ],
    ['update_ticket', { ticketId: 507, dueDate: '3am CET' }, /like "tomorrow 3am CET"/],
    ['update_ticket', { ticketId: 507, dueDate: '+1 day' }, /does not say from when it counts/],
    ['update_schedule_entry', { entryId: 538, date: '+1 day' }, /does not say from when it counts/],
    ['update_time_entry', { entryId: 341, date: '-1 day' }, /does not say from when it counts/],
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
    ['contact', 'is', 'null'],
    ['contact', '=', 'none'],
    ['contact', 'in', 'null'],
    ['owner', 'is', 'NULL'],
    ['requiredDate', 'is', 'null'],
    ['customFields/Root cause', 'is', 'null'],
    ['budgetHours', 'eq', 'empty'],
  ])('%s %s %s finds what has none, and its opposite the others', async (field, op, value) => {
    const total = async (one: object) => {
      const { text } = await session.ok('search_tickets', { state: 'any', limit: 1, where: [{ field, ...one }] });
      return Number(/of (\d+) tickets/.exec(text)?.[1]);
    };
    const [none, others] = [await total({ op: 'isNull' }), await total({ op: 'notNull' })];
    expect(none).toBeGreaterThan(0);
    expect(await total({ op, value })).toBe(none);
    expect(await total({ op: op === 'in' ? 'not in' : 'is not', value })).toBe(others);
    expect(await total({ op: 'is', value: 'not null' })).toBe(others);
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
    ['add_invoice_payment', { invoice: '10126', amount: '1,000.00' }, 'amount: 1,000.00 USD\n'],
    ['control_stopwatch', { action: 'start', ticketId: 564 }, 'on ticket 564'],
    ['convert_opportunity', { opportunity: 4, to: 'project', start: 'Monday', end: 'Friday' }, '2026-12-04'],
    ['update_company', { company: 'Hooli', customFields: { 'Contract signed': 'Friday' } }, '-> 2026-11-27\n'],
    ['save_catalog_item', { item: 'DOCK', cost: '0.0455' }, 'cost: 120.00 USD -> 0.0455 USD'],
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

describe('writes that nobody had seen', () => {
  const configuration = { type: 'Managed Workstation', company: 'Globex' };

  it.each([
    ['create_project', { name: 'X', company: 'Globex', start: 'next Monday', end: '2 weeks later' }, /counts from/],
    ['update_opportunity', { opportunity: 6, closes: 'two weeks later' }, /counts from something else than now/],
    ['save_activity', { activityId: 14, due: 'an hour later' }, /counts from/],
    ['update_schedule_entry', { entryId: 585, date: 'the day after' }, /counts from/],
    ['update_ticket', { ticketId: 564, dueDate: 'a day earlier' }, /counts from/],
    ['add_agreement_addition', { agreement: 9, product: '3 x DOCK', quantity: 5 }, /says 3 of DOCK, quantity says 5/],
    ['add_forecast_line', { opportunity: 6, product: '3 x DOCK', quantity: 2, revenue: 570 }, /says 3 of DOCK/],
    ['add_agreement_addition', { agreement: 1, product: 'DOCK' }, /ended or ends on 2026-11-\d\d;/],
    ['update_agreement', { agreement: 9, amount: '1250 EUR' }, /1250 EUR is not in USD/],
    ['add_invoice_payment', { invoice: '10126', amount: '£5' }, /£5 is not in USD/],
    ['log_expense', { amount: '12,50 EUR', company: 'Globex', notes: 'x', type: 'Parking' }, /is not in USD/],
    [
      'create_purchase_order',
      { vendor: 'Cyberdyne', lines: [{ product: 'DOCK', quantity: 1, unitCost: '€9' }] },
      /lines\[0\]\.unitCost: €9 is not in USD/,
    ],
    ['create_purchase_order', { vendor: 'Cyberdyne', lines: [{ product: 'DOCK', quantity: 0 }] }, /more than 0/],
    ['receive_purchase_order', { purchaseOrder: 'PO-1001', lines: [{ lineId: 1, received: 0 }] }, /more than 0/],
    [
      'receive_purchase_order',
      {
        purchaseOrder: 'PO-1001',
        lines: [
          { lineId: 1, received: 1 },
          { lineId: 1, received: 2 },
        ],
      },
      /Line 1 is said twice/,
    ],
    [
      'update_ticket',
      {
        ticketId: 564,
        customFields: [
          { caption: 'Root cause', value: 'User' },
          { caption: 'root cause', value: 'Hardware' },
        ],
      },
      /Root cause has two values/,
    ],
    ['update_ticket', { ticketId: 610, company: 'Globex' }, /project ticket belongs to its project's customer/],
    ['create_ticket', { summary: 'x', company: 'Acme', parentTicketId: 601 }, /601 is a project ticket/],
    [
      'call_write_operation',
      { operation: 'PATCH /service/tickets/564', body: { id: 565, summary: 'x' } },
      /body\.id is/,
    ],
    ['add_product', { product: 'LT-27', ticketId: 564 }, /no catalog item "LT-27"/],
    ['save_configuration', { configuration: 'ACME-FIR-03', fields: { nope: 1 } }, /configuration has no "nope"/],
    ['schedule_work', { ticketId: 564, title: 'x', member: 'me', start: 'tomorrow 10am' }, /leave title and type out/],
    [
      'schedule_work',
      { ticketId: 564, member: 'me', start: 'tomorrow 10am', end: '11am', hours: 2 },
      /Leave hours or end out\.$/,
    ],
    ['add_product', { product: 'DOCK (3)', ticketId: 564 }, /no catalog item "DOCK \(3\)"/],
    ['create_contact', { firstName: 'Dr. Ines', lastName: 'Tanaka', company: 'Globex' }, /already Ines Tanaka/],
    ['save_site', { company: 'Globex', name: 'X', country: 'Canada', state: 'NY' }, /New York is in United States/],
    ['merge_companies', { duplicate: 'Zorg', into: 'Hooli', take: ['fax'] }, /has no fax to take over/],
  ])('%s %j is refused', async (tool, input, says) => {
    expect(await session.refused(tool, input)).toMatch(says);
  });

  it.each([
    ['add_agreement_addition', { agreement: 9, product: '10 x DOCK' }, /^10 x DOCK on [\s\S]*1,900\.00 USD per/m],
    [
      'add_forecast_line',
      { opportunity: 6, product: '3 x DOCK', revenue: 570 },
      /3 x DOCK \(Product\), revenue 570\.00 USD in all/,
    ],
    ['update_agreement', { agreement: 9, amount: '$1,250' }, /-> 1,250\.00 USD/],
    ['convert_opportunity', { opportunity: 6, to: 'project', start: 'Monday', end: '18 Dec' }, /^End: 2026-12-18$/m],
    ['convert_opportunity', { opportunity: 6, to: 'project', end: '18 Dec' }, /^estimatedEnd: 2026-12-18$/m],
    ['create_ticket', { summary: 'x', project: 'Acme Cloud migration', phase: 'Plan' }, /^company: Acme Corporation$/m],
    ['save_configuration', { configuration: 'ACME-FIR-03', fields: { 'IP address': '10.0.0.9' } }, /-> 10\.0\.0\.9/],
    ['add_attachment', { record: 'invoice 10126', name: 'a.txt', text: 'x' }, /invoice 126/],
    ['add_attachment', { record: 'po 1001', name: 'a.txt', text: 'x' }, /purchase order 1, PO-1001/],
  ])('%s %j is done as it was said', async (tool, input, says) => {
    expect((await session.ok(tool, { ...input, dryRun: true })).text).toMatch(says);
  });

  it.each([
    ['create_ticket', { summary: 'Child', company: 'Acme', parentTicketId: 1 }, /not a ticket of Acme .* is closed/],
    ['add_product', { product: 'DOCK', invoiceId: '10124' }, /The invoice is Paid already/],
    ['add_product', { product: 'DOCK', ticketId: 1 }, /The ticket is closed/],
    [
      'update_agreement',
      { agreement: 9, cancelFrom: '2027-01-31', ends: '2027-01-31' },
      /^endDate: .* -> 2027-01-31$/m,
    ],
    [
      'call_write_operation',
      { operation: 'POST /service/tickets/564/notes', body: { text: 'x', processNotifications: true } },
      /for "Software licence renewal", id 564.*contact Nadia Novak \(nadia\.novak@acme\.example\), assigned pnair/s,
    ],
  ])('%s %j asks, and says why', async (tool, input, says) => {
    expect(await session.refused(tool, input)).toMatch(says);
  });

  it('makes no second device of one name or serial number, wherever that is', async () => {
    const first = await session.ok('save_configuration', {
      ...configuration,
      name: 'GLOBEX-WS-77',
      serialNumber: 'SN-9',
      warrantyEnds: 'in 3 years',
    });
    expect(first.text).toMatch(/warrantyExpirationDate: 2029-11-29/);
    const taken = /already has GLOBEX-WS-77 \(configuration \d+, serial number SN-9\)/;
    const again = { ...configuration, name: 'GLOBEX-WS-78', serialNumber: 'sn-9' };
    expect(await session.refused('save_configuration', again)).toMatch(taken);
    expect(await session.refused('save_configuration', { ...configuration, name: 'globex ws 77' })).toMatch(taken);
    expect(await session.refused('save_configuration', { configuration: 'ACME-FIR-03', serialNumber: 'SN 9' })).toMatch(
      taken,
    );
    await session.ok('save_configuration', { ...configuration, name: 'GLOBEX-WS-77', serialNumber: 'SN-10' });
  });

  it('bills a ticket by one invoice, which the answer names', async () => {
    const input = { company: 'Globex', type: 'Standard', ticketId: 466 };
    expect((await session.ok('create_invoice', input)).text).toMatch(/, for ticket 466 \(Switch port down\)/);
    expect(await session.refused('create_invoice', { ...input, date: 'yesterday' })).toMatch(/already has Standard/);
  });

  it('leaves a cancelled product as it is', async () => {
    const { structured } = await session.ok('add_product', { product: 'DOCK', ticketId: 564 });
    const productId = structured.id;
    await session.ok('update_product', { productId, cancel: 'Not needed' });
    expect(await session.refused('update_product', { productId, quantity: 5 })).toMatch(/is cancelled/);
  });

  it('opens a completed activity again, with the customer of its opportunity', async () => {
    const made = await session.ok('save_activity', { name: 'Call', opportunity: 6, due: 'tomorrow 3pm' });
    expect(made.text).toContain('Call, Hooli Media');
    const activityId = made.structured.id;
    await session.ok('save_activity', { activityId, complete: true });
    expect((await session.ok('save_activity', { activityId, complete: false })).text).toContain('Closed -> Open');
  });

  it('raises no alarm about what a forecast held before', async () => {
    for (const revenue of [400, 500])
      expect((await session.ok('add_forecast_line', { opportunity: 4, description: 'x', revenue })).text).not.toMatch(
        /differently/,
      );
  });

  it('says of one undone step what else its call did, and leaves out what Manage works out', async () => {
    await session.ok('update_contact', { contact: '7', types: ['Billing'], title: 'Owner' });
    const { text } = await session.ok('list_changes', { record: 'contact 7' });
    const [id = ''] = /\w+-\d+/.exec(text.split('\n').find((line) => line.includes('| update_contact |')) ?? '') ?? [];
    const call = id.replace(/-\d+$/, '');
    expect(await session.refused('undo_change', { id })).toMatch(new RegExp(`Send id: "${call}" to undo all of it`));
    await session.ok('update_member', { member: 'Kaja', title: 'Lead' });
    expect((await session.ok('list_changes', { record: 'member 8' })).text).not.toMatch(/lastLogin/);
  });
});

describe('who is on the ticket already', () => {
  it('is not said to be booked for today', async () => {
    const { structured } = await session.ok('create_ticket', { summary: 'On it', company: 'Globex', assignTo: 'me' });
    const ticketId = structured.id;
    const entries = () => session.get(`/schedule/entries?conditions=objectId=${ticketId}`);
    const before = await entries();
    const change = { ticketId, assignTo: 'me', priority: 'high' };
    const { text } = await session.ok('update_ticket', { ...change, dryRun: true });
    expect(text).toContain('Jordan Doe is already assigned');
    expect(text).not.toContain('/schedule/entries');
    const written = await session.ok('update_ticket', change);
    expect(written.text).toMatch(/Jordan Doe is already assigned/);
    expect(written.text).not.toMatch(/no time set|differently/);
    const nothing = await session.refused('update_ticket', { ticketId, assignTo: 'me', unassign: true });
    expect(nothing).toContain('Nothing to change: Jordan Doe is already assigned');
    expect(await entries()).toEqual(before);
  });

  it('by owning it alone, is booked', async () => {
    const { structured } = await session.ok('create_ticket', {
      summary: 'Hers',
      company: 'Globex',
      owner: 'Kaja Lind',
    });
    const ticketId = structured.id;
    const { text } = await session.ok('update_ticket', { ticketId, assignTo: 'Kaja Lind' });
    expect(text).toContain('Kaja Lind assigned');
    expect(await session.get(`/schedule/entries?conditions=objectId=${ticketId}`)).toHaveLength(1);
  });

  it('by owning it alone, is said to stay when everybody is to go', async () => {
    const { structured } = await session.ok('create_ticket', {
      summary: 'Still hers',
      company: 'Globex',
      owner: 'Kaja',
    });
    const ticketId = structured.id;
    const stays = /Kaja Lind stays on it: no schedule entry puts them there/;
    const nothing = await session.refused('update_ticket', { ticketId, unassign: true });
    expect(nothing).toMatch(stays);
    expect(nothing).not.toContain('nobody is assigned');
    const change = { ticketId, assignTo: 'me', unassign: true };
    expect((await session.ok('update_ticket', { ...change, dryRun: true })).text).toMatch(stays);
    expect((await session.ok('update_ticket', change)).text).toMatch(stays);
    expect((await session.get(`/service/tickets/${ticketId}`)).resources).toContain('klind');
    expect(await session.refused('update_ticket', change)).toMatch(/Jordan Doe is already assigned; Kaja Lind stays/);
  });

  it('and answering for it, is said to stay the owner when taken off', async () => {
    const made = { summary: 'Hers to answer for', company: 'Globex', assignTo: 'Kaja Lind' };
    const { structured } = await session.ok('create_ticket', made);
    const ticketId = structured.id;
    const [{ id }] = await session.get(`/schedule/entries?conditions=objectId=${ticketId}`);
    await session.ok('update_ticket', { ticketId, owner: 'Kaja Lind' });
    const stays = /Kaja Lind stays the owner/;
    const off = /That takes Kaja Lind off ticket \d+\. Kaja Lind stays the owner/;
    expect(await session.refused('delete_schedule_entry', { entryId: id })).toMatch(off);
    const change = { ticketId, assignTo: 'me', unassign: true };
    expect((await session.ok('update_ticket', { ...change, dryRun: true })).text).toMatch(stays);
    expect((await session.ok('update_ticket', { ...change, owner: 'me', dryRun: true })).text).not.toMatch(stays);
    expect((await session.ok('update_ticket', change)).text).toMatch(stays);
    expect((await session.get(`/service/tickets/${ticketId}`)).owner.identifier).toBe('klind');
    const [mine] = await session.get(`/schedule/entries?conditions=objectId=${ticketId}`);
    const { text } = await session.ok('delete_schedule_entry', { entryId: mine.id, confirm: true });
    expect(text).toMatch(/That takes Jordan Doe off ticket \d+\.$/);
  });

  it('and done with it, is said to stay', async () => {
    const made = { summary: 'Done with it', company: 'Globex', assignTo: 'Sam Wright' };
    const { structured } = await session.ok('create_ticket', made);
    const ticketId = structured.id;
    const [entry] = await session.get(`/schedule/entries?conditions=objectId=${ticketId}`);
    await session.ok('update_schedule_entry', { entryId: entry.id, done: true });
    const { text } = await session.ok('update_ticket', { ticketId, assignTo: 'me', unassign: true });
    expect(text).toContain('Sam Wright stays on it: what was scheduled for them is done');
    expect((await session.get(`/service/tickets/${ticketId}`)).resources).toContain('swright');
  });
});

describe('a date that was stored', () => {
  it('is shown as one, wherever it is kept', async () => {
    const signed = [{ caption: 'Contract signed', value: 'tomorrow' }];
    const { text } = await session.ok('update_company', { company: 'Globex', customFields: signed });
    expect(text).toContain('Contract signed: - -> 2026-11-30');
    expect((await session.ok('get_company', { company: 'Globex' })).text).toMatch(/Contract signed: 2026-11-30$/m);
    const answers = { 'Support until': '2027-12-31' };
    const saved = await session.ok('save_configuration', { configuration: 'GLOBEX-SER-02', answers });
    expect(saved.text).toMatch(/Support until: - -> 2027-12-31$/m);
  });
});

describe('a text that says nothing', () => {
  it.each([
    ['create_ticket', { summary: '\u200b', company: 'Globex' }, /summary/],
    ['add_ticket_note', { ticketId: 577, text: '\u2060 \u3164' }, /text is missing/],
    ['update_ticket', { ticketId: 577, internalNote: true }, /internalNote has to be a text, not true/],
    ['update_ticket', { ticketId: 577, summary: false, priority: 'high' }, /summary has to be a text, not false/],
    ['update_ticket', { ticketId: 577, internalNote: 'N/A', priority: 'low' }, /internalNote "N\/A" says nothing/],
    ['update_ticket', { ticketId: 577, resolution: 'none', close: true }, /resolution "none" says nothing/],
    ['add_ticket_note', { ticketId: 577, text: false }, /text has to be a text/],
    ['add_ticket_note', { ticketId: 577, text: '-' }, /text "-" says nothing/],
    ['add_company_note', { company: 'Globex', text: true }, /text has to be a text/],
    ['log_time', { ticketId: 577, start: 'yesterday 9pm', hours: 1, notes: true }, /notes has to be a text/],
    ['update_time_entry', { entryId: 340, notes: 'n/a' }, /says nothing.*clear: \["notes"\] empties it/],
    ['log_expense', { expenseId: 1, notes: false }, /notes has to be a text/],
    ['update_agreement', { agreement: '5', purchaseOrder: false }, /purchaseOrder has to be a text/],
    ['save_project_phase', { project: '1', phase: 'Plan', notes: true }, /notes has to be a text/],
  ])('is not written: %s %o', async (tool, input, says) => {
    session.writes();
    expect(await session.refused(tool, input)).toMatch(says);
    expect(session.writes()).toEqual([]);
  });
});

describe('what Manage changes along with what was asked', () => {
  it('is said of the approvers of a project, and of who gets the bill', async () => {
    const project = { project: 'Mueller Office move', clear: ['manager'], confirm: true };
    const { text } = await session.ok('update_project', project);
    expect(text).toMatch(/^manager: Kaja Lind -> -$.*^expenseApprover: Kaja Lind -> -$.*^timeApprover: Kaja/ms);
    const contact = { agreement: 'Managed Services 2026', company: 'Acme Corporation', contact: 'Nadia Novak' };
    expect((await session.ok('update_agreement', contact)).text).toMatch(/^billToContact: .* -> Nadia Novak$/m);
  });

  it('is said of the report that an expense goes to', async () => {
    const expenses = await session.get('/expense/entries?conditions=member/identifier="jdoe"&orderBy=date desc');
    const [entry] = expenses.filter(({ status }: { status: string }) => status === 'Open');
    const other = expenses.find(({ status }: { status: string }) => status === 'Rejected');
    const { text } = await session.ok('log_expense', { expenseId: entry.id, date: other.date.slice(0, 10) });
    expect(text).toMatch(/^status: open -> rejected$/im);
    expect(text).toMatch(/^expenseReport: /m);
  });

  it('leaves a contact in the place of a member beside it', async () => {
    const company = await session.rest('GET', '/company/companies?conditions=identifier="Nakatomi"&fields=id');
    const path = `/company/companies/${company.body[0].id}/teams`;
    const [place] = (await session.get(path)).filter((row: { teamRole: { name: string } }) =>
      /Technical/.test(row.teamRole.name),
    );
    expect(place).toMatchObject({ member: { name: 'Priya Nair' }, contact: { id: expect.any(Number) } });
    const set = { company: 'Nakatomi', role: 'Technical Lead', member: 'Kaja' };
    await session.ok('update_company_team', set);
    const stored = await session.get(`${path}/${place.id}`);
    expect(stored).toMatchObject({ member: { name: 'Kaja Lind' }, contact: { id: place.contact.id } });
    expect((await session.ok('get_company', { company: 'Nakatomi' })).text).toContain(
      `Kaja Lind, ${place.contact.name}`,
    );
  });

  it('is told of a template, its notes above all', async () => {
    const input = { company: 'Globex', template: 'New starter', summary: 'Somebody begins' };
    const told =
      /From the template: note that the customer can see "Create the account.*internal note "See.*budget 3 h/;
    expect((await session.ok('create_ticket', { ...input, dryRun: true })).text).toMatch(told);
    const { text } = await session.ok('create_ticket', { ...input, description: 'Own words', subtype: 'Hardware' });
    expect(text).toMatch(/From the template: internal note/);
    expect(text).not.toMatch(/customer can see|template:.*subtype/);
    expect(text).not.toContain('Left out');
  });

  it('is told what another board keeps out of a template, and not what was said', async () => {
    const input = {
      company: 'Globex',
      template: 'New starter',
      summary: 'Begins elsewhere',
      board: 'Network Operations',
    };
    const left = /Left out of the template, which is for Help Desk: status New; type Incident; /;
    expect((await session.ok('create_ticket', { ...input, dryRun: true })).text).toMatch(left);
    const { text, structured } = await session.ok('create_ticket', { ...input, type: 'Alert' });
    expect(text).toMatch(/Left out of the template, which is for Help Desk: status New; subtype/);
    expect(await session.get(`/service/tickets/${structured.id}`)).toMatchObject({
      board: { name: 'Network Operations' },
      type: { name: 'Alert' },
    });
  });
});

describe('a type of a company', () => {
  it('goes where it is not among those that the company shall have', async () => {
    const [{ id }] = await session.get('/company/companies?conditions=identifier="Hooli"');
    const { text } = await session.ok('update_company', { company: 'Hooli', types: ['Client'] });
    expect(text).toContain('type Vendor removed');
    expect((await session.get(`/company/companies/${id}`)).types).toMatchObject([{ name: 'Client' }]);
  });
});

describe('an hour that the clocks repeat', () => {
  it('is named in what an update changed, as one of two', async () => {
    const due = (dueDate: string) => session.ok('update_ticket', { ticketId: 577, dueDate });
    const first = /-> Sun 7 Nov 2027 01:30 UTC-04:00, the first of two/;
    expect((await due('2027-11-07 01:30')).text).toMatch(first);
    const { text } = await due('2027-11-07T01:30:00-05:00');
    expect(text).toMatch(/01:30 UTC-04:00, the first of two .*-> .*01:30 UTC-05:00, the second of two/);
    await session.ok('update_ticket', { ticketId: 577, clear: ['dueDate'] });
  });
});

describe('an argument with nothing to go to', () => {
  it.each([
    [
      'log_time',
      { company: 'Initech', start: 'yesterday 5am', hours: 0.5, notes: 'x', addNotesTo: 'internal' },
      /adds the notes to a ticket, and the time is logged on Initech/,
    ],
    [
      'run_report',
      { report: 'Service', columns: ['Summary'], groupBy: ['Board_Name'] },
      /groupBy and sum give groups.*Leave columns out/,
    ],
    [
      'call_read_operation',
      { operation: 'GET /service/tickets/577', query: { conditions: 'closedFlag=true' } },
      /gives one record, whatever conditions says.*GET \/service\/tickets\./,
    ],
    [
      'call_read_operation',
      { operation: 'GET /company/companies/7', query: { orderBy: 'name', page: 2 } },
      /gives one record, whatever orderBy, page and pageSize says/,
    ],
  ])('is refused: %s %o', async (tool, input, says) => {
    expect(await session.refused(tool, input)).toMatch(says);
  });

  it('is refused beyond the end of a text, and a name that is kept otherwise is said', async () => {
    const file = { record: 'company Globex', name: 'quote 1/2.txt', text: 'ten bytes.' };
    const { text, structured } = await session.ok('add_attachment', file);
    expect(text).toContain('"quote 1/2.txt" is kept as "2.txt"');
    const beyond = { attachmentId: structured.id, offset: 10 };
    expect(await session.refused('get_attachments', beyond)).toContain('ends at 10 characters');
    expect((await session.ok('get_attachments', { ...beyond, offset: 9 })).text).toContain('.');
  });

  it('is said at once with all else that is wrong', async () => {
    const report = { report: 'Service', columns: ['Bogus'], groupBy: ['Board_Nam'], sum: ['x'] };
    expect(await session.refused('run_report', report)).toMatch(/1\. columns: .*2\. sum: .*3\. groupBy: /s);
    const list = { operation: 'GET /service/tickets', groupBy: ['bogus'], sum: ['other'] };
    expect(await session.refused('call_read_operation', list)).toMatch(/no field "bogus".*"other" is not a number/s);
    const hook = { url: 'htp:/x', type: 'ticket', level: 'Boardd' };
    expect(await session.refused('save_callback', hook)).toMatch(/url has to be.*no level "Boardd"/s);
  });
});

describe('a record that is over', () => {
  it('is no double of a new one', async () => {
    const rma = { product: 'DOCK', company: 'Vandelay', serialNumber: 'DK-77', problem: 'Port loose' };
    const { structured } = await session.ok('save_rma', rma);
    expect(await session.refused('save_rma', rma)).toContain('is already open');
    await session.ok('save_rma', { rmaId: structured.id, status: 'Closed' });
    expect((await session.ok('save_rma', rma)).text).toMatch(/^Created RMA/);
  });
});

describe('a former owner', () => {
  it('is said to stay on the ticket', async () => {
    const made = await session.rest('POST', '/service/tickets', {
      summary: 'Whose is it',
      company: { identifier: 'Globex' },
      owner: { identifier: 'klind' },
    });
    const change = { ticketId: made.body.id, owner: 'Sam Wright' };
    expect((await session.ok('update_ticket', change)).text).toContain('Kaja Lind, who was the owner, stays assigned.');
  });
});

describe('a merge', () => {
  it('tells what it leaves to Manage', async () => {
    const { text } = await session.ok('merge_companies', { duplicate: 'Rekall', into: 'Oceanic', dryRun: true });
    expect(text).toMatch(/Manage decides on its \d+ configurations, \d+ time entries\./);
  });
});
