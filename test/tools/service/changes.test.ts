import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeEach(async () => {
  session = await startSession();
});
afterEach(() => session.close());

const stored = async (id: number) => (await session.rest('GET', `/service/tickets/${id}`)).body;

describe('update_ticket', () => {
  it('opens a closed ticket again', async () => {
    await session.call('update_ticket', { ticketId: 577, close: true });
    expect(await stored(577)).toMatchObject({ closedFlag: true });
    const { text } = await session.call('update_ticket', { ticketId: 577, reopen: true });
    expect(text).toMatch(/status: Closed -> In Progress\nclosedFlag: true -> false/);
  });

  it('takes everybody off', async () => {
    const { text } = await session.call('update_ticket', { ticketId: 577, assignTo: 'nobody' });
    expect(text).toMatch(/resources: jdoe -> -/);
  });

  it('adds an internal note with the change, and mails nobody', async () => {
    await session.call('update_ticket', { ticketId: 577, priority: 'high', note: 'Third time this month' });
    const { body } = await session.rest('GET', '/service/tickets/577/notes?orderBy=id desc&pageSize=1');
    expect(body[0]).toMatchObject({ text: 'Third time this month', internalAnalysisFlag: true });
  });

  it('says what was done when the rest fails', async () => {
    session.sandbox.faults.add({ kind: 'error', status: 503, method: 'POST', path: '/schedule/entries', times: 50 });
    const { text, isError } = await session.call('update_ticket', { ticketId: 577, priority: 'P1', assignTo: 'achen' });
    expect(isError).toBe(true);
    expect(text).toMatch(/Done: priority changed\. Not done: Alex Chen assigned/);
    expect(await stored(577)).toMatchObject({ priority: { id: 1 } });
  });

  it("takes the contact and the site of another company, not the old one's", async () => {
    const { text, isError } = await session.call('update_ticket', { ticketId: 577, company: 'Globex' });
    expect(isError, text).toBe(false);
    const ticket = await stored(577);
    const globex = (await session.rest('GET', `/company/companies/${ticket.company.id}`)).body;
    expect(ticket.contact.id).toBe(globex.defaultContact.id);
    expect(ticket.site.id).toBe(globex.site.id);
  });

  it('is due at the end of a day, on the wall clock', async () => {
    const { text } = await session.call('update_ticket', { ticketId: 577, dueDate: 'friday' });
    expect(text).toContain('requiredDate: - -> Fri 27 Nov 2026 17:00');
    const cleared = await session.call('update_ticket', { ticketId: 577, clear: ['dueDate'] });
    expect(cleared.text).toContain('requiredDate: Fri 27 Nov 2026 17:00 -> -');
  });
});

describe('a note', () => {
  it('that says the same as the one before is not written twice', async () => {
    await session.call('add_ticket_note', { ticketId: 577, text: 'Customer called' });
    const { text, isError } = await session.call('add_ticket_note', { ticketId: 577, text: 'Customer called' });
    expect(isError).toBe(true);
    expect(text).toMatch(/Note \d+ on ticket 577 already says the same/);
    const other = await session.call('add_ticket_note', { ticketId: 577, text: 'Customer called', kind: 'discussion' });
    expect(other.isError).toBe(false);
  });
});

describe('create_ticket', () => {
  it('refuses a duplicate in other letters', async () => {
    const first = await session.call('create_ticket', { summary: 'VPN is down', company: 'Globex' });
    const { text, isError } = await session.call('create_ticket', { summary: 'vpn is down!', company: 'Globex' });
    expect(isError).toBe(true);
    expect(text).toContain(`already has ticket ${first.structured.id} "VPN is down"`);
  });

  it("finds the company by its contact's e-mail, and says what Manage chose", async () => {
    const { text } = await session.call('create_ticket', {
      summary: 'Printer jam',
      email: 'grace.keller@acme.example',
      due: 'tomorrow',
    });
    expect(text).toMatch(/company: Acme Corporation\ncontact: Grace Keller\nsite: Main \(default\)/);
    expect(text).toMatch(/priority: .* \(default\)\nserviceLocation: Remote \(default\)\ndue: Wed 25 Nov 2026 17:00/);
  });
});

describe('search_tickets', () => {
  it('finds the tickets whose SLA is broken or ends soon, as get_ticket has them, in every order and group', async () => {
    const byDeadline = (await session.ok('search_tickets', { only: 'sla', limit: 200 })).structured;
    const byAge = (await session.ok('search_tickets', { only: 'sla', limit: 200, orderBy: 'dateEntered' })).structured;
    const byBoard = (await session.ok('search_tickets', { only: 'sla', groupBy: ['board'] })).structured;
    expect(byDeadline.total).toBeGreaterThan(0);
    expect(byAge.total).toBe(byDeadline.total);
    expect(byBoard.rows.reduce((sum: number, row: unknown[]) => sum + Number(row[1]), 0)).toBe(byDeadline.total);
    const sorted = ({ rows }: { rows: unknown[][] }) => rows.map(([id]) => Number(id)).sort((a, b) => a - b);
    expect(sorted(byAge)).toEqual(sorted(byDeadline));
    const cells = byDeadline.rows.map((row: string[]) => [Number(row[0]), String(row.at(-1))]);
    const isBreached = ([, sla]: [number, string]) => sla.startsWith('breached');
    for (const [id, sla] of [cells.find(isBreached), cells.find((cell: [number, string]) => !isBreached(cell))]) {
      const { text } = await session.ok('get_ticket', { ticketId: id });
      expect(/SLA: .*breached/.test(text)).toBe(isBreached([id, sla]));
    }
  });
});
