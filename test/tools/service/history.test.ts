import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,service' });
});
afterAll(() => session.close());

const history = (input: Record<string, unknown>) => session.call('get_change_history', input);

describe('get_change_history', () => {
  it('tells who changed what of a ticket, newest first, in local time', async () => {
    const { structured } = await session.call('create_ticket', {
      summary: 'History',
      company: 'Acme',
      board: 'Help Desk',
    });
    const { id } = structured;
    await session.call('update_ticket', { ticketId: id, status: 'In Progress', priority: 'high' });
    const { text, structured: told } = await history({ ticketId: id });
    expect(text).toContain(`Of ticket ${id}, History, times in America/New_York`);
    expect(told.columns).toEqual(['when', 'who', 'what', 'from']);
    const whats = told.rows.map((row: string[]) => row[2]);
    expect(whats).toContain('Status changed from "New" to "In Progress".');
    expect(whats.some((what: string) => what.startsWith('Priority changed from'))).toBe(true);
    expect(whats).toContain(`Ticket ${id} was created.`);
    expect(told.rows[0][0]).toBe('Tue 24 Nov 2026 16:20');
    expect(told.rows[0][1]).toContain('apimcp');
  });

  it('narrows by field, member and period', async () => {
    const { body } = await session.rest(
      'GET',
      '/service/tickets?conditions=closedFlag=true and owner/id>0&orderBy=id desc&pageSize=1',
    );
    const [ticket] = body;
    const all = (await history({ record: `ticket ${ticket.id}` })).structured;
    expect(all.total).toBeGreaterThanOrEqual(3);
    const status = (await history({ record: `#${ticket.id}`, field: 'status' })).structured;
    expect(status.rows).toHaveLength(1);
    expect(status.rows[0][2]).toContain(`to "${ticket.status.name}"`);
    expect(status.note).toContain(`${all.total} changes in all`);
    const dispatcher = (await history({ record: `ticket ${ticket.id}`, who: 'dlopez' })).structured;
    expect(dispatcher.rows.every((row: string[]) => row[1]?.includes('dlopez'))).toBe(true);
    expect(dispatcher.rows.length).toBeGreaterThan(0);
    expect((await history({ record: `ticket ${ticket.id}`, period: '2020-01' })).structured.total).toBe(0);
    const unknown = await history({ record: `ticket ${ticket.id}`, field: 'colour' });
    expect(unknown.text).toMatch(/nothing in this record's history is about "colour".*Status/s);
    expect((await history({ record: `ticket ${ticket.id}`, member: 'nobody at all' })).isError).toBe(true);
  });

  it('knows companies, configurations, time and project tickets, and says what has none', async () => {
    await session.rest('PATCH', '/company/companies/2', [{ op: 'replace', path: 'phoneNumber', value: '5185550199' }]);
    expect((await history({ record: 'customer Acme', field: 'phone' })).text).toMatch(
      /Phone Number changed from ".*" to "5185550199"/,
    );
    await session.rest('PATCH', '/company/configurations/5', [{ op: 'replace', path: 'serialNumber', value: 'S-5' }]);
    expect((await history({ record: 'asset 5' })).text).toContain('Serial Number changed from');
    const [project] = (await session.rest('GET', '/project/tickets?pageSize=1')).body;
    expect((await history({ record: String(project.id) })).text).toContain(`ProjectTicket ${project.id} was created`);
    expect((await history({ record: 'board Help Desk' })).text).toMatch(
      /has to be a kind of record.*Allowed: ticket, company/s,
    );
    expect((await history({ record: 'member jdoe' })).isError).toBe(true);
  });

  it('is fed by everything that changes a record: merging, deleting, conversion', async () => {
    const open = async (summary: string) =>
      (await session.rest('POST', '/service/tickets', { summary, company: { id: 2 }, board: { id: 1 } })).body.id;
    const [into, merged] = [await open('Parent'), await open('Twin')];
    await session.call('merge_tickets', { into, tickets: [merged], status: 'Closed', confirm: true });
    expect((await history({ ticketId: merged })).text).toContain('Merged Parent Ticket changed from "" to "Parent"');
    const { body } = await session.rest('GET', `/system/audittrail/count?type=Ticket&id=${merged}`);
    expect(body.count).toBeGreaterThanOrEqual(3);
  });
});
