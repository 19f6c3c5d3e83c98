import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Tuesday, 24 November 2026, 16:20 in New York. */
let session: Session;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,company,marketing' });
});
afterAll(() => session.close());

const names = (rows: string[][]): string[] => rows.map(([, name]) => name ?? '');

describe('search_campaigns', () => {
  it('finds by name, type, status and what runs in a period', async () => {
    const found = async (input: Record<string, unknown>) =>
      names((await session.ok('search_campaigns', input)).structured.rows);
    expect(await found({})).toEqual(['Spring fair', 'Security awareness', 'Windows upgrade']);
    expect(await found({ query: 'fair' })).toEqual(['Spring fair']);
    expect(await found({ when: 'this week' })).toEqual(['Security awareness']);
    // A month without a year is the nearer one: what ran is asked for as often as what will run.
    expect(await found({ when: 'October' })).toEqual(['Windows upgrade']);
    expect(await found({ when: 'January' })).toEqual(['Spring fair']);
    expect(await found({ when: 'Q3' })).toEqual(['Windows upgrade']);
    expect(await found({ type: 'event', status: 'planned' })).toEqual(['Spring fair']);
    expect(await session.refused('search_campaigns', { status: 'cancelled' })).toContain('Running');
    expect(await session.refused('search_campaigns', { budget: 3 })).toContain('no argument budget');
  });
});

describe('get_campaign', () => {
  it('tells what came of it', async () => {
    const campaign = { op: 'replace', path: 'campaign', value: { id: 2 } };
    await session.rest('PATCH', '/sales/opportunities/1', [campaign]);
    await session.rest('PATCH', '/sales/activities/1', [campaign]);
    expect(await session.get('/marketing/campaigns/2/opportunities/count')).toEqual({ count: 1 });
    const { structured, text } = await session.ok('get_campaign', { name: 'security awareness' });
    const opened = await session.get('/marketing/campaigns/2/emailsOpened?pageSize=1000');
    const people = new Set(opened.map(({ contactId }: { contactId: number }) => contactId)).size;
    expect(structured).toMatchObject({
      id: 2,
      type: 'Event / Webinar',
      status: 'Running',
      audience: 'Customers (25 contacts, 9 companies)',
      opened: `${people} people (${people * 4} % of 25 sent)`,
      opportunities: [{ id: '1', status: 'Open' }],
      activities: [{ id: '1' }],
    });
    expect(structured.forms[0].contact).toMatch(/^[A-Z]\p{L}+ /u);
    expect(text).toContain('cost of budget: 1,240.00 of 1,500.00');
    expect(await session.refused('get_campaign', { campaign: 'Autumn' })).toContain('no campaign "Autumn"');
  });
});

describe('save_campaign', () => {
  const said = { name: 'Spring mailing', type: 'e-mail', subType: 'newsletter', startDate: '1 March 2027' };

  it('adds one, once', async () => {
    const preview = await session.ok('save_campaign', { ...said, dryRun: true });
    expect(preview.text).toContain('"startDate":"2027-03-01T00:00:00Z"');
    const { structured } = await session.ok('save_campaign', { ...said, audience: 'prospects', budget: 500 });
    expect(await session.get(`/marketing/campaigns/${structured.id}`)).toMatchObject({
      status: { name: 'Planned' },
      defaultGroup: { name: 'Prospects' },
      budgetCost: 500,
    });
    expect(await session.refused('save_campaign', said)).toContain(`campaign: "${structured.id}"`);
    const { start: _, ...without } = { ...said, name: 'Other', start: undefined, startDate: undefined };
    expect(await session.refused('save_campaign', without)).toContain('start is missing');
  });

  it('takes only a subtype of its type, and no end before the start', async () => {
    expect(await session.refused('save_campaign', { ...said, name: 'Other', subType: 'fair' })).toMatch(
      /Fair is a subtype of Event.*\n.*Newsletter/,
    );
    expect(await session.refused('save_campaign', { ...said, name: 'Other', end: '2027-02-01' })).toContain(
      'before it starts (2027-03-01)',
    );
    expect(await session.refused('save_campaign', { campaign: 'Spring fair', end: '2026-12-24' })).toContain(
      'before it starts',
    );
  });

  it('changes one', async () => {
    const { text } = await session.ok('save_campaign', {
      campaign: 'Spring fair',
      status: 'running',
      end: '2027-02-10',
      cost: 320,
      notes: 'Booth 12',
    });
    expect(text).toContain('status: Planned -> Running');
    expect(await session.get('/marketing/campaigns/3')).toMatchObject({
      status: { name: 'Running' },
      endDate: '2027-02-10T00:00:00Z',
      actualCost: 320,
      actualGrossMargin: -320,
      notes: 'Booth 12',
    });
    expect(await session.refused('save_campaign', { id: 3, notes: '' })).toContain('Nothing to change');
    await session.ok('save_campaign', { id: 3, clear: ['notes'] });
    expect(await session.get('/marketing/campaigns/3')).not.toHaveProperty('notes');
    expect(await session.refused('save_campaign', { id: 3 })).toContain('Nothing to change');
    await session.ok('save_campaign', { id: 3, inactive: true, confirm: true });
    expect((await session.ok('search_campaigns', { text: 'spring' })).text).toContain('Running (inactive)');
    await session.ok('save_campaign', { id: 3, inactive: false });
  });
});

