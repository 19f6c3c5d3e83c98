import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { levelsOf } from '../../../tools/system/support/callback-targets.ts';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,system' });
});
afterAll(() => session.close());

const URL_ = 'https://hooks.northwind-it.example/new?recordId=';
const stored = async (id: number) => (await session.rest('GET', `/system/callbacks/${id}`)).body;

describe('list_callbacks', () => {
  it('says what each is about by name, whether it is on, and hides keys in addresses', async () => {
    const url = 'https://hooks.northwind-it.example/x?apiKey=s3cr3t&recordId=';
    await session.rest('POST', '/system/callbacks', { url, type: 'ticket', level: 'board', objectId: 1 });
    const { text } = await session.call('list_callbacks');
    expect(text).toContain('Ticket | Board | Help Desk | https://hooks.northwind-it.example/tickets?recordId= | on');
    expect(text).toMatch(/Company \| Owner \| everything \| .* \| off \| Old dashboard/);
    expect(text).toContain('ticket | board | Help Desk');
    expect(text).toContain('apiKey=hidden');
    expect(text).not.toContain('s3cr3t');
  });
});

describe('save_callback', () => {
  it.each([
    [{ type: 'Ticket', level: 'Board', object: 'Help Desk' }, 'Ticket', 'Board', 'Help Desk'],
    [{ type: 'ticket', level: 'status', object: 'New', board: 'Help Desk' }, 'Ticket', 'Status', undefined],
    [{ type: 'Company', level: 'company', object: 'Acme' }, 'Company', 'Company', 'Acme'],
    [{ type: 'Member', level: 'securityrole', object: 'Technician' }, 'Member', 'SecurityRole', undefined],
    [{ type: 'Project', level: 'all' }, 'Project', 'Owner', undefined],
    [{ entity: 'Opportunity', level: 'Status', object: 'Open' }, 'Opportunity', 'StatusId', undefined],
    [{ type: 'Ticket', object: 3 }, 'Ticket', 'Ticket', undefined],
  ])('registers %j', async (input, type, level, name) => {
    const { text, structured, isError } = await session.call('save_callback', { url: URL_, ...input, confirm: true });
    expect(isError, text).toBe(false);
    expect(await stored(structured.id)).toMatchObject({ type, level, url: URL_, inactiveFlag: false });
    if (name !== undefined) expect((await session.call('list_callbacks')).text).toContain(`${level} | ${name}`);
  });

  it('refuses a duplicate, and gives its number, even when it is switched off', async () => {
    const again = { url: URL_, type: 'Ticket', level: 'Board', object: 'Help Desk' };
    session.writes();
    expect((await session.call('save_callback', again)).text).toMatch(/already exists: callback \d+/);
    const old = { url: 'https://dashboard.northwind-it.example/companies?recordId=', type: 'Company' };
    const { text } = await session.call('save_callback', old);
    const [, id] = /callback: (\d+), active: true/.exec(text) ?? [];
    expect(session.writes()).toEqual([]);
    const on = await session.call('save_callback', { id, enabled: 'true', confirm: true });
    expect(on.text).toContain('inactiveFlag: true -> false');
    expect((await stored(Number(id))).inactiveFlag).toBe(false);
  });

  it('asks before records go somewhere new, and says what and where', async () => {
    const input = { url: 'https://new.northwind-it.example/t?token=s3cr3t&recordId=', type: 'Ticket', object: '4' };
    const asked = await session.refused('save_callback', input);
    expect(asked).toContain('Send Ticket records (Ticket: 4) to https://new.northwind-it.example/t?token=hidden');
    expect(asked).toContain('confirm: true');
  });

  it('switches off and describes without asking, and empties a description when told to', async () => {
    const made = await session.ok('save_callback', { url: URL_, type: 'Agreement', confirm: true });
    const { id } = made.structured;
    await session.ok('save_callback', { callback: id, active: false, description: 'Billing' });
    expect(await stored(id)).toMatchObject({ inactiveFlag: true, description: 'Billing' });
    await session.ok('save_callback', { callback: id, clear: ['description'] });
    expect((await stored(id)).description ?? '').toBe('');
    expect(await session.refused('save_callback', { callback: id, active: true })).toContain('confirm: true');
  });

  it('takes the type of the callback that it changes', async () => {
    const made = await session.ok('save_callback', { url: URL_, type: 'Contact', confirm: true });
    const { id } = made.structured;
    await session.ok('save_callback', { callback: id, level: 'Company', object: 'Globex', confirm: true });
    expect(await stored(id)).toMatchObject({ type: 'Contact', level: 'Company' });
  });

  it('keeps the level of the callback that it changes', async () => {
    const [{ id }] = await session.get('/system/callbacks?conditions=level="Board"');
    await session.ok('save_callback', { callback: id, object: 'Internal', confirm: true });
    expect(await stored(id)).toMatchObject({ type: 'Ticket', level: 'Board', objectId: 4 });
    await session.ok('save_callback', { callback: id, board: 'Help Desk', confirm: true });
    expect(await stored(id)).toMatchObject({ type: 'Ticket', level: 'Board', objectId: 1 });
    session.writes();
    const same = await session.ok('save_callback', { callback: id, type: 'Ticket' });
    expect(same.text).toContain('Already so: type. Nothing was changed.');
    expect(session.writes()).toEqual([]);
  });

  it('does not show the key of an old address when it changes', async () => {
    const url = 'https://old.northwind-it.example/x?apiKey=s3cr3t&recordId=';
    const made = await session.ok('save_callback', { url, type: 'Configuration', confirm: true });
    const change = { callback: made.structured.id, url: URL_, confirm: true };
    for (const input of [{ ...change, dryRun: true }, change])
      expect((await session.ok('save_callback', input)).text).not.toContain('s3cr3t');
  });

  it('changes where one is told, with a preview', async () => {
    const made = await session.call('save_callback', { url: URL_, type: 'Time', confirm: true });
    const change = { callback: made.structured.id, url: 'https://other.northwind-it.example/time' };
    session.writes();
    expect((await session.call('save_callback', { ...change, dryRun: true })).text).toContain('Dry run');
    expect(session.writes()).toEqual([]);
    const { text } = await session.call('save_callback', { ...change, confirm: true });
    expect(text).toContain("Manage appends the record's id");
    expect((await stored(made.structured.id)).url).toBe(change.url);
  });

  it.each([
    [{ type: 'Ticket', url: 'http://hooks.example.com/' }, /https address/],
    [{ type: 'Ticket', url: 'hooks.example.com' }, /https address/],
    [{ type: 'Ticket', url: 'https://jo:pw@hooks.example.com/' }, /user name or password/],
    [{ type: 'Ticket' }, /url is missing/],
    [{ url: URL_ }, /type is missing/],
    [{ url: URL_, level: 'Board', object: 'Help Desk' }, /type is missing: level depends on it/],
    [{ url: URL_, type: 'Tocket' }, /type has to be one of/],
    [{ url: URL_, type: 'Ticket', level: 'Company', object: 'Acme' }, /no level "Company".*Owner, Board, Project/s],
    [{ url: URL_, type: 'Ticket', level: 'Board' }, /which Board/],
    [{ url: URL_, type: 'Ticket', level: 'Board', object: 'Helpdesc' }, /object|created|already/i],
    [{ url: URL_, type: 'Ticket', level: 'Status', object: 'New' }, /send board as well/],
    [{ url: URL_, type: 'Invoice', level: 'Invoice', object: 'March' }, /whole number/],
  ])('refuses %j', async (input, message) => {
    const { text } = await session.call('save_callback', input);
    expect(text).toMatch(message);
  });

  it('takes every level that Manage documents, and no other', async () => {
    const documented: Record<string, string> = {
      Activity: 'Owner, Status, Type, Company, Activity',
      Agreement: 'Owner, Type, Company, Agreement',
      Company: 'Owner, Status, Type, Territory, Company, IntegratorTag',
      Contact: 'Owner, Type, Territory, Company, Contact',
      Configuration: 'Owner, Type, Status, Configuration',
      Invoice: 'Owner, Status, Company, Invoice',
      Expense: 'Owner, ChargeToType, Type, Class, Company, Expense',
      Member: 'Owner, Location, SecurityRole, Member',
      Opportunity: 'Owner, StatusId, Company, Opportunity',
      ProductCatalog: 'Owner',
      Project: 'Owner, Status, Board, Project',
      PurchaseOrder: 'Owner, Status, Vendor, Company, PurchaseOrder',
      Schedule: 'Owner, Status, Type, Location, Member, Schedule',
      Ticket: 'Owner, Board, Project, Phase, Status, Ticket, IntegratorTag',
      Time: 'Owner, Company, Time',
    };
    for (const [type, levels] of Object.entries(documented)) expect(levelsOf(type as never).join(', ')).toBe(levels);
  });
});

