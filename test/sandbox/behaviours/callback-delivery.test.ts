import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadApi } from '../../../src/api/load.ts';
import { CallbackDelivery } from '../../../src/sandbox/callbacks/delivery.ts';
import type { HookContext } from '../../../src/sandbox/contract/behaviour.ts';
import { startSandbox } from '../../../src/sandbox/index.ts';
import { MemoryStore } from '../../../src/sandbox/store/memory-store.ts';
import { NOW, restOf } from '../../support/session.ts';

interface Delivered {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let receiver: Server;
let address: string;
let delivered: Delivered[];
let answers: number[];
let waiting: { count: number; done: () => void } | undefined;

/** Until so many messages have come. */
const messages = (count: number) =>
  new Promise<Delivered[]>((resolve) => {
    const done = () => resolve(delivered);
    if (delivered.length >= count) done();
    else waiting = { count, done };
  });

beforeEach(async () => {
  [delivered, answers, waiting] = [[], [], undefined];
  receiver = createServer(async (request, response) => {
    delivered.push({ url: request.url ?? '', headers: request.headers, body: await text(request) });
    response.writeHead(answers.shift() ?? 200).end();
    if (waiting !== undefined && delivered.length >= waiting.count) waiting.done();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?recordId=`;
});
afterEach(() => {
  receiver.closeAllConnections();
  receiver.close();
});

it('tells subscribers what was added, updated and deleted, signed with the served key', async () => {
  const sandbox = await startSandbox({ now: NOW, tickets: 10 });
  const rest = restOf(sandbox);
  const subscribe = (level: string, objectId: number, url = address) =>
    rest('POST', '/system/callbacks', { url, objectId, type: 'Ticket', level });
  // Closed tickets of the help desk only, and nothing for another company.
  expect((await subscribe('Status', 7)).status).toBe(201);
  await subscribe('Company', 9);
  await subscribe('Owner', 1, 'https://elsewhere.example/hook?recordId=');
  const ticket = (await rest('POST', '/service/tickets', { summary: 'Told', company: { id: 2 } })).body;
  await rest('PATCH', `/service/tickets/${ticket.id}`, [{ op: 'replace', path: 'status', value: { id: 7 } }]);
  await messages(1);
  await rest('DELETE', `/service/tickets/${ticket.id}`);
  const [updated, deleted] = await messages(2);
  expect(updated?.url).toBe(`/hook?recordId=${ticket.id}&action=updated`);
  expect(deleted?.url).toBe(`/hook?recordId=${ticket.id}&action=deleted`);
  const message = JSON.parse(updated?.body ?? '');
  expect(message).toMatchObject({
    Action: 'updated',
    ID: ticket.id,
    Type: 'ticket',
    CompanyId: 'northwind',
    MemberId: 'apimcp',
  });
  expect(JSON.parse(message.Entity)).toMatchObject({ id: ticket.id, summary: 'Told', closedFlag: true });
  const { signing_key } = (await (await fetch(message.Metadata.key_url)).json()) as { signing_key: string };
  const key = createHash('sha256').update(signing_key).digest();
  expect(updated?.headers['x-content-signature']).toBe(
    createHmac('sha256', key)
      .update(updated?.body ?? '')
      .digest('base64'),
  );
  await sandbox.close();
});

it.each([
  [[404, 429, 200], 3],
  [[409, 419, 404, 200], 3],
  [[500, 200], 1],
  [[200], 1],
])('after %j delivers %i times', async (statuses, times) => {
  answers = [...statuses];
  const store = new MemoryStore();
  const callbacks = store.collection('/system/callbacks');
  callbacks.put({ url: address, type: 'company', level: 'owner', objectId: 1 });
  const delivery = new CallbackDelivery({
    companyId: 'northwind',
    signingKey: 'k',
    keyUrl: () => 'http://127.0.0.1/key',
    delays: [1, 1],
  });
  const context = {
    store,
    api: loadApi(),
    caller: { memberId: 1, identifier: 'me' },
  } as unknown as HookContext;
  delivery.changed('Company', 'added', { id: 5 }, context);
  await messages(times);
  // Were there another try, it would come after a millisecond.
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(delivered).toHaveLength(times);
  expect(new Set(delivered.map(({ body }) => JSON.parse(body).MessageId)).size).toBe(1);
  delivery.stop();
});

it('tells of what changed along with what was named: merges, children, conversions, assignments, notes, time', async () => {
  const sandbox = await startSandbox({ now: NOW, tickets: 10 });
  const rest = restOf(sandbox);
  for (const type of ['Ticket', 'Schedule', 'Time', 'Company', 'Opportunity', 'Agreement'])
    await rest('POST', '/system/callbacks', { url: address, objectId: 1, type, level: 'Owner' });
  /** What is told of one request, in the order of the types and ids. */
  const told = async (method: string, path: string, body: unknown, count: number): Promise<string[]> => {
    delivered = [];
    const { status } = await rest(method, path, body);
    expect([path, status < 300]).toEqual([path, true]);
    await messages(count);
    // Nothing more comes after these.
    await new Promise((resolve) => setTimeout(resolve, 40));
    return delivered
      .map((message) => JSON.parse(message.body))
      .map(({ Type, ID, Action }) => `${Type} ${ID} ${Action}`)
      .sort();
  };
  const [a, b, c] = await Promise.all(
    ['a', 'b', 'c'].map(
      async (summary) => (await rest('POST', '/service/tickets', { summary, company: { id: 2 } })).body.id,
    ),
  );
  await messages(3);
  const pair = [`ticket ${a} updated`, `ticket ${b} updated`].sort();
  expect(await told('POST', `/service/tickets/${a}/attachChildren`, { childTicketIds: [b] }, 2)).toEqual(pair);
  expect(await told('POST', `/service/tickets/${a}/merge`, { mergeTicketIds: [b], status: { id: 7 } }, 2)).toEqual(
    pair,
  );
  expect(await told('POST', `/service/tickets/${a}/configurations`, { id: 1 }, 1)).toEqual([`ticket ${a} updated`]);
  expect(await told('POST', `/service/tickets/${a}/notes`, { text: 'x', internalAnalysisFlag: true }, 1)).toEqual([
    `ticket ${a} updated`,
  ]);
  const entry = { objectId: a, member: { id: 1 }, type: { id: 4 } };
  expect(await told('POST', '/schedule/entries', entry, 2)).toEqual([
    expect.stringMatching(/^schedule \d+ added$/),
    `ticket ${a} updated`,
  ]);
  const converted = await told(
    'POST',
    `/service/tickets/${c}/convert`,
    { recordType: 'ProjectTicket', project: { id: 1 }, phase: { id: 1 } },
    2,
  );
  expect(converted).toEqual([`ticket ${c} added`, `ticket ${c} deleted`]);
  const opportunity = (await rest('GET', '/sales/opportunities?conditions=status/name="Open"&pageSize=1')).body[0];
  const agreed = await told('POST', `/sales/opportunities/${opportunity.id}/convertToAgreement`, {}, 1);
  expect(agreed).toContainEqual(expect.stringMatching(/^agreement \d+ added$/));
  expect(await told('DELETE', '/company/companies/28', undefined, 1)).toEqual(['company 28 deleted']);
  // Reading writes nothing that anybody is told of, and who asks for silence gets it.
  await rest('GET', '/service/tickets');
  expect(
    await told('POST', '/service/tickets', { summary: 'quiet', company: { id: 2 }, skipCallback: true }, 0),
  ).toEqual([]);
  await sandbox.close();
});

it('switches a subscription off after three days in a row on which nothing arrived', async () => {
  let clock = new Date(NOW);
  const sandbox = await startSandbox({ now: () => clock, tickets: 10 });
  const rest = restOf(sandbox);
  const { body: entry } = await rest('POST', '/system/callbacks', {
    url: address,
    objectId: 1,
    type: 'Contact',
    level: 'Owner',
  });
  const isInactive = async (): Promise<boolean> =>
    (await rest('GET', `/system/callbacks/${entry.id}`)).body.inactiveFlag;
  const changeOn = async (day: number, status: number): Promise<boolean> => {
    clock = new Date(NOW.getTime() + day * 86_400_000);
    [delivered, answers] = [[], [status]];
    await rest('PATCH', '/company/contacts/1', [{ op: 'replace', path: 'title', value: `Day ${day}` }]);
    await messages(1);
    // The answer has to come back before anything follows from it.
    await new Promise((resolve) => setTimeout(resolve, 40));
    return isInactive();
  };
  expect(await changeOn(0, 500)).toBe(false);
  expect(await changeOn(0, 500)).toBe(false);
  expect(await changeOn(1, 500)).toBe(false);
  // One that arrives starts the count again, a day without messages breaks the row.
  expect(await changeOn(2, 200)).toBe(false);
  expect(await changeOn(3, 500)).toBe(false);
  expect(await changeOn(4, 500)).toBe(false);
  expect(await changeOn(6, 500)).toBe(false);
  expect(await changeOn(7, 503)).toBe(false);
  await changeOn(8, 500);
  await expect.poll(isInactive).toBe(true);
  delivered = [];
  await rest('PATCH', '/company/contacts/1', [{ op: 'replace', path: 'title', value: 'Unheard' }]);
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(delivered).toEqual([]);
  // Whoever repaired the receiver switches it on again.
  await rest('PATCH', `/system/callbacks/${entry.id}`, [{ op: 'replace', path: 'inactiveFlag', value: false }]);
  expect(await changeOn(9, 200)).toBe(false);
  await sandbox.close();
});