describe('marketing groups', () => {
  it('are listed with their sizes, and shown with who is in them', async () => {
    const { structured } = await session.ok('search_marketing_groups', { text: 'pros' });
    expect(structured.rows).toEqual([['2', 'Prospects', '25', '9', '', '', 'Not yet customers']]);
    const { structured: group } = await session.ok('search_marketing_groups', { group: 'prospects' });
    expect(group.contacts).toHaveLength(25);
    expect(group.contacts[0]).toMatchObject({ id: '1', note: 'From the list of contacts' });
    expect(group.companies[0]).toMatchObject({ id: '4', name: 'Bob\'s "Best" Burgers' });
  });

  it('are made with their first members', async () => {
    const said = { name: 'VIP', description: 'Best customers', companies: ['Acme Corporation', 'Globex'] };
    const preview = await session.ok('save_marketing_group', { ...said, dryRun: true });
    expect(preview.text).toMatch(
      /company Acme Corporation \(id 2\) added\ncompany Globex Manufacturing \(id 7\) added/,
    );
    const { structured } = await session.ok('save_marketing_group', said);
    const rows = await session.get(`/marketing/groups/${structured.id}/companies`);
    expect(rows.map(({ id }: { id: number }) => id)).toEqual([2, 7]);
    expect((await session.ok('get_company', { company: 'Acme Corporation' })).structured.groups).toBe('VIP');
    expect(await session.refused('save_marketing_group', said)).toContain(`group: "${structured.id}"`);
    expect(await session.refused('save_marketing_group', { description: 'x' })).toContain('Send name for a new group');
  });

  it('take and lose members, each once', async () => {
    const { text } = await session.ok('save_marketing_group', {
      group: 'vip',
      addContacts: ['grace.keller@acme.example', 'nadia.novak@acme.example'],
      companies: 'Acme Corporation',
    });
    expect(text).toContain('contact Nadia Novak (id 6) added');
    expect(text).toContain('company Acme Corporation (id 2) is already in it');
    const out = await session.ok('save_marketing_group', {
      group: 'VIP',
      companies: ['Globex', 'Initech'],
      remove: true,
    });
    expect(out.text).toContain('company Globex Manufacturing (id 7) removed');
    expect(out.text).toMatch(/company Initech.* is not in it/);
    const [group] = await session.get('/marketing/groups?conditions=name="VIP"');
    const ids = async (list: string) =>
      (await session.get(`/marketing/groups/${group.id}/${list}`)).map(({ id }: { id: number }) => id);
    expect(await ids('companies')).toEqual([2]);
    expect(await ids('contacts')).toEqual([5, 6]);
    const again = { group: 'VIP', contacts: 'nadia.novak@acme.example' };
    expect(await session.refused('save_marketing_group', again)).toContain('is already in it');
    expect(await session.refused('save_marketing_group', { group: 'VIP', contacts: 'Grace Keller' })).toContain(
      'fits several',
    );
    expect(await session.refused('save_marketing_group', { group: 'VIP', remove: true })).toContain(
      'those to take out',
    );
    expect(await session.refused('save_marketing_group', { name: 'New', contacts: [5], remove: true })).toContain(
      'Send group',
    );
  });

  it('ask before many members change, and are shown a page at a time', async () => {
    const many = Array.from({ length: 30 }, (_, index) => String(index + 20));
    const asked = await session.refused('save_marketing_group', { group: 'VIP', contacts: many });
    expect(asked).toContain('Change 30 members of the marketing group VIP?');
    await session.ok('save_marketing_group', { group: 'VIP', contacts: many, confirm: true });
    const { structured, text } = await session.ok('search_marketing_groups', { group: 'VIP' });
    expect(structured.contacts).toHaveLength(25);
    expect(text).toContain('more: page: 2');
    const second = await session.ok('search_marketing_groups', { group: 'VIP', page: 2 });
    expect(second.structured.contacts).toHaveLength(7);
    expect(second.text).not.toContain('more:');
  });

  it('are renamed and retired', async () => {
    const { structured } = await session.ok('save_marketing_group', { group: 'VIP', name: 'A list', inactive: true });
    expect(await session.get(`/marketing/groups/${structured.id}`)).toMatchObject({
      name: 'A list',
      inactiveFlag: true,
    });
    await session.ok('save_marketing_group', { group: structured.id, inactive: false });
    expect((await session.ok('search_marketing_groups', { group: 'A list' })).structured.id).toBe(structured.id);
  });
});
