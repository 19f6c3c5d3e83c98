import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noWaiting } from '../../support/no-waiting.ts';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 21:10 in New York: in UTC it is Monday. */
const NOW = new Date('2026-11-30T02:10:00Z');

let session: Session;
beforeAll(async () => {
  session = await startSession({ now: NOW, toolsets: 'all', timing: noWaiting() });
});
afterAll(() => session.close());

const open = async (more: Record<string, unknown> = {}): Promise<number> =>
  (await session.rest('POST', '/service/tickets', { summary: 'Case', company: { identifier: 'Acme' }, ...more })).body
    .id;
const entriesOf = (id: number) => session.get(`/schedule/entries?conditions=objectId=${id}`);

describe('assigning without a time', () => {
  const local = { dateStart: '2026-11-29T00:00:00Z', dateEnd: '2026-11-29T00:00:00Z' };

  it('is for the local day when a ticket is created', async () => {
    const given = { summary: 'Printer smokes', company: 'Acme', assignTo: 'Jordan Doe' };
    const preview = await session.ok('create_ticket', { ...given, dryRun: true });
    expect(preview.text).toContain('"dateStart":"2026-11-29T00:00:00Z"');
    const { text, structured } = await session.ok('create_ticket', given);
    expect(text).toContain('assigned: Jordan Doe (Sun 29 Nov, no time set)');
    expect(await entriesOf(structured.id)).toMatchObject([local]);
    expect((await session.ok('get_ticket', { ticketId: structured.id })).text).toMatch(
      /Jordan Doe, Sun 29 Nov, no time set/,
    );
  });

  it('is for the local day when a ticket is changed', async () => {
    const ticketId = await open();
    const given = { ticketId, assignTo: 'Alex Chen' };
    const { text } = await session.ok('update_ticket', { ...given, dryRun: true });
    expect(text).toContain('Alex Chen assigned (Sun 29 Nov, no time set)');
    await session.ok('update_ticket', given);
    expect(await entriesOf(ticketId)).toMatchObject([local]);
  });
});

describe('taking everybody off', () => {
  it('says beside other changes that there was nobody', async () => {
    const ticketId = await open();
    const nobody = `nobody is assigned to ticket ${ticketId}`;
    const given = { ticketId, summary: 'Another case', unassign: true };
    expect((await session.ok('update_ticket', { ...given, dryRun: true })).text).toContain(nobody);
    expect((await session.ok('update_ticket', given)).text).toContain(nobody);
    expect(await session.refused('update_ticket', { ticketId, unassign: true })).toContain(nobody);
    const { text } = await session.ok('update_ticket', { ticketId, assignTo: 'Alex Chen', unassign: true });
    expect(text).toContain(`nobody but Alex Chen is assigned to ticket ${ticketId}`);
    const gone = await session.ok('update_ticket', { ticketId, unassign: true });
    expect(gone.text).not.toContain('nobody');
    expect(await entriesOf(ticketId)).toEqual([]);
  });
});

describe('closing a ticket', () => {
  it('says who stays booked, and asks nobody', async () => {
    const ticketId = await open();
    await session.ok('update_ticket', { ticketId, assignTo: 'Jordan Doe' });
    const work = { ticketId, member: 'Alex Chen', start: 'tomorrow 13:00', hours: '2', allowConflicts: true };
    const { structured } = await session.ok('schedule_work', work);
    const { text } = await session.ok('update_ticket', { ticketId, close: true });
    expect(text).toContain(
      `Still booked on this ticket: Alex Chen, Mon 30 Nov 13:00-15:00 (schedule entry ${structured.id}).`,
    );
    expect(text).not.toContain('Jordan Doe, Sun');
    expect((await entriesOf(ticketId)).length).toBe(2);
  });
});

describe('a merge', () => {
  it('is said on both tickets, with what the one that stays lacks', async () => {
    const into = await open({ summary: 'Mail is slow', contact: null });
    const other = await open({ summary: 'Mail slow again' });
    await session.rest('PATCH', `/service/tickets/${into}`, [{ op: 'remove', path: 'contact' }]);
    const contact = (await session.get(`/service/tickets/${other}`)).contact.name;
    const { text } = await session.ok('merge_tickets', { into, tickets: [other], dryRun: true });
    expect(text).toContain(
      `Ticket ${into} has no contact, so nobody to answer to (ticket ${other} has ${contact}): set one with update_ticket.`,
    );
    // What the question says is said once.
    expect(text.split('Notes, time and files stay on the merged ticket.')).toHaveLength(2);
    for (const as of ['merged', 'children'])
      expect(await session.refused('merge_tickets', { into, tickets: [other], as })).toMatch(
        new RegExp(
          `\\?\\n${into}: New, Priority .*, unassigned, no contact, 0 h\\n${other}: New, .*, contact ${contact}, 0 h\\n`,
        ),
      );
    await session.ok('merge_tickets', { into, tickets: [other], confirm: true });
    const merged = await session.ok('get_ticket', { ticketId: other });
    expect(merged.text).toContain(`merged into: ticket ${into}`);
    // Its deadline stays in Manage's words, in a zone of the server's.
    expect(merged.text).toMatch(/\nSLA: Resolve by \w{3} \d+ \w{3} \d\d:\d\d\n/);
    const listed = await session.ok('search_tickets', {
      where: [{ field: 'id', op: 'eq', value: other }],
      state: 'any',
      orderBy: 'sla',
    });
    expect(listed.text).toMatch(/Resolve by \d+ \w{3} \d\d:\d\d/);
    expect((await session.ok('get_ticket', { ticketId: into })).text).toMatch(
      new RegExp(`Merged into this ticket; their notes stay on them:\\n- ${other}: Mail slow again`),
    );
  });
});

