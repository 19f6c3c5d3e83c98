import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'all', now: new Date('2026-11-29T19:30:00Z') });
});
afterAll(() => session.close());

describe('an argument that a tool does not have', () => {
  it.each([
    ['search_invoices', { sum: ['total'] }, 'operation "GET /finance/invoices", groupBy and sum'],
    ['search_agreements', { groupBy: ['type'] }, 'operation "GET /finance/agreements", groupBy and sum'],
    ['search_companies', { phone: '555-7398' }, 'search_contacts'],
  ])('is named with the tool that has it: %s %j', async (tool, input, there) => {
    expect(await session.refused(tool, input)).toContain(there);
  });
});

describe('agreements that end in a period', () => {
  it('are those to come, although the period has begun', async () => {
    const { structured, text } = await session.ok('search_agreements', { ending: 'until 31 Dec 2027' });
    const at = structured.columns.indexOf('ends');
    const ends = structured.rows.map((row: string[]) => row[at]);
    expect(ends.length).toBeGreaterThan(0);
    for (const end of ends) expect(end >= '2026-11-29').toBe(true);
    expect(text).toContain('from Sun 29 Nov on; status "any" lists what has ended as well');
    expect(text).toContain('until Fri 31 Dec 2027');
  });

  it('are all of them where what has ended is asked for', async () => {
    const stored = await session.get('/finance/agreements?conditions=endDate<[2026-11-01]&pageSize=1000');
    const { structured } = await session.ok('search_agreements', { ending: 'before November 2026', limit: 200 });
    expect(structured.total).toBe(stored.length);
  });
});
