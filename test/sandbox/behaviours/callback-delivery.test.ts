import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadCatalog } from '../../../src/catalog/load.ts';
import type { HookContext } from '../../../src/sandbox/behaviour.ts';
import { CallbackDelivery } from '../../../src/sandbox/callbacks/delivery.ts';
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
    catalog: loadCatalog(),
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
