import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'all', now: new Date('2026-11-29T19:30:00Z') });
});
afterAll(() => session.close());

describe('a list without rows', () => {
  it.each([
    ['search_companies', { text: 'Globbex' }, /without text there (?:is|are) \d+.*Closest: Globex/s],
    ['search_contacts', { company: 'Globex', email: 'zzz@nowhere.com' }, /without email there (?:is|are) \d+/],
    ['search_configurations', { company: 'Globex', text: 'ACME-FIR-99' }, /without text there (?:is|are) \d+/],
    [
      'search_invoices',
      { company: 'Acme Corporation', dated: 'today', only: 'overdue' },
      /without dated there (?:is|are) \d+/,
    ],
    [
      'search_agreements',
      { text: 'Managd Services' },
      /without text there (?:is|are) \d+.*There is Managed Services 2026 \(id 1, of Acme Corporation\).*5 more/s,
    ],
    [
      'search_agreements',
      { company: 'Acme Corporation', ending: 'tomorrow' },
      /more than one of company, status, ending/,
    ],
    [
      'search_opportunities',
      { company: 'Acme Corporation', closing: 'yesterday' },
      /without closing there (?:is|are) \d+/,
    ],
    ['search_activities', { due: '1990', assignedTo: 'me' }, /more than one of member, state, due/],
    ['search_orders', { ordered: 'today' }, /without ordered there (?:is|are) \d+/],
    ['search_products', { text: 'zzz' }, /one filter: .*without text there (?:is|are) \d+/],
    ['search_catalog', { text: 'zzz' }, /without text there (?:is|are) \d+/],
    ['search_purchase_orders', { vendor: 'Acme' }, /without vendor there (?:is|are) \d+/],
    ['search_rmas', { text: 'zzz' }, /without text there (?:is|are) \d+/],
    ['search_projects', { company: 'Acme Corporation', ending: 'tomorrow' }, /without ending there (?:is|are) \d+/],
    ['search_campaigns', { text: 'zzz' }, /without text there (?:is|are) \d+/],
    ['search_members', { text: 'Jorden' }, /Closest: Jordan Doe/],
    ['search_schedule', { member: 'achen', period: '1999' }, /one filter: .*without period there (?:is|are) \d+/],
    ['search_timesheets', { who: ['Alex Chen'], period: '1999' }, /without period there (?:is|are) \d+/],
    [
      'search_timesheets',
      { who: ['Alex Chen'], status: 'rejected' },
      /without who there (?:is|are) \d+, without status there (?:is|are) \d+/,
    ],
    ['get_change_history', { record: 'ticket 589', period: '1999' }, /without period there are 4/],
    ['get_change_history', { record: 'ticket 589', member: 'Kaja Lind' }, /without member there are 4/],
    ['find_unbilled', { company: 'Wayne Logistics', period: '1999' }, /without period there is 1/],
    ['list_changes', { tool: 'log_time', period: '1999' }, /more than one of period, tool/],
  ])('of %s names the arguments to loosen, or who is near: %j', async (tool, input, hint) => {
    const { text, structured } = await session.ok(tool, input);
    expect(structured.total).toBe(0);
    expect(text).toMatch(hint);
  });

  it('of surveys and of missing time says what to loosen as well', async () => {
    const { text, structured } = await session.ok('get_survey_results', { period: '1999' });
    expect(structured.responses).toBe(0);
    const { structured: any } = await session.ok('get_survey_results', {});
    expect(any.responses).toBeGreaterThan(0);
    expect(text).toContain(`To find more, leave out one filter: without period there are ${any.responses}.`);
    const missing = await session.ok('find_missing_time', { period: 'last Saturday' });
    expect(missing.text).toMatch(/^period: Sat 28 Nov, each member's days in their own zone\. Due: 0 h of 10 members/);
    expect(missing.text).toContain('Nobody lacks time; includeComplete: true lists all 10.');
  });

  it('names a filter that does find the number of records that it says, when it is left out', async () => {
    const { text } = await session.ok('search_contacts', { company: 'Globex', email: 'zzz@nowhere.com' });
    const { structured } = await session.ok('search_contacts', { company: 'Globex' });
    expect(text).toContain(`without email there are ${structured.total}`);
  });
});

describe('nothing found', () => {
  it.each(['search_time_entries', 'search_expenses', 'search_schedule', 'search_products'])(
    'of a ticket that does not exist is no empty list: %s',
    async (tool) => {
      expect(await session.refused(tool, { ticketId: 999999 })).toContain('There is no ticket 999999');
    },
  );

  it('names the fields to leave out of the conditions of an operation', async () => {
    const operation = 'GET /company/companies';
    const query = { conditions: 'name="Zzz" and status/name="Active"' };
    const { text } = await session.ok('call_read_operation', { operation, query });
    const { count } = await session.get('/company/companies/count?conditions=status/name="Active"');
    expect(text).toContain(`To find more, leave out one filter: without name there are ${count}.`);
  });
});

describe('an order as other APIs write it', () => {
  it.each(['-id', 'id:desc', 'id desc'])('%s', async (orderBy) => {
    const { structured } = await session.ok('search_tickets', { orderBy, kind: 'service', state: 'any', limit: 2 });
    expect(structured.rows.map((row: string[]) => Number(row[0]))).toEqual([600, 599]);
  });
});
