import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { borrowSandbox } from '../../support/sandboxes.ts';
import { NOW, restOf, type Session } from '../../support/session.ts';

let sandbox: Sandbox;
let rest: Session['rest'];
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW, tickets: 60 });
  rest = restOf(sandbox);
});
afterAll(() => sandbox.close());

const list = async (path: string, conditions: string) =>
  (await rest('GET', `${path}?${new URLSearchParams({ conditions, pageSize: '1000' })}`)).body;
const replace = (path: string, name: string, value: unknown) =>
  rest('PATCH', path, [{ op: 'replace', path: name, value }]);

describe('contacts', () => {
  const make = async (more: Record<string, unknown> = {}) =>
    (await rest('POST', '/company/contacts', { firstName: 'Noor', company: { id: 2 }, ...more })).body;

  it('have their ways to be reached one by one as well', async () => {
    const { id } = await make({ communicationItems: [{ type: { id: 1 }, value: 'noor@acme.example' }] });
    const path = `/company/contacts/${id}/communications`;
    const phone = await rest('POST', path, { type: { id: 2 }, value: '5185550100', extension: '7' });
    expect(phone.status).toBe(201);
    expect(phone.body).toMatchObject({
      contactId: id,
      communicationType: 'Phone',
      defaultFlag: true,
      type: { name: 'Direct' },
    });
    const mobile = (await rest('POST', path, { type: { id: 3 }, value: '5185550199', defaultFlag: true })).body;
    expect((await rest('GET', `/company/contacts/${id}`)).body).toMatchObject({
      defaultPhoneType: 'Mobile',
      defaultPhoneNbr: '5185550199',
    });
    expect((await rest('GET', `${path}/${phone.body.id}`)).body.defaultFlag).toBe(false);
    expect((await rest('GET', `${path}/count`)).body.count).toBe(3);
    expect((await replace(`${path}/${mobile.id}`, 'value', '5185550111')).body.value).toBe('5185550111');
    expect((await rest('DELETE', `${path}/${mobile.id}`)).status).toBe(204);
    expect((await rest('GET', `/company/contacts/${id}`)).body.defaultPhoneNbr).toBe('5185550100');
    expect((await rest('GET', `${path}/${mobile.id}`)).status).toBe(404);
    expect((await rest('POST', path, { type: { id: 99 }, value: 'x' })).body.errors[0]).toMatchObject({
      message: 'type 99 not found',
      field: 'type/id',
    });
    expect((await rest('POST', path, { type: { id: 1 } })).body.errors[0].message).toBe('The value field is required.');
    expect((await rest('POST', path, { type: { id: 1 }, value: 'a', mail: 'b' })).body.code).toBe('ConnectWiseApi');
  });

  it('give every item an id of its own', async () => {
    const items = [{ type: { id: 1 }, value: 'a@b.example' }];
    await make({ communicationItems: items });
    await replace('/company/contacts/5', 'communicationItems', items);
    await make({ communicationItems: items });
    const contacts = (await list('/company/contacts', 'id > 0')) as { communicationItems?: { id: number }[] }[];
    const ids = contacts.flatMap(({ communicationItems = [] }) => communicationItems.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('hand over what points to them', async () => {
    const [gone, heir] = [await make(), await make({ firstName: 'Ola' })];
    const ticket = (
      await rest('POST', '/service/tickets', { summary: 'x', company: { id: 2 }, contact: { id: gone.id } })
    ).body;
    const path = `/company/contacts/${gone.id}`;
    expect((await rest('DELETE', `${path}?transferContactId=999999`)).body.errors[0].field).toBe('transferContactId');
    expect((await rest('DELETE', `${path}?transferContactId=${heir.id}`)).status).toBe(204);
    expect((await rest('GET', path)).status).toBe(404);
    expect((await rest('GET', `/service/tickets/${ticket.id}`)).body.contact).toMatchObject({
      id: heir.id,
      name: 'Ola',
    });
  });

  it('need a first name', async () => {
    expect(
      (await rest('POST', '/company/contacts', { lastName: 'x', company: { id: 2 } })).body.errors[0],
    ).toMatchObject({
      code: 'MissingRequiredField',
      message: 'The firstName field is required.',
      resource: 'contact',
    });
  });
});

describe('companies', () => {
  it('merge: what was chosen goes over, the rest is deleted softly', async () => {
    const [from, to] = [6, 7];
    const old = (await rest('GET', `/company/companies/${from}`)).body;
    const before = {
      contacts: await list('/company/contacts', `company/id = ${from}`),
      tickets: await list('/service/tickets', `company/id = ${from}`),
      sites: (await rest('GET', `/company/companies/${to}/sites/count`)).body.count,
    };
    expect(before.contacts.length).toBeGreaterThan(0);
    const merge = (body: unknown) => rest('POST', `/company/companies/${from}/merge`, body);
    expect((await merge({ toCompanyId: 999 })).body.errors[0].message).toBe('company 999 not found');
    expect((await merge({ toCompanyId: from })).status).toBe(400);
    const options = {
      toCompanyId: to,
      website: 'From',
      name: 'To',
      contacts: 'Merge',
      services: 'Discard',
      sites: 'Merge',
    };
    expect((await merge(options)).body).toEqual({ success: true, message: '' });
    expect((await rest('GET', `/company/companies/${from}`)).body.deletedFlag).toBe(true);
    const merged = (await rest('GET', `/company/companies/${to}`)).body;
    expect(merged.website).toBe(old.website);
    expect(merged.name).not.toBe(old.name);
    expect(await list('/company/contacts', `company/id = ${from}`)).toEqual([]);
    expect((await rest('GET', `/company/contacts/${before.contacts[0].id}`)).body.company.id).toBe(to);
    expect(await list('/service/tickets', `company/id = ${from}`)).toHaveLength(before.tickets.length);
    expect((await rest('GET', `/company/companies/${to}/sites/count`)).body.count).toBeGreaterThan(before.sites);
    const sites = (await rest('GET', `/company/companies/${to}/sites`)).body as { primaryAddressFlag?: boolean }[];
    expect(sites.filter(({ primaryAddressFlag }) => primaryAddressFlag === true)).toHaveLength(1);
  });

  it('take types only when they are new', async () => {
    const { body } = await replace('/company/companies/9', 'types', [{ id: 2 }]);
    expect(body.errors[0]).toMatchObject({
      message: expect.stringContaining('can only be used when creating a new company'),
      field: 'types',
    });
  });
});

describe('configurations', () => {
  const types = async (name: string) => (await list('/company/configurations/types', `name = "${name}"`))[0].id;

  it('ask the questions of their type and keep the answers', async () => {
    const server = await types('Managed Server');
    const created = await rest('POST', '/company/configurations', {
      name: 'SRV-9',
      type: { id: server },
      company: { id: 2 },
    });
    expect(created.body).toMatchObject({ activeFlag: true, status: { name: 'Active' } });
    const { id, questions } = created.body;
    expect(questions.map(({ question }: { question: string }) => question)).toEqual([
      'Operating system',
      'Backup job',
      'Support until',
    ]);
    const path = `/company/configurations/${id}`;
    const [first] = questions;
    await replace(path, 'questions', [{ questionId: first.questionId, answer: 'Debian 13' }]);
    const read = (await replace(path, 'notes', 'Rack 2')).body;
    expect(read.questions).toHaveLength(3);
    expect(read.questions[0]).toMatchObject({ answerId: first.answerId, answer: 'Debian 13' });
    const other = await types('Printer');
    const foreign = (await list(`/company/configurations/types/${other}/questions`, 'id > 0'))[0].id;
    expect((await replace(path, 'questions', [{ questionId: foreign, answer: 'x' }])).body.errors[0]).toMatchObject({
      code: 'NotFound',
      field: 'questions/0/questionId',
    });
    const changed = await rest('PATCH', `${path}/changeType`, [{ op: 'replace', path: 'type', value: { id: other } }]);
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ id, type: { name: 'Printer' }, notes: 'Rack 2' });
    expect(JSON.stringify(changed.body.questions)).not.toContain('Debian');
    expect((await rest('GET', path)).body.questions).toEqual(changed.body.questions);
  });

  it('hang on tickets by id or device', async () => {
    const path = '/service/tickets/4/configurations';
    expect((await rest('POST', path, {})).body.errors[0].message).toBe('id or deviceIdentifier is required.');
    await replace('/company/configurations/3', 'deviceIdentifier', 'DEV-3');
    expect((await rest('POST', path, { deviceIdentifier: 'DEV-3' })).body.id).toBe(3);
    expect((await rest('GET', path)).body.map(({ id }: { id: number }) => id)).toEqual([3]);
  });
});

describe('setup tables', () => {
  it('keep the rows that are in use, and only those', async () => {
    for (const path of [
      '/service/boards/1',
      '/service/priorities/3',
      '/time/workTypes/1',
      '/company/configurations/types/1',
    ])
      expect([path, (await rest('DELETE', path)).status]).toEqual([path, 409]);
    const { body } = await rest('POST', '/service/sources', { name: 'Walk-in' });
    expect((await rest('DELETE', `/service/sources/${body.id}`)).status).toBe(204);
  });
});

describe('callbacks', () => {
  const entry = { url: 'https://hook.example/x?recordId=', objectId: 0, type: 'ticket', level: 'owner' };
  const post = (more: Record<string, unknown>) => rest('POST', '/system/callbacks', { ...entry, ...more });

  it('are for the owner of everything, once', async () => {
    const { status, body } = await post({});
    expect(status).toBe(201);
    expect(body).toMatchObject({
      objectId: 1,
      payloadVersion: '3.0.0',
      isSoapCallbackFlag: false,
      inactiveFlag: false,
    });
    expect((await post({})).body.errors[0]).toMatchObject({
      code: 'ObjectExists',
      message: 'A matching callback entry already exists',
      field: 'objectId',
    });
    expect((await replace(`/system/callbacks/${body.id}`, 'inactiveFlag', true)).body.inactiveFlag).toBe(true);
    expect((await rest('DELETE', `/system/callbacks/${body.id}`)).status).toBe(204);
  });

  it.each([
    [{ url: 'hook' }, 'Invalid URL', 'url'],
    [{ url: 'file:///etc/passwd' }, 'Invalid URL', 'url'],
    [{ level: 'Vendor' }, 'Unrecognized level for type', 'level'],
    [{ type: 'Weather' }, 'Unrecognized type', 'type'],
    [{ level: undefined }, 'The level field is required.', 'level'],
  ])('with %j are refused', async (more, message, field) => {
    const { status, body } = await post(more);
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({ message: expect.stringContaining(message), field });
  });
});

describe('types of a contact', () => {
  it('are given by ids on creation, and changed by their associations from then on', async () => {
    const made = await rest('POST', '/company/contacts', { firstName: 'Tess', company: { id: 2 }, typeIds: [1, 3, 3] });
    expect([made.status, made.body.types.map(({ id }: { id: number }) => id)]).toEqual([201, [1, 3]]);
    expect(made.body).not.toHaveProperty('typeIds');
    const path = `/company/contacts/${made.body.id}`;
    const associations = (await rest('GET', `${path}/typeAssociations`)).body;
    expect(associations).toMatchObject([{ type: { id: 1 } }, { type: { id: 3 } }]);
    expect(
      (await rest('POST', `${path}/typeAssociations`, { type: { id: 4 }, contact: { id: made.body.id } })).status,
    ).toBe(201);
    expect(
      (await rest('POST', `${path}/typeAssociations`, { type: { id: 4 }, contact: { id: made.body.id } })).status,
    ).toBe(400);
    expect((await rest('DELETE', `${path}/typeAssociations/${associations[0].id}`)).status).toBe(204);
    const now = (await rest('GET', path)).body;
    expect(now.types.map(({ id }: { id: number }) => id)).toEqual([3, 4]);
    const found = await rest('GET', `/company/contacts?childConditions=types/id=4&conditions=id=${made.body.id}`);
    expect(found.body).toHaveLength(1);
    const patch = [{ op: 'replace', path: 'types', value: [{ id: 1 }] }];
    expect((await rest('PATCH', path, patch)).body.errors[0].message).toBe(
      'The types field can only be used when creating a new contact',
    );
    const unknown = await rest('POST', '/company/contacts', { firstName: 'Tom', typeIds: [99] });
    expect([unknown.status, unknown.body.errors[0].message]).toEqual([400, 'type 99 not found']);
  });
});
