import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,service' });
});
afterAll(() => session.close());

const open = async (summary: string, company = 'Acme', board = 'Help Desk'): Promise<number> =>
  (
    await session.rest('POST', '/service/tickets', {
      summary,
      company: { identifier: company },
      board: { name: board },
    })
  ).body.id;
const stored = async (id: number, kind = 'service') => (await session.rest('GET', `/${kind}/tickets/${id}`)).body;

describe('merge_tickets', () => {
  it('asks, then merges tickets of several boards with the status of each', async () => {
    const [into, one, other] = [
      await open('VPN down'),
      await open('No VPN'),
      await open('Tunnel alarm', 'Acme', 'Network Operations'),
    ];
    const asked = await session.call('merge_tickets', { into, ticketIds: [one, other], status: 'closed' });
    expect(asked.isError).toBe(true);
    expect(asked.text).toMatch(/Merge ticket \d+ \(No VPN, Acme Corporation\).*cannot be undone.*confirm: true/s);
    expect((await stored(one)).mergedParentTicket).toBeUndefined();
    const done = await session.call('merge_tickets', { into, tickets: [one, other], status: 'closed', confirm: true });
    expect(done.isError, done.text).toBe(false);
    expect(done.text).toContain(`${other} (Tunnel alarm, Acme Corporation), now Closed`);
    for (const id of [one, other])
      expect(await stored(id)).toMatchObject({ mergedParentTicket: { id: into }, status: { name: 'Closed' } });
    const again = await session.call('merge_tickets', { into, tickets: one, status: 'Closed', confirm: true });
    expect(again.text).toContain(`Ticket ${one} is already merged into ticket ${into}`);
  });

  it('previews, warns of other companies, and refuses itself, project tickets and unknown statuses', async () => {
    const [into, other] = [await open('A'), await open('B', 'Globex')];
    session.writes();
    const call = (input: Record<string, unknown>) =>
      session.call('merge_tickets', { into, tickets: [other], status: 'Closed', ...input });
    expect((await call({ dryRun: true })).text).toMatch(
      /POST \S+\/merge\n\{"mergeTicketIds":\[\d+\],"status":\{"id":\d+\}\}/,
    );
    expect((await call({})).text).toContain('not all of the same company');
    expect((await call({ tickets: [into] })).text).toContain('cannot be merged into itself');
    expect((await session.call('merge_tickets', { into, tickets: [other] })).text).toMatch(/with status Closed\?/);
    expect((await call({ status: 'Cloesd Off' })).text).toMatch(/there is no status.*Closed/s);
    const { body } = await session.rest('GET', '/project/tickets?pageSize=1');
    expect((await call({ tickets: [body[0].id] })).text).toMatch(/is a project ticket.*convert_ticket/s);
    expect(session.writes()).toEqual([]);
  });

  it('warns of a ticket that is done with, as the one that stays', async () => {
    for (const as of ['merged', 'children']) {
      const [into, one] = [await open(`Done ${as}`), await open(`Again ${as}`)];
      await session.call('update_ticket', { ticketId: into, status: 'Resolved' });
      const preview = await session.call('merge_tickets', { into, tickets: [one], as, dryRun: true });
      expect(preview.text).toContain(`Ticket ${into} itself is Resolved`);
      const asked = await session.call('merge_tickets', { into, tickets: [one], as });
      expect(asked.text).toMatch(/itself is Resolved.*another status/s);
    }
  });

  it('is settled when the answer is cut off', async () => {
    const [into, one] = [await open('C'), await open('D')];
    session.sandbox.faults.add({ kind: 'reset-after', method: 'POST', path: '/merge' });
    const done = await session.call('merge_tickets', { into, tickets: [one], status: 'Closed', confirm: true });
    expect(done.isError, done.text).toBe(false);
    expect(await stored(one)).toMatchObject({ mergedParentTicket: { id: into } });
  });
});

describe('merge_tickets as children', () => {
  it('attaches after a yes, once, and says that detaching is impossible here', async () => {
    const [parent, one, two] = [await open('Outage'), await open('Mail slow'), await open('Files slow')];
    const call = (input: Record<string, unknown>) =>
      session.call('merge_tickets', { parentTicketId: parent, as: 'children', ...input });
    expect((await call({ children: [one, two] })).text).toContain("only in Manage's own screens");
    expect((await call({ childTicketIds: [one, two], confirm: true })).text).toMatch(
      /has the new children \d+ \(Mail slow, Acme Corporation\), \d+ \(Files slow, Acme Corporation\)/,
    );
    expect(await stored(two)).toMatchObject({ parentTicketId: parent });
    session.writes();
    expect((await call({ children: [one] })).text).toContain('Nothing to do');
    const other = await open('Other outage');
    expect((await call({ parentTicketId: other, children: [one] })).text).toMatch(
      /is already a child of ticket \d+.*only in Manage's own screens/s,
    );
    expect((await call({ parentTicketId: one, children: [parent] })).text).toContain('is itself a child of');
    expect((await call({ children: [parent] })).text).toContain('cannot be its own child');
    expect(session.writes().filter((write) => write.includes('attachChildren'))).toEqual([]);
  });
});

describe('convert_ticket', () => {
  it('makes a service ticket one of a project with the next code of the phase, and back', async () => {
    const { body } = await session.rest('GET', '/project/projects?pageSize=1');
    const [project] = body;
    const id = await open('Patch panel', project.company.identifier);
    const call = (input: Record<string, unknown>) =>
      session.call('convert_ticket', { ticketId: id, confirm: true, ...input });
    const asked = await session.call('convert_ticket', { ticketId: id, project: project.name, phase: 'Build' });
    expect(asked.text).toMatch(/Make ticket \d+, Patch panel a project ticket.*confirm: true/s);
    expect((await call({})).text).toMatch(/Send project and phase: where the ticket goes/);
    const preview = await call({ project: project.name, phase: 'Build', dryRun: true });
    expect(preview.text).toContain('"wbsCode":"2.5"');
    const done = await call({ project: project.name, phase: 'Build' });
    expect(done.isError, done.text).toBe(false);
    expect(done.text).toMatch(
      /is now a project ticket: project .*, phase Build, board Projects, status Planned \(was New on Help Desk\)/,
    );
    expect(await stored(id, 'project')).toMatchObject({ phase: { name: 'Build' }, wbsCode: '2.5' });
    expect((await call({ project: project.name, phase: 'Build' })).text).toContain('is already a project ticket');
    expect((await call({})).text).toContain('is now a service ticket');
    expect((await stored(id)).recordType).toBe('ServiceTicket');
  });

  it('is settled when the answer is cut off', async () => {
    const { body } = await session.rest('GET', '/project/projects?pageSize=1');
    const id = await open('Cut off', body[0].company.identifier);
    session.sandbox.faults.add({ kind: 'reset-after', method: 'POST', path: '/convert' });
    const done = await session.call('convert_ticket', {
      ticketId: id,
      project: body[0].name,
      phase: 'Plan',
      confirm: true,
    });
    expect(done.isError, done.text).toBe(false);
    expect((await stored(id, 'project')).id).toBe(id);
  });
});
