import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A gateway in front of Manage that answers in its place: it gives up waiting for what Manage makes all the same, or invents an answer. */
export interface Gateway {
  readonly url: string;
  /** Where requests go on to; has to be set before the first one. */
  target: string;
  /** Creations that Manage made, as `/service/tickets`, since `giveUp` or the start. */
  readonly made: string[];
  /**
   * Answers the next creation with a 504 page, and passes it on after so many more reads, or with `commit`.
   */
  giveUp(afterReads: number): void;
  /** Answers the next write in Manage's place, which gets it only where it `arrives`. */
  answerOnce(answer: { readonly status: number; readonly body?: unknown; readonly arrives: boolean }): void;
  /** Passes on what still waits, and takes `giveUp` back. */
  commit(): Promise<void>;
  close(): void;
}

interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

async function whole(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const passOn = (target: string, { method, url, headers, body }: Request): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const passed = request(new URL(url, target), { method, headers }, (reply) => {
      whole(reply).then(
        (bytes) => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: bytes }),
        reject,
      );
    });
    passed.on('error', reject);
    passed.end(body);
  });

const writes = ({ method, url }: Request): boolean => method !== 'GET' && !/\/(search|defaults)(\?|$)/.test(url);
const creates = (asked: Request): boolean => asked.method === 'POST' && writes(asked);

export async function startGateway(): Promise<Gateway> {
  const made: string[] = [];
  let patience: number | undefined;
  let invented: Parameters<Gateway['answerOnce']>[0] | undefined;
  let waiting: { reads: number; readonly held: Request } | undefined;
  const pass = async (passed: Request): Promise<Reply> => {
    const reply = await passOn(gateway.target, passed);
    if (creates(passed) && reply.status < 300) made.push(passed.url.replace(/^.*\/3\.0/, ''));
    return reply;
  };
  const commit = async (): Promise<void> => {
    const held = waiting?.held;
    waiting = undefined;
    if (held !== undefined) await pass(held);
  };
  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url = '', headers } = incoming;
    const asked = { method, url, headers, body: await whole(incoming) };
    if (waiting !== undefined && method === 'GET') {
      waiting.reads -= 1;
      if (waiting.reads < 0) await commit();
    }
    if (patience !== undefined && creates(asked)) {
      waiting = { reads: patience, held: asked };
      patience = undefined;
      outgoing.writeHead(504, { 'content-type': 'text/html' }).end('<html><title>504 Gateway Time-out</title></html>');
      return;
    }
    if (invented !== undefined && writes(asked)) {
      const { status, body, arrives } = invented;
      invented = undefined;
      if (arrives) await pass(asked);
      outgoing
        .writeHead(status, { 'content-type': 'application/json' })
        .end(body === undefined ? undefined : JSON.stringify(body));
      return;
    }
    const reply = await pass(asked);
    outgoing.writeHead(reply.status, reply.headers).end(reply.body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const gateway: Gateway = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: '',
    made,
    giveUp(afterReads) {
      made.length = 0;
      patience = afterReads;
    },
    answerOnce(answer) {
      invented = answer;
    },
    async commit() {
      patience = undefined;
      await commit();
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return gateway;
}
