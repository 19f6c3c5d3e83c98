import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Conversation, converse } from './replay.ts';

let talk: Conversation;
beforeEach(async () => {
  talk = await converse({ toolsets: 'core' });
});
afterEach(() => talk.close());

describe('with the default list alone', () => {
  it('"who lacks time, what is unbilled, who is free, which agreements end?" take one call each', async () => {
    const missing = await talk.say('find_missing_time', { period: 'last week' });
    expect(missing.text).toMatch(/Due: 400 h of 10 members\. Entered: [\d.]+ h\./);
    const unbilled = await talk.say('find_unbilled', { company: 'Acme' });
    expect(unbilled.text).toMatch(/is left to invoice/);
    const free = await talk.say('find_free_time', { period: 'tomorrow afternoon' });
    expect(free.text).toMatch(/earliest: /);
    const ending = await talk.say('search_agreements', { ending: 'next 90 days' });
    expect(ending.text).toMatch(/Income per month with additions: [\d,.]+ USD from \d+ active agreements/);
    talk.within({ calls: 4, tokens: 2_000 });
  });

  it('"these two are the same" is a question and its answer, with a closing status of each board', async () => {
    const [into, onHelpDesk, internal] = await Promise.all(
      ['Help Desk', 'Help Desk', 'Internal'].map(async (board) => {
        const { structured } = await talk.ok('create_ticket', {
          summary: `VPN down ${board}`,
          company: 'Acme',
          board,
          allowDuplicate: true,
        });
        return structured.id as number;
      }),
    );
    const tickets = [onHelpDesk, internal];
    expect(await talk.declined('merge_tickets', { into, tickets })).toMatch(
      /with status Closed, Done\?.*Nobody is mailed, unless a board itself mails at this status\..*cannot be undone/s,
    );
    const done = await talk.say('merge_tickets', { into, tickets, confirm: true });
    expect(done.text).toMatch(/now Closed\n.*now Done\nmailed: nobody, unless the board itself mails at this status/s);
    talk.within({ calls: 2, tokens: 260 });
  });

  it('"change her phone" and "who changed this ticket?" take a search and a call', async () => {
    const contact = await talk.say('search_operations', { query: 'change the phone of a contact' });
    expect(contact.text).toMatch(/update_contact: .*call_write_operation; required: contact; optional: .*phone/);
    const changed = await talk.say('call_write_operation', {
      operation: 'update_contact',
      arguments: { contact: 'grace.keller@acme.example', phone: '518-555-0101' },
    });
    expect(changed.text).toMatch(/Phone: .* -> 518-555-0101/);
    const history = await talk.say('search_operations', { query: 'who changed a ticket and when' });
    expect(history.text).toMatch(/get_change_history: .*call_read_operation; required: record;/);
    await talk.say('call_read_operation', { operation: 'get_change_history', arguments: { record: 'ticket 560' } });
    talk.within({ calls: 4, tokens: 1_000 });
  });
});
