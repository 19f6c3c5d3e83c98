import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Session, startSession } from '../../support/session.ts';

/** Ids of the seed's type `Managed Server`, and of its first question. */
const SERVER = 2;
let session: Session;
let questions: Record<string, number>;
beforeAll(async () => {
  session = await startSession({ toolsets: 'core,company' });
  const path = `/company/configurations/types/${SERVER}/questions`;
  const add = async (question: string, fieldType: string, entryType = 'EntryField', requiredFlag = false) =>
    (await session.rest('POST', path, { question, fieldType, entryType, requiredFlag, sequenceNumber: 9 })).body.id;
  const list = await add('Backup plan:', 'Text', 'List');
  for (const value of ['Daily', 'Weekly'])
    await session.rest('POST', `${path}/${list}/values`, { value, defaultFlag: false, inactiveFlag: false });
  await add('Cores', 'Number');
  await add('Virtual', 'Checkbox', 'Option');
  await add('Root password', 'Password');
  await add('Owner', 'Text', 'EntryField', true);
  const { body } = await session.rest('GET', path);
  questions = Object.fromEntries(body.map(({ id, question }: { id: number; question: string }) => [question, id]));
});
afterAll(() => session.close());

const save = (input: Record<string, unknown>) => session.call('save_configuration', input);
const stored = async (id: number) => (await session.rest('GET', `/company/configurations/${id}`)).body;
const answersOf = async (id: number): Promise<Record<string, unknown>> =>
  Object.fromEntries(
    ((await stored(id)).questions as { questionId: number; answer?: unknown }[])
      .filter(({ answer }) => answer !== undefined)
      .map(({ questionId, answer }) => [
        Object.keys(questions).find((text) => questions[text] === questionId) ?? questionId,
        answer,
      ]),
  );
const server = { type: 'Managed Server', company: 'Globex', answers: { owner: 'Ben' } };

