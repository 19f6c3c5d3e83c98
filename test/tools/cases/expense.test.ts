import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const SUNDAY = new Date('2026-11-29T19:30:00Z');

describe('expenses, on a Sunday afternoon', () => {
  let session: Session;
  beforeEach(async () => {
    session = await startSession({ now: SUNDAY, toolsets: 'all' });
  });
  afterEach(() => session.close());

  const entry = (id: number) => session.get(`/expense/entries/${id}`);
  const log = async (input: Record<string, unknown>): Promise<number> =>
    (await session.ok('log_expense', { company: 'Globex', type: 'Meals', ...input })).structured.id;

  it('dates an expense on the day that has passed', async () => {
    expect((await entry(await log({ amount: 11, date: 'Friday' }))).date).toBe('2026-11-27T00:00:00Z');
    expect(await session.refused('log_expense', { amount: 11, company: 'Globex', date: 'Friday 3pm' })).toContain(
      'only a day counts here',
    );
  });

  it.each(['""', '[]', 'null', '{}'])('keeps what it has when %s is sent', async (empty) => {
    const nothing = JSON.parse(empty);
    const id = await log({ amount: 12, notes: 'Lunch', taxes: { GST: 1 } });
    const before = await entry(id);
    await session.ok('log_expense', { expenseId: id, amount: 13, notes: nothing, taxes: nothing, clear: nothing });
    expect(await entry(id)).toMatchObject({ amount: 13, notes: 'Lunch', taxes: before.taxes });
  });

  it('clears what is named, and only what may be cleared', async () => {
    const id = await log({ amount: 12, notes: 'Lunch', taxes: { GST: 1 } });
    const preview = await session.ok('log_expense', { expenseId: id, clear: ['notes', 'taxes'], dryRun: true });
    expect(preview.text).toContain('notes: Lunch -> -');
    await session.ok('log_expense', { expenseId: id, clear: 'notes, taxes' });
    const after = await entry(id);
    expect(after.notes ?? '').toBe('');
    expect(after.taxes ?? []).toEqual([]);
    expect(await session.refused('log_expense', { expenseId: id, clear: ['amount'] })).toContain('notes, taxes');
    expect(await session.refused('log_expense', { expenseId: id, clear: ['notes'], notes: 'x' })).toContain('clear');
    expect(await session.refused('log_expense', { amount: 5, company: 'Globex', clear: ['notes'] })).toContain(
      'Send expenseId',
    );
  });

  it.each([
    { taxes: [{ tax: 'GST', value: 2.5 }] },
    { taxes: [{ name: 'gst', value: '2.5' }] },
    { taxes: [{ name: 'gst', value: '2,50 USD' }] },
    { taxes: { GST: 2.5 } },
    { taxes: '{"GST": 2.5}' },
    { tax: [{ type: 'GST', amount: 2.5 }] },
  ])('takes %j', async (taxes) => {
    const { structured, text } = await session.ok('log_expense', {
      amount: 30,
      company: 'Globex',
      type: 'Meals',
      ...taxes,
    });
    expect((await entry(structured.id)).taxes).toMatchObject([{ amount: 2.5, type: { id: 2 } }]);
    expect(text).toContain('taxes: GST 2.50');
  });

  it('corrects taxes, and names them in the preview', async () => {
    const id = await log({ amount: 30 });
    const { text } = await session.ok('log_expense', { expenseId: id, taxes: { GST: 3 }, dryRun: true });
    expect(text).toContain('taxes: GST 3.00');
    expect(text).not.toContain('record');
    await session.ok('log_expense', { expenseId: id, taxes: { GST: 3 } });
    expect((await entry(id)).taxes).toMatchObject([{ amount: 3 }]);
  });

  it('has one type', async () => {
    const torn = { amount: 11, company: 'Globex', notes: 'To site', type: 'Parking (Mileage)' };
    expect(await session.refused('log_expense', torn)).toMatch(/no expense type "Parking \(Mileage\)"/);
  });

  it('takes a distance for mileage only', async () => {
    expect(await session.refused('log_expense', { miles: 30, company: 'Globex' })).toContain('type "Mileage"');
    const { text } = await session.ok('log_expense', { miles: 30, company: 'Globex', category: 'mileage' });
    expect(text).toContain('30 miles Mileage');
    expect((await session.ok('log_expense', { miles: 31, company: 'Globex', notes: 'drove there' })).text).toContain(
      '31 miles',
    );
  });

  it.each([
    ['Gas for the drive to Acme', 'Travel'],
    ['Online course for the Azure certification', 'Training material'],
    ['USB drive for backups', 'Hardware'],
  ])('goes to the type that "%s" talks about', async (notes, type) => {
    const { text } = await session.ok('log_expense', { amount: 15, company: 'Globex', notes, dryRun: true });
    expect(text).toContain(`type ${type}, by "`);
  });

  it.each([
    [{ amount: 120, notes: 'Drove 120 km to the warehouse' }, '120 km are 74.6 miles'],
    [{ amount: 48, notes: '48 kilometers to Utica and back' }, '48 kilometers, and its amount is in miles'],
    [{ amount: 80, type: 'Mileage', notes: '80 km round trip' }, '80 km are 49.7 miles'],
    [{ amount: 48, type: 'kilometers' }, '48 km are 29.8 miles'],
    [{ amount: 48.9, type: 'Mileage', notes: '48.90 USD of petrol' }, 'say 48.90 USD, and the amount of Mileage is'],
    [{ amount: 35, notes: 'Taxi, drove to the airport' }, 'about a distance ("drove") and about money (Travel)'],
    [{ amount: 22, notes: 'Lunch, drove there' }, 'about a distance ("drove") and about money (Meals)'],
    [{ amount: 40, notes: 'Petrol, drove to the airport' }, 'about a distance ("drove") and about money (Travel)'],
    [{ amount: 30, type: 'Travel', notes: '30 miles to the site' }, 'say 30 miles, and the amount of Travel is money'],
    [{ amount: '$48.90', notes: 'Drove to Utica' }, 'amount "$48.90" is money'],
  ])('refuses an amount in a unit that its type does not count: %j', async (said, why) => {
    expect(await session.refused('log_expense', { company: 'Globex', ...said })).toContain(why);
  });

  it('takes the type that the amount is said of, and keeps the unit in a correction', async () => {
    const taken: [Record<string, unknown>, string][] = [
      [{ amount: 74.6, notes: 'Drove 120 km to the warehouse' }, '74.6 miles on Globex'],
      [{ amount: 30, notes: 'Drove 15 miles each way, lunch at the client' }, '30 miles on Globex'],
      [{ amount: 48.9, notes: 'Drove to Utica, 48.90 USD of petrol' }, '48.90 USD on Globex'],
      [{ amount: 12, notes: 'Drove 40 km, parking 12 USD' }, '12.00 USD on Globex'],
      [{ amount: 12, notes: 'Trip to Utica, 12mi' }, 'type Mileage, by "mi"'],
    ];
    for (const [said, shown] of taken)
      expect((await session.ok('log_expense', { company: 'Globex', dryRun: true, ...said })).text).toContain(shown);
    const expenseId = await log({ amount: 30, type: 'Mileage' });
    expect(await session.refused('log_expense', { expenseId, type: 'Parking' })).toContain('Mileage, 30, is in miles');
    expect(await session.refused('log_expense', { expenseId, amount: 90, notes: 'It was 90 km' })).toContain('55.9');
    expect((await session.ok('log_expense', { expenseId, amount: 55.9, notes: 'It was 90 km' })).text).toContain(
      '55.9 miles',
    );
  });

  it('adds up money and miles apart, also by groups', async () => {
    await log({ amount: 10 });
    await log({ amount: 20, type: 'Mileage' });
    const { structured, text } = await session.ok('search_expenses', { company: 'Globex', groupBy: ['company'] });
    expect(structured.columns).toEqual(['company', 'unit', 'count', 'amount']);
    expect(new Set(structured.rows.map(([, unit]: string[]) => unit))).toEqual(new Set(['USD', 'miles']));
    expect(text).toMatch(/amount \d+ miles/);
  });

  it('logs nothing twice, also at the same moment', async () => {
    const input = { amount: 21, company: 'Globex', type: 'Meals' };
    const both = await Promise.all([session.ok('log_expense', input), session.ok('log_expense', input)]);
    const ids = new Set(both.map(({ structured }) => structured.id));
    expect(ids.size).toBe(1);
    expect(await session.refused('log_expense', input)).toContain(`expenseId: ${[...ids][0]}`);
  });

  it('keeps the member', async () => {
    const id = await log({ amount: 30 });
    expect((await session.ok('log_expense', { expenseId: id, member: 'me', amount: 31 })).text).toContain('31.00');
    expect(await session.refused('log_expense', { expenseId: id, member: 'achen', amount: 32 })).toContain(
      'stays with',
    );
  });

  it('names the member in the preview', async () => {
    const { text } = await session.ok('log_expense', {
      amount: 21,
      company: 'Globex',
      type: 'Meals',
      member: 'achen',
      dryRun: true,
    });
    expect(text).toContain('Alex Chen: 21.00 USD on Globex');
    expect(await session.refused('log_expense', { amount: 21, company: 'Globex', member: 'Alex Chan' })).toContain(
      'Alex Chen',
    );
  });

  it('marks notes that it cuts, in every list', async () => {
    const notes = 'Dinner '.repeat(30).trim();
    const id = await log({ amount: 44, notes });
    for (const [tool, input] of [
      ['search_expenses', { company: 'Globex' }],
      ['get_expense_report', {}],
    ] as const) {
      const { text } = await session.ok(tool, input);
      expect(text.split('\n').find((line) => line.includes(`${id} |`))).toMatch(/\[cut: \d+ of 209 characters\]/);
    }
  });

  it('adds up all that was found, not the page', async () => {
    const whole = await session.ok('search_expenses', { member: 'all', period: 'last 90 days', limit: 200 });
    const page = await session.ok('search_expenses', { member: 'all', period: 'last 90 days', limit: 2 });
    const sum = (text: string): string | undefined => /^.* in all/.exec(text)?.[0];
    expect(whole.structured.rows.length).toBeGreaterThan(2);
    expect(sum(page.text)).toBeDefined();
    expect(sum(page.text)).toBe(sum(whole.text));
  });

  it('says whose expenses it lists, and of which days', async () => {
    expect((await session.ok('search_expenses', {})).text).toMatch(
      /in all by Jordan Doe, period: .+ to .+ \(America\/New_York\)/,
    );
    expect((await session.ok('search_expenses', { period: 'last week' })).text).toContain(
      'period: Mon 16 Nov to Sun 22 Nov (America/New_York)',
    );
    const where = [{ field: 'member/identifier', op: 'eq', value: 'achen' }];
    const theirs = await session.ok('search_expenses', { where });
    expect(theirs.structured.rows.map((row: string[]) => row[4])).toContain('Alex Chen');
    expect((await session.ok('search_expenses', { period: '2031-01-01' })).text).toContain('leave out one filter');
  });

  it('reads the report of a week, and refuses what is more or contradicts itself', async () => {
    const report = async (input: Record<string, unknown>) =>
      (await session.ok('get_expense_report', { member: 'achen', ...input })).structured.title;
    expect(await report({ date: 'last week' })).toContain('2026-11-16 to 2026-11-22');
    expect(await report({ week: 'this week' })).toContain('2026-11-23 to 2026-11-29');
    expect(await report({ date: 'Friday' })).toContain('2026-11-23 to 2026-11-29');
    const id = (await session.ok('get_expense_report', { member: 'achen', date: 'last week' })).structured.id;
    expect(await session.refused('get_expense_report', { member: 'achen', date: 'last 14 days' })).toContain(
      'more than one expense report',
    );
    expect(await session.refused('get_expense_report', { date: 'last month' })).toContain(
      'more than one expense report',
    );
    expect(await session.refused('submit_expense_report', { reportId: id, member: 'dlopez' })).toContain(
      "is Alex Chen's",
    );
    expect(await session.refused('get_expense_report', { reportId: id, date: 'today' })).toContain(
      'Send reportId alone',
    );
    // Sunday here is Monday in Kolkata, and of the next report.
    expect(await session.refused('get_expense_report', { member: 'pnair', date: 'today' })).toContain(
      'has no expense report for Mon 30 Nov 2026',
    );
  });

  it('submits only when the person agrees, and a no holds', async () => {
    const answers: string[] = [];
    const asked = await startSession({
      now: SUNDAY,
      toolsets: 'all',
      answer: (question) => {
        answers.push(question);
        return false;
      },
    });
    try {
      const said = await asked.refused('submit_expense_report', { member: 'achen' });
      expect(answers).toEqual([expect.stringContaining('Submit the expense report of Alex Chen')]);
      expect(said).toContain('declined');
      expect(
        (await asked.get('/expense/reports?conditions=member/identifier="achen" and status="Open"'))[0],
      ).toBeDefined();
    } finally {
      await asked.close();
    }
  });
});

