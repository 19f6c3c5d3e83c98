import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const SUNDAY = new Date('2026-11-29T19:30:00Z');

let session: Session;
beforeEach(async () => {
  session = await startSession({ now: SUNDAY, toolsets: 'all' });
});
afterEach(() => session.close());

describe('a board of the other kind', () => {
  const onProject = { company: 'Initech', project: 'Initech Server refresh', phase: 'Plan' };
  it.each([
    ['create_ticket', { summary: 'Racks', ...onProject, board: 'Help Desk' }, 'Help Desk is not a project board'],
    ['create_ticket', { summary: 'Racks', company: 'Initech', board: 'Projects' }, 'Projects is not a service board'],
    ['update_ticket', { ticketId: 567, board: 'Projects', status: 'Planned' }, 'convert_ticket makes'],
    ['update_ticket', { ticketId: 656, board: 'Help Desk', status: 'New' }, 'Help Desk is not a project board'],
    ['convert_opportunity', { opportunity: '4', to: 'project', board: 'Help Desk' }, 'not a project board'],
    ['create_project', { name: 'X', company: 'Globex', start: 'today', end: 'tomorrow', board: 'Help Desk' }, 'not a'],
  ])('is refused by %s: %j', async (tool, input, why) => {
    expect(await session.refused(tool, input)).toContain(why);
  });
});

describe('a cancellation before the beginning', () => {
  it.each([
    ['update_agreement', { agreement: '3', cancelFrom: '2020-01-01' }],
    ['update_agreement_addition', { agreement: '2', additionId: 3, cancelFrom: '2019-01-01' }],
  ])('is refused by %s', async (tool, input) => {
    expect(await session.refused(tool, input)).toContain('cannot be cancelled before');
  });
});

describe('an absurd value in one record', () => {
  it.each([1e15, 1e18, 1e22])('does not take the lists down that add it up: %d', async (amount) => {
    await session.ok('add_product', { product: 'DOCK', ticketId: 567, price: amount });
    await session.ok('update_agreement', { agreement: '2', amount });
    const shown = BigInt(amount).toLocaleString('en-US');
    expect((await session.ok('find_unbilled', { company: 'Soylent' })).text).toContain(shown);
    const { text } = await session.ok('search_agreements', {});
    expect(text).toContain('17 of 17 active agreements');
    expect(text).toContain(shown);
  });
});

it.each(['last 0 days', 'next 0 weeks', 'past 00 hours'])('a period of nothing is refused: %s', async (period) => {
  expect(await session.refused('search_time_entries', { period })).toContain('is not a period');
});

it('a task that is only spelt in other letters is the same', async () => {
  await session.ok('save_ticket_task', { ticketId: 589, text: 'Call the user' });
  const text = await session.refused('save_ticket_task', { ticketId: 589, text: 'call the user' });
  expect(text).toContain('already has the open task');
  await session.ok('save_ticket_task', { ticketId: 589, text: 'call the user', allowDuplicate: true });
});