describe('save_configuration', () => {
  it('adds a configuration with answers, days, other members and custom fields', async () => {
    const { structured, text, isError } = await save({
      ...server,
      name: 'GLO-DB-1',
      contact: 'Ben Petrov',
      serialNumber: 'X-77',
      warrantyEnds: '3 March 2028',
      answers: { owner: 'Ben', 'backup plan': 'daily', Cores: '16', virtual: 'yes', 'Support until': '2028-01-31' },
      fields: { ipAddress: '10.0.0.9' },
      customFields: { 'rack position': 'R-17' },
    });
    expect(isError, text).toBe(false);
    expect(text).toMatch(/^Created configuration \d+: GLO-DB-1, Managed Server, Globex Manufacturing/);
    expect(await stored(structured.id)).toMatchObject({
      contact: { name: 'Ben Petrov' },
      warrantyExpirationDate: '2028-03-03T00:00:00Z',
      ipAddress: '10.0.0.9',
      customFields: expect.arrayContaining([expect.objectContaining({ caption: 'Rack position', value: 'R-17' })]),
    });
    expect(await answersOf(structured.id)).toEqual({
      Owner: 'Ben',
      'Backup plan:': 'Daily',
      Cores: 16,
      Virtual: true,
      'Support until': '2028-01-31T00:00:00Z',
    });
  });

  it('does not add the same one twice, nor when the answer is cut off', async () => {
    session.sandbox.faults.add({ kind: 'reset-after', method: 'POST', path: '/company/configurations' });
    const first = await save({ ...server, name: 'GLO-CUT' });
    expect(first.isError, first.text).toBe(false);
    expect((await save({ ...server, name: 'GLO-CUT' })).text).toMatch(/already has GLO-CUT \(configuration \d+\)/);
    const { body } = await session.rest('GET', '/company/configurations?conditions=name="GLO-CUT"');
    expect(body).toHaveLength(1);
  });

  it('changes some answers and keeps the rest, and empties one on purpose only', async () => {
    const { structured } = await save({
      ...server,
      name: 'GLO-APP',
      answers: { Owner: 'Ben', Cores: 4, 'Root password': 's3cret' },
    });
    const { text } = await save({
      configuration: 'GLO-APP',
      status: 'Retired',
      answers: { cores: 8, 'Operating system?': 'Linux' },
    });
    expect(text).toContain('Cores: 4 -> 8');
    expect(text).toContain('status: Active -> Retired');
    expect(await answersOf(structured.id)).toEqual({
      Owner: 'Ben',
      Cores: 8,
      'Operating system': 'Linux',
      'Root password': 's3cret',
    });
    await save({ configuration: 'GLO-APP', answers: { Cores: '', Virtual: 'yes' } });
    expect(await answersOf(structured.id)).toMatchObject({ Cores: 8, Virtual: true });
    const cleared = await save({ configuration: 'GLO-APP', clearAnswers: ['cores'] });
    expect(cleared.text).toContain('Cores: 8 -> -');
    expect(cleared.text).not.toContain('stored questions differently');
    expect(await answersOf(structured.id)).not.toHaveProperty('Cores');
  });

  it('never shows a password: not in a preview, a change, the record, nor by the catalog tools', async () => {
    const { structured } = await save({
      ...server,
      name: 'GLO-KEY',
      answers: { owner: 'x', 'root password': 'hunter2' },
    });
    const id = String(structured.id);
    const results = [
      await save({ configuration: id, answers: { 'root password': 'hunter3', cores: 2 }, dryRun: true }),
      await save({ configuration: id, answers: { 'root password': 'hunter3' } }),
      await save({ configuration: id, customFields: { 'Admin password': 'hunter4' }, dryRun: true }),
      await session.call('get_configuration', { configuration: id }),
      await session.call('call_read_operation', { operation: `GET /company/configurations/${id}` }),
    ];
    for (const { text, structured: facts, isError } of results) {
      expect(isError, text).toBe(false);
      expect(`${text}${JSON.stringify(facts)}`).not.toMatch(/hunter/);
    }
    expect(await answersOf(structured.id)).toMatchObject({ 'Root password': 'hunter3' });
  });

  it('asks before another type drops answers, and then takes the answers to the new questions', async () => {
    const { structured } = await save({ ...server, name: 'GLO-TYPE' });
    const change = { configuration: 'GLO-TYPE', type: 'Firewall', answers: { 'asset tag': 'A-1' } };
    session.writes();
    expect((await save(change)).text).toMatch(/from Managed Server to Firewall\? That drops the answer/);
    const preview = await save({ ...change, dryRun: true });
    expect(preview.structured.requests.map(({ url }: { url: string }) => url.split('/').at(-1))).toEqual([
      'changeType',
      String(structured.id),
    ]);
    expect(session.writes()).toEqual([]);
    const { text } = await save({ ...change, confirm: true });
    expect(text).toContain('type: Managed Server -> Firewall');
    const after = await stored(structured.id);
    expect(after.type.name).toBe('Firewall');
    expect(after.questions.map(({ answer }: { answer?: string }) => answer)).toContain('A-1');
    expect((await save({ configuration: 'GLO-TYPE', type: 'Managed Server', confirm: true })).text).toMatch(
      /Owner has to be answered/,
    );
  });

  it('moves to another company, tells names apart by the company, and clears what it is told to', async () => {
    const acme = await save({ ...server, company: 'Acme Corporation', name: 'TWIN-1', contact: 'Grace Keller' });
    await save({ ...server, name: 'TWIN-1' });
    expect((await save({ configuration: 'TWIN-1', active: false })).text).toMatch(/fits several/);
    const one = await save({ configuration: 'TWIN-1', company: 'Acme Corporation', active: false, clear: 'contact' });
    expect(one.isError, one.text).toBe(false);
    const after = await stored(acme.structured.id);
    expect(after).toMatchObject({ activeFlag: false });
    expect(after.contact).toBeUndefined();
    await save({ configuration: String(acme.structured.id), company: 'Initech', confirm: true });
    expect((await stored(acme.structured.id)).company.name).toBe('Initech');
  });

  it.each([
    [{ name: 'X', company: 'Globex' }, /type is missing/],
    [{ ...server, name: 'X', answers: {} }, /Owner has to be answered/],
    [
      { ...server, name: 'X', answers: { owner: 'x', 'Backup plan': 'Hourly' } },
      /a choice that it offers.*Daily, Weekly/s,
    ],
    [{ ...server, name: 'X', answers: { owner: 'x', cores: 'many' } }, /Cores has to be a number/],
    [{ ...server, name: 'X', answers: { owner: 'x', Corez: 1 } }, /Did you mean Cores/],
    [{ ...server, name: 'X', warrantyEnds: '03/04/2027' }, /warrantyEnds.*can be read/],
    [{ ...server, name: 'X', fields: { ipAdress: '1' } }, /ipAddress/],
    [{ configuration: 'GLO-APP', clearAnswers: ['owner'] }, /Owner has to be answered/],
    [{ configuration: 'GLO-APP', answers: { owner: '' } }, /Nothing to change/],
    [{ configuration: 'GLO-APP' }, /Nothing to change/],
    [{ configuration: 'no such box' }, /no configuration "no such box"/],
  ])('refuses %j and sends nothing', async (input, message) => {
    session.writes();
    const { text, isError } = await save(input);
    expect(isError).toBe(true);
    expect(text).toMatch(message);
    expect(session.writes()).toEqual([]);
  });
});

