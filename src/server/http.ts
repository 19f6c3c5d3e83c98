import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { type ManageClient, onBehalfOf } from '../manage/index.ts';
import { createServer } from './create-server.ts';
import { handlersOf } from './handlers.ts';
import { readBody } from './http-body.ts';
import { guard } from './http-guards.ts';
import type { Services } from './services.ts';
import { LONGEST } from './stdio-lines.ts';

export interface HttpServer {
  /** Where clients connect: `http://127.0.0.1:3000/mcp`. */
  readonly url: string;
  close(): Promise<void>;
}

/** How long a caller may take to send its request, in milliseconds: who dribbles holds a connection for no longer. */
const PATIENCE = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 } as const;

/** For this long an answer stands: who asks every second, or is not even signed in, must not use up the requests a minute. */
const STANDS_MS = 5_000;
const ANSWER_MS = 5_000;

/** Whether Manage answers with these keys. Asked by many at once, Manage is asked once. */
function readiness(manage: ManageClient): () => Promise<boolean> {
  let asked = 0;
  let answer: Promise<boolean> | undefined;
  return () => {
    if (answer !== undefined && performance.now() - asked < STANDS_MS) return answer;
    asked = performance.now();
    answer = manage.get('GET /system/info', { signal: AbortSignal.timeout(ANSWER_MS) }).then(
      () => true,
      () => false,
    );
    return answer;
  };
}

/** Where a request comes from: callers take turns by it. A proxy names the address that it stands for last; more rests on none of it. */
const addressOf = ({ headers, socket }: IncomingMessage): string =>
  `${socket.remoteAddress} ${String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim()
    .slice(0, LONGEST_ADDRESS)}`;

const LONGEST_ADDRESS = 64;

/** Serves the tools over HTTP, statelessly: any replica can answer any request. */
export async function startHttp(services: Services): Promise<HttpServer> {
  const { config, logger, manage } = services;
  const handlers = Promise.resolve(handlersOf(services));
  const parts = { offer: services.offer, handlers: () => handlers };
  const handler = createMcpHandler((request) => createServer(parts, request), {
    onerror: (error) => logger.debug({ err: error.message }, 'http'),
  });
  const serve = toNodeHandler(handler, { maxRequestBodySize: LONGEST });
  const ready = readiness(manage);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').split('?')[0];
    if (path === '/mcp') {
      const body = await readBody(request, response);
      if (body !== 'answered') await onBehalfOf(addressOf(request), () => serve(request, response, body.value));
    } else if (path === '/healthz') {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n');
    } else if (path === '/readyz') {
      const well = await ready();
      response
        .writeHead(well ? 200 : 503, { 'content-type': 'text/plain' })
        .end(well ? 'ready\n' : 'Manage does not answer\n');
    } else {
      response
        .writeHead(404, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: 'The tools are served at /mcp.' }));
    }
  };
  const server = createHttpServer(PATIENCE, (request, response) => {
    if (!guard(config, request, response)) return;
    answer(request, response).catch((error: unknown) => {
      logger.error({ err: error }, 'http request failed');
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  server.listen(config.http.port, config.http.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const host = config.http.host.includes(':') ? `[${config.http.host}]` : config.http.host;
  return {
    url: `http://${host}:${port}/mcp`,
    async close() {
      server.close();
      await services.close();
      await handler.close();
      server.closeAllConnections();
    },
  };
}
