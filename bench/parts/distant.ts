import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { passOn } from './pass-on.ts';

/** The way to a Manage that stands far away. */
export interface Distance {
  readonly url: string;
  /** Starts to count anew. */
  reset(): void;
  /** How many requests went out one after the other since the last reset, each after an answer of the one before. */
  inARow(): number;
  close(): Promise<void>;
}

/**
 * A proxy before a site that lets every answer wait. A request's place in the row is one more than the highest place among those
 * answered before it was sent; so the number does not depend on how busy the machine is.
 * @param site where requests are passed on to, without a path
 * @param delayMs how long each takes beyond the site's own time, in milliseconds
 */
export async function standAway(site: string, delayMs: number): Promise<Distance> {
  let answered = 0;
  let highest = 0;
  const server = createServer(async (incoming: IncomingMessage, answer) => {
    const place = answered + 1;
    highest = Math.max(highest, place);
    const reply = await passOn(incoming, site);
    await wait(delayMs);
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(answer);
    await once(answer, 'finish');
    answered = Math.max(answered, place);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reset() {
      answered = 0;
      highest = 0;
    },
    inARow: () => highest,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
