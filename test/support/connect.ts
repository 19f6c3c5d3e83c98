import { PassThrough } from 'node:stream';
import { type Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StreamableHTTPClientTransport as HandshakeTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { createServer } from '../../src/server/create-server.ts';
import { GRACE_MS } from '../../src/server/grace.ts';
import { handlersOf } from '../../src/server/handlers.ts';
import { startHttp } from '../../src/server/http/http.ts';
import type { Services } from '../../src/server/services.ts';
import { serveLines } from '../../src/server/stdio/connection.ts';
import { type Answer, handshakeClient, modernClient } from './mcp-clients.ts';
import { plainFetch } from './plain-fetch.ts';

export type AnyClient = Pick<
  Client,
  | 'callTool'
  | 'listTools'
  | 'listPrompts'
  | 'getPrompt'
  | 'listResources'
  | 'listResourceTemplates'
  | 'readResource'
  | 'complete'
  | 'close'
>;

/** A real client and the server that it is connected to. */
export interface Connected {
  readonly client: AnyClient;
  /** Stops the server as SIGTERM does; the client stays. */
  stop(): Promise<void>;
}

/** A client over HTTP. */
export async function connectHttp(
  services: Services,
  era: 'modern' | 'handshake',
  answer: Answer | undefined,
): Promise<Connected & { readonly url: string }> {
  const server = await startHttp(services);
  const own = { url: server.url, stop: () => server.close() };
  const url = new URL(server.url);
  if (era === 'handshake') {
    const client = handshakeClient(answer);
    // The two generations differ in nothing that these tests use.
    await client.connect(new HandshakeTransport(url, { fetch: plainFetch }) as never);
    return { ...own, client: client as unknown as AnyClient };
  }
  const client = modernClient(answer);
  await client.connect(new StreamableHTTPClientTransport(url, { fetch: plainFetch }));
  return { ...own, client };
}

/**
 * A client over lines of JSON, as over stdio, on streams within this process: a call costs one to three milliseconds less of the processor's time
 * than over HTTP.
 */
export async function connectLines(services: Services, answer: Answer | undefined): Promise<Connected> {
  const up = new PassThrough();
  const down = new PassThrough();
  const handlers = handlersOf(services);
  const parts = { offer: services.offer, handlers: async () => handlers };
  const connection = serveLines(
    { input: up, output: down },
    { factory: (request) => createServer(parts, request), onerror: (error) => services.logger.debug(error, 'stdio') },
  );
  const client = modernClient(answer);
  // Both ends of a connection over lines read and write alike.
  await client.connect(new StdioServerTransport(down, up));
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await connection.close(GRACE_MS);
    await services.close();
    // As a process closes its output when it ends.
    down.end();
  };
  return {
    client,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}
