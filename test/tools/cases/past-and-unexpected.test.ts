import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const SUNDAY = new Date('2026-11-29T19:30:00Z');

let session: Session;
beforeAll(async () => {
  session = await startSession({ now: SUNDAY, toolsets: 'all' });
});
afterAll(() => session.close());

describe('a month without a year', () => {
  it.each([
    ['search_opportunities', { state: 'closed', closing: 'October' }],
    ['search_opportunities', { status: 'won', closing: 'October' }],
    ['search_agreements', { status: 'Expired', ending: 'October' }],
    ['search_activities', { state: 'closed', due: 'October' }],
    ['search_activities', { overdue: true, due: 'October' }],
    ['search_tickets', { state: 'closed', due: 'October' }],
    ['search_tickets', { only: 'overdue', due: 'October' }],
    ['search_projects', { state: 'closed', ending: 'October' }],
    ['search_schedule', { period: 'October', includeDone: true }],
  ])('is the last one where %s asks for what is over: %j', async (tool, input) => {
    const { text } = await session.ok(tool, input);
    expect(text).toMatch(/1 Oct(?:ober)?(?: 2026)? to \w+ 31 Oct/);
    expect(text).not.toContain('2027');
  });

  it('is the next one of what is open', async () => {
    expect((await session.ok('search_opportunities', { closing: 'October' })).text).toContain('Oct 2027');
  });
});

describe('what is planned for a time that has passed is asked about', () => {
  it.each([
    ['create_opportunity', { name: 'Late deal', company: 'Globex', closes: '2026-11-20' }, 'closes: Fri 20 Nov 2026'],
    ['update_opportunity', { opportunity: '1', closes: '2026-11-20' }, 'closes: Fri 20 Nov 2026'],
    [
      'convert_opportunity',
      { opportunity: '2', to: 'project', start: '2026-10-01', end: '2026-11-01' },
      'end: Sun 1 Nov 2026',
    ],
    [
      'create_project',
      { name: 'Late', company: 'Globex', start: '2026-10-01', end: '2026-11-20' },
      'end: Fri 20 Nov 2026',
    ],
    ['update_project', { project: '1', start: '2026-01-01', end: '2026-11-20' }, 'end: Fri 20 Nov 2026'],
    ['save_project_phase', { project: '1', name: 'Late', deadline: '2026-11-20' }, 'deadline: Fri 20 Nov 2026'],
    ['save_activity', { name: 'Late call', due: '2026-11-28 14:00' }, 'due: Sat 28 Nov 2026 14:00'],
    ['create_ticket', { summary: 'Late', company: 'Globex', dueDate: 'yesterday' }, 'dueDate: Sat 28 Nov 2026 17:00'],
    ['update_ticket', { ticketId: 577, dueDate: 'yesterday' }, 'dueDate: Sat 28 Nov 2026 17:00'],
    ['update_agreement', { agreement: '1', ends: '2026-11-20' }, 'ends: Fri 20 Nov 2026'],
  ])('by %s', async (tool, input, says) => {
    const question = await session.refused(tool, input);
    expect(question).toContain(`${says} is in the past.`);
    expect(question).toContain('confirm: true');
    const preview = await session.ok(tool, { ...input, dryRun: true });
    expect(preview.text).toMatch(/A person has to agree: .*is in the past/s);
  });

  it('and done once a person agreed; today has not passed', async () => {
    const input = { name: 'Agreed deal', company: 'Globex', closes: '2026-11-20', confirm: true };
    expect((await session.ok('create_opportunity', input)).text).toContain('closes 2026-11-20');
    await session.ok('create_opportunity', { name: 'Deal of today', company: 'Globex', closes: 'today' });
  });

  it('but not of a deal that is won: it was closed then', async () => {
    await session.ok('update_opportunity', { opportunity: '3', status: 'won', closes: '2026-11-20' });
  });
});

describe('an order', () => {
  const lines = [{ product: 'DOCK', quantity: 1 }];

  it('from a company that is not a vendor is asked about, with the type that it lacks', async () => {
    const question = await session.refused('create_purchase_order', { vendor: 'Initech', lines });
    expect(question).toMatch(/Order from Initech: line 1: 1 x DOCK.*not a vendor: it does not have the type Vendor/s);
    await session.ok('create_purchase_order', { vendor: 'Hooli', lines });
    await session.ok('create_purchase_order', { vendor: 'Initech', lines, confirm: true });
  });
});

describe('the main site of a company', () => {
  it('is made inactive only when a person agrees', async () => {
    const main = { company: 'Globex', site: 'Main', inactive: true };
    expect(await session.refused('save_site', main)).toMatch(
      /Make the site Main \(id \d+\) inactive\? It is the primary, shipping, billing, mailing site of Globex/,
    );
    const added = await session.ok('save_site', { company: 'Globex', name: 'Annex', city: 'Utica' });
    await session.ok('save_site', { company: 'Globex', site: String(added.structured.id), inactive: true });
    expect((await session.ok('save_site', { ...main, confirm: true })).text).toContain('inactiveFlag: false -> true');
  });
});

describe('a time entry that is moved', () => {
  it('over another one is refused as a new one is, with the same override', async () => {
    const work = { ticketId: 577, notes: 'Looked at it', hours: 0.5, date: '2026-11-28' };
    const first = await session.ok('log_time', { ...work, start: '06:00' });
    const second = await session.ok('log_time', { ...work, start: '07:00' });
    const move = { entryId: second.structured.id, start: '06:15' };
    expect(await session.refused('update_time_entry', move)).toMatch(
      new RegExp(`overlaps entry ${first.structured.id}.*send allowOverlap: true`, 's'),
    );
    const moved = await session.ok('update_time_entry', { ...move, allowOverlap: true });
    expect(moved.text).toContain(`overlaps entry ${first.structured.id}`);
    // What overlapped before is not in the way of another correction.
    await session.ok('update_time_entry', { entryId: second.structured.id, hours: 0.25 });
  });
});
