import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Sunday, 29 November 2026, 14:30 in New York. */
const NOW = new Date('2026-11-29T19:30:00Z');

let session: Session;
beforeAll(async () => {
  session = await startSession({ now: NOW, toolsets: 'all' });
});
afterAll(() => session.close());

const companyId = async (identifier: string): Promise<number> =>
  (await session.get(`/company/companies?conditions=identifier="${identifier}"&fields=id`))[0].id;

describe('a search of contacts', () => {
  it.each(['+1 (518) 555-7398', '518.555.7398', '5185557398', '555-7398', '001 518 555 7398', '555-7398 ext 5'])(
    'finds Grace Keller by %s',
    async (phone) => {
      const { structured } = await session.ok('search_contacts', { phone });
      expect(structured.rows.map((row: string[]) => row[1])).toContain('Grace Keller');
    },
  );

  it.each(['5185556017 ext. 11', '518 555 6017 ext 11', '+1 (518) 555-6017 x11', '555-6017ext11', 'ext 11'])(
    'and who gets one find Ann Rossi by %s',
    async (phone) => {
      const { structured, text } = await session.ok('search_contacts', { phone });
      expect(structured.rows.map((row: string[]) => row[1])).toContain('Ann Rossi');
      expect(text).toContain('5185556017 ext. 11');
      if (!phone.startsWith('ext'))
        expect((await session.ok('get_contact', { contact: phone })).text).toMatch(/^Contact 7: Ann Rossi/);
    },
  );

  it('tells extensions of one number apart, and takes those of whom none is known', async () => {
    const add = (firstName: string, phone: string) =>
      session.ok('create_contact', { firstName, lastName: 'Switch', company: 'Oscorp', phone });
    for (const [name = '', extension = ''] of [['Ada', ' ext. 21'], ['Bo', ' ext. 22'], ['Cy']])
      await add(name, `518 555 7700${extension}`);
    const found = async (phone: string): Promise<string[]> =>
      (await session.ok('search_contacts', { phone })).structured.rows.map((row: string[]) => row[1]).toSorted();
    expect(await found('5185557700 x22')).toEqual(['Bo Switch', 'Cy Switch']);
    expect(await found('5185557700')).toEqual(['Ada Switch', 'Bo Switch', 'Cy Switch']);
    expect((await session.ok('get_contact', { contact: '518-555-7700 x22' })).text).toMatch(/: Bo Switch/);
  });

  it('does not take a text without digits for every number', async () => {
    expect(await session.refused('search_contacts', { phone: 'mobile' })).toMatch(/phone: send a number/);
  });

  it('reads the address in what mail programs write', async () => {
    const { structured } = await session.ok('search_contacts', { email: 'Grace Keller <grace.keller@acme.example>' });
    expect(structured.rows.map((row: string[]) => row[1])).toEqual(['Grace Keller']);
  });

  it('says where the person is who is not at the company', async () => {
    const { text } = await session.ok('search_contacts', { contact: 'Marco Rossi', company: 'Acme Corporation' });
    expect(text).toMatch(/0 of 0 active contacts/);
    expect(text).toMatch(/There is Marco Rossi \(id \d+, of 50% Off Outlet/);
  });

  it.each(['Keller, Grace', 'grace keller', 'Gráce'])('finds her as %s', async (name) => {
    const { structured } = await session.ok('search_contacts', { name, company: 'Acme Corporation' });
    expect(structured.rows.map((row: string[]) => row[1])).toContain('Grace Keller');
  });
});

describe('a search of companies', () => {
  it.each([
    ['muller', 'Müller & Söhne GmbH'],
    ['mueller', 'Müller & Söhne GmbH'],
    ['Bob’s', 'Bob\'s "Best" Burgers'],
    ['bobs', 'Bob\'s "Best" Burgers'],
    ['50%', '50% Off Outlet'],
  ])('finds by %s', async (text, name) => {
    const { structured } = await session.ok('search_companies', { text });
    expect(structured.rows.map((row: string[]) => row[2])).toEqual([name]);
  });

  it('takes no punctuation for the letters of a short word', async () => {
    // "Brick & Mortar", "Müller & Söhne": " & " has as many characters.
    expect((await session.ok('search_companies', { text: 'Zed' })).structured.total).toBe(0);
  });

  it('takes a long text', async () => {
    const text = 'Bob\'s "Best" Burgers and the other restaurants along the river';
    expect((await session.ok('search_companies', { text })).structured.total).toBe(0);
  });

  it('takes "all" for no filter', async () => {
    const all = (await session.ok('search_companies', { status: 'all' })).structured.total;
    expect(all).toBe((await session.ok('search_companies', {})).structured.total);
  });
});

describe('a company', () => {
  it('has as many open tickets as the search of tickets finds', async () => {
    for (const company of ['Acme Corporation', 'Globex Manufacturing']) {
      const { structured } = await session.ok('get_company', { company });
      expect(structured.openTickets).toBe((await session.ok('search_tickets', { company })).structured.total);
    }
  });

  it('says how many there are of what it shows some', async () => {
    const id = await companyId('Globex');
    const before = (await session.get(`/company/contacts/count?conditions=company/id=${id}`)).count;
    for (let at = 0; at < 15; at += 1)
      await session.rest('POST', '/company/contacts', { firstName: `Temp${at}`, lastName: 'Many', company: { id } });
    const { text, structured } = await session.ok('get_company', { company: 'Globex' });
    expect(text).toContain(`Active contacts (10 of ${before + 15}):`);
    expect(structured.contacts).toHaveLength(10);
    expect(structured.cut).toEqual({ contacts: before + 5 });
  });

  it('has both types of "Client, Partner"', async () => {
    await session.ok('update_company', { company: 'Globex', types: 'Client, Partner' });
    const id = await companyId('Globex');
    const types = await session.get(`/company/companies/${id}/typeAssociations`);
    expect(types.map(({ type }: { type: { name: string } }) => type.name).sort()).toEqual(['Client', 'Partner']);
  });

  it('loses nothing by empty arguments', async () => {
    const id = await companyId('Acme');
    const before = await session.get(`/company/companies/${id}`);
    await session.ok('update_company', {
      company: 'Acme Corporation',
      phone: '',
      website: ' ',
      types: [],
      city: 'Troy',
    });
    const after = await session.get(`/company/companies/${id}`);
    expect(after).toMatchObject({ phoneNumber: before.phoneNumber, city: 'Troy', types: before.types });
  });

  it('is merged and deleted only when a person agrees, who is told what moves', async () => {
    session.writes();
    const merge = { duplicate: 'Stark Architects', into: 'Soylent Foods' };
    expect(await session.refused('merge_companies', merge)).toMatch(/\d+ contacts, \d+ service tickets.*is deleted/s);
    expect(await session.refused('delete_company', { company: 'Globex' })).toMatch(
      /Delete company \d+: Globex.*open ticket/,
    );
    expect(session.writes()).toEqual([]);
  });
});

describe('a contact whose names came in one', () => {
  it.each(['Pam Beesly', 'Beesly, Pam'])('has first and last name apart: %s', async (firstName) => {
    const { text } = await session.ok('create_contact', { firstName, company: 'Dunder', dryRun: true });
    expect(text).toContain('"firstName":"Pam","lastName":"Beesly"');
    expect(text).toContain('First name Pam, last name Beesly');
  });

  it('is found when it is there already, and asked for where nobody can tell the names apart', async () => {
    const known = await session.refused('create_contact', { firstName: 'Omar Keller', company: 'Oscorp' });
    expect(known).toContain('There is already Omar Keller');
    const three = await session.refused('create_contact', { firstName: 'Mary Ann Smith', company: 'Oscorp' });
    expect(three).toContain('Send firstName and lastName');
  });
});

describe('a second creation', () => {
  it('of a person at a company is refused with the first', async () => {
    const input = { firstName: 'Olga', lastName: 'Kéller', company: 'Oscorp' };
    const { structured } = await session.ok('create_contact', input);
    const text = await session.refused('create_contact', { ...input, firstName: 'olga', lastName: 'Keller' });
    expect(text).toMatch(new RegExp(`already Olga Kéller, Oscorp.*contact ${structured.id}.*allowDuplicate: true`));
    // The seed has an Omar Keller there.
    expect(await session.refused('create_contact', { ...input, firstName: 'Omar', lastName: 'Keller' })).toMatch(
      /already Omar Keller, Oscorp/,
    );
    expect((await session.ok('create_contact', { ...input, allowDuplicate: true })).structured.id).not.toBe(
      structured.id,
    );
  });

  it.each([
    ['create_company', { name: 'Zenith Pumps' }],
    ['save_site', { company: 'Oscorp', name: 'Dock 9' }],
    ['add_company_note', { company: 'Oscorp', text: 'Closed on Fridays' }],
    ['add_company_note', { contact: 'Grace Keller', company: 'Acme Corporation', text: 'Prefers mail' }],
    ['save_configuration', { name: 'OSC-1', type: 'Printer', company: 'Oscorp' }],
  ])('by %s is refused, and made with allowDuplicate', async (tool, input) => {
    const { structured } = await session.ok(tool, input);
    expect(await session.refused(tool, input)).toMatch(new RegExp(`\\b${structured.id}\\b.*allowDuplicate: true`, 's'));
    expect((await session.ok(tool, { ...input, allowDuplicate: true })).structured.id).not.toBe(structured.id);
  });
});

describe('a company that people call so', () => {
  it.each([
    ['Umbra', 'Umbra Health Clinics (Umbra, id 9)'],
    ['umbra health', 'Umbra Health Clinics (Umbra, id 9)'],
    ['Hooli, Inc.', 'Hooli Media (Hooli, id 12)'],
    ['Dunder Paper', 'Dunder Paper Company (Dunder, id 20)'],
  ])('is not created a second time: %s', async (name, which) => {
    expect(await session.refused('create_company', { name })).toContain(which);
  });

  it('is another one when a person says so, or when it has words of its own', async () => {
    await session.ok('create_company', { name: 'Umbra', allowDuplicate: true });
    await session.ok('create_company', { name: 'Umbra Dental Clinics' });
  });
});

describe('a phone number', () => {
  const ben = { contact: 'Ben Petrov', company: 'Globex', dryRun: true };

  it.each([
    ['tel:+1-518-555-0142', '+1-518-555-0142'],
    ['Tel. 518 555 0111', '518 555 0111'],
    ['m: 518-555-0112', '518-555-0112'],
    ['Mobile (518) 555-0113 ext. 4', '(518) 555-0113 ext. 4'],
    ['0800 FLOWERS 1', '0800 FLOWERS 1'],
  ])('is stored without what stands before it: %s', async (phone, stored) => {
    expect((await session.ok('update_contact', { ...ben, phone })).text).toContain(`-> ${stored}\n`);
    expect((await session.ok('update_contact', { ...ben, add: phone })).text).toContain(`-> ${stored}\n`);
    expect((await session.ok('update_company', { company: 'Globex', phone, dryRun: true })).text).toContain(
      `-> ${stored}\n`,
    );
  });

  it.each(['518 555 0100 / 518 555 0101', '518-555-0100 or 518-555-0101', '5185550100, 5185550101'])(
    'is one, not two: %s',
    async (phone) => {
      expect(await session.refused('update_contact', { ...ben, phone })).toContain('more than one phone number');
    },
  );

  it('is removed with others of a list', async () => {
    const { structured } = await session.ok('create_contact', {
      firstName: 'Ida',
      lastName: 'Ray',
      company: 'Oscorp',
      email: 'ida@oscorp.example',
      phone: '518 555 2301',
      mobile: '518 555 2302',
    });
    await session.ok('update_contact', { contact: structured.id, remove: 'ida@oscorp.example, 518-555-2302' });
    const { communicationItems } = await session.get(`/company/contacts/${structured.id}`);
    expect(communicationItems).toMatchObject([{ value: '518 555 2301' }]);
  });
});

describe('a merge of companies', () => {
  it('takes a list that was sent as text', async () => {
    const input = {
      duplicate: 'Hooli',
      into: 'Globex',
      take: 'phone, website',
      leave: 'notes, documents',
      dryRun: true,
    };
    const { text } = await session.ok('merge_companies', input);
    expect(text).toMatch(/"phone":"From".*"website":"From"/);
    expect(text).toMatch(/"notes":"Discard"/);
  });
});

describe('a configuration', () => {
  it('keeps what empty arguments do not mean', async () => {
    const path = '/company/configurations?conditions=name="ACME-FIR-03"';
    const [before] = await session.get(path);
    await session.ok('save_configuration', {
      configuration: 'ACME-FIR-03',
      serialNumber: '',
      contact: '',
      warrantyEnds: null,
      notes: 'Rack 2',
    });
    const [after] = await session.get(path);
    expect(after).toMatchObject({ serialNumber: before.serialNumber, contact: before.contact, notes: 'Rack 2' });
    expect(after.warrantyExpirationDate).toBe(before.warrantyExpirationDate);
  });

  it('is emptied on purpose, and not beside a new value', async () => {
    const { text } = await session.ok('save_configuration', { configuration: 'ACME-FIR-04', clear: ['contact'] });
    expect(text).toMatch(/contact: .+ -> -/);
    expect(
      await session.refused('save_configuration', { configuration: 'ACME-FIR-04', clear: ['notes'], notes: 'x' }),
    ).toContain('notes is both set and cleared');
  });

  it.each([
    [[{ field: 'ipAddress', value: '10.0.0.7' }]],
    [{ ipAddress: '10.0.0.7' }],
    ['{"ipAddress": "10.0.0.7"}'],
    [{ name: 'ipAddress', value: '10.0.0.7' }],
  ])('takes other fields as %j', async (fields) => {
    const { structured } = await session.ok('save_configuration', {
      configuration: 'ACME-FIR-03',
      fields,
      dryRun: true,
    });
    expect(structured.requests[0].body).toContainEqual({ op: 'replace', path: 'ipAddress', value: '10.0.0.7' });
  });
});

describe('a field of a configuration', () => {
  it.each([
    [{ notes: 'a', fields: [{ field: 'notes', value: 'b' }] }, 'send notes'],
    [{ serialNumber: 'S1', fields: { serial_number: 'S2' } }, 'send serialNumber'],
    [{ fields: { warrantyExpirationDate: '2027-01-01' } }, 'send warrantyEnds'],
  ])('that has an argument is not set beside it: %j', async (input, says) => {
    session.writes();
    const text = await session.refused('save_configuration', { configuration: 'ACME-FIR-03', ...input });
    expect(text).toContain(says);
    expect(session.writes()).toEqual([]);
  });
});

describe('custom fields', () => {
  it.each([[[{ caption: 'Account tier', value: 'Gold' }]], [{ 'account tier': 'Gold' }], ['{"Account tier": "Gold"}']])(
    'are taken as %j',
    async (customFields) => {
      const { text } = await session.ok('update_company', { company: 'Initech', customFields, dryRun: true });
      expect(text).toMatch(/Account tier: \S+ -> Gold/);
    },
  );

  it('have one value each', async () => {
    const customFields = [
      { caption: 'Account tier', value: 'Gold' },
      { caption: 'Account tier', value: 'Silver' },
    ];
    expect(await session.refused('update_company', { company: 'Initech', customFields })).toContain(
      'customFields: Account tier has two values; send one.',
    );
  });
});

describe('a way to reach a contact', () => {
  it('is removed although the connection broke before the request arrived', async () => {
    const { body } = await session.rest('POST', '/company/contacts', {
      firstName: 'Rita',
      lastName: 'Moss',
      company: { id: 2 },
      communicationItems: [
        { type: { id: 1 }, value: 'rita@acme.example', communicationType: 'Email', defaultFlag: true },
        { type: { id: 2 }, value: '5185550101', communicationType: 'Phone', defaultFlag: true },
      ],
    });
    session.sandbox.faults.add({ kind: 'reset-before', method: 'PATCH', path: `/company/contacts/${body.id}` });
    const { text } = await session.ok('update_contact', { contact: String(body.id), remove: ['(518) 555-0101'] });
    expect(text).toContain('Phone: 5185550101 -> -');
    const { communicationItems } = await session.get(`/company/contacts/${body.id}`);
    expect(communicationItems.map(({ value }: { value: string }) => value)).toEqual(['rita@acme.example']);
  });
});

describe('an address', () => {
  it('is taken out of what mail programs write', async () => {
    const input = { firstName: 'Ann', lastName: 'Newman', company: 'Oscorp', email: 'Ann Newman <ann@oscorp.example>' };
    const { structured } = await session.ok('create_contact', input);
    const { communicationItems } = await session.get(`/company/contacts/${structured.id}`);
    expect(communicationItems).toMatchObject([{ value: 'ann@oscorp.example', communicationType: 'Email' }]);
    const other = { ...input, lastName: 'Other', email: 'ann@oscorp.example' };
    expect(await session.refused('create_contact', other)).toMatch(/already Ann Newman.*with this e-mail address/);
  });

  it('is added as a text alone', async () => {
    const contact = 'grace.keller@acme.example';
    const { text } = await session.ok('update_contact', { contact, add: '518 555 0000', dryRun: true });
    expect(text).toContain('Phone: - -> 518 555 0000');
  });
});

describe('an extension without its number', () => {
  it.each<[string, Record<string, unknown>]>([
    ['update_contact', { contact: 'grace.keller@acme.example', phone: 'extension no. 44' }],
    ['update_contact', { contact: 'grace.keller@acme.example', add: [{ value: 'x 44' }] }],
    ['create_contact', { firstName: 'Una', lastName: 'Reid', company: 'Oscorp', mobile: 'ext: 44' }],
    ['update_company', { company: 'Globex', phone: 'ext 3' }],
    ['save_site', { company: 'Globex', site: 'Main', phone: 'Extension #3' }],
    ['update_member', { member: 'achen', phone: 'ext3' }],
  ])('is refused by %s: %j', async (tool, input) => {
    expect(await session.refused(tool, input)).toContain('is an extension alone. Send it with its number');
  });
});

describe('one number for two purposes', () => {
  const typesOf = async (id: number): Promise<string[]> =>
    (await session.get(`/company/contacts/${id}`)).communicationItems.map(
      ({ type, value }: { type: { name: string }; value: string }) => `${type.name} ${value}`,
    );

  it('is stored for each of them', async () => {
    const number = '518 555 2201';
    const input = { firstName: 'Tom', lastName: 'Reid', company: 'Oscorp', phone: number, mobile: number };
    const { structured, text } = await session.ok('create_contact', input);
    expect(text).toMatch(/518 555 2201.*518 555 2201/);
    expect(await typesOf(structured.id)).toEqual([`Direct ${number}`, expect.stringMatching(/^(Mobile|Cell) 518/)]);
    const unchanged = await session.ok('update_contact', { contact: structured.id, mobile: number });
    expect(unchanged.text).toContain('Already so: mobile. Nothing was changed.');
  });

  it('has its extension apart, which goes with the number', async () => {
    const items = async (id: number): Promise<string[]> =>
      (await session.get(`/company/contacts/${id}`)).communicationItems.map(
        ({ value, extension }: { value: string; extension?: string }) => `${value} ${extension ?? '-'}`,
      );
    const input = { firstName: 'Tina', lastName: 'Reid', company: 'Oscorp', phone: '518-555-0123 ext. 12' };
    const { structured, text } = await session.ok('create_contact', input);
    expect(text).toContain('Phone: 518-555-0123 ext. 12');
    expect(await items(structured.id)).toEqual(['518-555-0123 12']);
    const contact = structured.id;
    const other = await session.ok('update_contact', { contact, phone: '(518) 555-0123 x13' });
    expect(other.text).toContain('Phone: 518-555-0123 ext. 12 -> ');
    expect((await items(contact)).map((item) => item.split(' ').at(-1))).toEqual(['13']);
    await session.ok('update_contact', { contact, phone: '518-555-0999' });
    expect(await items(contact)).toEqual(['518-555-0999 -']);
  });

  it('becomes the mobile number of who has it as another', async () => {
    const { structured } = await session.ok('create_contact', {
      firstName: 'Uma',
      lastName: 'Reid',
      company: 'Oscorp',
      phone: '518 555 2202',
    });
    await session.ok('update_contact', { contact: structured.id, mobile: '518-555-2202' });
    expect(await typesOf(structured.id)).toHaveLength(2);
    expect(await session.refused('update_contact', { contact: structured.id, add: '518 555 2202' })).toMatch(/already/);
  });
});

describe('taking a contact out of use', () => {
  it('asks first, by what the request does', async () => {
    session.writes();
    const text = await session.refused('update_contact', { contact: 'grace.keller@acme.example', inactive: true });
    expect(text).toMatch(/Make contact \d+ \(Grace Keller, Acme Corporation\) inactive\?/);
    expect(session.writes()).toEqual([]);
  });
});

describe('a contact with hidden characters in the name', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is looked for
  const hidden = /[\u200b-\u200f\u202a-\u202e\u{e0000}-\u{e007f}\u001b]|<img/u;
  let id: number;
  beforeAll(async () => {
    const { body } = await session.rest('POST', '/company/contacts', {
      firstName: 'Ev\u200be\u202e',
      lastName: 'St\u{e0041}one\u001b[31m<img src=x>',
      company: { id: 2 },
      title: 'Boss\u202e',
    });
    id = body.id;
  });

  it.each([
    ['get_contact', {}],
    ['update_contact', { title: 'Owner', dryRun: true }],
    ['update_contact', { inactive: true }],
    ['update_contact', { remove: ['nobody@acme.example'] }],
    ['add_company_note', { text: 'x', dryRun: true }],
  ])('is clean in %s %j', async (tool, input) => {
    const { text, structured } = await session.call(tool, { contact: String(id), ...input });
    expect(`${text}${JSON.stringify(structured)}`).not.toMatch(hidden);
  });

  it.each([
    ['search_contacts', { name: 'Boss', company: 'Acme Corporation' }],
    ['search_contacts', { title: 'Boss' }],
    ['get_company', { company: 'Acme Corporation' }],
  ])('is clean in %s %j', async (tool, input) => {
    const { text, structured } = await session.call(tool, input);
    expect(`${text}${JSON.stringify(structured)}`).not.toMatch(hidden);
  });
});

