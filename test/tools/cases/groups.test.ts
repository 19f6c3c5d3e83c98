import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const SUNDAY = new Date('2026-11-29T19:30:00Z');

type Row = Record<string, never> & { id: number; name: string };

const everyOf = async (session: Session, path: string): Promise<Row[]> => {
  const rows: Row[] = [];
  for (let page = 1; ; page += 1) {
    const found = await session.get(`${path}?pageSize=1000&page=${page}`);
    rows.push(...found);
    if (found.length < 1000) return rows;
  }
};

const grouped = (session: Session, operation: string, more: Record<string, unknown>) =>
  session.ok('call_read_operation', { operation, ...more });

describe.each(['America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'Pacific/Honolulu'])('dates in %s', (zone) => {
  let session: Session;
  beforeAll(async () => {
    session = await startSession({ now: SUNDAY, environment: { CWM_TIME_ZONE: zone } });
  });
  afterAll(() => session.close());

  it('fall into the month that they name', async () => {
    const { structured } = await grouped(session, 'GET /finance/invoices', { groupBy: ['date:month'] });
    const invoices = await everyOf(session, '/finance/invoices');
    const months = new Set(invoices.map(({ date }) => String(date).slice(0, 7)));
    expect(structured.rows.map(([month]: string[]) => month)).toEqual([...months].sort());
  });
});

