import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EVERYDAY, MOST } from '../../bench/parts/everyday.ts';
import { passOn } from '../../bench/parts/pass-on.ts';
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
  const reply = await passOn(incoming, sandbox.baseUrl);
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
const VERSION = 1;

it.each(
  EVERYDAY.map(({ tool, kind, arguments: input }) => ({
    tool,
    given: Object.keys(input(0)).join(', ') || 'nothing',
    most: MOST[kind],
    input,
  })),
)(
  '$tool of $given waits for $most.fresh requests in a row at most, for $most.warm again',
  async ({ tool, most, input }) => {
    const session = await startSessionOn(sandbox, { environment: { CWM_SITE: site }, toolsets: 'all' });
    try {
      const taken: number[] = [];
      for (const round of [0, 1]) {
        waits = 0;
        await session.ok(tool, input(round));
        taken.push(waits);
      }
      const [fresh = 0, again = 0] = taken;
      expect(fresh, `fresh: ${taken.join(' / ')}`).toBeLessThanOrEqual(most.fresh + VERSION);
      expect(again, `again: ${taken.join(' / ')}`).toBeLessThanOrEqual(most.warm);
      expect(again).toBeGreaterThan(0);
    } finally {
      await session.close();
    }
  },
);