describe('what is over', () => {
  it.each([
    ['get_company', { company: 'Blockbuster Rentals' }, /^Blockbuster Rentals.*deleted: yes.*status: Inactive/s],
    ['get_company', { company: 29 }, /^Blockbuster Rentals/],
    ['get_agreement', { agreement: 'Break Fix 2026', company: 'Oscorp' }, /^Agreement 13: .*status: Cancelled/s],
    ['get_agreement', { agreement: '13' }, /^Agreement 13: /],
    ['get_change_history', { record: 'company Blockbuster' }, /Blockbuster Rentals/],
    ['lookup_values', { table: 'sites', company: 'Blockbuster' }, /of Blockbuster Rentals/],
  ])('is read by %s %j', async (tool, input, expected) => {
    expect((await session.ok(tool, input)).text).toMatch(expected);
  });

  it.each([
    ['create_ticket', { summary: 'x', company: 'Blockbuster' }],
    ['create_contact', { firstName: 'Zed', company: '29' }],
    ['create_project', { name: 'x', company: 'Blockbuster', start: 'Monday', end: 'Friday' }],
  ])('gets nothing new by %s', async (tool, input) => {
    expect(await session.refused(tool, input)).toMatch(/Blockbuster Rentals.* is deleted; name another/);
  });

  it.each([
    ['merge_companies', { duplicate: 'Blockbuster', into: 'Zorg', confirm: true }],
    ['add_company_note', { company: 'Blockbuster', text: 'Wants to come back.' }],
    ['update_company', { company: 'Blockbuster', status: 'Active', confirm: true }],
  ])('is not changed by %s, which would not bring it back', async (tool, input) => {
    expect(await session.refused(tool, input)).toMatch(/Blockbuster Rentals.* is deleted; name another/);
    expect((await session.get('/company/companies/29')).status.name).toBe('Inactive');
  });
});