describe('groups', () => {
  let session: Session;
  beforeAll(async () => {
    session = await startSession({ now: SUNDAY, toolsets: 'all' });
  });
  afterAll(() => session.close());

  it.each(['/time/entries', '/finance/invoices'])(
    'keep the agreements of %s apart by their customers',
    async (path) => {
      const { structured } = await grouped(session, `GET ${path}`, { groupBy: ['agreement'] });
      const rows = await everyOf(session, path);
      const agreements = new Set(rows.flatMap(({ agreement }) => (agreement ? [(agreement as Row).id] : [])));
      const labels = structured.rows.map(([label]: string[]) => label).filter((label: string) => label !== '(none)');
      expect(labels).toHaveLength(agreements.size);
      expect(new Set(labels).size).toBe(agreements.size);
      expect(labels.join()).toContain('Managed Services 2026 (Acme Corporation)');
    },
  );

  it('count people by who they are, not by their names', async () => {
    const { structured } = await session.ok('search_tickets', { state: 'any', kind: 'service', groupBy: ['contact'] });
    const tickets = await everyOf(session, '/service/tickets');
    const people = new Map<number, number>();
    for (const { contact } of tickets) {
      const id = contact ? (contact as Row).id : 0;
      people.set(id, (people.get(id) ?? 0) + 1);
    }
    expect(structured.total).toBe(people.size);
    expect(Math.max(...structured.rows.map(([, count]: string[]) => Number(count)))).toBe(Math.max(...people.values()));
  });

  it.each([
    ['search_time_entries', { member: 'all', groupBy: ['billable', 'chargeToType'] }, 'do not bill', 'charge code'],
    ['call_read_operation', { operation: 'GET /time/entries', groupBy: 'status' }, 'approved by tier one', 'billed'],
    ['report', { measures: 'hours', by: ['chargedTo', 'billable'] }, 'service ticket', 'do not bill'],
  ])('of an enumeration have words: %s %j', async (tool, input, ...words) => {
    const { text, structured } = await session.ok(tool, input);
    for (const word of words) expect(text).toContain(word);
    expect(text + JSON.stringify(structured.rows)).not.toMatch(/\b(?:[A-Z][a-z]+){2,}\b/);
  });

  it('of an enumeration are understood as they are told', async () => {
    const ask = async (tool: string, input: object, value: string) =>
      (await session.ok(tool, { ...input, where: [{ field: 'billableOption', op: 'eq', value }] })).text;
    const entries = { member: 'all', groupBy: ['chargeToType'] };
    expect(await ask('search_time_entries', entries, 'do not bill')).toBe(
      await ask('search_time_entries', entries, 'DoNotBill'),
    );
    const hours = { measures: 'hours', by: 'chargedTo' };
    const said = await ask('report', hours, 'do not bill');
    expect(said).toContain('charge code');
    expect(await ask('report', hours, 'DoNotBill')).toContain(/charge code\|[\d.]+/.exec(said)?.[0]);
  });

  it.each([
    ['search_tickets', { groupBy: ['board'] }],
    ['search_time_entries', { groupBy: ['workType'], period: 'last month' }],
    ['search_expenses', { groupBy: ['type'] }],
    ['call_read_operation', { operation: 'GET /service/tickets', groupBy: ['board'] }],
  ])('of no dates say nothing of what is not over: %s %j', async (tool, input) => {
    const { text, structured } = await session.ok(tool, input);
    expect(structured.total).toBeGreaterThan(0);
    expect(text).not.toContain('is not over yet');
    expect(structured).not.toHaveProperty('hint');
  });

  it('of dates say which one is not over', async () => {
    const input = { state: 'any', groupBy: ['dateEntered:month'] };
    const { text } = await session.ok('search_tickets', input);
    expect(text).toMatch(/^2026-11 is not over yet\.$/m);
  });

  it('are months of a time that Manage keeps as text', async () => {
    const { structured } = await session.ok('search_tickets', {
      state: 'any',
      kind: 'service',
      groupBy: ['closedDate:month'],
    });
    expect(structured.columns[0]).toBe('closedDate (month)');
    expect(structured.rows.some(([month]: string[]) => /^2026-\d\d$/.test(month ?? ''))).toBe(true);
  });

  it('of the calendar are the newest where only some are shown, in the order of time', async () => {
    const input = { groupBy: ['date:month'] };
    const all = (await grouped(session, 'GET /finance/invoices', input)).structured.rows;
    const query = { pageSize: 4 };
    const { structured } = await grouped(session, 'GET /finance/invoices', { ...input, query });
    expect(structured.rows).toEqual(all.slice(-4));
    const older = await grouped(session, 'GET /finance/invoices', { ...input, query: { ...query, page: 2 } });
    expect(older.structured.rows).toEqual(all.slice(-8, -4));
  });

  it('say that nothing can be added up where no record has the field', async () => {
    const text = await session.refused('call_read_operation', {
      operation: 'GET /service/tickets',
      sum: ['billingAmount'],
    });
    expect(text).toMatch(/none of these \d+ records has a value in billingAmount/);
  });

  it('never add up amounts in two currencies', async () => {
    const [agreement] = await session.get('/finance/agreements?pageSize=1');
    const euro = { id: 2, name: 'Euro', currencyCode: 'EUR' };
    const before = await grouped(session, 'GET /finance/agreements', { sum: ['billAmount'] });
    expect(before.text).toMatch(/billAmount [\d,]+\.\d\d USD/);
    const { status } = await session.rest('PATCH', `/finance/agreements/${agreement.id}`, [
      { op: 'replace', path: 'currency', value: euro },
    ]);
    expect(status).toBe(200);
    const { structured, text } = await grouped(session, 'GET /finance/agreements', {
      sum: ['billAmount'],
      groupBy: ['type'],
    });
    expect(text).toMatch(/billAmount 400\.00 EUR/);
    expect(text).toMatch(/billAmount [\d,]+\.\d\d USD/);
    expect(structured.columns).toEqual(['type', 'currency', 'count', 'billAmount']);
  });
});

describe('groups of two fields', () => {
  it('come with subtotals of the first, in which a record counts once', async () => {
    const session = await startSession({ now: SUNDAY, toolsets: 'all' });
    const input = { state: 'any', kind: 'service' };
    const { structured, text } = await session.ok('search_tickets', { ...input, groupBy: ['board', 'resources'] });
    const alone = await session.ok('search_tickets', { ...input, groupBy: ['board'] });
    expect(structured.subtotals).toEqual(alone.structured.rows);
    expect(text).toContain('Subtotals:\nboard | count');
    await session.close();
  });
});
