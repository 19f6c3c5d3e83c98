import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Conversation, converse } from './replay.ts';

let talk: Conversation;
beforeEach(async () => {
  talk = await converse();
});
afterEach(() => talk.close());

describe('a technician', () => {
  it('"what is on my plate today?"', async () => {
    const calendar = await talk.say('search_schedule', {});
    expect(calendar.text).toMatch(/Tue 24 Nov 2026 10:00-11:00/);
    const mine = await talk.say('search_tickets', { mine: true });
    expect(mine.text).toMatch(/^26 of 26 open tickets$/m);
    const late = await talk.say('search_tickets', { mine: true, only: 'overdue' });
    expect(late.text).toMatch(/open tickets/);
    talk.within({ calls: 3, tokens: 1_900 });
  });

  it('"Acme\'s VPN is down, their office manager reported it, it is urgent"', async () => {
    const made = await talk.say('create_ticket', {
      summary: 'VPN is down',
      company: 'Acme',
      contact: 'their office manager',
      priority: 'urgent',
      description: 'Nobody can connect since this morning.',
      assignTo: 'me',
    });
    expect(made.text).toMatch(
      /company: Acme Corporation\ncontact: Grace Keller\nsite: Main \(default\)\nboard: Help Desk \(default\)/,
    );
    expect(made.text).toMatch(
      /priority: Priority 1 - Critical\nserviceLocation: Remote \(default\)\nassigned: Jordan Doe \(Tue 24 Nov, no time set\)\nmailed: nobody/,
    );
    talk.within({ calls: 1, tokens: 220 });
  });

  it('"log 45 minutes on 577, started at two"', async () => {
    const logged = await talk.say('log_time', {
      ticketId: 577,
      start: '2pm',
      hours: '45 minutes',
      notes: 'Changed the power settings',
    });
    expect(logged.text).toMatch(
      /Tue 24 Nov 2026 14:00-14:45 America\/New_York \(2026-11-24T19:00:00Z to 2026-11-24T19:45:00Z UTC\)/,
    );
    talk.within({ calls: 1, tokens: 260 });
  });

  it('"close the VPN ticket, it was the firewall"', async () => {
    await talk.rest('POST', '/service/tickets', { summary: 'VPN is down', company: { id: 2 } });
    const found = await talk.say('search_tickets', { company: 'Acme', text: 'VPN' });
    expect(found.text).toMatch(/1 of 1 open tickets/);
    const ticketId = found.structured.rows[0][0];
    const closed = await talk.say('update_ticket', {
      ticketId,
      close: true,
      resolution: 'A firewall rule blocked UDP 500; corrected.',
    });
    expect(closed.text).toMatch(/status: New -> Closed\nclosedFlag: false -> true\nresolution note added/);
    talk.within({ calls: 2, tokens: 320 });
    const { body } = await talk.rest('GET', `/service/tickets/${ticketId}/notes`);
    expect(body).toMatchObject([{ resolutionFlag: true }]);
  });

  it('"log my day"', async () => {
    const day = await talk.say('get_timesheet', { date: 'today', propose: true });
    expect(day.text).toMatch(/Tue 24 Nov 2026: 0 h of 8 h/);
    expect(day.text).toMatch(/Not logged yet.*ticket 593 .*scheduled 10:00-11:00/s);
    await talk.say('log_time', { ticketId: 593, start: '10:00 to 11:00', notes: 'Password reset' });
    await talk.say('log_time', { chargeCode: 'lunch', start: 'noon', hours: '30 minutes' });
    await talk.say('log_time', { ticketId: 596, start: '12:30 to 1:30', notes: 'Phishing mail' });
    await talk.say('log_time', { company: 'Acme', workType: 'Travel', start: 'this morning', hours: 'an hour' });
    const after = await talk.say('get_timesheet', {});
    expect(after.text).toMatch(/3\.5 h of 8 h due/);
    expect(after.text).toMatch(/11:00-12:00 {2}gap/);
    talk.within({ calls: 6, tokens: 1_500 });
  });

  it('"submit my sheet of last week"', async () => {
    const question = await talk.declined('submit_timesheet', { date: 'last week' });
    expect(question).toMatch(/Hours are missing: Mon 16 Nov 2026 4 of 8 h.*confirm: true/s);
    const sent = await talk.say('submit_timesheet', { date: 'last week', confirm: true });
    expect(sent.text).toMatch(/status is now pending approval/);
    talk.within({ calls: 2, tokens: 450 });
  });

  it('"that training was yesterday, and only half an hour"', async () => {
    const logged = await talk.say('log_time', { chargeCode: 'Training', start: '9am', hours: '1' });
    const entryId = logged.structured.id;
    const moved = await talk.say('update_time_entry', { entryId, date: 'yesterday', hours: '30 minutes' });
    expect(moved.text).toMatch(/Mon 23 Nov 2026 09:00-09:30/);
    talk.within({ calls: 2, tokens: 400 });
  });
});
