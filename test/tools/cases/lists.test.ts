import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const SUNDAY = new Date('2026-11-29T19:30:00Z');

describe('lists', () => {
  let session: Session;
  beforeAll(async () => {
    session = await startSession({ now: SUNDAY, toolsets: 'all' });
  });
  afterAll(() => session.close());

  it('reads words of time in where, and shows them as dates', async () => {
    const where = [{ field: 'closedDate', op: 'gte', value: 'last week' }];
    const { text, structured } = await session.ok('call_read_operation', {
      operation: 'GET /service/tickets',
      query: { where, fields: 'id,closedDate', pageSize: 100 },
    });
    expect(text).toContain('closedDate last week: Mon 16 Nov to Sun 22 Nov (America/New_York)');
    expect(structured.rows.length).toBeGreaterThan(0);
    for (const { closedDate } of structured.rows) expect(closedDate >= '2026-11-16T05:00:00Z').toBe(true);
  });

  it('counts so many days from today with the last of them, and goes by the date that it is filtered by', async () => {
    // A device whose warranty ends exactly 90 days from the 29th of November.
    const last = { op: 'replace', path: 'warrantyExpirationDate', value: '2027-02-27T00:00:00Z' };
    const [device] = await session.get('/company/configurations?pageSize=1&conditions=company/name="Initech"');
    await session.rest('PATCH', `/company/configurations/${device.id}`, [last]);
    const { text, structured } = await session.ok('search_configurations', {
      warrantyEnds: 'next 90 days',
      limit: 200,
    });
    expect(text).toContain('warrantyEnds: today and the next 90 days, Sun 29 Nov to Sat 27 Feb 2027');
    const ends = structured.rows.map((row: string[]) => row[structured.columns.indexOf('warranty ends')]);
    expect(ends).toEqual(ends.toSorted());
    expect(structured.rows.map(([id]: string[]) => id)).toContain(String(device.id));
    const due = await session.ok('search_tickets', { due: 'next 2 weeks', limit: 200 });
    expect(due.text).toContain('due: today and the next 2 weeks, Sun 29 Nov to Sun 13 Dec');
  });

  it('takes Friday for the coming one in a field about the future', async () => {
    const where = [{ field: 'estimatedEnd', op: 'lte', value: 'Friday' }];
    const { text } = await session.ok('search_projects', { where });
    expect(text).toContain('estimatedEnd Friday: Fri 4 Dec (America/New_York)');
  });

  it('takes a rest of up to three rows onto the first page, and no more', async () => {
    for (const [upTo, shown] of [
      [26, 26],
      [28, 28],
      [29, 25],
    ] as const) {
      const where = [{ field: 'id', op: 'lte', value: String(upTo) }];
      for (const tool of ['search_tickets', 'search_configurations']) {
        const input = { where, ...(tool === 'search_tickets' && { state: 'any', kind: 'service' }) };
        const { structured, text } = await session.ok(tool, input);
        expect([structured.rows.length, structured.total], tool).toEqual([shown, upTo]);
        expect(/more with page: 2/.test(text), tool).toBe(shown < upTo);
        const second = await session.ok(tool, { ...input, page: 2 });
        expect(second.structured.rows.length, tool).toBe(upTo - 25);
        expect((await session.ok(tool, { ...input, limit: 20 })).structured.rows.length).toBe(20);
      }
    }
  });

  it('says which filter keeps everything out of an empty list', async () => {
    const { text, structured } = await session.ok('search_invoices', {
      company: 'Acme Corporation',
      where: [{ field: 'total', op: 'gt', value: 9_999_999 }],
    });
    expect(structured.total).toBe(0);
    expect(text).toMatch(/without where there (?:is|are) \d+/);
  });

  it('tells filters apart that were joined', async () => {
    const where = [{ field: 'budgetHours', op: 'gt', value: 10 }];
    const { text } = await session.ok('search_projects', { manager: 'me', where });
    expect(text).toMatch(/without manager there (?:is|are) \d+/);
  });

  it('says which page is the last one', async () => {
    const { text } = await session.ok('search_companies', { page: 99 });
    expect(text).toMatch(/0 of \d+ companies on page 99; the last page is \d+/);
  });

  it('masks secrets whatever fields asks for', async () => {
    const { text } = await session.ok('call_read_operation', {
      operation: 'GET /company/configurations/1',
      query: { fields: 'questions/answer' },
    });
    expect(text).toContain('[hidden]');
    const [setup] = await session.get('/system/ePayConfigurations');
    const patch = [{ op: 'replace', path: 'encryptionKey', value: 'open-sesame' }];
    await session.rest('PATCH', `/system/ePayConfigurations/${setup.id}`, patch);
    const keys = await session.ok('call_read_operation', { operation: 'GET /system/ePayConfigurations' });
    expect(keys.text).toContain('[hidden]');
    expect(keys.text).not.toContain('open-sesame');
  });
});
