import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

describe('counts and sums by field', () => {
  let session: Session;
  beforeAll(async () => {
    session = await startSession();
  });
  afterAll(() => session.close());

  const every = async (path: string): Promise<Record<string, unknown>[]> => {
    const rows: Record<string, unknown>[] = [];
    for (let page = 1; ; page += 1) {
      const { body } = await session.rest('GET', `${path}${path.includes('?') ? '&' : '?'}pageSize=1000&page=${page}`);
      rows.push(...body);
      if (body.length < 1000) return rows;
    }
  };
  const named = (value: unknown): string => {
    const { name, identifier } = (value ?? {}) as { name?: string; identifier?: string };
    return name ?? identifier ?? '(none)';
  };

  it('shows the largest groups first, as many as were asked for, and the next ones on the next page', async () => {
    const every = await session.ok('search_tickets', { state: 'any', groupBy: ['company'] });
    const first = await session.ok('search_tickets', { state: 'any', groupBy: ['company'], limit: 3 });
    const next = await session.ok('search_tickets', { state: 'any', groupBy: ['company'], limit: 3, page: 2 });
    expect([...first.structured.rows, ...next.structured.rows]).toEqual(every.structured.rows.slice(0, 6));
    expect(first.text).toContain(`3 of ${every.structured.total} groups; more with page: 2`);
  });

  it('adds up hours by technician and customer as the entries themselves do', async () => {
    const { structured, text } = await session.call('search_time_entries', {
      period: 'last month',
      groupBy: ['member', 'company'],
    });
    const entries = await every(
      '/time/entries?conditions=timeStart>=[2026-10-01T04:00:00Z] and timeStart<[2026-11-01T04:00:00Z]',
    );
    const expected = new Map<string, number>();
    for (const entry of entries) {
      const key = `${named(entry.member)}|${named(entry.company)}`;
      expected.set(key, (expected.get(key) ?? 0) + Math.round(Number(entry.actualHours) * 100));
    }
    expect(text).toContain(`${entries.length} entries read`);
    expect(structured.columns).toEqual(['member', 'company', 'count', 'hours']);
    expect(structured.total).toBe(expected.size);
    for (const [member, company, , hours] of structured.rows)
      expect(Math.round(Number(hours) * 100), `${member} ${company}`).toBe(expected.get(`${member}|${company}`));
  });

  it('counts open tickets by board and priority, service and project together', async () => {
    const { structured } = await session.call('search_tickets', { groupBy: 'board, priority'.split(', ') });
    const open = await session.call('search_tickets', { limit: 1 });
    const counts = structured.rows.map((row: string[]) => Number(row[2]));
    expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(open.structured.total);
    expect(counts).toEqual([...counts].sort((a: number, b: number) => b - a));
  });

  it('names the tickets of groups where most are small, and only there', async () => {
    const few = { board: 'Network Operations', groupBy: ['company', 'priority'] };
    const { structured } = await session.call('search_tickets', few);
    expect(structured.columns).toEqual(['company', 'priority', 'count', 'tickets']);
    const listed = await session.call('search_tickets', { board: 'Network Operations', limit: 100 });
    const ids = structured.rows.flatMap(([, , , tickets]: string[]) => (tickets ?? '').split(', ').filter(Boolean));
    const small = structured.rows.filter(([, , count]: string[]) => Number(count) <= 3);
    expect(ids).toHaveLength(small.reduce((sum: number, row: string[]) => sum + Number(row[2]), 0));
    expect(listed.structured.rows.map(([id]: string[]) => id)).toEqual(expect.arrayContaining(ids));
    const large = await session.call('search_tickets', { groupBy: ['board'] });
    expect(large.structured.columns).toEqual(['board', 'count']);
  });

  it('counts a ticket for each person on it', async () => {
    const { structured } = await session.call('search_tickets', { groupBy: ['resources'], kind: 'service' });
    for (const [identifier, count] of structured.rows.filter(([name]: string[]) => name !== '(none)').slice(0, 3)) {
      const { structured: own } = await session.call('search_tickets', {
        kind: 'service',
        limit: 200,
        where: [{ field: 'resources', op: 'contains', value: identifier }],
      });
      expect(Number(count)).toBe(own.total);
    }
  });

  it('groups any collection of the API, times by calendar unit', async () => {
    const { structured } = await session.call('call_read_operation', {
      operation: 'GET /finance/invoices',
      groupBy: ['date:month'],
      sum: ['total', 'balance'],
    });
    const invoices = await every('/finance/invoices');
    const cents = (rows: Record<string, unknown>[]): number =>
      rows.reduce((sum, row) => sum + Math.round(Number(row.total ?? 0) * 100), 0);
    expect(structured.columns).toEqual(['date (month)', 'count', 'total (USD)', 'balance (USD)']);
    const months = structured.rows.map(([month]: string[]) => month);
    expect(months).toEqual([...months].sort());
    const sum = structured.rows.reduce(
      (all: number, row: string[]) => all + Math.round(Number(row[2]?.replaceAll(',', '')) * 100),
      0,
    );
    expect(sum).toBe(cents(invoices));
  });

  it.each([
    ['search_tickets', { state: 'any', groupBy: ['board'], orderBy: 'count asc' }, 1, 1],
    ['search_tickets', { state: 'any', groupBy: ['board'], orderBy: 'count' }, 1, -1],
    ['search_tickets', { groupBy: ['company'], orderBy: 'company/name desc' }, 0, -1],
    [
      'call_read_operation',
      { operation: 'run_report', arguments: { report: 'Service', groupBy: ['Board_Name'], orderBy: 'Board_Name' } },
      0,
      1,
    ],
    [
      'call_read_operation',
      {
        operation: 'GET /time/entries',
        groupBy: ['member'],
        sum: ['actualHours'],
        query: { orderBy: 'actualHours asc' },
      },
      2,
      1,
    ],
    [
      'call_read_operation',
      { operation: 'GET /service/tickets', groupBy: ['closedDate:month'], query: { orderBy: 'closedDate desc' } },
      0,
      -1,
    ],
  ])('%s orders its groups as %j says', async (tool, input, column, direction) => {
    const { structured } = await session.call(tool, input);
    const values = structured.rows.map((row: string[]) => row[column] ?? '');
    const compare = (a: string, b: string): number => (column > 0 ? Number(a) - Number(b) : a.localeCompare(b));
    const order = [...values].sort((a, b) => direction * compare(a, b));
    expect(values.length).toBeGreaterThan(3);
    expect(values).toEqual(order);
  });

  it('gives a sum without groups', async () => {
    const { text } = await session.call('call_read_operation', {
      operation: 'GET /time/entries',
      sum: 'actualHours',
      query: { where: [{ field: 'billableOption', op: 'eq', value: 'Billable' }] },
    });
    expect(text).toMatch(/\d+ records read: actualHours \d+/);
  });

  it.each([
    ['search_tickets', { groupBy: ['borad'] }, /no field "borad"\. Did you mean board/],
    ['search_tickets', { groupBy: ['customFields'] }, /list inside the record/],
    ['search_tickets', { groupBy: ['summary:month'] }, /not a time/],
    ['search_tickets', { groupBy: ['dateEntered:fortnight'] }, /day, week, month/],
    ['search_tickets', { groupBy: ['board', 'status', 'type', 'priority'] }, /at most three/],
    ['call_read_operation', { operation: 'GET /time/entries', sum: ['notes'] }, /"notes" is not a number of TimeEntry/],
    ['call_read_operation', { operation: 'GET /system/info', groupBy: ['version'] }, /not a list/],
  ])('%s refuses %j', async (tool, input, message) => {
    const { text, isError } = await session.call(tool, input);
    expect(isError).toBe(true);
    expect(text).toMatch(message);
  });
});

describe('tickets of both collections', () => {
  it('are merged by the order that was asked for', async () => {
    const session = await startSession();
    const { structured } = await session.call('search_tickets', { orderBy: 'summary asc', limit: 200, state: 'any' });
    const summaries = structured.rows.map((row: string[]) => String(row[1]).toLowerCase());
    expect(summaries).toEqual([...summaries].sort());
    await session.close();
  });
});
