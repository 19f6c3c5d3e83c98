import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { forgetTables } from '../../src/names/index.ts';
import { SANDBOX } from '../../src/sandbox/credentials.ts';
import { type Session, startSession } from '../support/session.ts';

// Setup tables are remembered while a server runs and from one start to the next. Whatever changes in Manage meanwhile, no answer
// may go by what is no longer so.

const folder = mkdtempSync(join(tmpdir(), 'names-'));
afterAll(() => rmSync(folder, { recursive: true }));

let session: Session | undefined;
afterEach(async () => {
  await session?.close();
  session = undefined;
  rmSync(join(folder, 'names'), { recursive: true, force: true });
});

const start = async (environment: Record<string, string> = {}): Promise<Session> => {
  session = await startSession({ toolsets: 'all', environment: { CWM_STATE_DIR: folder, ...environment } });
  return session;
};
const kept = (): string[] => readdirSync(join(folder, 'names'));

/** What changes behind a server that has read the tables, and what has to come out of the next call. */
async function changed(one: Session, path: string, member: string, value: string | boolean): Promise<void> {
  const change = [{ op: 'replace', path: member, value }];
  expect((await one.rest('PATCH', path, change)).status).toBe(200);
}
const renameStatus = (one: Session) => changed(one, '/service/boards/1/statuses/1', 'name', 'Fresh');
const deactivate = (one: Session, path: string) => changed(one, path, 'inactiveFlag', true);

/** A customer like Globex, made behind the server. */
async function addCustomer(one: Session, name: string, identifier: string): Promise<number> {
  const [{ status, types }] = await one.get(
    `/company/companies?conditions=${encodeURIComponent('name contains "Globex"')}`,
  );
  const made = await one.rest('POST', '/company/companies', {
    name,
    identifier,
    status,
    site: { name: 'Main' },
    types,
  });
  expect(made.status).toBe(201);
  return made.body.id;
}

describe('a table that is remembered', () => {
  it('takes a status by its new name and not by the old one, for reads and writes', async () => {
    const one = await start();
    await one.ok('search_tickets', { board: 'Help Desk', status: 'New' });
    const { id } = (
      await one.ok('create_ticket', { summary: 'x', company: 'Globex', board: 'Help Desk', status: 'New' })
    ).structured;
    await renameStatus(one);
    expect(await one.refused('search_tickets', { board: 'Help Desk', status: 'New' })).toContain('Fresh');
    expect(await one.refused('update_ticket', { ticketId: id, status: 'New' })).toContain('Fresh');
    expect((await one.ok('update_ticket', { ticketId: id, status: 'Fresh', priority: 'high' })).text).toContain(
      'Fresh',
    );
  });

  it('is looked at again for the names of a list', async () => {
    const one = await start();
    const types = { company: 'Globex', types: 'Prospect, Vendor', dryRun: true };
    await one.ok('update_company', types);
    const [{ id }] = await one.get('/company/companies/types?conditions=name="Vendor"');
    await changed(one, `/company/companies/types/${id}`, 'name', 'Supplier');
    expect(await one.refused('update_company', types)).toContain('Supplier');
  });

  it('refuses nobody and nothing as inactive, or as one of two, who is that no more', async () => {
    const one = await start();
    const [{ id }] = await one.get('/system/members?conditions=identifier="achen"');
    const [{ id: other }] = await one.get('/system/members?conditions=identifier="arivera"');
    const assign = (assignTo: string) => ({ ticketId: 516, assignTo, dryRun: true });
    const inactive = (member: number, value: boolean) =>
      changed(one, `/system/members/${member}`, 'inactiveFlag', value);
    await inactive(id, true);
    expect(await one.refused('update_ticket', assign('Alex Chen'))).toMatch(/inactive/);
    await inactive(id, false);
    await one.ok('update_ticket', assign('Alex Chen'));
    expect(await one.refused('update_ticket', assign('Alex'))).toMatch(/several/);
    await inactive(other, true);
    expect((await one.ok('update_ticket', assign('Alex'))).text).toContain('Alex Chen');
  });

  it('is asked for whole and for no record of it beside, so that no failure is left without anybody who hears of it', async () => {
    const first = await start();
    await first.ok('search_tickets', { board: 'Help Desk' });
    await first.close();
    const second = await start();
    second.sandbox.faults.add({ kind: 'error', status: 503, path: '/service/boards', times: 40 });
    const before = second.sandbox.requests.length;
    await second.call('search_tickets', { board: 'Help Desk' });
    const asked = second.sandbox.requests.slice(before).filter(({ path }) => /\/service\/boards$/.test(path));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter(({ query }) => /conditions=id/.test(query))).toEqual([]);
  });

  it('assigns nothing to a member who was deactivated', async () => {
    const one = await start();
    await one.ok('update_ticket', { ticketId: 507, assignTo: 'Alex Chen' });
    const [{ id }] = await one.get('/system/members?conditions=identifier="achen"');
    await deactivate(one, `/system/members/${id}`);
    one.writes();
    expect(await one.refused('update_ticket', { ticketId: 490, assignTo: 'Alex Chen' })).toMatch(/inactive/);
    expect(one.writes()).toEqual([]);
  });

  it('creates nothing on a board that was deactivated', async () => {
    const one = await start();
    const ticket = { summary: 'Printer', company: 'Globex', board: 'Help Desk' };
    await one.ok('create_ticket', ticket);
    await deactivate(one, '/service/boards/1');
    one.writes();
    expect(await one.refused('create_ticket', { ...ticket, summary: 'Scanner' })).toMatch(/inactive/);
    expect(one.writes()).toEqual([]);
  });
});