describe('get_configuration', () => {
  it('is found by serial number and shows answers, parts and tickets', async () => {
    const whole = await save({ ...server, name: 'GLO-RACK', serialNumber: 'SER-4711' });
    await save({ ...server, name: 'GLO-BLADE', partOf: 'GLO-RACK' });
    const { text, structured } = await session.call('get_configuration', { configuration: 'SER-4711' });
    expect(structured.id).toBe(whole.structured.id);
    expect(structured.parts).toMatchObject([{ name: 'GLO-BLADE', type: 'Managed Server' }]);
    expect(text).toMatch(/Owner: Ben/);
  });
});

describe('merge_companies', () => {
  it('asks first and says what moves, then moves it', async () => {
    session.writes();
    const merge = { duplicate: 'Stark Architects', into: 'Soylent', take: ['phone'], leave: ['activities'] };
    const { body: stark } = await session.rest('GET', '/company/companies?conditions=identifier="Stark"');
    const asked = await session.call('merge_companies', merge);
    expect(asked.text).toMatch(
      /Merge Stark Architects \(Stark, id 10\) into Soylent Foods.*\d contacts, \d+ service tickets.*Takes over: phone.*cannot be undone/s,
    );
    expect((await session.call('merge_companies', { ...merge, dryRun: true })).text).toContain('"contacts":"Merge"');
    expect(session.writes()).toEqual([]);
    const { text, structured } = await session.call('merge_companies', { ...merge, confirm: true });
    expect(text).toMatch(/^Merged Stark Architects/);
    const { body: kept } = await session.rest('GET', `/company/companies/${structured.id}`);
    expect(kept.phoneNumber).toBe(stark[0].phoneNumber);
    expect((await session.rest('GET', '/company/contacts/count?conditions=company/id=10')).body.count).toBe(0);
    expect((await session.rest('GET', '/company/companies/10')).body.deletedFlag).toBe(true);
  });

  it.each([
    [{ duplicate: 'Hooli', into: '12' }, /the same company/],
    [
      { duplicate: 'Hooli', into: 'Umbra', take: ['colour'] },
      /take: a merge cannot take over "colour".*Allowed: name, identifier, status/s,
    ],
    [{ duplicate: 'Hooli', into: 'Umbra', leave: ['cats'] }, /leave/],
  ])('refuses %j', async (input, message) => {
    session.writes();
    const { text, isError } = await session.call('merge_companies', { ...input, confirm: true });
    expect(isError).toBe(true);
    expect(text).toMatch(message);
    expect(session.writes()).toEqual([]);
  });
});