describe('a callback that was saved', () => {
  it('is called when a ticket of its board changes', async () => {
    const told: string[] = [];
    const server = createServer((request, response) => {
      told.push(String(request.url));
      response.end();
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?recordId=`;
      const saved = await session.call('save_callback', {
        url,
        type: 'Ticket',
        level: 'Ticket',
        object: '3',
        confirm: true,
      });
      expect(saved.isError, saved.text).toBe(false);
      await session.call('update_ticket', { ticketId: 3, summary: 'Renamed for the webhook' });
      await vi.waitFor(() => expect(told).toContain('/hook?recordId=3&action=updated'), 5_000);
    } finally {
      await new Promise((closed) => server.close(closed));
    }
  });
});

describe('delete_callback', () => {
  it('asks first', async () => {
    const { structured } = await session.call('save_callback', { url: URL_, type: 'Expense', confirm: true });
    const { id } = structured;
    const asked = await session.call('delete_callback', { callbackId: id });
    expect(asked.text).toMatch(/Delete callback \d+ \(Expense Owner to https/);
    expect((await stored(id)).id).toBe(id);
    await session.call('delete_callback', { callback: id, confirm: true });
    expect((await session.rest('GET', `/system/callbacks/${id}`)).status).toBe(404);
    expect((await session.call('delete_callback', { callback: id, confirm: true })).text).toMatch(/not found/i);
  });
});