describe('what was changed in Manage behind the server', () => {
  it('is taken by its new name alone, and not at all once it is gone', async () => {
    const one = await start();
    const ticket = { summary: 'Printer', company: 'Globex', board: 'Help Desk' };
    const { id } = (await one.ok('create_ticket', ticket)).structured;

    await one.ok('search_tickets', { board: 'Help Desk' });
    await changed(one, '/service/boards/1', 'name', 'Front Desk');
    expect(await one.refused('search_tickets', { board: 'Help Desk' })).toContain('Front Desk');
    expect(await one.refused('create_ticket', { ...ticket, summary: 'Scanner' })).toContain('Front Desk');

    const status = { name: 'Parked', sortOrder: 90, defaultFlag: false };
    const parked = (await one.rest('POST', '/service/boards/1/statuses', status)).body;
    await one.ok('update_ticket', { ticketId: id, status: 'Parked' });
    await one.ok('update_ticket', { ticketId: id, status: 'In Progress' });
    expect((await one.rest('DELETE', `/service/boards/1/statuses/${parked.id}`)).status).toBe(204);
    expect(await one.refused('update_ticket', { ticketId: id, status: 'Parked' })).toContain('In Progress');
    expect(await one.refused('search_tickets', { board: 'Front Desk', status: 'Parked' })).toContain('In Progress');

    const [{ id: member }] = await one.get('/system/members?conditions=identifier="achen"');
    await one.ok('search_schedule', { member: 'Alex Chen' });
    await changed(one, `/system/members/${member}`, 'lastName', 'Okafor');
    const booking = { ticketId: id, start: 'tomorrow 9am', allowConflicts: true };
    expect(await one.refused('schedule_work', { ...booking, member: 'Alex Chen' })).toContain('Alex Okafor');
    await one.ok('schedule_work', { ...booking, member: 'Alex Okafor' });
  });

  it('is taken for a word that is its name by now, and was said of another one', async () => {
    const one = await start();
    const { id } = (await one.ok('create_ticket', { summary: 'x', company: 'Globex', priority: 'low' })).structured;
    await changed(one, '/service/priorities/2', 'name', 'Priority 2 - Urgent');
    expect((await one.ok('update_ticket', { ticketId: id, priority: 'urgent' })).text).toContain('Priority 2 - Urgent');
    expect((await one.get(`/service/tickets/${id}`)).priority.id).toBe(2);
  });

  it('is what a choice from the whole is made by: the status that closes', async () => {
    const one = await start();
    const ticket = { summary: 'x', company: 'Globex', board: 'Help Desk' };
    const { id } = (await one.ok('create_ticket', ticket)).structured;
    expect((await one.ok('update_ticket', { ticketId: id, close: true, dryRun: true })).text).toMatch(/-> Closed/);
    await one.rest('POST', '/service/boards/1/statuses', { name: 'Done', sortOrder: 1, closedStatus: true });
    const [{ id: closed }] = await one.get('/service/boards/1/statuses?conditions=name="Closed"');
    await changed(one, `/service/boards/1/statuses/${closed}`, 'closedStatus', false);
    await one.ok('update_ticket', { ticketId: id, close: true });
    expect((await one.get(`/service/tickets/${id}`)).status.name).not.toBe('Closed');
  });

  it('logs no time by a work type that has another name, or in a status that forbids it by now', async () => {
    const one = await start();
    const { id } = (await one.ok('create_ticket', { summary: 'x', company: 'Globex', board: 'Help Desk' })).structured;
    const work = { ticketId: id, hours: '15 minutes', workType: 'After Hours' };
    await one.ok('log_time', { ...work, start: 'yesterday 18:00' });
    const [{ id: type }] = await one.get('/time/workTypes?conditions=name="After Hours"');
    await changed(one, `/time/workTypes/${type}`, 'name', 'Evenings');
    expect(await one.refused('log_time', { ...work, start: 'yesterday 19:00' })).toContain('Evenings');

    const [{ id: status }] = await one.get('/service/boards/1/statuses?conditions=name="New"');
    await changed(one, `/service/boards/1/statuses/${status}`, 'timeEntryNotAllowed', true);
    const later = Date.now() + 61_000;
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => later);
    const refused = await one.refused('log_time', { ...work, workType: 'Evenings', start: 'yesterday 20:00' });
    clock.mockRestore();
    expect(refused).toContain('allows no time entry');
  });

  it('is no customer for anything new once they are deleted', async () => {
    const one = await start();
    const id = await addCustomer(one, 'Zephyr Works', 'Zephyr');
    await one.ok('search_tickets', { company: 'Zephyr Works' });
    expect((await one.rest('DELETE', `/company/companies/${id}`)).status).toBe(204);
    const ticket = { summary: 'Printer', company: 'Zephyr Works', board: 'Help Desk' };
    expect(await one.refused('create_ticket', ticket)).toContain('Zephyr Works');
  });
});

