import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../support/session.ts';

// What bites users of assistants for Manage, a numbered test each: reading.

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'all' });
});
afterAll(() => session.close());

describe('reading', () => {
  it('1: refuses a misspelt filter; it is never dropped, with the whole list for an answer', async () => {
    const before = session.sandbox.requests.length;
    const text = await session.refused('search_tickets', { sumary: 'vpn' });
    expect(text).toMatch(/sumary.*Did you mean/s);
    expect(await session.refused('search_tickets', { statuss: 'New' })).toMatch(/Did you mean status\?/);
    expect(await session.refused('search_tickets', { where: [{ field: 'sumary', value: 'vpn' }] })).toMatch(/summary/);
    expect(
      await session.refused('call_read_operation', { operation: 'GET /service/tickets', query: { condition: 'id=1' } }),
    ).toMatch(/conditions/);
    expect(session.sandbox.requests.slice(before).filter(({ path }) => /tickets/.test(path))).toEqual([]);
  });

  it('2: costs little: 25 tickets in 1,300 tokens, without whole records', async () => {
    const { text, structured } = await session.ok('search_tickets');
    expect(structured.rows).toHaveLength(25);
    for (const form of [text, JSON.stringify(structured)]) {
      expect(encode(form).length).toBeLessThanOrEqual(1_300);
      expect(form).not.toMatch(/_info|null|href/);
    }
  });

  it('3: says how many there are, beside the 25 that it shows', async () => {
    const { count } = await session.get('/company/configurations/count');
    const { text, structured } = await session.ok('search_configurations', { includeInactive: true });
    expect(structured.total).toBe(count);
    expect(text).toMatch(new RegExp(`^25 of ${count} .*page: 2`));
  });

  it('4: finds contacts by type and by e-mail, which live in lists of their own', async () => {
    for (const input of [
      { type: 'Approver' },
      { email: 'grace.keller@acme.example' },
      { where: [{ field: 'types/name', value: 'Approver' }] },
      { where: [{ field: 'communicationItems/value', value: 'grace.keller@acme.example' }] },
    ])
      expect((await session.ok('search_contacts', input)).structured.total).toBeGreaterThan(0);
    expect(await session.refused('search_contacts', { conditions: 'types/name = "Approver"' })).toMatch(
      /childConditions/,
    );
  });

  it('5: calls a ticket open by the statuses of its board, not by closedFlag or a name', async () => {
    const boards = (await session.get('/service/boards')) as { id: number; name: string }[];
    const onsite = boards.find(({ name }) => name === 'Onsite Services')?.id;
    const statuses = (await session.get(`/service/boards/${onsite}/statuses`)) as {
      name: string;
      closedStatus: boolean;
    }[];
    expect(statuses.find(({ name }) => name === 'Completed')?.closedStatus).toBe(false);
    const { structured } = await session.ok('search_tickets', {
      board: 'Onsite Services',
      limit: 200,
      kind: 'service',
    });
    expect(structured.rows.some((row: string[]) => row[4] === 'Completed')).toBe(true);
    const closed = new Set(statuses.filter(({ closedStatus }) => closedStatus).map(({ name }) => name));
    expect(structured.rows.filter((row: string[]) => closed.has(row[4] ?? ''))).toEqual([]);
  });

  it('6: works out whether a number is a service or a project ticket', async () => {
    const [project] = (await session.get('/project/tickets?pageSize=1')) as { id: number; summary: string }[];
    expect((await session.rest('GET', `/service/tickets/${project?.id}`)).status).toBe(404);
    expect((await session.ok('get_ticket', { ticketId: project?.id })).text).toContain(project?.summary);
    expect((await session.ok('get_ticket', { ticketId: 7 })).text).toContain(
      (await session.get('/service/tickets/7')).summary,
    );
    const noted = await session.ok('add_ticket_note', { ticketId: project?.id, text: 'Seen' });
    expect(await session.get(`/project/tickets/${project?.id}/notes/${noted.structured.id}`)).toMatchObject({
      text: 'Seen',
    });
  });

  it('7: reads notes where /allNotes is missing, and names built-in members that no list has', async () => {
    const { text: whole } = await session.ok('get_ticket', { ticketId: 7 });
    session.sandbox.faults.add({ kind: 'error', status: 404, path: '/allNotes' });
    const before = session.sandbox.requests.length;
    const { text } = await session.ok('get_ticket', { ticketId: 7 });
    // Authors are named by what stands in the notes; a list of members need not have them.
    expect(session.sandbox.requests.slice(before).filter(({ path }) => /members/.test(path))).toEqual([]);
    const first = (await session.get('/service/tickets/7/notes?pageSize=1')) as { text: string }[];
    if (first[0] !== undefined) expect(text).toContain(first[0].text.slice(0, 20));
    expect(text.split('\n')[0]).toBe(whole.split('\n')[0]);
  });

  it('8: writes double quotes and takes both kinds', async () => {
    const before = session.sandbox.requests.length;
    for (const conditions of [`company/identifier = 'Acme'`, `company/identifier = "Acme"`])
      expect((await session.ok('search_tickets', { conditions, state: 'any' })).structured.total).toBeGreaterThan(0);
    const sent = session.sandbox.requests
      .slice(before)
      .map(({ query }) => decodeURIComponent(query))
      .filter((query) => query.includes('Acme'));
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.filter((query) => query.includes(`'Acme'`))).toEqual([]);
  });

  it("9: keeps a caller's OR inside the scope that it was joined to", async () => {
    const { structured } = await session.ok('search_tickets', {
      company: 'Acme Corporation',
      conditions: 'summary contains "vpn" or id > 0',
      state: 'any',
      limit: 200,
    });
    expect(new Set(structured.rows.map((row: string[]) => row[2]))).toEqual(new Set(['Acme Corporation']));
  });

  it('10: takes quotes in a name for a part of the name', async () => {
    const named = await session.ok('search_tickets', { company: `Bob's "Best" Burgers`, state: 'any' });
    expect(named.structured.total).toBeGreaterThan(0);
    const injected = await session.ok('search_tickets', { text: '" or id > 0 or summary = "', state: 'any' });
    expect(injected.structured.total).toBe(0);
    expect(await session.refused('search_tickets', { company: 'x" or id > 0 or name = "x' })).toMatch(
      /there is no company/,
    );
  });

  it('11: gives rows where somebody asks for a report, and the audit trail and attachments of a ticket', async () => {
    const report = await session.ok('search_tickets', { groupBy: ['board'] });
    expect(report.structured.groups?.length ?? report.structured.rows?.length).toBeGreaterThan(2);
    const trail = await session.ok('call_read_operation', {
      operation: 'GET /system/audittrail',
      query: { type: 'Ticket', id: 7 },
    });
    expect(trail.isError).toBe(false);
    const { text } = await session.ok('search_operations', { query: 'who changed this ticket' });
    expect(text).toContain('GET /system/audittrail');
  });
});
