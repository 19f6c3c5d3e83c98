import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Conversation, converse } from './replay.ts';

let talk: Conversation;
beforeEach(async () => {
  talk = await converse({ toolsets: 'core,time' });
});
afterEach(() => talk.close());

describe('a dispatcher', () => {
  it('"triage the help desk"', async () => {
    const board = await talk.say('search_tickets', { board: 'help desk', groupBy: ['status', 'priority'] });
    expect(board.text).toMatch(/80 open tickets read/);
    const unassigned = await talk.say('search_tickets', { board: 'help desk', assignedTo: 'unassigned', limit: 5 });
    const [first] = unassigned.structured.rows;
    await talk.say('search_tickets', { board: 'help desk', staleDays: 5, limit: 5 });
    await talk.say('search_tickets', { board: 'help desk', only: 'slaAtRisk', limit: 5 });
    await talk.say('get_ticket', { ticketId: first[0] });
    const changed = await talk.say('update_ticket', {
      ticketId: first[0],
      status: 'Assigned',
      priority: 'high',
      assignTo: 'achen',
      internalNote: 'Looks like the file server again.',
    });
    expect(changed.text).toMatch(/resources: - -> achen/);
    talk.within({ calls: 6, tokens: 2_200 });
  });

  it('"which tickets of Robin, who has left, are still open?"', async () => {
    const found = await talk.say('search_tickets', { assignedTo: 'Robin Gone' });
    expect(found.text).toMatch(/open tickets/);
    talk.within({ calls: 1, tokens: 120 });
  });

  it('"open tickets by board and priority"', async () => {
    const { text } = await talk.say('search_tickets', { groupBy: 'board, priority' });
    expect(text).toMatch(/173 open tickets read/);
    talk.within({ calls: 1, tokens: 420 });
  });
});

describe('a manager', () => {
  it('"prepare me for the meeting with Acme"', async () => {
    const company = await talk.say('get_company', { company: 'Acme' });
    expect(company.text).toMatch(/Grace Keller, Office Manager/);
    await talk.say('search_tickets', { company: 'Acme' });
    await talk.say('search_tickets', {
      company: 'Acme',
      state: 'any',
      opened: 'last 90 days',
      groupBy: 'type, priority',
    });
    await talk.say('search_time_entries', { company: 'Acme', period: 'last 90 days', groupBy: 'month, billable' });
    await talk.say('search_configurations', { company: 'Acme' });
    talk.within({ calls: 5, tokens: 1_900 });
  });

  it('"hours by technician and customer last month"', async () => {
    const { text } = await talk.say('search_time_entries', { period: 'last month', groupBy: 'technician, customer' });
    expect(text).toMatch(/1142 entries read: hours 1019\.5/);
    talk.within({ calls: 1, tokens: 2_600 });
  });

  it('"who has not entered time last week?"', async () => {
    const { text } = await talk.say('find_missing_time', { period: 'last week' });
    expect(text).toMatch(/Jordan Doe/);
    talk.within({ calls: 1, tokens: 900 });
  });
});
