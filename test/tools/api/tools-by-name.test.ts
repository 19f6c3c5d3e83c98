import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session.close());

describe('direct tools outside the default list', () => {
  it.each([
    ['read an invoice by its number', 'get_invoice'],
    ['show me invoice 10018', 'get_invoice'],
    ['unpaid invoices', 'search_invoices'],
    ['who changed a ticket and when', 'get_change_history'],
    ['change the phone of a contact', 'update_contact'],
    ['receive a purchase order', 'receive_purchase_order'],
    ['turn a ticket into a project ticket', 'convert_ticket'],
  ])('are found by "%s"', async (query, tool) => {
    const { structured, text } = await session.ok('search_operations', { query });
    expect(structured.tools).toContain(tool);
    expect(text).toContain(tool);
  });

  it('come with their arguments and what runs them, before a few operations', async () => {
    const { text, structured } = await session.ok('search_operations', { query: 'change the phone of a contact' });
    expect(text).toMatch(
      /^- update_contact: Update contact, through call_write_operation; required: contact; optional: .*phone/m,
    );
    expect(structured.rows).toHaveLength(4);
    const listed = await session.ok('search_operations', { query: 'find a contact by phone' });
    expect(listed.text).toMatch(/^- search_contacts: Search contacts$/m);
  });

  it('are described with their arguments and what runs them', async () => {
    const { text } = await session.ok('describe_operation', { operation: 'search_invoices' });
    expect(text).toMatch(/call_read_operation \{"operation": "search_invoices"/);
    expect(text).toMatch(/- company: string/);
  });

  it('are described with the members of what their lists hold', async () => {
    const { text } = await session.ok('describe_operation', { operation: 'create_purchase_order' });
    expect(text).toContain('- lines: list of {product, quantity, unitCost?}, required');
    expect((await session.ok('search_operations', { query: 'order from a vendor' })).text).toContain(
      '; required: lines [{product, quantity, unitCost?}]; optional: vendor, number',
    );
  });

  it.each(['get inventory', 'getInventory', 'Get-Inventory', 'get_inventory'])('are known as %s', async (operation) => {
    expect((await session.ok('call_read_operation', { operation })).text).toMatch(/^\d+ of \d+ places/);
    expect((await session.ok('describe_operation', { operation })).text).toMatch(/^get_inventory: /);
  });

  it('are named where words are no operation', async () => {
    const operation = 'make a new contact';
    for (const input of [{ operation }, { operation, arguments: { firstName: 'Ada' } }])
      expect(await session.refused('call_write_operation', input)).toContain('Closest: the tool create_contact');
    expect(await session.refused('describe_operation', { operation })).toContain('Closest: the tool create_contact');
    expect(session.writes()).toEqual([]);
  });

  it('run as if they were listed', async () => {
    const listed = await startSession({ toolsets: 'all' });
    try {
      const direct = await listed.ok('search_invoices', { company: 'Acme Corporation' });
      const named = await session.ok('call_read_operation', {
        operation: 'search_invoices',
        arguments: { company: 'Acme Corporation' },
      });
      expect(named.text).toBe(direct.text);
      expect(named.structured).toEqual(direct.structured);
    } finally {
      await listed.close();
    }
  });

  it('take their arguments from wherever they were put', async () => {
    const company = 'Acme Corporation';
    const whole = await session.ok('call_read_operation', { operation: 'search_invoices', arguments: { company } });
    for (const input of [{ query: { company } }, { company }, { arguments: JSON.stringify({ company }) }])
      expect((await session.ok('call_read_operation', { operation: 'search_invoices', ...input })).text).toBe(
        whole.text,
      );
  });

  it.each([
    { arguments: { name: 'Weyland' }, body: { name: 'Yutani' } },
    { path: { name: 'Weyland' }, arguments: { name: 'Yutani' } },
    { arguments: { name: 'Weyland' }, name: 'Yutani' },
  ])('refuse two values for one argument: %j', async (input) => {
    session.writes();
    const text = await session.refused('call_write_operation', { operation: 'create_company', ...input });
    expect(text).toContain('name of create_company stands in two places');
    expect(session.writes()).toEqual([]);
  });

  it('refuse wrong arguments with their own words', async () => {
    const input = { operation: 'search_invoices', arguments: { compnay: 'Acme' } };
    expect(await session.refused('call_read_operation', input)).toMatch(/no argument compnay\. Did you mean company/);
  });

  it('write through the writing executor only, and ask as the tool does', async () => {
    const input = { operation: 'delete_schedule_entry', arguments: { entryId: 1 } };
    expect(await session.refused('call_read_operation', input)).toMatch(/writes; call_write_operation runs it/);
    expect(await session.refused('call_write_operation', input)).toMatch(/Delete schedule entry 1.*confirm: true/s);
    expect(session.writes()).toEqual([]);
  });

  it('take a consent and a preview beside their arguments as well as in them', async () => {
    const entry = async (): Promise<number> =>
      (
        await session.ok('schedule_work', {
          ticketId: 507,
          member: 'achen',
          start: 'tomorrow 6am',
          allowDuplicate: true,
          allowConflicts: true,
        })
      ).structured.id;
    const call = { operation: 'delete_schedule_entry' };
    const first = { ...call, arguments: { entryId: await entry() } };
    expect(await session.refused('call_write_operation', first)).toContain('confirm: true beside operation.');
    const preview = { ...first, arguments: { ...first.arguments, dryRun: true }, dryRun: false, confirm: true };
    expect((await session.ok('call_write_operation', preview)).text).toContain('nothing was sent');
    expect((await session.ok('call_write_operation', { ...first, confirm: true })).text).toContain('Deleted');
    const second = { ...call, arguments: { entryId: await entry(), confirm: true }, confirm: false };
    expect((await session.ok('call_write_operation', second)).text).toContain('Deleted');
    // A tool that never asks has no use for a consent.
    const note = {
      operation: 'add_company_note',
      arguments: { company: 'Globex', text: 'Call in May' },
      confirm: true,
    };
    expect((await session.ok('call_write_operation', note)).text).toContain('Created');
  });

  it('are named with their executor when they are called without being listed', async () => {
    await expect(session.call('search_invoices', {})).rejects.toThrow(/call_read_operation runs it/);
  });

  it('stay out of reach in read-only mode', async () => {
    const careful = await startSession({ environment: { CWM_READ_ONLY: 'true' } });
    try {
      const answer = await careful.refused('call_read_operation', {
        operation: 'convert_ticket',
        arguments: { ticketId: 1 },
      });
      expect(answer).toMatch(/convert_ticket writes, and the server is in read-only mode/);
    } finally {
      await careful.close();
    }
  });
});
