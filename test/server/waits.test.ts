import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { NOW, startSessionOn } from '../support/session.ts';

// What a person waits for is the number of requests to Manage one after the other. Counted without a clock: answers are held until
// whoever asked has nothing more to ask for, and go out together; each time is one wait.

/** Rounds of the event loop without anything new after which nobody asks for more. All of this runs in one process. */
const QUIET = 60;

let sandbox: Sandbox;
let since = 0;
let asked = 0;
let waits = 0;
let held: (() => void)[] = [];

const front = createServer(async (incoming: IncomingMessage, answer) => {
  since = 0;
  asked += 1;
  const { method, url: path, headers } = incoming;
  const { hostname, port } = new URL(sandbox.baseUrl);
  const passed = request({ hostname, port, method, path, headers });
  incoming.pipe(passed);
  const [reply] = (await once(passed, 'response')) as [IncomingMessage];
  since = 0;
  held.push(() => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(answer);
  });
});

let isOver = false;
/** Lets answers go when nothing is under way any more. */
async function release(): Promise<void> {
  while (!isOver) {
    await turn();
    since += 1;
    if (since < QUIET || held.length === 0 || held.length < asked) continue;
    waits += 1;
    const answers = held;
    held = [];
    asked = 0;
    since = 0;
    for (const go of answers) go();
  }
}

let site: string;
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW, tickets: 60 });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  site = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  void release();
});
afterAll(async () => {
  isOver = true;
  front.closeAllConnections();
  front.close();
  await sandbox.close();
});

// A server by itself has found the site's version before a person's first call; here that is one wait more.
const READ = [3 + 1, 2] as const;
const WRITE = [4 + 1, 3] as const;

it.each<[string, readonly [fresh: number, again: number], (round: number) => Record<string, unknown>]>([
  ['search_tickets', READ, () => ({})],
  ['search_tickets', READ, () => ({ company: 'Acme Corporation', board: 'Help Desk', status: 'In Progress' })],
  ['get_ticket', READ, () => ({ ticketId: 7 })],
  ['get_company', READ, () => ({ company: 'Acme Corporation' })],
  ['search_contacts', READ, () => ({ company: 'Globex' })],
  ['search_schedule', READ, () => ({ member: 'me', period: 'this week' })],
  ['get_timesheet', READ, () => ({})],
  ['find_missing_time', READ, () => ({ period: 'last week' })],
  ['find_unbilled', READ, () => ({ company: 'Acme Corporation' })],
  ['create_ticket', WRITE, (round) => ({ summary: `Printer ${round} jams`, company: 'Globex', board: 'Help Desk' })],
  ['update_ticket', WRITE, (round) => ({ ticketId: 7 + round, priority: 'Priority 2 - High' })],
  ['add_ticket_note', WRITE, (round) => ({ ticketId: 7, text: `Called, try ${round}.` })],
  [
    'log_time',
    WRITE,
    (round) => ({ ticketId: 7, start: `yesterday ${13 + round}:00`, hours: '15 minutes', notes: 'Looked' }),
  ],
])('%s waits for %j requests in a row at most, fresh and again', async (tool, most, input) => {
  const session = await startSessionOn(sandbox, { environment: { CWM_SITE: site }, toolsets: 'all' });
  try {
    const taken: number[] = [];
    for (const round of [0, 1]) {
      waits = 0;
      await session.ok(tool, input(round));
      taken.push(waits);
    }
    const [fresh = 0, again = 0] = taken;
    expect(fresh, `fresh: ${taken.join(' / ')}`).toBeLessThanOrEqual(most[0]);
    expect(again, `again: ${taken.join(' / ')}`).toBeLessThanOrEqual(most[1]);
    expect(again).toBeGreaterThan(0);
  } finally {
    await session.close();
  }
});
