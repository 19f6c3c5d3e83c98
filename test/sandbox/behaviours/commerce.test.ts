import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { borrowSandbox } from '../../support/sandboxes.ts';
import { NOW, restOf, type Session } from '../../support/session.ts';

let sandbox: Sandbox;
let rest: Session['rest'];
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW, tickets: 60 });
  rest = restOf(sandbox);
});
afterAll(() => sandbox.close());

const list = async (path: string, conditions: string) =>
  (await rest('GET', `${path}?${new URLSearchParams({ conditions, pageSize: '1000' })}`)).body;
const replace = (path: string, name: string, value: unknown) =>
  rest('PATCH', path, [{ op: 'replace', path: name, value }]);

describe('agreements', () => {
  const post = (more: Record<string, unknown>) =>
    rest('POST', '/finance/agreements', {
      name: 'Care',
      type: { id: 1 },
      company: { id: 2 },
      contact: { id: 5 },
      ...more,
    });

  it.each([
    [{}, 'Active'],
    [{ startDate: '2020-01-01T00:00:00Z', endDate: '2020-12-31T00:00:00Z' }, 'Expired'],
    [{ startDate: '2030-01-01T00:00:00Z' }, 'Inactive'],
    [{ cancelledFlag: true }, 'Cancelled'],
  ])('with %j is %s by its dates, whatever is sent', async (more, status) => {
    const { body } = await post({ ...more, agreementStatus: 'Active' });
    expect(body.agreementStatus).toBe(status);
    expect(await list('/finance/agreements', `id = ${body.id} and agreementStatus = "${status}"`)).toHaveLength(1);
  });

  it('ends no earlier than it starts', async () => {
    const { status, body } = await post({ startDate: '2026-02-01T00:00:00Z', endDate: '2026-01-01T00:00:00Z' });
    expect([status, body.errors[0].field]).toEqual([400, 'endDate']);
  });

  it('has additions that are counted out and begin with it', async () => {
    const { body: agreement } = await post({ startDate: '2026-06-01T00:00:00Z' });
    const path = `/finance/agreements/${agreement.id}/additions`;
    const addition = {
      product: { id: 1 },
      billCustomer: 'Billable',
      quantity: 10,
      lessIncluded: 2,
      unitPrice: 9.99,
      unitCost: 4,
    };
    const created = await rest('POST', path, addition);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      agreementId: agreement.id,
      billedQuantity: 8,
      extPrice: 79.92,
      extCost: 40,
      margin: 39.92,
      effectiveDate: '2026-06-01T00:00:00Z',
    });
    const early = await rest('POST', path, { ...addition, effectiveDate: '2026-05-31T00:00:00Z' });
    expect(early.body.errors[0]).toMatchObject({ field: 'effectiveDate', resource: 'addition' });
    expect((await rest('GET', `${path}/count`)).body.count).toBe(1);
  });
});

describe('invoices', () => {
  it('are not made for agreements through the API', async () => {
    const { status, body } = await rest('POST', '/finance/invoices', { type: 'Agreement', company: { id: 2 } });
    expect([status, body.errors[0].field]).toEqual([400, 'type']);
  });

  it('are owed until they are paid', async () => {
    const { status, body } = await rest('POST', '/finance/invoices', {
      type: 'Miscellaneous',
      company: { id: 2 },
      serviceTotal: 100,
      productTotal: 20,
      salesTax: 8,
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      subtotal: 120,
      total: 128,
      balance: 128,
      payments: 0,
      dueDate: '2026-12-24T00:00:00Z',
    });
    expect(await list('/finance/invoices', `invoiceNumber = "${body.invoiceNumber}"`)).toHaveLength(1);
    const path = `/finance/invoices/${body.id}`;
    const payment = await rest('POST', `${path}/payments`, { amount: 28.5 });
    expect(payment.body).toMatchObject({ amount: 28.5, appliedBy: 'apimcp', invoice: { id: body.id } });
    expect((await rest('GET', path)).body).toMatchObject({ payments: 28.5, balance: 99.5 });
    await replace(`${path}/payments/${payment.body.id}`, 'amount', 128);
    expect((await rest('GET', path)).body.balance).toBe(0);
    await rest('DELETE', `${path}/payments/${payment.body.id}`);
    expect((await rest('GET', path)).body.balance).toBe(128);
    expect((await replace(path, 'balance', 0)).body.balance).toBe(128);
    expect((await rest('DELETE', path)).status).toBe(204);
  });

  it('of the seed add up', async () => {
    for (const { id, total, payments, balance } of await list('/finance/invoices', 'id > 0')) {
      const paid = (await rest('GET', `/finance/invoices/${id}/payments`)).body as { amount: number }[];
      expect(paid.reduce((sum, { amount }) => sum + amount, 0)).toBe(payments ?? 0);
      expect(balance ?? 0).toBe(total - (payments ?? 0));
    }
  });
});

