import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const SUNDAY = new Date('2026-11-29T19:30:00Z');

let session: Session;
beforeEach(async () => {
  session = await startSession({ now: SUNDAY, toolsets: 'all' });
});
afterEach(() => session.close());

describe('a new name that another record has', () => {
  it.each([
    ['save_catalog_item', { item: 'DOCK', identifier: 'lt-14' }, 'Item 6'],
    ['save_project_phase', { project: '3', phase: 'Build', name: 'Plan' }, 'already has the phase 7 "Plan"'],
    [
      'save_marketing_group',
      { group: 'Prospects', name: 'customers' },
      'There is already marketing group 1: Customers',
    ],
    ['save_campaign', { campaign: 'Spring fair', name: 'Windows upgrade' }, 'campaign 1: Windows upgrade'],
    ['save_site', { company: '50% Off Outlet', site: 'Warehouse', name: 'Main' }, 'already has the site Main (id 12)'],
    ['update_contact', { contact: '22', firstName: 'Ines', lastName: 'Tanaka' }, 'Ines Tanaka, Globex Manufacturing'],
    ['save_configuration', { configuration: 'ACME-FIR-05', name: 'acme-fir-06' }, 'already has ACME-FIR-06'],
  ])('is refused by %s, as for a new record: %j', async (tool, input, why) => {
    expect(await session.refused(tool, input)).toContain(why);
  });

  it.each([
    ['save_project_phase', { project: '3', phase: 'Build', name: 'Plan' }],
    ['save_marketing_group', { group: 'Prospects', name: 'customers' }],
    ['save_campaign', { campaign: 'Spring fair', name: 'Windows upgrade' }],
    ['save_site', { company: '50% Off Outlet', site: 'Warehouse', name: 'Main' }],
    ['update_contact', { contact: '22', firstName: 'Ines', lastName: 'Tanaka' }],
  ])('is taken by %s with allowDuplicate', async (tool, input) => {
    await session.ok(tool, { ...input, allowDuplicate: true });
  });

  it.each([
    ['save_catalog_item', { item: 'DOCK', identifier: 'Dock' }],
    ['save_site', { company: '50% Off Outlet', site: 'Warehouse', name: 'warehouse' }],
    ['save_campaign', { campaign: 'Spring fair', name: 'Spring Fair' }],
    ['update_contact', { contact: '22', firstName: 'BEN' }],
    ['save_configuration', { configuration: 'ACME-FIR-05', name: 'Acme-Fir-05' }],
  ])('is none when it is only spelt anew: %s', async (tool, input) => {
    await session.ok(tool, input);
  });

  it.each([
    ['update_company', { company: 'Globex', name: 'Acme Corporation' }, 'Company 2 (Acme) is called Acme Corporation'],
    ['update_opportunity', { opportunity: '19', name: 'Second' }, 'Opportunity 20 of the same customer'],
    ['update_project', { project: '7', name: 'Second' }, 'Project 8 of the same customer'],
  ])('is asked about by %s, which can give two the same', async (tool, input, note) => {
    for (const name of ['First', 'Second']) {
      await session.ok('create_opportunity', { name, company: 'Globex' });
      await session.ok('create_project', { name, company: 'Globex', start: '2026-12-01', end: '2026-12-31' });
    }
    expect(await session.refused(tool, input)).toContain(note);
    expect((await session.ok(tool, { ...input, dryRun: true })).text).toMatch(/A person has to agree: .* as well/);
    expect((await session.ok(tool, { ...input, confirm: true })).text).toContain(note);
  });
});

describe('values that cannot be', () => {
  it.each([
    ['update_member', { member: 'achen', email: 'x' }, '"x" is not an e-mail address'],
    ['add_invoice_payment', { invoice: '10120', amount: 5, date: 'tomorrow' }, 'is in the future'],
    ['add_invoice_payment', { invoice: '10120', amount: 5, date: '2027-03-01' }, 'is in the future'],
    ['log_expense', { amount: 5, ticketId: 567, notes: 'Parking', date: '2026-11-30' }, 'is in the future'],
    ['log_expense', { expenseId: 2, date: '2027-03-01' }, 'is in the future'],
    ['save_configuration', { configuration: 'ACME-FIR-05', purchased: 'tomorrow' }, 'is in the future'],
    [
      'update_member',
      { member: 'achen', officePhone: '5'.repeat(20) },
      /^officePhone has 20 characters; 15 are allowed\.$/,
    ],
    ['update_schedule_entry', { entryId: 1, start: '' }, /An empty value is one that was not given\.$/],
  ])('are refused by %s: %j', async (tool, input, why) => {
    expect(await session.refused(tool, input)).toMatch(why);
  });

  it('are none where today has come', async () => {
    await session.ok('add_invoice_payment', { invoice: '10120', amount: 5, date: 'today' });
    await session.ok('log_expense', { amount: 5, ticketId: 567, notes: 'Parking', date: '2026-11-29' });
  });
});
