import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadApi } from '../../../src/api/load.ts';
import { tools } from '../../../tools/index.ts';
import { type Session, startSession } from '../../support/session.ts';

const api = loadApi();
let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'all' });
});
afterAll(() => session.close());

const has = (schema: string | undefined): boolean =>
  schema !== undefined && api.schema(schema)?.fields.has('customFields') === true;

/** Writes of a kind that has custom fields, whose custom fields the tool does not handle. */
const OTHER_BUSINESS: ReadonlySet<string> = new Set([
  // What has arrived of an order.
  'receive_purchase_order',
  // A number that corrects a balance.
  'add_agreement_adjustment',
  // Sites have custom fields since 2025.1 only.
  'save_site',
]);

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  'Root cause': ['Hardware'],
  'Account tier': ['Gold'],
  Outcome: ['No answer'],
};

const fieldOf = (record: { customFields: { caption: string; value?: unknown }[] }, caption: string): unknown =>
  record.customFields.find((field) => field.caption === caption)?.value;

describe('custom fields', () => {
  it('can be set by every tool that creates or changes records with custom fields', () => {
    const without = tools
      .filter(({ effect }) => effect === 'create' || effect === 'update')
      .filter(({ uses }) => {
        const [first] = uses.filter((operation) => /^(POST|PATCH) /.test(operation));
        return has(api.find(first ?? '')?.request?.schema);
      })
      .filter(({ name, input }) => !('customFields' in input.shape) && !OTHER_BUSINESS.has(name));
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  it('can be searched by every tool that lists records with custom fields', () => {
    const without = tools
      .filter(({ name }) => name.startsWith('search_'))
      // The list that a tool answers with stands first.
      .filter(({ uses: [list = ''] }) => has(api.find(list)?.response.schema))
      .filter(({ input }) => !('where' in input.shape));
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  it.each([
    ['search_tickets', { state: 'any' }, 'root cause', 'Hardware'],
    ['search_agreements', { status: 'any' }, 'Contract number', 'NW-1001'],
    ['search_projects', {}, 'Cost centre', 'CC-11'],
    ['search_members', {}, 'Badge number', 'B0001'],
  ])('are searched by caption: %s', async (tool, input, caption, value) => {
    const where = [{ field: `customFields/${caption}`, value }];
    const { structured, text, isError } = await session.call(tool, { ...input, where });
    expect(isError, text).toBe(false);
    expect(structured.total, text).toBeGreaterThan(0);
    const nothing = await session.call(tool, { ...input, where: [{ field: `customFields/${caption}`, value: 'zzz' }] });
    expect(nothing.structured.total).toBe(0);
    const slip = await session.call(tool, { ...input, where: [{ field: `customFields/${caption}s`, value }] });
    expect(slip.isError).toBe(true);
    expect(slip.text.toLowerCase()).toContain(`did you mean ${caption.toLowerCase()}`);
  });

  it('say which there are when nothing is near, also to the executor and to groups', async () => {
    const query = { customFieldConditions: 'caption = "Favourite colour" AND value = "red"' };
    const read = await session.call('call_read_operation', { operation: 'GET /service/tickets', query });
    expect(read.text).toMatch(/no custom field "Favourite colour".*There are: Root cause, Devices affected/s);
    const where = [{ field: 'customFields/Favourite colour', value: 'red' }];
    expect((await session.call('search_tickets', { where, groupBy: ['board'] })).text).toMatch(/no custom field/);
  });

  it.each([
    ['get_ticket', 'ticketId', '/service/tickets', 'Root cause'],
    ['get_company', 'company', '/company/companies', 'Account tier'],
    ['get_contact', 'contact', '/company/contacts', 'Assistant'],
    ['get_configuration', 'configuration', '/company/configurations', 'Rack position'],
    ['get_agreement', 'agreement', '/finance/agreements', 'Contract number'],
    ['get_invoice', 'invoice', '/finance/invoices', 'Customer reference'],
    ['get_project', 'project', '/project/projects', 'Cost centre'],
    ['get_opportunity', 'opportunity', '/sales/opportunities', 'Lead score'],
    ['get_purchase_order', 'purchaseOrder', '/procurement/purchaseorders', 'Requested by'],
    ['get_member', 'member', '/system/members', 'Badge number'],
  ])('are shown by %s', async (tool, argument, collection, caption) => {
    const { body: rows } = await session.rest('GET', `${collection}?pageSize=2`);
    const record = rows.at(-1);
    const value = caption === 'Lead score' ? 73 : 'Shown-73';
    const customFields = record.customFields.map((field: { caption: string }) =>
      field.caption === caption ? { ...field, value } : field,
    );
    const path = `${collection}/${record.id}`;
    const set = await session.rest('PATCH', path, [{ op: 'replace', path: 'customFields', value: customFields }]);
    expect(set.status, JSON.stringify(set.body)).toBe(200);
    const { text, isError } = await session.call(tool, { [argument]: String(record.id) });
    expect(isError, text).toBe(false);
    expect(text).toContain(`${caption}: ${value}`);
  });

  it.each([
    ['create_ticket', { company: 'Acme', summary: 'Fields of a ticket' }, '/service/tickets', 'Root cause'],
    ['create_company', { name: 'Fields and Sons' }, '/company/companies', 'Account tier'],
    ['create_contact', { firstName: 'Fay', lastName: 'Fields', company: 'Acme' }, '/company/contacts', 'Assistant'],
    ['create_opportunity', { name: 'Fields', company: 'Acme' }, '/sales/opportunities', 'Lead score'],
    ['save_activity', { name: 'Call about fields', company: 'Acme' }, '/sales/activities', 'Outcome'],
    ['create_invoice', { company: 'Acme', reference: 'Fields' }, '/finance/invoices', 'Customer reference'],
    [
      'create_project',
      { name: 'Fields', company: 'Acme', start: '2027-01-04', end: '2027-02-05' },
      '/project/projects',
      'Cost centre',
    ],
  ])('are set by %s, and a wrong caption is refused before anything is sent', async (tool, input, list, caption) => {
    session.writes();
    const slip = await session.call(tool, { ...input, customFields: { [`${caption}x`]: '5' } });
    expect(slip.text).toContain(`Did you mean ${caption}`);
    expect(session.writes()).toEqual([]);
    const [value = '5'] = CHOICES[caption] ?? [];
    const made = await session.call(tool, { ...input, customFields: { [caption.toUpperCase()]: value.toUpperCase() } });
    expect(made.isError, made.text).toBe(false);
    const { id, ticketId = id } = made.structured;
    const stored = (await session.rest('GET', `${list}/${ticketId}`)).body;
    // A choice is stored as the set-up spells it.
    expect(String(fieldOf(stored, caption))).toBe(value);
  });

  it('are on every record from the moment that they are defined, and gone when they are deleted', async () => {
    const { body: definitions } = await session.rest('GET', '/system/userDefinedFields?pageSize=100');
    const { podId } = definitions.find(({ caption }: { caption: string }) => caption === 'Account tier');
    const defined = await session.call('call_write_operation', {
      operation: 'POST /system/userDefinedFields',
      body: { podId, caption: 'Parking', sequenceNumber: 30, fieldTypeIdentifier: 'Checkbox' },
    });
    expect(defined.isError, defined.text).toBe(false);
    const listed = await session.call('list_custom_fields', { record: 'company' });
    expect(listed.text).toContain('Parking | Checkbox');
    const set = await session.call('update_company', { company: 'Globex', customFields: { parking: 'yes' } });
    expect(set.isError, set.text).toBe(false);
    expect((await session.call('get_company', { company: 'Globex' })).text).toContain('Parking: true');
    const { id } = defined.structured.result;
    await session.call('call_write_operation', { operation: `DELETE /system/userDefinedFields/${id}`, confirm: true });
    expect((await session.call('get_company', { company: 'Globex' })).text).not.toContain('Parking');
  });

  it('are told for records inside others as well', async () => {
    const { text } = await session.call('list_custom_fields');
    expect(text).toMatch(/Sign-off by \| Text \|[^\n]*phase/);
    expect(text).toMatch(/Vendor contract \| Text \|[^\n]*addition/);
  });

  it('are set on time, and changed', async () => {
    const logged = await session.call('log_time', {
      ticketId: 3,
      date: '2026-11-24',
      start: '06:00',
      hours: '0.5',
      notes: 'Drove there',
      customFields: { kilometres: '42' },
    });
    expect(logged.isError, logged.text).toBe(false);
    const { id } = logged.structured;
    const stored = async () => (await session.rest('GET', `/time/entries/${id}`)).body;
    expect(fieldOf(await stored(), 'Kilometres')).toBe(42);
    const changed = await session.call('update_time_entry', { entryId: id, customFields: { Kilometres: 40 } });
    expect(changed.text).toContain('Kilometres: 42 -> 40');
    expect(fieldOf(await stored(), 'Kilometres')).toBe(40);
    expect((await session.call('update_time_entry', { entryId: id, customFields: { Miles: 1 } })).text).toMatch(
      /no custom field "Miles"/,
    );
  });

  it('are set on phases, additions and expenses', async () => {
    const { body: projects } = await session.rest('GET', '/project/projects?pageSize=1');
    const [project] = projects;
    const phase = await session.call('save_project_phase', {
      project: String(project.id),
      name: 'Handover',
      customFields: { 'sign-off by': 'Kaja' },
    });
    expect(phase.isError, phase.text).toBe(false);
    const path = `/project/projects/${project.id}/phases/${phase.structured.id}`;
    expect(fieldOf((await session.rest('GET', path)).body, 'Sign-off by')).toBe('Kaja');
    const handover = { project: String(project.id), phase: 'Handover' };
    // What is empty is not given.
    await session.call('save_project_phase', { ...handover, customFields: { 'Sign-off by': '' } });
    expect(fieldOf((await session.rest('GET', path)).body, 'Sign-off by')).toBe('Kaja');
    await session.ok('save_project_phase', { ...handover, customFields: [{ caption: 'Sign-off by', clear: true }] });
    expect(fieldOf((await session.rest('GET', path)).body, 'Sign-off by')).toBeNull();

    const { body: agreements } = await session.rest('GET', '/finance/agreements?pageSize=40');
    for (const agreement of agreements) {
      const list = `/finance/agreements/${agreement.id}/additions`;
      const [addition] = (await session.rest('GET', list)).body;
      if (addition === undefined) continue;
      const changed = await session.call('update_agreement_addition', {
        agreement: String(agreement.id),
        additionId: addition.id,
        customFields: { 'Vendor contract': 'V-7' },
      });
      expect(changed.isError, changed.text).toBe(false);
      expect(fieldOf((await session.rest('GET', `${list}/${addition.id}`)).body, 'Vendor contract')).toBe('V-7');
      break;
    }

    const expense = await session.call('log_expense', {
      amount: 12.5,
      company: 'Acme',
      notes: 'Parking',
      customFields: { 'Receipt number': 'R-1' },
    });
    expect(expense.isError, expense.text).toBe(false);
    const { body } = await session.rest('GET', `/expense/entries/${expense.structured.id}`);
    expect(fieldOf(body, 'Receipt number')).toBe('R-1');
  });

  it.each([
    [
      'update_ticket',
      { ticketId: 3 },
      { 'Root cause': 'Aliens' },
      /"Aliens" is not a choice of Root cause.*Allowed: Hardware, Software, User, Provider/s,
    ],
    [
      'create_ticket',
      { company: 'Globex', summary: 'No such cause' },
      { 'Root cause': 'Hard' },
      /not a choice.*Hardware/s,
    ],
    ['update_company', { company: 'Globex' }, { 'Account tier': 'Platinum' }, /Allowed: Gold, Silver, Bronze/],
    ['save_activity', { name: 'Called', company: 'Globex' }, { Outcome: 'Reached 2' }, /Allowed: Reached, Voicemail/],
    ['update_ticket', { ticketId: 3 }, { 'Devices affected': '3 devices' }, /has to be a number; "3 devices" is not/],
    ['update_ticket', { ticketId: 3 }, { 'Devices affected': 'many' }, /has to be a number/],
    ['update_ticket', { ticketId: 3 }, { 'Devices affected': 2.5 }, /has to be a whole number/],
    ['update_ticket', { ticketId: 3 }, { 'Devices affected': '1e3' }, /has to be a number/],
    ['update_ticket', { ticketId: 3 }, { 'Devices affected': true }, /has to be a number/],
    ['update_ticket', { ticketId: 3 }, { 'Devices affected': { count: 3 } }, /has to be a single value/],
    ['update_company', { company: 'Globex' }, { 'Contract signed': '2026-02-30' }, /has to be a date that exists/],
    ['update_company', { company: 'Globex' }, { 'Contract signed': 'banana' }, /has to be a date that exists/],
    ['update_company', { company: 'Globex' }, { 'Contract signed': '2026-11-24T15:00:00Z' }, /without a time/],
    [
      'call_write_operation',
      { operation: 'PATCH /service/tickets/3' },
      { 'Root cause': 'Aliens' },
      /"Aliens" is not a choice of Root cause/,
    ],
  ])('refuse a value that the field does not take: %s %j %j', async (tool, input, values, says) => {
    const list = Object.entries(values).map(([caption, value]) => ({ caption, value }));
    const given = tool === 'call_write_operation' ? { body: { customFields: list } } : { customFields: values };
    expect(await session.refused(tool, { ...input, ...given })).toMatch(says);
  });

  it("keep a number as it was said, and the case of a choice is the set-up's", async () => {
    const set = { 'root cause': ' user ', 'Devices affected': '12' };
    await session.ok('update_ticket', { ticketId: 3, customFields: set });
    const stored = await session.get('/service/tickets/3');
    expect(fieldOf(stored, 'Root cause')).toBe('User');
    expect(fieldOf(stored, 'Devices affected')).toBe(12);
  });

  it('are completed in the body of an operation, by caption or id: those that were not sent stay', async () => {
    await session.ok('update_ticket', { ticketId: 3, customFields: { 'Root cause': 'User', 'Devices affected': 4 } });
    const body = { customFields: [{ caption: 'Root cause', value: 'software' }] };
    await session.ok('call_write_operation', { operation: 'PATCH /service/tickets/3', body });
    const stored = await session.get('/service/tickets/3');
    expect(fieldOf(stored, 'Root cause')).toBe('Software');
    expect(fieldOf(stored, 'Devices affected')).toBe(4);
    const unknown = { customFields: [{ id: 9999, value: 'x' }] };
    expect(
      await session.refused('call_write_operation', { operation: 'PATCH /service/tickets/3', body: unknown }),
    ).toMatch(/no custom field "id 9999".*Root cause/s);
    const ticket = { summary: 'Raw with a cause', company: { id: stored.company.id }, ...body };
    const made = await session.ok('call_write_operation', { operation: 'POST /service/tickets', body: ticket });
    const raw = await session.get(`/service/tickets/${made.structured.result.id}`);
    expect(fieldOf(raw, 'Root cause')).toBe('Software');
  });
});
