import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What something between us and Manage does with one write. */
export interface WireFault {
  /** Whether Manage gets it: before the answer, twice, never, or after so many more reads (else with `commit`). */
  readonly arrives: 'once' | 'twice' | 'never' | { readonly afterReads: number };
  /**
   * What comes back: an answer of its own; Manage's, whole, to the second delivery, or cut off; a broken connection; nothing, until the caller gives up.
   */
  readonly answer: 'reset' | 'hang' | "Manage's" | "Manage's second" | 'cut' | OwnAnswer;
}

export interface OwnAnswer {
  readonly status: number;
  /** JSON; a page where it is a text. */
  readonly body?: unknown;
  readonly location?: string;
}

/** A gateway in front of Manage. */
export interface Gateway {
  readonly url: string;
  /** Where requests go on to; has to be set before the first one. */
  target: string;
  /**
   * Writes that Manage carried out, as `POST /service/tickets`, since the list was emptied. A second delivery is one only where it
   * made a record: tickets that are merged already are merged once.
   */
  readonly done: string[];
  /** Does this to a write: the next one, or the one after so many others. */
  next(fault: WireFault, after?: number): void;
  /** Runs when a write is left without an answer. */
  onHang: (() => void) | undefined;
  /** Runs when the fault hits a write, after Manage got it. */
  onFault: (() => void) | undefined;
  /** Passes on what still waits, and takes a fault back that has not hit. */
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

/** Every id in an answer: of the record, and of those in it. */
function idsIn(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) => (name === 'id' ? [Number(inside)] : idsIn(inside)));
}

/** Whether two deliveries of one request made two records: their answers name others. */
function madeTwo(one: Reply, other: Reply): boolean {
  const [first, second] = [one, other].map(({ body }) => String(idsIn(JSON.parse(String(body) || 'null'))));
  return other.status < 300 && first !== second;
}

const writes = ({ method, url }: Request): boolean =>
  method !== 'GET' && !/\/(search|defaults|pricing)(\?|$)/.test(url);

function answerWith(outgoing: ServerResponse, { status, body, location }: OwnAnswer): void {
  const isPage = typeof body === 'string';
  const headers = { 'content-type': isPage ? 'text/html' : 'application/json', ...(location && { location }) };
  outgoing.writeHead(status, headers);
  if (body === undefined) outgoing.end();
  else outgoing.end(isPage ? body : JSON.stringify(body));
}

export async function startGateway(): Promise<Gateway> {
  const done: string[] = [];
  let coming: { readonly fault: WireFault; after: number } | undefined;
  let waiting: { reads: number; readonly held: Request } | undefined;
  const note = (passed: Request, { status }: Reply): void => {
    if (writes(passed) && status < 300) done.push(`${passed.method} ${passed.url.replace(/^.*\/3\.0/, '')}`);
  };
  const pass = async (passed: Request): Promise<Reply> => {
    const reply = await passOn(gateway.target, passed);
    note(passed, reply);
    return reply;
  };
  const commit = async (): Promise<void> => {
    const held = waiting?.held;
    waiting = undefined;
    if (held !== undefined) await pass(held);
  };
  /** The fault that hits a write. */
  const fallen = (asked: Request): WireFault | undefined => {
    if (coming === undefined || !writes(asked)) return undefined;
    const { fault, after } = coming;
    coming.after -= 1;
    if (after > 0) return undefined;
    coming = undefined;
    return fault;
  };
  const fail = async ({ arrives, answer }: WireFault, asked: Request, outgoing: ServerResponse): Promise<void> => {
    let reply: Reply | undefined;
    if (arrives === 'once' || arrives === 'twice') reply = await pass(asked);
    if (arrives === 'twice' && reply !== undefined) {
      const again = await passOn(gateway.target, asked);
      if (madeTwo(reply, again)) note(asked, again);
      if (answer === "Manage's second") reply = again;
    }
    if (typeof arrives === 'object') waiting = { reads: arrives.afterReads, held: asked };
    gateway.onFault?.();
    if (answer === 'hang') return gateway.onHang?.();
    if (answer === 'reset') return void outgoing.destroy();
    if (typeof answer === 'object') return answerWith(outgoing, answer);
    const { status, headers, body } = reply ?? { status: 500, headers: {}, body: Buffer.alloc(0) };
    const { 'content-length': _, 'transfer-encoding': __, ...rest } = headers;
    outgoing.writeHead(status, rest).end(answer === 'cut' ? body.subarray(0, Math.floor(body.length / 2)) : body);
  };
  const server = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url = '', headers } = incoming;
    const asked = { method, url, headers, body: await whole(incoming) };
    if (waiting !== undefined && method === 'GET') {
      waiting.reads -= 1;
      if (waiting.reads < 0) await commit();
    }
    const fault = fallen(asked);
    if (fault !== undefined) return fail(fault, asked, outgoing);
    const reply = await pass(asked);
    outgoing.writeHead(reply.status, reply.headers).end(reply.body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const gateway: Gateway = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: '',
    done,
    onHang: undefined,
    onFault: undefined,
    next(fault, after = 0) {
      coming = { fault, after };
    },
    async commit() {
      coming = undefined;
      await commit();
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return gateway;
}