describe('a customer who was named before', () => {
  it('is not written to by a name that is no longer theirs', async () => {
    const one = await start();
    const ticket = { summary: 'Printer', company: 'Globex Manufacturing', board: 'Help Desk' };
    await one.ok('create_ticket', ticket);
    const [{ id }] = await one.get(`/company/companies?conditions=${encodeURIComponent('name contains "Globex"')}`);
    await changed(one, `/company/companies/${id}`, 'name', 'Vandelay Works');
    one.writes();
    expect(await one.refused('create_ticket', { ...ticket, summary: 'Scanner' })).toContain('Globex Manufacturing');
    expect(one.writes()).toEqual([]);
    expect(await one.refused('find_unbilled', { company: 'Globex Manufacturing' })).toContain('Globex Manufacturing');
    await one.ok('find_unbilled', { company: 'Vandelay Works' });
  });

  it('is asked about when another one of that name has come', async () => {
    const one = await start();
    await one.ok('search_tickets', { company: 'Globex' });
    await addCustomer(one, 'Globex', 'Globex2');
    expect(await one.refused('search_tickets', { company: 'Globex' })).toContain('Globex2');
  });
});

describe('tables from one start to the next', () => {
  /** A server that has read the tables and stopped, and the same site behind a new one. */
  const restarted = async (between: (one: Session) => Promise<void>): Promise<Session> => {
    const one = await start();
    await one.ok('search_tickets', { board: 'Help Desk', status: 'New' });
    await one.stop();
    await between(one);
    return one.restart();
  };

  it('are checked before a call is answered', async () => {
    const next = await restarted(renameStatus);
    expect(await next.refused('search_tickets', { board: 'Help Desk', status: 'New' })).toContain('Fresh');
    await next.ok('search_tickets', { board: 'Help Desk', status: 'Fresh' });
    await next.close();
  });

  it('are checked before anything is written', async () => {
    const next = await restarted((one) => deactivate(one, '/service/boards/1'));
    next.writes();
    const ticket = { summary: 'Printer', company: 'Globex', board: 'Help Desk' };
    expect(await next.refused('create_ticket', ticket)).toMatch(/inactive/);
    expect(next.writes()).toEqual([]);
    await next.close();
  });

  it('are read by their owner alone, one file a login', async () => {
    const one = await start();
    await one.ok('search_tickets', { board: 'Help Desk' });
    await one.stop();
    expect(kept()).toHaveLength(1);
    expect(statSync(join(folder, 'names', kept()[0] ?? '')).mode & 0o777).toBe(0o600);
    const limited = await one.restart({ CWM_COMPANIES: 'Globex' });
    await limited.ok('search_tickets', { board: 'Help Desk' });
    await limited.close();
    expect(kept()).toHaveLength(2);
  });

  it('are never those of another key or another site', async () => {
    const one = await start();
    await one.ok('search_tickets', { board: 'Help Desk', status: 'New' });
    await one.stop();
    const { publicKey, privateKey } = SANDBOX.reader;
    const reader = await one.restart({ CWM_PUBLIC_KEY: publicKey, CWM_PRIVATE_KEY: privateKey });
    // Who may not read members has none at hand of somebody who may.
    expect(await reader.refused('search_tickets', { board: 'Help Desk' })).toContain('GET /system/members, status 403');
    await reader.stop();
    await reader.client.close();

    const site = await startSession({ toolsets: 'all', environment: { CWM_STATE_DIR: folder } });
    await changed(site, '/service/boards/1', 'name', 'Front Desk');
    const asked = site.sandbox.requests.length;
    expect((await site.ok('lookup_values', { table: 'boards' })).text).toContain('Front Desk');
    const boards = site.sandbox.requests.slice(asked).filter(({ path }) => path.endsWith('/service/boards'));
    expect(boards).toHaveLength(1);
    await site.close();
    expect(kept().length).toBeGreaterThan(1);
  });

  it('are read from Manage where the file is damaged', async () => {
    const one = await start();
    await one.ok('search_tickets', { board: 'Help Desk' });
    await one.stop();
    const file = join(folder, 'names', kept()[0] ?? '');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 100));
    const next = await one.restart();
    expect((await next.ok('search_tickets', { board: 'Help Desk' })).text).toContain('Help Desk');
    await next.close();
  });

  it('are not kept with CWM_KEEP_NAMES=false, and forgotten on demand', async () => {
    const one = await start({ CWM_KEEP_NAMES: 'false' });
    await one.ok('search_tickets', { board: 'Help Desk' });
    await one.stop();
    expect(existsSync(join(folder, 'names'))).toBe(false);
    const two = await one.restart({ CWM_KEEP_NAMES: 'true' });
    await two.ok('search_tickets', { board: 'Help Desk' });
    await two.close();
    forgetTables(join(folder, 'names'));
    expect(existsSync(join(folder, 'names'))).toBe(false);
  });
});
