import { globalAgent } from 'node:https';
import { ManageAPI } from 'connectwise-rest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { NOW } from '../../support/session.ts';

let sandbox: Sandbox;
let client: ManageAPI;

/** The client as anybody would set it up for a server on their own premises: host and keys, nothing else. */
function clientFor(keys: { publicKey: string; privateKey: string }): ManageAPI {
  const { companyId, clientId } = sandbox.credentials;
  const companyUrl = sandbox.url.replace('https://', '');
  return new ManageAPI({ companyId, clientId, companyUrl, ...keys, logger: () => undefined });
}

beforeAll(async () => {
  sandbox = await startSandbox({ now: NOW, tls: true });
  // What NODE_EXTRA_CA_CERTS does for a process of its own.
  globalAgent.options.ca = sandbox.tls?.ca;
  client = clientFor(sandbox.credentials);
});

afterAll(async () => {
  delete globalAgent.options.ca;
  await sandbox.close();
});

describe('connectwise-rest over HTTPS', () => {
  it('lists with conditions, order and fields', async () => {
    const tickets = await client.ServiceAPI.getServiceTickets({
      conditions: 'closedFlag = false and board/name = "Help Desk"',
      orderBy: 'id desc',
      fields: 'id,board/name,closedFlag',
      pageSize: 5,
    });
    expect(tickets).toHaveLength(5);
    for (const ticket of tickets)
      expect(ticket).toEqual({ id: ticket.id, board: { name: 'Help Desk' }, closedFlag: false });
    const { count } = await client.ServiceAPI.getServiceTicketsCount({ conditions: 'closedFlag = false' });
    expect(count).toBeGreaterThan(30);
  });

  it('reads everything with its own pager, by numbers', async () => {
    const all = await client.paginate(client.ServiceAPI.getServiceTickets, { pageSize: 170 }, { fields: 'id' });
    expect(all).toHaveLength(600);
    expect(new Set(all.map((ticket) => (ticket as { id: number }).id)).size).toBe(600);
    const members = await client.paginate(client.SystemAPI.getSystemMembers, { startPage: 2, pageSize: 5 }, {});
    const { count } = await client.SystemAPI.getSystemMembersCount({});
    expect(members).toHaveLength(Number(count) - 5);
  });

  it('reads everything forward only, by the ids of the pages', async () => {
    // The client has no option for the header; its users set it where axios keeps headers.
    const api = client.ServiceAPI as unknown as { instance: { defaults: { headers: Record<string, string> } } };
    api.instance.defaults.headers['pagination-type'] = 'forward-only';
    const ids: number[] = [];
    for (let pageId = 0; ; ) {
      const page = await client.ServiceAPI.getServiceTickets({ pageId, pageSize: 250 });
      ids.push(...page.map(({ id }) => Number(id)));
      if (page.length < 250) break;
      pageId = ids.at(-1) ?? 0;
    }
    delete api.instance.defaults.headers['pagination-type'];
    expect(ids).toHaveLength(600);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });

  it('creates, reads, changes, replaces and deletes', async () => {
    const made = await client.ServiceAPI.postServiceTickets({
      summary: 'Made by connectwise-rest',
      company: { identifier: 'Acme' },
      initialDescription: 'Text',
    } as never);
    expect(made).toMatchObject({
      board: { name: 'Help Desk' },
      status: { name: 'New' },
      company: { identifier: 'Acme' },
    });
    const id = Number(made.id);
    const notes = await client.ServiceAPI.getServiceTicketsByParentIdNotes(id);
    expect(notes.map(({ text }) => text)).toEqual(['Text']);
    const patched = await client.ServiceAPI.patchServiceTicketsById(id, [
      { op: 'replace', path: 'summary', value: 'Changed' },
      { op: 'replace', path: '/priority', value: { id: 1 } },
    ] as never);
    expect(patched).toMatchObject({ id, summary: 'Changed', priority: { id: 1, name: 'Priority 1 - Critical' } });
    const replaced = await client.ServiceAPI.putServiceTicketsById(id, { ...patched, summary: 'Replaced' });
    expect(replaced.summary).toBe('Replaced');
    await client.ServiceAPI.deleteServiceTicketsById(id);
    await expect(client.ServiceAPI.getServiceTicketsById(id)).rejects.toMatchObject({
      status: 404,
      data: { code: 'NotFound', message: `Service Ticket ${id} not found` },
    });
  });

  it('is told what is wrong, as the real server tells it', async () => {
    await expect(client.ServiceAPI.getServiceTickets({ conditions: 'nonsense = 1' })).rejects.toMatchObject({
      status: 400,
      data: { code: 'ApiFindCondition', message: 'nonsense is not a recognized name.' },
    });
    await expect(client.CompanyAPI.postCompanyContacts({ lastName: 'Nobody' } as never)).rejects.toMatchObject({
      status: 400,
      data: { code: 'InvalidObject', message: 'contact object is invalid' },
    });
    const wrong = clientFor({ publicKey: 'wrong', privateKey: 'wrong' });
    await expect(wrong.SystemAPI.getSystemInfo()).rejects.toMatchObject({
      status: 401,
      data: { code: 'Unauthorized' },
    });
  });

  it('acts as a member with a token that an integrator login made', async () => {
    const integrator = clientFor({ publicKey: 'sandboxIntegrator', privateKey: 'sandboxPassword' });
    const token = await integrator.SystemAPI.postSystemMembersByMemberIdentifierTokens('achen');
    const member = clientFor({ publicKey: String(token.publicKey), privateKey: String(token.privateKey) });
    const note = await member.ServiceAPI.postServiceTicketsByParentIdNotes(1, {
      text: 'Mine',
      internalAnalysisFlag: true,
    } as never);
    expect(note).toMatchObject({ createdBy: 'achen', _info: { updatedBy: 'achen' } });
  });
});