describe('purchase orders', () => {
  it('are closed by their status and worth their lines', async () => {
    const { body: order } = await rest('POST', '/procurement/purchaseorders', {
      status: { id: 1 },
      terms: { id: 1 },
      vendorCompany: { id: 3 },
    });
    expect(order).toMatchObject({ closedFlag: false, total: 0, poNumber: expect.stringMatching(/^PO-\d+$/) });
    const path = `/procurement/purchaseorders/${order.id}`;
    const line = await rest('POST', `${path}/lineitems`, {
      product: { identifier: 'LT-14' },
      unitOfMeasure: { id: 1 },
      description: 'Laptop',
      lineNumber: 1,
      quantity: 3,
      unitCost: 1010,
    });
    expect(line.body).toMatchObject({ product: { identifier: 'LT-14' }, purchaseOrderId: order.id, closedFlag: false });
    expect((await rest('GET', path)).body).toMatchObject({ subTotal: 3030, total: 3030 });
    const received = await replace(`${path}/lineitems/${line.body.id}`, 'receivedStatus', 'FullyReceived');
    expect(received.body.closedFlag).toBe(true);
    expect((await replace(path, 'status', { name: 'Received' })).body).toMatchObject({
      closedFlag: true,
      dateClosed: '2026-11-24T21:20:00Z',
    });
    expect((await replace(path, 'status', { id: 1 })).body).not.toHaveProperty('dateClosed');
    await rest('DELETE', `${path}/lineitems/bulk`, { ids: [line.body.id] });
    expect((await rest('GET', path)).body.total).toBe(0);
  });
});

describe('opportunities', () => {
  it('become agreements, projects, orders and tickets', async () => {
    const { status, body } = await rest('POST', '/sales/opportunities', {
      name: 'New firewall',
      company: { id: 2 },
      contact: { id: 5 },
      primarySalesRep: { identifier: 'bwest' },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: { name: 'Open' }, site: { id: expect.any(Number) } });
    const convert = (to: string, sent: unknown = {}) =>
      rest('POST', `/sales/opportunities/${body.id}/convertTo${to}`, sent);
    const made = [
      [await convert('Agreement', { name: 'Care', type: { id: 2 } }), '/finance/agreements'],
      [await convert('Project', { name: 'Roll-out' }), '/project/projects'],
      [await convert('SalesOrder'), '/sales/orders'],
      [await convert('ServiceTicket', { summary: 'Install the firewall' }), '/service/tickets'],
    ] as const;
    for (const [answer, path] of made) {
      expect(answer.status).toBe(201);
      expect((await rest('GET', `${path}/${answer.body.id}`)).body).toMatchObject({
        company: { id: 2 },
        opportunity: { id: body.id },
      });
    }
    expect(made[0][0].body).toMatchObject({ name: 'Care', type: { id: 2 }, agreementStatus: 'Active' });
    expect(made[1][0].body).toMatchObject({ board: { name: 'Projects' }, status: { name: 'Open' } });
    expect(made[3][0].body).toMatchObject({ summary: 'Install the firewall', status: { name: 'New' } });
    expect((await rest('POST', '/sales/opportunities/999999/convertToProject', {})).body.message).toBe(
      'Opportunity 999999 not found',
    );
  });

  it('are closed by their status', async () => {
    const won = (await replace('/sales/opportunities/1', 'status', { name: 'Won' })).body;
    expect(won).toMatchObject({ closedDate: '2026-11-24T21:20:00Z', closedBy: { identifier: 'apimcp' } });
    expect((await replace('/sales/opportunities/1', 'status', { name: 'Open' })).body).not.toHaveProperty('closedDate');
  });
});