describe.each(['Asia/Kolkata', 'Pacific/Auckland', 'Pacific/Honolulu'])('days of expenses in %s', (zone) => {
  let session: Session;
  beforeEach(async () => {
    session = await startSession({ now: SUNDAY, toolsets: 'all', environment: { CWM_TIME_ZONE: zone } });
  });
  afterEach(() => session.close());

  it('stay the days that were said', async () => {
    const input = { amount: 17, company: 'Globex', type: 'Meals', date: '2026-11-26' };
    const { id } = (await session.ok('log_expense', input)).structured;
    expect((await session.get(`/expense/entries/${id}`)).date).toBe('2026-11-26T00:00:00Z');
    const ids = async (period: string): Promise<string[]> =>
      (await session.ok('search_expenses', { period, company: 'Globex' })).structured.rows.map(
        ([one]: string[]) => one,
      );
    expect(await ids('2026-11-26')).toContain(String(id));
    expect(await ids('2026-11-25')).not.toContain(String(id));
    expect(await ids('2026-11-27')).not.toContain(String(id));
    await session.ok('log_expense', { expenseId: id, date: '2026-11-27' });
    expect((await session.get(`/expense/entries/${id}`)).date).toBe('2026-11-27T00:00:00Z');
  });

  it('find the report of a member elsewhere by their own calendar', async () => {
    // It is still Sunday in New York, where they work.
    const { structured, text } = await session.ok('get_expense_report', { member: 'achen' });
    expect(structured.title).toContain('2026-11-23 to 2026-11-29');
    // Told where it is another date than that of who asks.
    expect(text.includes('date: Sun 29 Nov (America/New_York)')).toBe(zone !== 'Pacific/Honolulu');
    const { id: reportId } = structured;
    const byId = await session.ok('get_expense_report', { reportId, date: 'today' });
    expect(byId.structured.id).toBe(reportId);
    expect(byId.text).toContain('date: Sun 29 Nov (America/New_York)');
    expect(await session.refused('get_expense_report', { reportId, date: 'tomorrow' })).toContain(
      'Send reportId alone',
    );
  });

  it('tell no date that played no part beside the id of a sheet', async () => {
    const [{ id: sheetId }] = await session.get(
      `/time/sheets?conditions=${encodeURIComponent("member/identifier='achen' and status='Open'")}`,
    );
    expect((await session.ok('get_expense_report', { reportId: 1 })).text).not.toMatch(/^date:/m);
    expect((await session.ok('submit_timesheet', { sheetId, dryRun: true })).text).not.toMatch(/^date:/m);
  });
});