describe('what a list or a record leaves out', () => {
  it('is said: deleted companies are found by who asks for them, and inactive devices are not counted', async () => {
    const where = [{ field: 'deletedFlag', op: 'eq', value: true }];
    const deleted = await session.ok('search_companies', { where });
    expect(deleted.text).toContain('Blockbuster Rentals');
    expect((await session.ok('search_companies', { text: 'Blockbuster' })).structured.total).toBe(0);
    const id = await companyId('Oscorp');
    const [device] = await session.get(`/company/configurations?conditions=company/id=${id} and activeFlag=true`);
    const { structured: before } = await session.ok('get_company', { company: id });
    await session.ok('save_configuration', { configuration: String(device.id), active: false, confirm: true });
    const { text, structured } = await session.ok('get_company', { company: id, notes: true });
    expect(structured.configurations).toBe(before.configurations - 1);
    expect(text).toContain(`active configurations: ${structured.configurations}`);
    expect(structured.configurations).toBe(
      (await session.ok('search_configurations', { company: id })).structured.total,
    );
  });

  it('is nothing of an address', async () => {
    await session.ok('update_company', { company: 'Oscorp', address: '5 High Street\nSuite 900' });
    expect((await session.ok('get_company', { company: 'Oscorp' })).text).toContain('5 High Street, Suite 900');
  });

  it('is no record of an id at another company: it is named', async () => {
    for (const [tool, input] of [
      ['get_contact', { contact: '5', company: 'Oscorp' }],
      ['get_agreement', { agreement: '5', company: 'Oscorp' }],
      ['get_opportunity', { opportunity: '5', company: 'Oscorp' }],
    ] as const) {
      const text = await session.refused(tool, input);
      expect(text).not.toContain('nor of any other company');
      expect(text).toMatch(/\(.*5.*\)|id 5/);
    }
  });

  it('is no contact who has both the address and the number', async () => {
    const found = await session.ok('search_contacts', { email: 'ann.rossi@acme', phone: '518' });
    expect(found.structured.rows).toHaveLength(1);
    const other = await session.ok('search_contacts', { email: 'ann.rossi@acme', phone: '999 999 9999' });
    expect(other.text).toMatch(/To find more.*without phone there (?:is|are) \d+/);
  });
});

