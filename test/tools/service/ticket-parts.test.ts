import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
let ticketId: number;
let projectTicketId: number;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,service' });
  const made = await session.rest('POST', '/service/tickets', {
    summary: 'New laptop',
    company: { identifier: 'Acme' },
    board: { name: 'Help Desk' },
  });
  ticketId = made.body.id;
  projectTicketId = (await session.rest('GET', '/project/tickets?pageSize=1')).body[0].id;
});
afterAll(() => session.close());

const task = (input: Record<string, unknown>) => session.call('save_ticket_task', { ticketId, ...input });
const tasks = async (id = ticketId, kind = 'service') =>
  (await session.rest('GET', `/${kind}/tickets/${id}/tasks`)).body as Record<string, unknown>[];

describe('save_ticket_task', () => {
  it('adds, completes, reopens and edits a task by words of it', async () => {
    const added = await task({ notes: 'Order the laptop', priority: 2 });
    expect(added.isError, added.text).toBe(false);
    expect(added.text).toMatch(/^Created task \d+: \[ \] Order the laptop, ticket \d+, New laptop/);
    const done = await task({ task: 'laptop', completed: 'yes', resolution: 'Ordered at Initech' });
    expect(done.text).toContain('closedFlag: false -> true');
    expect(await tasks()).toEqual([
      expect.objectContaining({
        notes: 'Order the laptop',
        closedFlag: true,
        priority: 2,
        resolution: 'Ordered at Initech',
      }),
    ]);
    expect((await task({ task: added.structured.id, done: false })).text).toContain('closedFlag: true -> false');
    await task({ task: 'order the', text: 'Order the laptop and the dock' });
    expect((await tasks())[0]).toMatchObject({ notes: 'Order the laptop and the dock', closedFlag: false });
  });

  it('refuses a second open task of the same text, and asks which one is meant', async () => {
    await task({ text: 'Call the user' });
    expect((await task({ text: 'Call the user' })).text).toMatch(
      /already has the open task \d+: \[ \] Call the user\./,
    );
    await task({ text: 'Call the manager' });
    const both = await task({ task: 'call the', done: true });
    expect(both.isError).toBe(true);
    expect(both.text).toMatch(/several tasks fit.*Call the user.*Call the manager/s);
    expect((await task({ task: 'fly', done: true })).text).toMatch(/no task of the ticket is "fly".*Order the laptop/s);
    expect((await task({ done: true })).text).toContain('Send text for a new task, or task');
  });

  it('deletes only after a yes, and shows what it would send', async () => {
    const before = (await tasks()).length;
    const preview = await task({ task: 'Call the manager', delete: true, dryRun: true });
    expect(preview.text).toMatch(/Dry run.*DELETE \S+\/tasks\/\d+/s);
    const asked = await task({ task: 'Call the manager', delete: true });
    expect(asked.text).toMatch(/Delete task \d+: \[ \] Call the manager, ticket/);
    expect(await tasks()).toHaveLength(before);
    expect((await task({ task: 'Call the manager', delete: true, confirm: true })).isError).toBe(false);
    expect(await tasks()).toHaveLength(before - 1);
  });

  it('works on project tickets, and writes once when the answer is cut off', async () => {
    session.sandbox.faults.add({ kind: 'reset-after', method: 'POST', path: '/tasks' });
    const added = await task({ ticketId: projectTicketId, text: 'Label the ports' });
    expect(added.isError, added.text).toBe(false);
    expect(await tasks(projectTicketId, 'project')).toHaveLength(1);
    expect((await task({ ticketId: projectTicketId, task: 'ports', done: true })).isError).toBe(false);
    expect((await tasks(projectTicketId, 'project'))[0]).toMatchObject({ closedFlag: true });
  });
});

describe('set_ticket_configurations', () => {
  const set = (input: Record<string, unknown>) => session.call('set_ticket_configurations', { ticketId, ...input });
  const attached = async (id = ticketId) =>
    ((await session.rest('GET', `/service/tickets/${id}/configurations`)).body as { id: number }[]).map(({ id }) => id);
  const of = async (company: string) =>
    (await session.rest('GET', `/company/configurations?conditions=company/identifier="${company}"&orderBy=id`))
      .body as {
      id: number;
      name: string;
      serialNumber: string;
    }[];

  it('puts configurations on by name and serial number, on several tickets, and takes them off', async () => {
    const [first, second] = await of('Acme');
    const put = await set({ add: [first?.name, second?.serialNumber] });
    expect(put.isError, put.text).toBe(false);
    expect(put.text).toContain(`${first?.name} (${first?.id}) put on`);
    expect(await attached()).toEqual([first?.id, second?.id]);
    const other = (
      await session.rest('POST', '/service/tickets', { summary: 'Another', company: { identifier: 'Acme' } })
    ).body.id;
    await set({ ticketId: other, attach: first?.name });
    expect(await attached(other)).toEqual([first?.id]);
    expect(await attached()).toEqual([first?.id, second?.id]);
    expect((await session.call('get_ticket', { ticketId })).text).toContain(`${first?.id}: ${first?.name}`);
    const off = await set({ detach: [first?.name], attach: [String(second?.id)] });
    expect(off.text).toContain(`${second?.name} (${second?.id}) was already on it`);
    expect(await attached()).toEqual([second?.id]);
  });

  it('says what is on the ticket, and previews', async () => {
    const [, second, third] = await of('Acme');
    expect((await set({ detach: ['NOPE-1'] })).text).toMatch(
      new RegExp(`no configuration on the ticket is called "NOPE-1".*${second?.name}`, 's'),
    );
    session.writes();
    const preview = await set({ attach: [third?.name], detach: [second?.name], dryRun: true });
    expect(preview.text).toMatch(/DELETE .*POST .*\{"id":\d+\}/s);
    expect(session.writes()).toEqual([]);
    expect((await set({})).text).toContain('Send attach or detach');
  });

  it("takes another company's only by id, and names it", async () => {
    const [foreign] = await of('Globex');
    expect((await set({ attach: [foreign?.name] })).isError).toBe(true);
    expect((await set({ attach: [String(foreign?.id)] })).text).toContain('of Globex Manufacturing put on');
  });

  it('works on project tickets', async () => {
    const { body } = await session.rest('GET', `/project/tickets/${projectTicketId}`);
    const [own] = await of(body.company.identifier);
    const put = await set({ ticketId: projectTicketId, attach: [own?.name] });
    expect(put.isError, put.text).toBe(false);
    const { body: rows } = await session.rest('GET', `/project/tickets/${projectTicketId}/configurations`);
    expect(rows).toEqual([expect.objectContaining({ id: own?.id })]);
  });
});
