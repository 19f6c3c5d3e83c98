import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { passOn } from '../../bench/parts/pass-on.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { NOW, type Session, startSessionOn } from '../support/session.ts';

// A new connection to a site 100 ms away takes 200 to 300 ms before the first byte of a request is on its way.

interface Seen {
  readonly what: 'opened' | 'answered' | 'PATCH' | 'GET' | 'POST';
  readonly connection: Socket;
}

const seen: Seen[] = [];
/** Passes requests on to the sandbox, and says nothing of how long it keeps a connection, as most web servers. */
const front = createServer(async (incoming: IncomingMessage, answer) => {
  const { method = 'GET', socket } = incoming;
  seen.push({ what: method as Seen['what'], connection: socket });
  const reply = await passOn(incoming, sandbox.baseUrl);
  const { 'keep-alive': _, ...rest } = reply.headers;
  answer.writeHead(reply.statusCode ?? 502, { ...rest, connection: 'keep-alive' });
  reply.pipe(answer);
  await once(answer, 'finish');
  seen.push({ what: 'answered', connection: socket });
}).on('connection', (connection) => seen.push({ what: 'opened', connection }));
front.keepAliveTimeout = 60_000;

let sandbox: Sandbox;
let session: Session;
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW, tickets: 40 });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  const site = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  session = await startSessionOn(sandbox, { environment: { CWM_SITE: site } });
  await session.ok('get_ticket', { ticketId: 7 });
});
beforeEach(() => {
  seen.length = 0;
});
afterAll(async () => {
  await session.close();
  await sandbox.close();
  front.closeAllConnections();
  front.close();
});

it('a preview opens no connection for a write', async () => {
  await session.ok('update_ticket', { ticketId: 7, summary: 'Printer jams again', dryRun: true });
  expect(seen.map(({ what }) => what)).not.toContain('opened');
});

it('a write finds its connection open, from before the first answer of its call', async () => {
  await session.ok('update_ticket', { ticketId: 7, summary: 'Printer jams again' });
  const write = seen.findIndex(({ what }) => what === 'PATCH');
  const opened = seen.findIndex(({ what, connection }) => what === 'opened' && connection === seen[write]?.connection);
  const firstAnswer = seen.findIndex(({ what }) => what === 'answered');
  expect(write).toBeGreaterThan(firstAnswer);
  expect(opened).toBeGreaterThanOrEqual(0);
  expect(opened).toBeLessThan(firstAnswer);
});

it('a call after the machine has slept goes over new connections', async () => {
  await session.ok('get_ticket', { ticketId: 9 });
  seen.length = 0;
  const now = Date.now();
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => now + 60_000);
  try {
    await session.ok('get_ticket', { ticketId: 11 });
  } finally {
    clock.mockRestore();
  }
  const used = seen.filter(({ what }) => what === 'GET').map(({ connection }) => connection);
  const opened = seen.filter(({ what }) => what === 'opened').map(({ connection }) => connection);
  expect(used.length).toBeGreaterThan(0);
  expect(used.every((connection) => opened.includes(connection))).toBe(true);
});

it('a call goes on over the connections of the one before, seconds later', async () => {
  await session.ok('get_ticket', { ticketId: 9 });
  // The library's own limit is four seconds, looked at every half second or so.
  await sleep(6_500);
  seen.length = 0;
  await session.ok('get_ticket', { ticketId: 10 });
  expect(seen.map(({ what }) => what)).not.toContain('opened');
});

it('a write goes over another connection where the one opened ahead was told something, which is closed', async () => {
  const ahead = new Promise<{ connection: Socket; closed: Promise<void> }>((found) => {
    front.once('connection', (connection) => {
      connection.write('HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n');
      found({ connection, closed: new Promise((closed) => connection.once('close', () => closed())) });
    });
  });
  await session.ok('update_ticket', { ticketId: 7, summary: 'Printer jams once more' });
  const { connection, closed } = await ahead;
  const writes = seen.filter(({ what }) => what === 'PATCH');
  expect(writes).toHaveLength(1);
  expect(writes[0]?.connection).not.toBe(connection);
  await closed;
});