describe('what goes along with a change', () => {
  it('is said: the company of a main contact who leaves', async () => {
    const given = { contact: 'grace.keller@acme.example', moveTo: 'Oscorp' };
    expect(await session.refused('update_contact', given)).toContain(
      'Grace Keller is the main contact of Acme Corporation; update_company with mainContact names another.',
    );
    const other = await session.ok('update_contact', { ...given, contact: 'ann.rossi@acme.example', dryRun: true });
    expect(other.text).not.toContain('main contact');
  });

  it('is said of a site: which one was the default before', async () => {
    const site = { company: 'Oscorp', name: 'Annex', city: 'Troy', defaultFor: ['primary', 'billing'] };
    const said = /^The primary site of Oscorp Laboratories was Main \(id \d+\)\.$/m;
    expect((await session.ok('save_site', { ...site, dryRun: true })).text).toMatch(said);
    expect((await session.ok('save_site', site)).text).toMatch(said);
  });

  it('is said of a device: a namesake at the customer that it moves to, and the answers that another type drops', async () => {
    const [type] = await session.get('/company/configurations/types?conditions=name="Firewall"');
    const own = { name: 'FW-MOVES', type: { id: type.id } };
    const made = async (company: string) =>
      (await session.rest('POST', '/company/configurations', { ...own, company: { id: await companyId(company) } }))
        .body.id;
    const id = await made('Oscorp');
    const there = await made('Globex');
    const moves = { configuration: String(id), company: 'Globex', confirm: true };
    expect(await session.refused('save_configuration', moves)).toContain(
      `(configuration ${there}). Send configuration`,
    );
    expect((await session.ok('save_configuration', { ...moves, allowDuplicate: true })).text).toContain('company: ');
    const [question] = await session.get(`/company/configurations/types/${type.id}/questions`);
    await session.ok('save_configuration', { configuration: id, answers: { [question.question]: '7.4' } });
    const retyped = await session.ok('save_configuration', { configuration: id, type: 'Switch', confirm: true });
    expect(retyped.text).toMatch(/type: Firewall -> .*, which drops the answer/);
  });

  it('is counted after a merge, with what no switch of it is about', async () => {
    const into = await companyId('Soylent');
    const devices = async (company: number): Promise<number> =>
      (await session.get(`/company/configurations/count?conditions=company/id=${company}`)).count;
    const id = await companyId('Stark');
    const [own, others] = [await devices(id), await devices(into)];
    const merge = { duplicate: String(id), into: String(into), take: ['website'], leave: ['activities'] };
    expect(await session.refused('merge_companies', merge)).toContain(`Manage decides on its ${own} configurations`);
    const { text } = await session.ok('merge_companies', { ...merge, confirm: true });
    expect(text).toMatch(new RegExp(`^Merged Stark.*and deleted it\\. Moved: .*${own} configurations`));
    expect(text).toContain('Took over: website.');
    expect(await devices(into)).toBe(own + others);
  });
});
