import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

let session: Session;
let id: number;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,company' });
});
afterAll(() => session.close());
beforeEach(async () => {
  const { body } = await session.rest('POST', '/company/contacts', {
    firstName: 'Wilma',
    lastName: 'Otto',
    company: { id: 2 },
    communicationItems: [
      { type: { id: 1 }, value: 'wilma@acme.example', communicationType: 'Email', defaultFlag: true },
      { type: { id: 2 }, value: '5185550123', communicationType: 'Phone', defaultFlag: true },
    ],
    types: [{ id: 1 }],
  });
  id = body.id;
});

const contact = async () => (await session.rest('GET', `/company/contacts/${id}`)).body;
/** `Email wilma@acme.example *`: the star marks the default of its kind. */
const items = async (): Promise<string[]> =>
  ((await contact()).communicationItems ?? []).map(
    (item: { type: { name: string }; value: string; defaultFlag: boolean }) =>
      `${item.type.name} ${item.value}${item.defaultFlag ? ' *' : ''}`,
  );
const update = (input: Record<string, unknown>) =>
  session.call('update_contact', { contact: String(id), allowDuplicate: true, ...input });

describe('update_contact', () => {
  it('replaces the default address and number, and leaves the others', async () => {
    const { text } = await update({ email: 'w.otto@acme.example', phone: '5185550999', mobile: '5185550777' });
    expect(text).toContain('Email: wilma@acme.example -> w.otto@acme.example');
    expect(text).toContain('Phone: 5185550123 -> 5185550999');
    expect(text).toContain('Phone: - -> 5185550777');
    expect(await items()).toEqual(['Email w.otto@acme.example *', 'Direct 5185550999 *', 'Mobile 5185550777']);
    await update({ mobile: '5185550778' });
    expect(await items()).toEqual(['Email w.otto@acme.example *', 'Direct 5185550999 *', 'Mobile 5185550778']);
  });

  it('adds a number, makes an existing one the default, and removes one however it is written', async () => {
    await update({ add: [{ value: 'wilma@home.example' }, { value: '5185550200', type: 'Fax' }] });
    expect(await items()).toEqual([
      'Email wilma@acme.example *',
      'Direct 5185550123 *',
      'Email wilma@home.example',
      'Fax 5185550200 *',
    ]);
    const { text } = await update({ email: 'WILMA@home.example' });
    expect(text).toContain('default Email: wilma@acme.example -> wilma@home.example');
    await update({ remove: ['(518) 555-0123', 'wilma@home.example'] });
    expect(await items()).toEqual(['Email wilma@acme.example *', 'Fax 5185550200 *']);
  });

  it('removes a number however much of it is stored, and nothing for a text that is none', async () => {
    await update({ add: [{ value: '+44 20 7946 0958' }, { value: '5185550124 ext. 7' }] });
    await update({ remove: ['+1 518 555 0123', '020 7946 0958', '(518) 555-0124 x7', 'WILMA@Acme.example'] });
    expect(await items()).toEqual([]);
    await update({ phone: '5185550123' });
    expect((await update({ remove: ['fax'] })).text).toContain(`no "fax"`);
    expect(await items()).toEqual(['Direct 5185550123 *']);
  });

  it('removes a number of every type that it stands under', async () => {
    await update({ mobile: '5185550123' });
    expect(await items()).toContain('Mobile 5185550123');
    await update({ remove: ['(518) 555-0123'] });
    expect(await items()).toEqual(['Email wilma@acme.example *']);
  });

  it('keeps the number of a mobile when another phone is set, and loses none that was said', async () => {
    await update({ remove: ['5185550123'], mobile: '0825550111' });
    expect(await items()).toEqual(['Email wilma@acme.example *', 'Mobile 0825550111 *']);
    await update({ phone: '0315550222', mobile: '0835550333' });
    expect(await items()).toEqual(['Email wilma@acme.example *', 'Mobile 0835550333', 'Direct 0315550222 *']);
    const before = await items();
    expect((await update({ phone: '0835550333', mobile: '0845550000' })).text).toMatch(
      /"0835550333" is what another argument of this call replaces/,
    );
    expect((await update({ phone: '0315550999', remove: ['0315550999'] })).isError).toBe(true);
    await update({ add: [{ value: '0315550444' }] });
    expect((await update({ phone: '0315550444', remove: ['0315550444'] })).text).toContain('set by another argument');
    expect((await update({ phone: 'ext 44' })).text).toContain('an extension alone');
    expect(await items()).toEqual([...before, 'Direct 0315550444']);
    // The mobile becomes the default for a moment, and is not what the new phone replaces.
    await update({ phone: '0315550009', remove: ['0315550222', '0315550444'] });
    expect(await items()).toEqual(['Email wilma@acme.example *', 'Mobile 0835550333', 'Direct 0315550009 *']);
  });

  it('is the same when it is sent twice', async () => {
    await update({ email: 'twice@acme.example' });
    session.writes();
    expect((await update({ email: 'twice@acme.example' })).text).toMatch(/Already so: email\. Nothing was/);
    expect(session.writes()).toEqual([]);
  });

  it('sets names, types, site and custom fields, clears on purpose only, and moves to another company', async () => {
    const { text } = await update({
      title: 'Head of IT',
      types: ['Approver', 'billing'],
      customFields: { Assistant: 'Joe' },
      moveTo: 'Globex',
      site: 'Main',
    });
    expect(text).toContain('company: Acme Corporation -> Globex Manufacturing');
    const stored = await contact();
    expect(stored).toMatchObject({ title: 'Head of IT', company: { name: 'Globex Manufacturing' } });
    expect(stored.types.map(({ name }: { name: string }) => name).sort()).toEqual(['Approver', 'Billing']);
    expect(stored.customFields[0]).toMatchObject({ caption: 'Assistant', value: 'Joe' });
    const site = await session.rest('GET', `/company/companies/${stored.company.id}/sites/${stored.site.id}`);
    expect(site.status).toBe(200);
    await update({ title: '', lastName: 'Otter' });
    expect(await contact()).toMatchObject({ title: 'Head of IT', lastName: 'Otter' });
    await update({ clear: ['title', 'types'] });
    expect((await contact()).title).toBeUndefined();
    expect((await contact()).types ?? []).toEqual([]);
    expect((await update({ clear: ['title'], title: 'CTO' })).text).toMatch(/title is both set and cleared/);
  });

  it('makes inactive once a person agreed and, by id, active again', async () => {
    expect((await update({ inactive: true })).text).toMatch(
      /Make contact \d+ \(Wilma Otto, Acme Corporation\) inactive\?/,
    );
    expect((await contact()).inactiveFlag).toBe(false);
    await update({ inactive: true, confirm: true });
    expect((await contact()).inactiveFlag).toBe(true);
    expect((await session.call('get_contact', { contact: String(id) })).text).toContain('inactive: yes');
    await update({ inactive: false });
    expect((await contact()).inactiveFlag).toBe(false);
  });

  it.each([
    [{ remove: ['nobody@acme.example'] }, /no "nobody@acme.example"\.\nAllowed: wilma@acme\.example, 5185550123/],
    [{ add: [{ value: 'wilma@acme.example' }] }, /already has "wilma@acme.example"/],
    [{ email: 'no address' }, /is not an e-mail address/],
    [{ email: 'nadia.novak@acme.example', allowDuplicate: false }, /belongs to contact 6 \(Nadia Novak, Acme/],
    [{ types: ['Boss'] }, /types.*End User/s],
    [{ emial: 'x@y.z' }, /Did you mean email/],
    [{ add: [{ value: '555', type: 'Pager' }] }, /communication type "Pager"/],
    [{}, /Nothing to change/],
  ])('refuses %j and sends nothing', async (input, message) => {
    session.writes();
    const { text, isError } = await update(input);
    expect(isError).toBe(true);
    expect(text).toMatch(message);
    expect(session.writes()).toEqual([]);
  });

  it('previews with dryRun what it would send', async () => {
    session.writes();
    const { text } = await update({ email: 'new@acme.example', inactive: true, dryRun: true });
    expect(text).toContain('inactiveFlag: false -> true');
    expect(text).toContain('Email: wilma@acme.example -> new@acme.example');
    expect(text).toMatch(/A person has to agree: Make contact \d+/);
    expect(session.writes()).toEqual([]);
  });
});

describe('get_contact', () => {
  it('shows every way to reach the contact, notes and what is theirs', async () => {
    await session.call('add_company_note', { contact: String(id), text: 'Prefers mail\u202e', type: 'Documentation' });
    const { text, structured } = await session.call('get_contact', { contact: String(id) });
    expect(structured.communications).toEqual([
      { type: 'Email', value: 'wilma@acme.example', default: 'yes' },
      { type: 'Direct', value: '5185550123', default: 'yes' },
    ]);
    expect(text).toMatch(/types: End User/);
    expect(text).toMatch(/<<[0-9a-f]{8}\nPrefers mail\n/);
  });
});

describe('add_company_note', () => {
  it('writes on a company once, with its type', async () => {
    const note = { company: 'Initech', text: 'Gate code is changed every month', type: 'documentation', flagged: true };
    const { structured } = await session.call('add_company_note', note);
    const { body } = await session.rest('GET', `/company/companies/8/notes/${structured.id}`);
    expect(body).toMatchObject({ text: note.text, type: { name: 'Documentation' }, flagged: true });
    expect((await session.call('add_company_note', note)).text).toMatch(/already has this note \(id \d+\)/);
    expect((await session.call('get_company', { company: 'Initech', notes: true })).text).toContain(note.text);
    expect((await session.call('add_company_note', { text: 'x' })).text).toMatch(/Send company, or contact/);
  });
});

describe('save_site', () => {
  it('adds a site once, with the state by code, and changes it by name', async () => {
    const site = { company: 'Hooli Media', name: 'Dock 4', city: 'Troy', state: 'ny', defaultFor: ['shipping'] };
    const { structured, text } = await session.call('save_site', site);
    expect(text).toMatch(/^Created site \d+: Dock 4, Hooli Media/);
    const path = `/company/companies/12/sites/${structured.id}`;
    expect((await session.rest('GET', path)).body).toMatchObject({
      stateReference: { name: 'New York' },
      defaultShippingFlag: true,
    });
    expect((await session.call('save_site', site)).text).toMatch(/already has the site Dock 4 .* Send site: "\d+"/);
    const changed = await session.call('save_site', {
      company: 'Hooli',
      site: 'Dock 4',
      state: 'Vermont',
      clear: ['city'],
      address: '7 Quay\nGate B',
    });
    expect((await session.rest('GET', path)).body).toMatchObject({ addressLine1: '7 Quay', addressLine2: 'Gate B' });
    const moved = await session.call('save_site', { company: 'Hooli', site: 'Dock 4', address: '9 Quay' });
    expect(moved.text).toContain('addressLine2: Gate B -> -');
    expect(changed.text).toContain('stateReference: New York -> Vermont');
    const stored = (await session.rest('GET', path)).body;
    expect(stored.city).toBeUndefined();
    await session.ok('save_site', { company: 'Hooli', site: String(structured.id), inactive: true, confirm: true });
    expect((await session.call('get_company', { company: 'Hooli' })).text).toMatch(/Dock 4, inactive/);
  });

  it.each([
    [{ company: 'Hooli', city: 'Troy' }, /Send name for a new site, or site for the one to change/],
    [{ company: 'Hooli', name: 'X', state: 'Atlantis' }, /state: there is no state "Atlantis"/],
    [{ company: 'Hooli', name: 'X', defaultFor: ['parking'] }, /defaultFor/],
  ])('refuses %j', async (input, message) => {
    session.writes();
    expect((await session.call('save_site', input)).text).toMatch(message);
    expect(session.writes()).toEqual([]);
  });
});

describe('update_company_team', () => {
  const team = async (): Promise<string[]> =>
    (await session.rest('GET', '/company/companies/9/teams')).body.map(
      (row: { teamRole: { name: string }; member: { name: string }; accountManagerFlag: boolean }) =>
        `${row.teamRole.name} ${row.member.name} ${row.accountManagerFlag}`,
    );

  it('sets, adds and removes who has a role', async () => {
    const role = { company: 'Umbra', role: 'account manager' };
    const set = await session.call('update_company_team', { ...role, member: 'klind' });
    expect(set.text).toContain('Account Manager: Blake West -> Kaja Lind');
    await session.call('update_company_team', { ...role, member: 'Jordan Doe', action: 'add' });
    expect(await team()).toEqual(
      expect.arrayContaining(['Account Manager Kaja Lind true', 'Account Manager Jordan Doe true']),
    );
    const several = await session.refused('update_company_team', { ...role, action: 'remove' });
    expect(several).toMatch(/Several are Account Manager of Umbra.*Kaja Lind, Jordan Doe/s);
    await session.call('update_company_team', { ...role, member: 'jdoe' });
    expect((await team()).filter((row) => row.startsWith('Account'))).toEqual(['Account Manager Jordan Doe true']);
    session.writes();
    expect((await session.call('update_company_team', { ...role, member: 'jdoe' })).text).toMatch(/Nothing to change/);
    expect(session.writes()).toEqual([]);
    const [place] = (await session.rest('GET', '/company/companies/9/teams')).body.filter(
      (row: { teamRole: { name: string } }) => row.teamRole.name === 'Account Manager',
    );
    const [contact] = (await session.rest('GET', '/company/contacts?conditions=company/id=9')).body;
    const both = [{ op: 'replace', path: 'contact', value: { id: contact.id } }];
    await session.rest('PATCH', `/company/companies/9/teams/${place.id}`, both);
    const beside = await session.call('update_company_team', { ...role, member: 'klind' });
    expect(beside.text).toContain(
      `Account Manager: Jordan Doe -> Kaja Lind (${contact.firstName} ${contact.lastName} stays Account Manager)`,
    );
    // Who was not named keeps the place.
    const off = await session.call('update_company_team', { ...role, contact: String(contact.id), action: 'remove' });
    expect(off.text).toContain('is no longer Account Manager (Kaja Lind stays Account Manager)');
    const left = await session.get(`/company/companies/9/teams/${place.id}`);
    expect([left.member.name, left.contact]).toEqual(['Kaja Lind', undefined]);
    await session.call('update_company_team', { ...role, action: 'remove' });
    expect((await team()).filter((row) => row.startsWith('Account'))).toEqual([]);
    expect((await session.call('update_company_team', { ...role, action: 'remove' })).text).toMatch(/nobody is/);
  });

  it.each([
    [{ company: 'Umbra', role: 'Boss', member: 'jdoe' }, /no team role "Boss".*Account Manager/s],
    [{ company: 'Umbra', role: 'Account Manager' }, /member is missing/],
    [{ company: 'Umbra', role: 'Account Manager', member: 'jdoe', contact: '1' }, /contact|member/],
  ])('refuses %j', async (input, message) => {
    session.writes();
    const { text, isError } = await session.call('update_company_team', input);
    expect(isError).toBe(true);
    expect(text).toMatch(message);
    expect(session.writes()).toEqual([]);
  });
});
