import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026: 11:30 in Los Angeles, 12:30 in Denver, and 08:30 of Monday in Auckland. */
const NOW = new Date('2026-11-29T19:30:00Z');

let session: Session;
afterAll(() => session.close());
afterEach(() => session.sandbox.faults.clear());

const open = (zone: string) => async () => {
  session = await startSession({ now: NOW, toolsets: 'all', environment: { CWM_TIME_ZONE: zone } });
};
const dueOf = async (id: number, kind = 'service') => (await session.get(`/${kind}/tickets/${id}`)).requiredDate;
let count = 0;
const create = (dueDate: string, more: Record<string, unknown> = {}) => {
  count += 1;
  return session.ok('create_ticket', { summary: `Due date ${count}`, company: 'Globex', dueDate, ...more });
};
const patch = (id: number, value: string, kind = 'service') =>
  session.ok('call_write_operation', {
    operation: `PATCH /${kind}/tickets/${id}`,
    body: [{ op: 'replace', path: 'requiredDate', value }],
    confirm: true,
  });
/** From now on the site keeps days alone, as real ones were recorded to. */
const cutDueDates = () => {
  session.sandbox.faults.dueDaysOnly = true;
};

describe('a due date in Los Angeles, tonight at ten', () => {
  beforeAll(open('America/Los_Angeles'));
  afterAll(() => session.close());

  it('is the moment where the site keeps it', async () => {
    const { structured, text } = await create('tonight 10pm');
    expect(text).toContain('due: Sun 29 Nov 2026 22:00');
    expect(structured.problems).toBeUndefined();
    expect(await dueOf(structured.id)).toBe('2026-11-30T06:00:00Z');
  });

  it('is the day of today where the site keeps days, and that is said', async () => {
    cutDueDates();
    const { structured, text } = await create('tonight 10pm');
    expect(text).toContain('due: Sun 29 Nov 2026\n');
    expect(structured.problems).toEqual([
      'This site keeps only the day of requiredDate: Sun 29 Nov 2026, without 22:00.',
    ]);
    expect(await dueOf(structured.id)).toBe('2026-11-29T00:00:00Z');
    expect((await session.ok('get_ticket', { ticketId: structured.id })).text).toMatch(/due: Sun 29 Nov/);
    const same = await session.ok('update_ticket', { ticketId: structured.id, dueDate: 'tomorrow 11pm' });
    expect(same.text).toMatch(
      /requiredDate: 2026-11-29 -> 2026-11-30[\s\S]*keeps only the day of requiredDate: Mon 30 Nov/,
    );
    expect(await dueOf(structured.id)).toBe('2026-11-30T00:00:00Z');
  });

  it('is the day of today in a raw PATCH and on a project ticket, too', async () => {
    cutDueDates();
    const { structured } = await create('friday');
    expect(await dueOf(structured.id)).toBe('2026-12-04T00:00:00Z');
    const { text } = await patch(structured.id, '2026-11-30T06:00:00Z');
    expect(text).toContain('keeps only the day of requiredDate: Sun 29 Nov 2026, without 22:00');
    expect(await dueOf(structured.id)).toBe('2026-11-29T00:00:00Z');
    const [ticket] = await session.get('/project/tickets?conditions=closedFlag=false&pageSize=1');
    await session.ok('update_ticket', { ticketId: ticket.id, dueDate: 'tonight 10pm' });
    expect(await dueOf(ticket.id, 'project')).toBe('2026-11-29T00:00:00Z');
    await patch(ticket.id, '2026-12-02T05:00:00Z', 'project');
    expect(await dueOf(ticket.id, 'project')).toBe('2026-12-01T00:00:00Z');
  });

  it('is said to be wrong where it cannot be set right', async () => {
    cutDueDates();
    session.sandbox.faults.add({ kind: 'error', status: 400, method: 'PATCH', path: '/service/tickets', times: 9 });
    const { structured } = await create('tonight 10pm');
    expect(structured.problems[0]).toMatch(
      /stored Mon 30 Nov 2026 in place of Sun 29 Nov 2026: .*Set it to Sun 29 Nov/,
    );
  });

  it('is that day also when it falls on midnight UTC, with either kind of site', async () => {
    const { structured, text } = await create('today 4pm');
    expect(text).toContain('due: Sun 29 Nov 2026 16:00');
    expect((await session.ok('get_ticket', { ticketId: structured.id })).text).toMatch(/due: Sun 29 Nov[^\n]* 16:00/);
    cutDueDates();
    await session.ok('update_ticket', { ticketId: structured.id, dueDate: 'tomorrow 4pm' });
    expect(await dueOf(structured.id)).toBe('2026-11-30T00:00:00Z');
  });
});

describe('a due date without a time in Denver, where 17:00 is midnight UTC', () => {
  beforeAll(open('America/Denver'));
  afterAll(() => session.close());

  it('is the day that was said', async () => {
    const { structured } = await create('friday');
    expect((await session.ok('get_ticket', { ticketId: structured.id })).text).toMatch(/due: Fri 4 Dec[^\n]* 17:00/);
    cutDueDates();
    const { structured: other, text } = await create('friday');
    expect(await dueOf(other.id)).toBe('2026-12-04T00:00:00Z');
    expect(text).not.toContain('17:00 was taken');
  });
});

describe('a due date in Auckland, tomorrow at nine', () => {
  beforeAll(open('Pacific/Auckland'));

  it('is the moment, or its day, and never the day before', async () => {
    const { structured } = await create('tomorrow 9am');
    expect(await dueOf(structured.id)).toBe('2026-11-30T20:00:00Z');
    cutDueDates();
    const { structured: other, text } = await create('tomorrow 9am');
    expect(text).toContain('keeps only the day of requiredDate: Tue 1 Dec 2026, without 09:00');
    expect(await dueOf(other.id)).toBe('2026-12-01T00:00:00Z');
    await patch(other.id, '2026-12-02T20:00:00Z');
    expect(await dueOf(other.id)).toBe('2026-12-03T00:00:00Z');
  });
});
