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

const newTicket = async (more: Record<string, unknown> = {}) =>
  (await rest('POST', '/service/tickets', { summary: 'New', company: { id: 2 }, ...more })).body;
const list = (path: string, query: Record<string, string>) => rest('GET', `${path}?${new URLSearchParams(query)}`);

describe('a bare ticket', () => {
  it('gets what the server fills in, with the links that belong to it', async () => {
    const made = await newTicket();
    expect(made).toMatchObject({
      recordType: 'ServiceTicket',
      severity: 'Medium',
      impact: 'Medium',
      billTime: 'NoDefault',
      billingMethod: 'ActualRates',
      approved: true,
      slaStatus: expect.stringMatching(/^Resolve by \w{3} \d\d\/\d\d \d+:\d\d [AP]M UTC-0[45]$/),
      currency: { currencyCode: 'USD' },
      mobileGuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      _info: { notes_href: `${sandbox.baseUrl}/service/tickets/${made.id}/notes` },
    });
    expect((await list('/service/tickets', { conditions: `id=${made.id}`, fields: 'id,summary' })).body).toEqual([
      { id: made.id, summary: 'New' },
    ]);
  });

  it('has links that lead to what hangs on it', async () => {
    const { id, _info } = await newTicket();
    await rest('POST', '/schedule/entries', { type: { id: 4 }, objectId: id, member: { id: 2 } });
    await rest('POST', '/time/entries', {
      chargeToType: 'ServiceTicket',
      chargeToId: id,
      member: { id: 2 },
      timeStart: '2026-11-24T15:00:00Z',
      actualHours: 1,
    });
    await rest('POST', '/procurement/products', {
      catalogItem: { id: 1 },
      billableOption: 'Billable',
      ticket: { id },
    });
    for (const link of ['scheduleentries_href', 'timeentries_href', 'products_href']) {
      const { body } = await rest('GET', String(_info[link]).replace(sandbox.baseUrl, ''));
      expect([link, body.length]).toEqual([link, 1]);
    }
    for (const below of ['scheduleentries', 'timeentries', 'products']) {
      const { body } = await rest('GET', `/service/tickets/${id}/${below}`);
      expect([below, body.length, Object.keys(body[0]).includes('id')]).toEqual([below, 1, true]);
    }
  });

  it('refuses derived members, a parent that does not exist and a date that is not a date', async () => {
    const made = await newTicket({ resources: 'nobody', closedFlag: true });
    expect([made.resources, made.closedFlag]).toEqual([undefined, false]);
    const refused = await rest('POST', '/service/tickets', {
      summary: 'x',
      company: { id: 2 },
      parentTicketId: 987654,
    });
    expect(refused.body.errors).toMatchObject([{ code: 'NotFound', field: 'parentTicketId' }]);
  });

  it('forgets the contact that it has no more', async () => {
    const { id } = await newTicket();
    const { body } = await rest('PATCH', `/service/tickets/${id}`, [{ op: 'remove', path: 'contact' }]);
    expect([body.contact, body.contactName, body.contactEmailAddress]).toEqual([undefined, undefined, undefined]);
  });
});

describe('updates', () => {
  it.each([
    [{ op: 'remove', path: 'summary' }, 'The summary field is required.'],
    [{ op: 'replace', path: 'summary', value: '' }, 'The summary field is required.'],
    [{ op: 'replace', path: 'company', value: null }, 'The company/id field is required.'],
    [{ op: 'remove', path: 'severity' }, 'The severity field is required.'],
  ])('cannot clear what is required: %j', async (step, message) => {
    const { id } = await newTicket();
    const { status, body } = await rest('PATCH', `/service/tickets/${id}`, [step]);
    expect([status, body.errors[0].code, body.errors[0].message]).toEqual([400, 'MissingRequiredField', message]);
    expect((await rest('GET', `/service/tickets/${id}`)).body.summary).toBe('New');
  });

  it('find every record of the seed in a state that can be updated', async () => {
    const wrong: string[] = [];
    for (const path of [
      '/finance/agreements',
      '/finance/invoices',
      '/project/projects',
      '/system/members',
      '/company/companies',
    ]) {
      const { body } = await rest('GET', `${path}?pageSize=1000&fields=id`);
      for (const { id } of body) {
        const { status, body: answer } = await rest('PATCH', `${path}/${id}`, []);
        if (status !== 200) wrong.push(`${path}/${id}: ${JSON.stringify(answer)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('name the object that an unknown member was sent in', async () => {
    const { body } = await rest('POST', '/service/tickets', { summary: 'x', company: { id: 2, nmae: 'x' } });
    expect(body.message).toMatch(
      /^Could not find member 'nmae' on object of type 'CompanyReference'\. Path 'company\.nmae'/,
    );
  });
});

describe('conditions on tickets', () => {
  it('find an attached configuration, one at a time', async () => {
    const [one, two] = [await newTicket(), await newTicket()];
    for (const { id } of [one, two]) await rest('POST', `/service/tickets/${id}/configurations`, { id: 7 });
    const ids = async (conditions: string) => {
      const { status, body } = await list('/service/tickets', { conditions, fields: 'id', pageSize: '1000' });
      return status === 200 ? body.map(({ id }: { id: number }) => id) : body.code;
    };
    expect(await ids('configuration/id=7')).toEqual([one.id, two.id]);
    expect(await ids(`configuration/id=7 and id > ${one.id}`)).toEqual([two.id]);
    expect(await ids('configuration/id=7 or configuration/id=8')).toBe('ApiFindCondition');
    expect(await ids('configurations/id=7')).toBe('ApiFindCondition');
    await rest('DELETE', `/service/tickets/${one.id}/configurations/7`);
    expect(await ids('configuration/id=7')).toEqual([two.id]);
  });

  it('compare when they were closed', async () => {
    const { status, body } = await list('/service/tickets', {
      conditions: 'closedDate > [2020-01-01T00:00:00Z] and closedFlag = true',
      fields: 'closedDate',
    });
    expect(status).toBe(200);
    expect(body.length).toBeGreaterThan(0);
    expect((await list('/service/tickets', { conditions: 'closedDate > [2099-01-01]' })).body).toEqual([]);
  });
});