describe('call_read_operation', () => {
  const read = (fields: string) =>
    session.ok('call_read_operation', { operation: 'GET /service/tickets', query: { pageSize: 2, fields } });

  it.each(['id,_info/dateEntered', 'id,_info'])('shows %s', async (fields) => {
    expect((await read(fields)).text).toMatch(/"_info":\{.*"dateEntered":"2026-/);
  });

  it('says which fields no row has, and where they are', async () => {
    expect((await read('id,dateEntered')).text).toContain(
      'none of these rows has a value in dateEntered. Try _info/dateEntered.',
    );
    expect((await read('id,company/name,status/id')).text).not.toContain('none of these');
  });

  it('leads from a sum over an empty field to what works', async () => {
    const input = { operation: 'GET /service/tickets', groupBy: ['company'], sum: ['budgetHours'] };
    const { text, isError } = await session.call('call_read_operation', {
      ...input,
      query: { conditions: 'budgetHours = null' },
    });
    expect(isError).toBe(true);
    expect(text).toContain('closedDate:day');
    expect(text).toContain('resolutionHours');
  });
});

describe('call_write_operation', () => {
  it('asks about a note by its text and its ticket', async () => {
    const ticketId = await open({ summary: 'VPN is down' });
    const note = { text: 'Restarted the gateway', internalAnalysisFlag: true };
    const { id } = (await session.rest('POST', `/service/tickets/${ticketId}/notes`, note)).body;
    const operation = `DELETE /service/tickets/${ticketId}/notes/${id}`;
    const text = await session.refused('call_write_operation', { operation });
    expect(text).toContain('"Restarted the gateway"');
    expect(text).toContain(`of "VPN is down", id ${ticketId}`);
    const done = await session.ok('call_write_operation', { operation, confirm: true });
    expect(done.text).toContain('"Restarted the gateway"');
  });
});

describe('search_tickets', () => {
  it('says that a filter by status brings the closed ones', async () => {
    const where = [{ field: 'status/name', op: 'ne', value: 'Resolved' }];
    const said = 'Open and closed tickets, because status/name is asked for';
    expect((await session.ok('search_tickets', { where })).text).toContain(said);
    expect((await session.ok('search_tickets', { where, state: 'open' })).text).not.toContain(said);
    expect((await session.ok('search_tickets', { where, state: 'any' })).text).not.toContain(said);
  });
});

describe('get_invoice', () => {
  it('shows what time costs, and why some of it costs nothing', async () => {
    const { text } = await session.ok('get_invoice', { invoice: '10006' });
    expect(text).toContain('hours worked | hours billed | rate (USD) | amount (USD)');
    expect(text).toMatch(/0\.5 \| 0 \(no charge\)/);
    expect(text).toContain('the agreement amount covers the time below');
  });
});

describe('what was created', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      'create_contact',
      { firstName: 'Jane', lastName: 'Porter', company: 'Wayne', email: 'jane@wayne.example', phone: '518 555 0199' },
      /^Email: jane@wayne\.example; \w+: 518 555 0199$/m,
    ],
    [
      'create_company',
      { name: 'Foo Corp', phone: '212 555 0000', city: 'Boston', website: 'foo.example' },
      /city: Boston; phoneNumber: 212 555 0000; website: foo\.example/,
    ],
    ['save_site', { company: 'Globex', name: 'Denver office', city: 'Denver', zip: '1' }, /^city: Denver;/m],
    ['save_site', { company: 'Globex', name: 'Annex', city: 'Boston', zip: '02108' }, /^city: Boston; zip: 02108$/m],
    [
      'save_configuration',
      { company: 'Globex', name: 'PC-1', type: 'Managed Workstation', serial: 'XX-1', warrantyEnds: '2027-01-31' },
      /serialNumber: XX-1.*warrantyExpirationDate: 2027-01-31/,
    ],
  ])('is read back: %s', async (tool, input, said) => {
    const { text, structured } = await session.ok(tool, input);
    expect(text).toMatch(said);
    expect(Object.values(structured.stored).length).toBeGreaterThan(1);
  });
});

