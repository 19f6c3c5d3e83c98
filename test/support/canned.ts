import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is answered instead of the sandbox. */
export interface Canned {
  readonly method: string;
  /** A part of the path. */
  readonly path: string;
  readonly status: number;
  /** JSON, or a page. */
  readonly body: unknown;
}

export interface CannedManage {
  /** For `CWM_SITE`. */
  readonly url: string;
  /** Where everything goes that has no canned answer. */
  target: string;
  answer: Canned | undefined;
  close(): Promise<void>;
}

/** A Manage that passes requests on to the sandbox, but for one that it answers in the words of a real server. */
export async function startCanned(): Promise<CannedManage> {
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '' } = incoming;
    const { answer, target } = manage;
    if (answer !== undefined && answer.method === method && url.includes(answer.path)) {
      incoming.resume();
      const page = typeof answer.body === 'string';
      outgoing.writeHead(answer.status, {
        'content-type': page ? 'text/html' : 'application/json; charset=utf-8',
        'x-cw-request-id': '00000000-0000-4000-8000-000000000001',
      });
      outgoing.end(page ? answer.body : JSON.stringify(answer.body));
      return;
    }
    const passed = request(new URL(url, target), { method, headers: incoming.headers }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(outgoing);
    });
    incoming.pipe(passed);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const manage: CannedManage = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: '',
    answer: undefined,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return manage;
}
