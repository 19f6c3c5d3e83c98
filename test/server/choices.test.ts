import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startHttpSession } from '../support/session.ts';

describe('a name that fits several records', () => {
  let session: Session;
  const asked: { question: string; choices: readonly string[] }[] = [];
  let answer: (choices: readonly string[]) => boolean | string;

  beforeAll(async () => {
    session = await startHttpSession({
      answer: (question, choices) => {
        asked.push({ question, choices });
        return choices.length > 0 ? answer(choices) : true;
      },
    });
  });
  afterAll(() => session.close());

  const last = async (path: string) => (await session.rest('GET', `${path}?orderBy=id desc&pageSize=1`)).body[0];

  it('is put to the person, and the call continues with their choice', async () => {
    answer = (choices) => choices.find((choice) => choice.includes('Rivera')) ?? false;
    const { text, isError } = await session.call('create_ticket', {
      summary: 'Chosen by a person',
      company: 'Globex',
      assignTo: 'Alex',
    });
    expect(isError, text).toBe(false);
    expect(asked.at(-1)?.question).toBe('Which assignTo is meant by "Alex"?');
    expect(asked.at(-1)?.choices).toHaveLength(2);
    expect(text).toContain('assigned: Alex Rivera');
  });

  it('may be followed by another, and by a confirmation', async () => {
    asked.length = 0;
    answer = (choices) => choices.find((choice) => /Rivera|Acme Dental/.test(choice)) ?? false;
    const { text, isError } = await session.call('create_ticket', {
      summary: 'Two names to choose',
      company: 'Acme, Inc.',
      assignTo: 'Alex',
      notify: true,
    });
    expect(isError, text).toBe(false);
    expect(asked.map(({ question }) => question)).toEqual([
      expect.stringMatching(/Which company/),
      expect.stringMatching(/Which assignTo/),
      expect.stringMatching(/e-mail it to Jonas Petrov \(/),
    ]);
    expect(await last('/service/tickets')).toMatchObject({
      summary: 'Two names to choose',
      company: { name: 'Acme Dental Group' },
    });
  });

  it('ends the call and writes nothing when the person chooses none', async () => {
    answer = () => false;
    session.writes();
    const { text, isError } = await session.call('create_ticket', {
      summary: 'Never made',
      company: 'Globex',
      assignTo: 'Alex',
    });
    expect(isError).toBe(true);
    expect(text).toContain('nothing was changed');
    expect(session.writes()).toEqual([]);
  });
});

describe('what is remembered of names', () => {
  it('is read again before a name is refused', async () => {
    const session = await startHttpSession();
    await session.call('lookup_values', { table: 'statuses', board: 'Help Desk' });
    const board = (await session.rest('GET', '/service/boards?conditions=name="Help Desk"')).body[0];
    await session.rest('POST', `/service/boards/${board.id}/statuses`, { name: 'Brand new', sortOrder: 99 });
    const ticket = (await session.rest('GET', `/service/tickets?conditions=board/id=${board.id}&pageSize=1`)).body[0];
    const { text, isError } = await session.call('update_ticket', { ticketId: ticket.id, status: 'brand new' });
    expect(isError, text).toBe(false);
    expect(text).toContain('-> Brand new');
    await session.close();
  });

  it('is forgotten when Manage says that a record is gone', async () => {
    const session = await startHttpSession();
    const statuses = `/service/boards/1/statuses`;
    const made = (await session.rest('POST', statuses, { name: 'Short-lived', sortOrder: 98 })).body;
    const ticket = (await session.rest('GET', '/service/tickets?conditions=board/id=1&pageSize=1')).body[0];
    await session.call('lookup_values', { table: 'statuses', board: '1' });
    await session.rest('DELETE', `${statuses}/${made.id}`);
    const first = await session.call('update_ticket', { ticketId: ticket.id, status: 'Short-lived' });
    expect(first.isError).toBe(true);
    expect(first.text).toMatch(/status/i);
    const second = await session.call('update_ticket', { ticketId: ticket.id, status: 'Short-lived' });
    expect(second.text).toMatch(/there is no status "Short-lived"/);
    await session.close();
  });
});

describe('people and urgency in everyday words', () => {
  let session: Session;
  beforeAll(async () => {
    session = await startHttpSession();
  });
  afterAll(() => session.close());

  it.each([
    ['urgent', 'Priority 1 - Critical'],
    ["it's urgent", 'Priority 1 - Critical'],
    ['high', 'Priority 2 - High'],
    ['normal', 'Priority 3 - Medium'],
    ['no rush', 'Priority 4 - Low'],
    ['P2', 'Priority 2 - High'],
  ])('%s is %s', async (said, priority) => {
    const { text } = await session.call('create_ticket', {
      summary: `Pressing: ${said}`,
      company: 'Globex',
      priority: said,
    });
    expect(text).toContain(`priority: ${priority}`);
  });

  it('takes a contact by what they do', async () => {
    const acme = (await session.rest('GET', '/company/companies?conditions=identifier="Acme"')).body[0];
    const person = { firstName: 'Olive', lastName: 'Mann', title: 'Head of Facilities', company: { id: acme.id } };
    await session.rest('POST', '/company/contacts', person);
    const { text, isError } = await session.call('create_ticket', {
      summary: 'VPN is down',
      company: 'Acme',
      contact: 'their head of facilities',
      priority: 'urgent',
    });
    expect(isError, text).toBe(false);
    expect(text).toContain('contact: Olive Mann');
  });
});
