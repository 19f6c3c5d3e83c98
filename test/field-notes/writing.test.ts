import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closest } from '../../src/api/closest.ts';
import { toolEntry } from '../../src/server/handlers.ts';
import { tools } from '../../tools/index.ts';
import { type Session, startSession } from '../support/session.ts';

// What bites users of assistants for Manage, a numbered test each: writing.

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'all' });
});
afterAll(() => session.close());

const open = async (input: Record<string, unknown> = {}): Promise<number> => {
  const summary = `Field note ${Math.random()}`;
  return (await session.ok('create_ticket', { summary, company: 'Globex', ...input })).structured.id;
};

describe('writing', () => {
  it('21: creates once and says so when the answer is a 503, or none, after the deed', async () => {
    for (const kind of ['error-after', 'reset-after', 'truncated'] as const) {
      session.sandbox.faults.add({ kind, method: 'POST', path: '/time/entries' });
      const hour = { 'error-after': '1am', 'reset-after': '2am', truncated: '3am' }[kind];
      const { structured, text } = await session.ok('log_time', {
        chargeCode: 'Training',
        start: hour,
        hours: '15 minutes',
        notes: kind,
      });
      const found = (await session.get(`/time/entries?conditions=notes="${kind}"`)) as { id: number }[];
      expect(
        found.map(({ id }) => id),
        text,
      ).toEqual([structured.id]);
    }
  });

  it('22: keeps notes internal and mails nobody, unless that is asked for and confirmed', async () => {
    const ticket = await open();
    const quiet = await session.ok('add_ticket_note', { ticketId: ticket, text: 'For us' });
    const notes = `/service/tickets/${ticket}/notes`;
    expect(await session.get(`${notes}/${quiet.structured.id}`)).toMatchObject({
      internalAnalysisFlag: true,
      detailDescriptionFlag: false,
    });
    const loud = { ticketId: ticket, text: 'Dear customer', kind: 'discussion', notify: true };
    expect(await session.refused('add_ticket_note', loud)).toMatch(/confirm: true/);
    const sent = await session.ok('add_ticket_note', { ...loud, confirm: true });
    expect(await session.get(`${notes}/${sent.structured.id}`)).toMatchObject({ detailDescriptionFlag: true });
  });

  it('23: sets one custom field by its caption and leaves the others', async () => {
    const [company] = (await session.get('/company/companies?conditions=name="Initech"')) as { id: number }[];
    const values = async (): Promise<Map<string, unknown>> => {
      const { customFields } = await session.get(`/company/companies/${company?.id}`);
      return new Map(customFields.map(({ caption, value }: { caption: string; value: unknown }) => [caption, value]));
    };
    await session.ok('update_company', { company: 'Initech', customFields: { 'Contract signed': '2026-03-01' } });
    const before = await values();
    await session.ok('update_company', { company: 'Initech', customFields: { 'Account tier': 'Silver' } });
    expect(await values()).toEqual(before.set('Account tier', 'Silver'));
    expect(await session.refused('update_company', { company: 'Initech', customFields: { Tier: 'Silver' } })).toContain(
      'Account tier',
    );
  });

  it('24: patches with a list of whole references at bare paths', async () => {
    const { text } = await session.ok('update_ticket', { ticketId: await open(), priority: 'high', dryRun: true });
    expect(text).toMatch(/PATCH/);
    expect(text).toMatch(/"path": ?"priority"/);
    expect(text).not.toMatch(/"path": ?"(\/|priority\/)/);
    const asObject = { operation: 'PATCH /service/tickets/{id}', path: { id: 7 }, body: { summary: 'As an object' } };
    await session.ok('call_write_operation', asObject);
    expect((await session.get('/service/tickets/7')).summary).toBe('As an object');
  });

  it('25: moves a ticket with a status of the new board, and refuses a status of another one', async () => {
    const ticket = await open({ board: 'Help Desk' });
    expect(await session.refused('update_ticket', { ticketId: ticket, status: 'Triage' })).toMatch(/There are: New/);
    await session.ok('update_ticket', { ticketId: ticket, board: 'Network Operations', status: 'Triage' });
    expect(await session.get(`/service/tickets/${ticket}`)).toMatchObject({
      board: { name: 'Network Operations' },
      status: { name: 'Triage' },
    });
  });

  it("26: creates a company with its site, and a contact with this installation's communication types", async () => {
    const { structured } = await session.ok('create_company', { name: 'Field Notes Ltd', city: 'Boston' });
    expect(await session.get(`/company/companies/${structured.id}/sites`)).toHaveLength(1);
    const contact = await session.ok('create_contact', {
      firstName: 'Nora',
      company: 'Field Notes Ltd',
      email: 'nora@field.example',
      mobile: '617 555 0100',
    });
    const { communicationItems } = await session.get(`/company/contacts/${contact.structured.id}`);
    const types = (await session.get('/company/communicationTypes')) as { id: number }[];
    expect(communicationItems).toHaveLength(2);
    for (const { type } of communicationItems) expect(types.map(({ id }) => id)).toContain(type.id);
  });

  it('27: tells where the work is done (serviceLocation) from the office (location)', async () => {
    const ticket = await open({ serviceLocation: 'Remote' });
    const { serviceLocation, location } = await session.get(`/service/tickets/${ticket}`);
    expect(serviceLocation.name).toBe('Remote');
    expect(location?.name).not.toBe('Remote');
  });

  it('28: names the person in the record, whatever member the keys belong to', async () => {
    const ticket = await open();
    const { structured } = await session.ok('add_ticket_note', { ticketId: ticket, text: 'By me' });
    expect((await session.get(`/service/tickets/${ticket}/notes/${structured.id}`)).member.identifier).toBe('jdoe');
  });

  it('29: opens a ticket under its parent', async () => {
    const parent = await open();
    const child = await open({ parentTicketId: parent });
    expect((await session.get(`/service/tickets/${child}`)).parentTicketId).toBe(parent);
  });

  it('30: hides what writes in read-only mode, and sends no write even if somebody asks for one', async () => {
    const guarded = await startSession({ toolsets: 'all', environment: { CWM_READ_ONLY: 'true' } });
    try {
      const listed = await guarded.listTools();
      const reading = tools.filter(({ effect }) => effect === 'read').map(({ name }) => name);
      expect(listed.map(({ name }) => name)).toEqual(reading);
      for (const { name } of tools.filter(({ effect }) => effect !== 'read'))
        await expect(guarded.call(name, {})).rejects.toThrow(/read-only/);
      await guarded.call('call_read_operation', { operation: 'DELETE /service/tickets/7' });
      expect(guarded.writes()).toEqual([]);
    } finally {
      await guarded.close();
    }
  });

  it('31: is found by the words that people use for changing something', async () => {
    const described = String(
      toolEntry(tools.find(({ name }) => name === 'update_ticket') as never).description,
    ).toLowerCase();
    for (const word of ['edit', 'assign', 'escalate', 'reopen', 'close'])
      expect(closest(word, described.split(/\W+/), 1)).toEqual([word]);
    for (const verb of ['edit', 'amend', 'correct', 'revise']) {
      const { text } = await session.ok('search_operations', { query: `${verb} a time entry`, limit: 5 });
      expect(text).toContain('PATCH /time/entries/{id}');
    }
    for (const verb of ['reopen', 'bump', 'assign', 'escalate']) {
      const { text } = await session.ok('search_operations', { query: `${verb} a ticket`, limit: 5 });
      expect(text).toContain('PATCH /service/tickets/{id}');
    }
  });
});
