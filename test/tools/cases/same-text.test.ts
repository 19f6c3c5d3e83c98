import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'all' });
});
afterAll(() => session.close());

const opportunity = { company: 'Globex', closes: '2027-01-29' };
const project = { company: 'Globex', start: '2027-01-04', end: '2027-02-05' };
const campaign = { type: 'Email', subType: 'Newsletter', start: '2027-01-04' };

describe('a duplicate is one however it is written', () => {
  it.each([
    ['create_ticket', 'summary', { company: 'Globex' }, 'Café VPN: down!', ' cafe vpn down'],
    ['create_opportunity', 'name', opportunity, 'Réseau 2027', 'RESEAU  2027 '],
    ['create_project', 'name', project, 'Roll-out Süd', 'roll-out sud'],
    ['save_project_phase', 'name', { project: '1' }, 'Phase Übergabe', 'phase ubergabe'],
    ['create_invoice', 'reference', { company: 'Globex' }, 'R1', 'r1 '],
    ['save_activity', 'name', { company: 'Globex' }, "Call O'Brien", 'call obrien'],
    ['save_site', 'name', { company: 'Globex', city: 'Utica' }, 'Werk Süd', 'werk  sud'],
    ['save_marketing_group', 'name', {}, 'Friends & Partners', 'friends and partners'],
    ['save_campaign', 'name', campaign, 'Spring-Offer', 'spring offer'],
    ['create_contact', 'lastName', { firstName: 'Zoë', company: 'Globex' }, 'Müller', 'MULLER'],
    ['create_company', 'name', {}, 'Zürich Bakery', 'zurich bakery, Inc.'],
    ['add_company_note', 'text', { company: 'Globex' }, 'Closed on Fridays.', 'closed on fridays'],
    ['add_project_note', 'text', { project: '1' }, 'Keys at the desk.', 'keys at the desk'],
    ['add_ticket_note', 'text', { ticketId: 7, kind: 'internal' }, 'Tried again.', 'tried again'],
    ['save_ticket_task', 'text', { ticketId: 7 }, 'Order a cable', 'order a cable!'],
    ['add_agreement_adjustment', 'description', { agreement: '2', amount: 5 }, 'Goodwill, May', 'goodwill may'],
  ] as const)('%s by %s', async (tool, argument, input, ...[first, again]) => {
    await session.ok(tool, { ...input, [argument]: first });
    expect(await session.refused(tool, { ...input, [argument]: again })).toMatch(/allowDuplicate: true|already/);
  });

  it('but digits never bend: 2027 is not 2026, R1 is not R11', async () => {
    await session.ok('create_opportunity', { ...opportunity, name: 'Refresh 2026' });
    await session.ok('create_opportunity', { ...opportunity, name: 'Refresh 2027' });
    await session.ok('create_invoice', { company: 'Umbra', reference: 'R1' });
    await session.ok('create_invoice', { company: 'Umbra', reference: 'R11' });
    await session.ok('create_invoice', { company: 'Umbra', reference: 'R 1.1' });
  });
});
