import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { NOW, type RestAnswer, restOf } from '../support/session.ts';

type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

let sandbox: Sandbox;
/** The sandbox's clock, put forward by the tests. */
let clock = new Date(NOW);

const as = (publicKey: string, privateKey: string) => restOf(sandbox, { publicKey, privateKey });
const integrator = () => as('sandboxIntegrator', 'sandboxPassword');

async function tokenFor(member: string): Promise<{ publicKey: string; privateKey: string; expiration: string }> {
  const { status, body } = await integrator()('POST', `/system/members/${member}/tokens`, { memberIdentifier: member });
  expect(status).toBe(200);
  return body;
}

beforeAll(async () => {
  sandbox = await startSandbox({ now: () => clock });
});
afterAll(() => sandbox.close());

describe('tokens to act as a member', () => {
  it('are made by an integrator login only, for members that there are', async () => {
    const forbidden: RestAnswer['body'] = {
      code: 'Security',
      message: 'You do not have security permission to perform this action.',
    };
    for (const { publicKey, privateKey } of sandbox.keys) {
      const { status, body } = await as(publicKey, privateKey)('POST', '/system/members/jdoe/tokens', {
        memberIdentifier: 'jdoe',
      });
      expect([status, body]).toEqual([403, forbidden]);
    }
    const missing = await integrator()('POST', '/system/members/nobody/tokens', { memberIdentifier: 'nobody' });
    expect([missing.status, missing.body.code]).toEqual([404, 'NotFound']);
    expect((await integrator()('POST', '/system/members/rgone/tokens')).status).toBe(403);
    expect((await as('sandboxIntegrator', 'wrong')('POST', '/system/members/jdoe/tokens')).status).toBe(401);
  });

  it('write as that member: notes, time, the audit trail', async () => {
    const { publicKey, privateKey } = await tokenFor('achen');
    const rest = as(publicKey, privateKey);
    const { body: made } = await rest('POST', '/service/tickets', { summary: 'By token', company: { id: 2 } });
    expect(made._info).toMatchObject({ enteredBy: 'achen', updatedBy: 'achen' });
    const { body: entry } = await rest('POST', '/time/entries', {
      chargeToId: made.id,
      chargeToType: 'ServiceTicket',
      timeStart: '2026-11-24T20:00:00Z',
      actualHours: 0.5,
    });
    expect(entry).toMatchObject({ member: { identifier: 'achen' }, enteredBy: 'achen' });
    const { body: trail } = await rest('GET', `/system/audittrail?type=Ticket&id=${made.id}`);
    expect(trail.map(({ enteredBy }: { enteredBy: string }) => enteredBy)).toContain('achen');
  });

  it('have the rights of that member', async () => {
    const technician = await tokenFor('jdoe');
    const manager = await tokenFor('mobrien');
    const invoices = (token: { publicKey: string; privateKey: string }) =>
      as(token.publicKey, token.privateKey)('GET', '/finance/invoices?pageSize=1');
    expect((await invoices(technician)).status).toBe(403);
    expect((await invoices(manager)).status).toBe(200);
  });

  it('expire after four hours of the sandbox', async () => {
    const { publicKey, privateKey, expiration } = await tokenFor('jdoe');
    const read = async (): Promise<number> => (await as(publicKey, privateKey)('GET', '/system/info')).status;
    expect(expiration).toBe('2026-11-25T01:20:00Z');
    clock = new Date('2026-11-25T01:19:59Z');
    expect(await read()).toBe(200);
    clock = new Date('2026-11-25T01:20:00Z');
    expect(await read()).toBe(401);
    clock = new Date(NOW);
    // Once expired, always expired.
    expect(await read()).toBe(401);
  });
});

describe('security roles', () => {
  const statusOf = async (
    who: 'reader' | 'technician',
    method: string,
    path: string,
    body?: unknown,
  ): Promise<number> => (await as(`${who}Public`, `${who}Private`)(method, path, body)).status;

  it('let a reader look, but not at everything, and not touch', async () => {
    expect(await statusOf('reader', 'GET', '/service/tickets?pageSize=1')).toBe(200);
    expect(await statusOf('reader', 'GET', '/service/info/boards')).toBe(200);
    expect(await statusOf('reader', 'GET', '/service/boards')).toBe(403);
    expect(await statusOf('reader', 'POST', '/service/tickets', { summary: 'No', company: { id: 2 } })).toBe(403);
    expect(await statusOf('reader', 'GET', '/finance/agreements')).toBe(403);
  });

  it('let a technician work on tickets and time, but not on invoices, members or the tickets of the past', async () => {
    expect(await statusOf('technician', 'POST', '/service/tickets', { summary: 'Yes', company: { id: 2 } })).toBe(201);
    expect(await statusOf('technician', 'GET', '/service/boards')).toBe(200);
    expect(await statusOf('technician', 'DELETE', '/service/tickets/1')).toBe(403);
    expect(await statusOf('technician', 'GET', '/finance/invoices')).toBe(403);
    expect(await statusOf('technician', 'GET', '/finance/invoices/count')).toBe(403);
    expect(await statusOf('technician', 'POST', '/finance/agreements', {})).toBe(403);
    expect(await statusOf('technician', 'PATCH', '/system/members/1', [])).toBe(403);
    expect(await statusOf('technician', 'POST', '/time/sheets/1/approve', {})).toBe(403);
  });

  it('follow the role that an administrator gives', async () => {
    const rest = restOf(sandbox);
    const [technician] = (await rest('GET', '/system/members?conditions=identifier="apitech"')).body;
    const role = (name: string) => [{ op: 'replace', path: 'securityRole', value: { name } }];
    expect((await rest('PATCH', `/system/members/${technician.id}`, role('Admin'))).status).toBe(200);
    expect(await statusOf('technician', 'GET', '/finance/invoices')).toBe(200);
    await rest('PATCH', `/system/members/${technician.id}`, role('Technician'));
    expect(await statusOf('technician', 'GET', '/finance/invoices')).toBe(403);
  });
});
