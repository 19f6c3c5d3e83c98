import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SANDBOX } from '../../src/sandbox/credentials.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { NOW, restOf, type Session } from '../support/session.ts';

let sandbox: Sandbox;
let rest: Session['rest'];
beforeAll(async () => {
  sandbox = await startSandbox({ now: NOW, tickets: 10 });
  rest = restOf(sandbox);
});
afterAll(() => sandbox.close());

describe('a reset', () => {
  it('takes back what was created, changed and deleted, and gives the same ids again', async () => {
    const bare = { summary: 'New', company: { id: 2 } };
    const before = (await rest('GET', '/service/tickets?pageSize=100')).body;
    const [changed, deleted] = before;
    const made = (await rest('POST', '/service/tickets', bare)).body;
    await rest('PATCH', `/service/tickets/${changed.id}`, [{ op: 'replace', path: 'summary', value: 'Changed' }]);
    const note = { text: 'A note', detailDescriptionFlag: true };
    const noted = (await rest('POST', `/service/tickets/${changed.id}/notes`, note)).body;
    await rest('DELETE', `/service/tickets/${deleted.id}`);
    expect((await rest('GET', `/service/tickets?conditions=summary="Changed"`)).body).toHaveLength(1);

    sandbox.reset();

    expect((await rest('GET', '/service/tickets?pageSize=100')).body).toEqual(before);
    expect((await rest('GET', `/service/tickets?conditions=summary="Changed"`)).body).toEqual([]);
    expect((await rest('POST', '/service/tickets', bare)).body).toMatchObject({ id: made.id, summary: 'New' });
    expect((await rest('POST', `/service/tickets/${changed.id}/notes`, note)).body.id).toBe(noted.id);
    sandbox.reset();
  });

  it('tells of appointments as they were made, whatever became of their tickets before anybody asked', async () => {
    const [assigned] = (await rest('GET', '/service/tickets?conditions=resources!=null')).body;
    const path = `/service/tickets/${assigned.id}`;
    await rest('PATCH', path, [{ op: 'replace', path: 'summary', value: 'Changed' }]);
    const asked = `/schedule/entries?conditions=${encodeURIComponent(`objectId=${assigned.id} and type/identifier="S"`)}`;
    const [entry] = (await rest('GET', asked)).body;
    expect(entry.name).toContain(assigned.summary);
    const { member, dateStart, type } = entry;
    const other = { objectId: assigned.id, member: { id: member.id }, type: { id: type.id }, dateStart };
    const made = (await rest('POST', '/schedule/entries', other)).body;
    expect(made.id).toBeGreaterThan(entry.id);

    sandbox.reset();

    expect((await rest('GET', asked)).body).toEqual([entry]);
    expect((await rest('POST', '/schedule/entries', other)).body.id).toBe(made.id);
    sandbox.reset();
  });

  it('ends faults, quotas and tokens, and empties the log', async () => {
    const { login, password } = SANDBOX.integrator;
    const asIntegrator = restOf(sandbox, { publicKey: login, privateKey: password });
    const asMember = restOf(sandbox, (await asIntegrator('POST', '/system/members/jdoe/tokens')).body);
    expect((await asMember('GET', '/system/info')).status).toBe(200);
    sandbox.faults.add({ kind: 'error', times: 5 });
    sandbox.faults.quota(1);

    sandbox.reset();

    expect(sandbox.requests).toEqual([]);
    expect((await rest('GET', '/system/info')).status).toBe(200);
    expect((await rest('GET', '/system/info')).status).toBe(200);
    expect((await asMember('GET', '/system/info')).status).toBe(401);
  });
});