describe('expenses', () => {
  const entry = { type: { id: 1 }, amount: 12.5, date: '2026-11-24T00:00:00Z', member: { identifier: 'tmoreau' } };

  it('go to the report of their week, which locks them when it is submitted', async () => {
    const created = await rest('POST', '/expense/entries', { ...entry, chargeToType: 'ServiceTicket', chargeToId: 3 });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      status: 'Open',
      ticket: { id: 3 },
      company: { id: expect.any(Number) },
      expenseReport: { name: '2026-11-23 to 2026-11-29' },
    });
    const { id } = created.body.expenseReport;
    const act = (verb: string) => rest('POST', `/expense/reports/${id}/${verb}`);
    const path = `/expense/entries/${created.body.id}`;
    expect((await rest('GET', `/expense/reports/${id}`)).body).toMatchObject({ total: 12.5, status: 'Open' });
    expect((await act('reverse')).status).toBe(400);
    expect((await act('submit')).body).toEqual({ success: true, message: '' });
    expect((await rest('GET', path)).body.status).toBe('PendingApproval');
    expect((await replace(path, 'amount', 1)).body.errors[0].field).toBe('expenseReport');
    expect((await rest('POST', '/expense/entries', { ...entry, company: { id: 2 } })).status).toBe(400);
    expect((await rest('DELETE', path)).status).toBe(400);
    await act('reverse');
    // Moved to another week, it leaves its report.
    expect((await replace(path, 'date', '2026-11-20T00:00:00Z')).body.expenseReport.id).not.toBe(id);
    expect((await rest('GET', `/expense/reports/${id}`)).body.total ?? 0).toBe(0);
    expect((await rest('DELETE', path)).status).toBe(204);
  });

  it('need somebody to charge', async () => {
    expect((await rest('POST', '/expense/entries', entry)).body.errors[0].message).toBe(
      'The company/id field is required.',
    );
    expect(
      (await rest('POST', '/expense/entries', { ...entry, chargeToType: 'ServiceTicket', chargeToId: 987654 })).body
        .errors[0].message,
    ).toBe('ServiceTicket 987654 not found');
  });
});

describe('marketing groups', () => {
  const rows = async (path: string) => (await rest('GET', path)).body.map(({ id }: { id: number }) => id);

  it('have members that go by their own ids and show on both sides', async () => {
    const { id } = (await rest('POST', '/marketing/groups', { name: 'Both sides' })).body;
    const list = `/marketing/groups/${id}/contacts`;
    expect((await rest('POST', list, { id: 5, note: 'By hand' })).body).toMatchObject({ id: 5, groupId: id });
    expect((await rest('POST', list, { id: 5 })).body.errors[0].code).toBe('ObjectExists');
    expect((await rest('POST', list, { id: 987_654 })).body.errors[0].message).toBe('Contact 987654 not found');
    const own = (await rest('GET', '/company/contacts/5/groups')).body.find(
      ({ group }: { group: { id: number } }) => group.id === id,
    );
    expect(own).toMatchObject({ group: { name: 'Both sides' }, description: 'By hand', contact: { id: 5 } });
    await rest('POST', '/company/contacts/8/groups', { group: { id } });
    expect(await rows(list)).toEqual([5, 8]);
    expect(await rows(`${list}?orderBy=note asc`)).toHaveLength(2);
    const quiet = [{ op: 'replace', path: 'unsubscribeFlag', value: true }];
    expect((await rest('PATCH', `${list}/8`, quiet)).body).toMatchObject({ id: 8, unsubscribeFlag: true });
    expect((await rest('DELETE', `/company/contacts/5/groups/${own.id}`)).status).toBe(204);
    expect(await rows(list)).toEqual([8]);
    expect((await rest('DELETE', `${list}/8`)).status).toBe(204);
    expect((await rest('GET', `${list}/8`)).status).toBe(404);
    expect(await rows(list)).toEqual([]);
  });
});

describe('campaigns', () => {
  it('list what they led to by a filter and in pages', async () => {
    const list = '/marketing/campaigns/1/activities';
    const [first, second] = (await rest('GET', list)).body;
    expect((await rest('GET', `${list}?conditions=id=${second.id}`)).body).toEqual([second]);
    expect((await rest('GET', `${list}?pageSize=1&orderBy=id`)).body).toEqual([first]);
    expect((await rest('GET', `${list}/count?conditions=id=${second.id}`)).body).toEqual({ count: 1 });
  });

  it('have a subtype of their type, an end after the start, and margins', async () => {
    const said = { name: 'Fair', type: { id: 2 }, subType: { id: 1 }, startDate: '2027-01-10T00:00:00Z' };
    expect((await rest('POST', '/marketing/campaigns', said)).body.errors[0].field).toBe('subType/id');
    const ends = { ...said, subType: { id: 2 }, endDate: '2027-01-01T00:00:00Z' };
    expect((await rest('POST', '/marketing/campaigns', ends)).body.errors[0].field).toBe('endDate');
    const budget = { ...said, subType: { id: 2 }, budgetRevenue: 300, budgetCost: 200 };
    expect((await rest('POST', '/marketing/campaigns', budget)).body).toMatchObject({
      status: { name: 'Planned' },
      budgetGrossMargin: 100,
      budgetROI: 50,
    });
  });
});
