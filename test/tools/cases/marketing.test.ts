import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const NOW = new Date('2026-11-29T19:30:00Z');

let session: Session;
beforeAll(async () => {
  session = await startSession({ now: NOW, toolsets: 'all' });
});
afterAll(() => session.close());

describe('a campaign', () => {
  const input = { name: 'Winter mailing', type: 'e-mail', subType: 'newsletter', start: 'Monday', end: 'Friday' };

  it('is made once, unless the same is meant again', async () => {
    const { structured } = await session.ok('save_campaign', input);
    expect(await session.get(`/marketing/campaigns/${structured.id}`)).toMatchObject({
      startDate: '2026-11-30T00:00:00Z',
      endDate: '2026-12-04T00:00:00Z',
    });
    expect(await session.refused('save_campaign', input)).toContain('allowDuplicate: true');
    const again = await session.ok('save_campaign', { ...input, allowDuplicate: true });
    expect(again.structured.id).not.toBe(structured.id);
  });

  it('loses only what is cleared', async () => {
    const campaign = 'Spring fair';
    await session.ok('save_campaign', { campaign, notes: 'Booth 12', budgetCost: 900, group: 'Prospects' });
    await session.ok('save_campaign', { campaign, notes: '', group: '', member: '', end: null, actualCost: 20 });
    const stored = async () => (await session.get('/marketing/campaigns?conditions=name="Spring fair"'))[0];
    expect(await stored()).toMatchObject({ notes: 'Booth 12', defaultGroup: { name: 'Prospects' }, actualCost: 20 });
    const { text } = await session.ok('save_campaign', { campaign, clear: ['notes', 'group', 'end'] });
    expect(text).toMatch(/defaultGroup: Prospects -> -/);
    const { notes, defaultGroup, endDate, budgetCost } = await stored();
    expect([notes, defaultGroup, endDate, budgetCost]).toEqual([undefined, undefined, undefined, 900]);
  });
});

describe('a marketing group', () => {
  it('is made with its members once', async () => {
    const input = { name: 'Board', contacts: ['grace.keller@acme.example'], companies: 'Globex, Initech' };
    session.sandbox.faults.add({ kind: 'reset-after', method: 'POST', path: '/companies' });
    const { structured, text } = await session.ok('save_marketing_group', input);
    expect(text).toMatch(/contact Grace Keller \(id 5\) added/);
    expect(await session.get(`/marketing/groups/${structured.id}/companies`)).toHaveLength(2);
    expect(await session.refused('save_marketing_group', input)).toContain('allowDuplicate: true');
  });

  it('loses a few members without a question and names them; many only after one', async () => {
    const input = { group: 'Board', remove: true };
    const preview = await session.ok('save_marketing_group', { ...input, companies: ['Globex'], dryRun: true });
    expect(preview.text).toMatch(/company Globex Manufacturing \(id 7\) removed/);
    await session.ok('save_marketing_group', { ...input, companies: ['Globex'] });
    const contacts = await session.get('/marketing/groups/2/contacts?pageSize=12');
    const many = { group: 'Prospects', remove: true, contacts: contacts.map(({ id }: { id: number }) => String(id)) };
    const asked = await session.refused('save_marketing_group', many);
    expect(asked).toContain('Change 12 members of the marketing group Prospects?');
  });

  it('keeps a description that is empty, and clears one that is cleared', async () => {
    const stored = async () => (await session.get('/marketing/groups/2')).publicDescription;
    const before = await stored();
    await session.ok('save_marketing_group', { group: 'Prospects', description: '', public: true });
    expect(await stored()).toBe(before);
    await session.ok('save_marketing_group', { group: 'Prospects', clear: ['description'] });
    expect(await stored()).toBeUndefined();
  });

  it('is finished by the same call when its making broke off, and refused once it is whole', async () => {
    const input = { name: 'Broken off', contacts: ['5', '6'], companies: ['Globex'] };
    session.sandbox.faults.add({ kind: 'error', method: 'POST', path: '/companies' });
    const broken = await session.call('save_marketing_group', input);
    expect(broken.text).toMatch(/Done: create the record.*Not done: company Globex/s);
    session.writes();
    const finished = await session.ok('save_marketing_group', input);
    expect(finished.text).toMatch(/^Finished what an earlier call began: marketing group \d+: Broken off/);
    expect(session.writes()).toEqual([expect.stringMatching(/^POST .*\/companies$/)]);
    const { id } = finished.structured;
    expect(await session.get(`/marketing/groups/${id}/contacts`)).toHaveLength(2);
    expect(await session.refused('save_marketing_group', input)).toMatch(/There is already marketing group/);
  });
});