describe('a date that nobody gave', () => {
  it('is the local day in orders and in what opportunities become, and is said', async () => {
    const order = { vendor: 'Cyberdyne', lines: [{ product: 'DOCK', quantity: 3 }], allowDuplicate: true };
    expect((await session.ok('create_purchase_order', { ...order, dryRun: true })).text).toContain('2026-11-29');
    const { text, structured } = await session.ok('create_purchase_order', order);
    expect(text).toContain('dated 2026-11-29');
    expect((await session.get(`/procurement/purchaseorders/${structured.id}`)).poDate).toBe('2026-11-29T00:00:00Z');
    const becomes = { opportunity: '6', to: 'project', end: '18 Dec', confirm: true };
    const made = await session.ok('convert_opportunity', becomes);
    expect(made.text).toMatch(/Start: 2026-11-29\nEnd: 2026-12-18/);
    expect((await session.get(`/project/projects/${made.structured.id}`)).estimatedStart).toBe('2026-11-29T00:00:00Z');
  });
});

describe('a deleted company', () => {
  it('is said to be deleted where it is read, and refused where it is written on', async () => {
    const { structured } = await session.ok('create_company', { name: 'Aperture Labs' });
    const { id: duplicate } = (await session.ok('create_company', { name: 'Blue Sun' })).structured;
    await session.rest('DELETE', `/company/companies/${structured.id}`);
    const company = 'Aperture Labs';
    const { text } = await session.ok('get_company', { company });
    expect(text).toMatch(/^deleted: yes \w+ 29 Nov( 2026)? by \S+/m);
    expect((await session.ok('search_contacts', { company })).text).toContain(`(id ${structured.id}) is deleted`);
    expect((await session.ok('search_companies', { text: company })).text).toContain('Deleted: Aperture Labs');
    const writes: [string, Record<string, unknown>][] = [
      ['create_ticket', { summary: 'Portal', company }],
      ['update_company', { company, city: 'Utica', confirm: true }],
      ['update_company', { company: String(structured.id), city: 'Utica', confirm: true }],
      ['add_company_note', { company, text: 'Gone' }],
      ['save_site', { company, name: 'Lab', city: 'Troy' }],
      ['merge_companies', { duplicate: company, into: 'Globex', confirm: true }],
      ['merge_companies', { duplicate: String(duplicate), into: company, confirm: true }],
    ];
    session.writes();
    for (const [tool, input] of writes)
      expect(await session.refused(tool, input), tool).toContain('is deleted; name another');
    expect(session.writes()).toEqual([]);
  });
});

describe('find_unbilled', () => {
  it('says what was rejected, and what is covered after the end of its agreement', async () => {
    const { text } = await session.ok('find_unbilled', { company: 'Acme' });
    expect(text).toMatch(/Rejected, in these sums: \d+ records?, [\d.]+ h, [\d,.]+ USD, of Acme/);
    // Their agreement covers all of Acme's time.
    const all = (await session.ok('find_unbilled', {})).text;
    const [left = 0, asIs = 0, rejected = 0] = (
      /([\d,.]+) USD is left to invoice: ([\d,.]+) USD now, ([\d,.]+) USD once what was rejected is corrected/.exec(
        all,
      ) ?? []
    )
      .slice(1)
      .map((amount) => Number(amount.replaceAll(',', '')));
    expect(rejected).toBeGreaterThan(0);
    expect(asIs + rejected).toBe(left);
    const entries = await session.get(
      `/time/entries?pageSize=1000&conditions=${encodeURIComponent('status in ("Rejected","RejectBySecondTier") and billableOption="Billable"')}`,
    );
    const said = Number(/Rejected, in these sums: (\d+) records/.exec(all)?.[1]);
    expect(entries.map((entry: { status: string }) => entry.status)).toContain('RejectBySecondTier');
    expect(said).toBeGreaterThanOrEqual(
      entries.filter((entry: { invoice?: object }) => entry.invoice === undefined).length,
    );
    expect(text).toMatch(/Of what agreements cover, [\d.]+ h and [\d,.]+ USD are for work after the agreement's end/);
  });
});

describe('sums of invoices by the operation', () => {
  it('take credit memos off, as reports do', async () => {
    await session.ok('create_invoice', { company: 'Globex', type: 'CreditMemo', reference: 'Returned' });
    const credits = await session.get('/finance/invoices?conditions=type="CreditMemo"&fields=id,total');
    const id = credits[0]?.id;
    await session.ok('add_product', { product: 'DOCK', invoiceId: id, quantity: 1, price: 190 });
    const asked = {
      operation: `GET /finance/invoices`,
      query: { conditions: `id = ${id}` },
      groupBy: ['type'],
      sum: ['total'],
    };
    const { text } = await session.ok('call_read_operation', asked);
    expect(text).toContain('Credit memos are taken off.');
    expect(text).toMatch(/total -190\.00/);
  });
});

describe('add_attachment', () => {
  const attach = (more: Record<string, unknown>) =>
    session.ok('add_attachment', { record: 'ticket 577', text: 'unreachable', ...more });
  const isPublic = async (id: number) => (await session.get(`/system/documents/${id}`)).publicFlag;

  it('keeps a file from the customer unless asked otherwise, and says so', async () => {
    const own = await attach({ name: 'own.txt' });
    expect(own.text).toContain('private: the customer does not see it');
    expect(await isPublic(own.structured.id)).toBe(false);
    const shared = await attach({ name: 'shared.txt', private: false });
    expect(shared.text).toContain('public: the customer can see it');
    expect(await isPublic(shared.structured.id)).toBe(true);
  });
});
