import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Tuesday, 24 November 2026, 16:20 in New York. */
let session: Session;
let ticketId: number;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,expense' });
  ticketId = (await session.rest('POST', '/service/tickets', { summary: 'On site', company: { id: 2 } })).body.id;
});
afterAll(() => session.close());

/** Attaches a receipt to an expense, as somebody does on the web page. */
async function attach(id: number): Promise<void> {
  const { baseUrl, credentials } = session.sandbox;
  const form = new FormData();
  form.set('recordType', 'Expense');
  form.set('recordId', String(id));
  form.set('file', new Blob(['23.50'], { type: 'text/plain' }), 'receipt.txt');
  const login = `${credentials.companyId}+${credentials.publicKey}:${credentials.privateKey}`;
  const { status } = await fetch(`${baseUrl}/system/documents`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(login).toString('base64')}`, clientid: credentials.clientId },
    body: form,
  });
  expect(status).toBe(201);
}

const entry = (id: number) => session.get(`/expense/entries/${id}`);

describe('log_expense', () => {
  it('understands everyday words: the type from the notes, today, me', async () => {
    const lunch = { amount: '23.50', customer: 'Acme Corp', note: 'Lunch with Acme' };
    const preview = await session.ok('log_expense', { ...lunch, dryRun: true });
    expect(preview.text).toContain('type Meals, by "Lunch"');
    expect((await session.ok('search_expenses', { company: 'Acme Corp', type: 'Meals' })).structured.total).toBe(0);
    const { structured, text } = await session.ok('log_expense', lunch);
    expect(await entry(structured.id)).toMatchObject({
      amount: 23.5,
      company: { identifier: 'Acme' },
      type: { name: 'Meals' },
      date: '2026-11-24T00:00:00Z',
      member: { identifier: 'jdoe' },
      billableOption: 'Billable',
      paymentMethod: { name: 'Cash' },
      notes: 'Lunch with Acme',
    });
    expect(text).toContain('on the expense report 2026-11-23 to 2026-11-29 (open)');
    expect(await session.refused('log_expense', lunch)).toMatch(
      new RegExp(
        `There is already expense ${structured.id}: 23.50 USD Meals.*expenseId: ${structured.id}.*allowDuplicate`,
      ),
    );
    const again = await session.ok('log_expense', { ...lunch, allowDuplicate: true });
    expect(again.structured.id).not.toBe(structured.id);
  });

  it.each([
    ['taxi to the airport', 'Travel'],
    ['two nights at the hotel', 'Lodging'],
    ['Parking at the hotel', 'Parking'],
    ['spare network cables', 'Hardware'],
    ['something odd', 'Parking'],
  ])('%s is %s', async (notes, type) => {
    const { text } = await session.ok('log_expense', { amount: 5, ticketId, notes, dryRun: true });
    expect(text).toContain(`, ${type}\n`);
    expect(text).toContain('send type for another');
  });

  it('charges a ticket, a project, a charge code', async () => {
    const charged = async (more: Record<string, unknown>) =>
      entry((await session.ok('log_expense', { amount: 7, type: 'travel', ...more })).structured.id);
    expect(await charged({ ticketId })).toMatchObject({
      chargeToType: 'ServiceTicket',
      chargeToId: ticketId,
      company: { identifier: 'Acme' },
    });
    expect(await charged({ project: 'Acme Cloud migration' })).toMatchObject({
      project: { name: 'Acme Cloud migration' },
      company: { identifier: 'Acme' },
    });
    expect(await charged({ chargeCode: 'office' })).toMatchObject({
      chargeToType: 'ChargeCode',
      company: { identifier: 'NorthwindIT' },
      billableOption: 'DoNotBill',
    });
    expect(await session.refused('log_expense', { amount: 7, chargeCode: 'Lunch' })).toMatch(/no expenses.*\n.*Office/);
    expect(await session.refused('log_expense', { amount: 7, ticketId, chargeCode: 'Office' })).toContain('not both');
    expect(await session.refused('log_expense', { amount: 7, ticketId, company: 'Globex' })).toMatch(
      /belongs to Acme Corporation, not to Globex/,
    );
    expect(await session.refused('log_expense', { amount: 7 })).toContain('Say what the expense was for');
    expect(await session.refused('log_expense', { company: 'Globex' })).toContain('Send amount');
  });

  it('takes billing, payment, taxes, another day and another member', async () => {
    const { structured, text } = await session.ok('log_expense', {
      amount: 120,
      ticketId,
      category: 'hotel',
      date: 'last friday',
      tax: { gst: '9.5' },
      payment: 'company card',
      billable: 'no charge',
      member: 'swright',
    });
    expect(text).toContain('type Lodging, by "hotel"');
    expect(await entry(structured.id)).toMatchObject({
      date: '2026-11-20T00:00:00Z',
      member: { identifier: 'swright' },
      billableOption: 'NoCharge',
      classification: { name: 'Company' },
      taxes: [{ amount: 9.5, type: { id: 2 } }],
    });
    const said = { amount: 12, ticketId };
    expect(await session.refused('log_expense', { ...said, taxes: { VAT: 2 } })).toContain('Sales tax, GST');
    expect(await session.refused('log_expense', { ...said, taxes: { GST: 12 } })).toContain('part of the amount');
    expect(await session.refused('log_expense', { ...said, taxes: { GST: 'some' } })).toContain('needs an amount');
    expect(await session.refused('log_expense', { ...said, type: 'jetpack' })).toContain('Mileage, Parking');
    expect(await session.refused('log_expense', { ...said, paymentMethod: 'gold' })).toContain('Cash');
    expect(await session.refused('log_expense', { ...said, date: '03/04/2026' })).toContain('can be read as');
    expect(await session.refused('log_expense', { ...said, price: 3 })).toContain('same argument');
    expect(await session.refused('log_expense', { ...said, amount: 0 })).toContain('amount');
    expect(await session.refused('log_expense', { ...said, member: 'apimcp' })).toContain('own no expenses');
  });

  it('says when a meal is dearer than its type allows, and counts mileage in miles', async () => {
    const dear = await session.ok('log_expense', { amount: 140, ticketId, notes: 'Dinner for six' });
    expect(dear.text).toContain('140.00 USD is more than the 100.00 USD that Meals allows');
    const { text } = await session.ok('log_expense', { amount: 31, ticketId, type: 'mileage' });
    expect(text).toContain('31 miles Mileage');
  });

  it('is refused where the report was submitted', async () => {
    expect(await session.refused('log_expense', { amount: 5, ticketId, date: '2026-11-10' })).toMatch(
      /report of Jordan Doe for 2026-11-09 to 2026-11-15 is ApprovedByTierOne.*\n.*reverse: true/,
    );
  });

  it('corrects an expense with expenseId', async () => {
    const { id } = (await session.ok('log_expense', { amount: 9, ticketId, type: 'travel', notes: 'Bus' })).structured;
    const { text } = await session.ok('log_expense', { id, amount: 8.5, type: 'parking', dryRun: true });
    expect(text).toContain('amount: 9 -> 8.5');
    expect((await entry(id)).amount).toBe(9);
    await session.ok('log_expense', { expenseId: id, amount: 8.5, type: 'parking', billable: 'DoNotBill' });
    expect(await entry(id)).toMatchObject({ amount: 8.5, type: { name: 'Parking' }, billableOption: 'DoNotBill' });
    await session.ok('log_expense', { expenseId: id, company: 'Globex', clear: ['notes'], date: 'yesterday' });
    const moved = await entry(id);
    expect(moved).toMatchObject({ company: { identifier: 'Globex' }, date: '2026-11-23T00:00:00Z' });
    for (const gone of ['chargeToId', 'chargeToType', 'ticket', 'notes']) expect(moved).not.toHaveProperty(gone);
    const office = await session.ok('log_expense', { expenseId: id, chargeCode: 'Office' });
    expect(office.text).toContain('Stays do not bill: send billable for another.');
    const back = await session.ok('log_expense', { expenseId: id, company: 'Globex', billable: 'NoCharge' });
    expect(back.text).not.toContain('Stays');
    expect(await session.refused('log_expense', { expenseId: id })).toContain('Nothing to change');
    expect(await session.refused('log_expense', { expenseId: id, member: 'achen' })).toContain('stays with its member');
    expect(await session.refused('log_expense', { expenseId: 999_999, amount: 1 })).toContain('999999');
  });
});

describe('delete_expense', () => {
  it('asks first, and leaves what was submitted', async () => {
    const { id } = (await session.ok('log_expense', { amount: 3, ticketId, type: 'parking' })).structured;
    expect(await session.refused('delete_expense', { id })).toContain('3.00 USD Parking on ticket');
    await session.ok('delete_expense', { id, confirm: true });
    expect((await session.rest('GET', `/expense/entries/${id}`)).status).toBe(404);
    const [approved] = await session.get('/expense/entries?conditions=status="ReadyToBill"');
    expect(await session.refused('delete_expense', { id: approved.id, confirm: true })).toContain('ReadyToBill');
  });
});

describe('search_expenses', () => {
  it('finds by member, customer, period, type and state, with sums', async () => {
    const mine = await session.ok('search_expenses', { period: '2026-11-01..2026-11-15' });
    expect(mine.text).toMatch(/^[\d.]+( USD in all| USD, \d+ miles in all) by Jordan Doe/);
    expect(mine.structured.rows.every(([, , , , member]: string[]) => member === 'Jordan Doe')).toBe(true);
    const pending = await session.ok('search_expenses', {
      member: 'all',
      status: 'pending',
      where: { field: 'amount', op: 'gt', value: 20 },
    });
    expect(pending.structured.rows.map((row: string[]) => row[8])).toEqual(Array(3).fill('pending approval'));
    const of = await session.ok('search_expenses', { ticket: ticketId });
    expect(of.structured.total).toBeGreaterThan(0);
    const groups = await session.ok('search_expenses', { period: 'last 60 days', by: ['member'] });
    expect(groups.structured.columns).toEqual(['member', 'unit', 'count', 'amount']);
    expect(groups.structured.total).toBeGreaterThan(3);
    expect(await session.refused('search_expenses', { status: 'lost' })).toContain('rejected');
    expect(await session.refused('search_expenses', { vendor: 'x' })).toContain('no argument vendor');
  });
});

describe('distances', () => {
  it('are no money in sums of operations and in reports', async () => {
    const rows = await session.get('/expense/entries?pageSize=1000&conditions=date<[2026-11-16T00:00:00Z]');
    const sumOf = (isDistance: boolean): number =>
      rows
        .filter(({ type }: { type: { name: string } }) => (type.name === 'Mileage') === isDistance)
        .reduce((sum: number, { amount }: { amount: number }) => sum + amount, 0);
    const dollars = sumOf(false).toLocaleString('en-US', { minimumFractionDigits: 2 });
    const { text, structured } = await session.ok('call_read_operation', {
      operation: 'GET /expense/entries',
      query: { conditions: 'date < [2026-11-16T00:00:00Z]' },
      sum: ['amount', 'invoiceAmount'],
    });
    expect(text).toContain(`amount ${sumOf(true)} miles`);
    expect(text).toContain(`amount ${dollars} USD`);
    expect(text).not.toMatch(/invoiceAmount [\d,.]+ miles/);
    expect(structured.columns).toEqual(['unit', 'count', 'amount', 'invoiceAmount']);
    const period = '2026-01-01..2026-11-15';
    const report = await session.ok('report', { measures: ['expenses', 'mileage'], period });
    expect(report.text).toContain(`expenses ${dollars.replace(/\.00$/, '')} USD, mileage ${sumOf(true)}`);
    const distances = rows.filter(({ type }: { type: { name: string } }) => type.name === 'Mileage').length;
    expect(report.text).toContain(
      `expenses: ${distances} of ${rows.length} lack an amount of money (they count miles, which the measure mileage adds up)`,
    );
  });
});

describe('expense reports', () => {
  let report: { id: number };
  beforeEach(async () => {
    [report] = await session.get('/expense/reports?conditions=member/identifier="achen" and status="Open"');
  });

  it('are read by day, member or id', async () => {
    const { structured, text } = await session.ok('get_expense_report', { member: 'achen' });
    expect(structured).toMatchObject({ id: report.id, status: 'Open', total: '82.00 USD', due: '2026-12-02' });
    expect(structured.expenses).toHaveLength(2);
    expect(text).toContain('Expense report 2 of Alex Chen, 2026-11-23 to 2026-11-29');
    const before = await session.ok('get_expense_report', { week: 'last week', member: 'achen' });
    expect(before.structured.status).toBe('PendingApproval');
    expect((await session.ok('get_expense_report', { id: report.id })).structured.id).toBe(report.id);
    expect(await session.refused('get_expense_report', { date: '2020-01-01' })).toContain('no expense report');
  });

  it('list receipts, and ask for missing ones', async () => {
    const [first, second] = await session.get(`/expense/entries?conditions=expenseReport/id=${report.id}`);
    await attach(first.id);
    const { structured } = await session.ok('get_expense_report', { member: 'achen' });
    expect(structured.expenses.map(({ receipts }: { receipts: string }) => receipts)).toEqual(['1', '0']);
    const { text } = await session.ok('submit_expense_report', { member: 'achen', dryRun: true });
    expect(text).toContain(`No receipt on 1 of 2: ${second.id}.`);
    await attach(second.id);
    expect((await session.ok('submit_expense_report', { member: 'achen', dryRun: true })).text).toContain(
      'All have receipts and notes.',
    );
  });

  it('are submitted when the person agrees to what is missing, and can be taken back', async () => {
    const asked = await session.refused('submit_expense_report', { member: 'achen' });
    expect(asked).toMatch(/Submit the expense report of Alex Chen.*82\.00 USD in 2 expenses\? All have receipts/);
    const preview = await session.ok('submit_expense_report', { member: 'achen', dryRun: true });
    expect(preview.text).toContain(`POST ${session.sandbox.baseUrl}/expense/reports/${report.id}/submit`);
    const { structured, text } = await session.ok('submit_expense_report', { member: 'achen', confirm: true });
    expect(structured).toMatchObject({ id: report.id, status: 'PendingApproval', total: 82 });
    expect(text).toContain('decision: "approve" or "reject" decides on it.');
    expect(await session.refused('submit_expense_report', { member: 'achen', confirm: true })).toContain('already');
    await session.ok('submit_expense_report', { member: 'achen', undo: true, confirm: true });
    expect((await session.get(`/expense/reports/${report.id}`)).status).toBe('Open');
    expect(await session.refused('submit_expense_report', { member: 'achen', reverse: true })).toContain(
      'cannot be reversed',
    );
  });
});
