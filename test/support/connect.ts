import { PassThrough } from 'node:stream';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as HandshakeClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HandshakeTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { createServer } from '../../src/server/create-server.ts';
import { GRACE_MS } from '../../src/server/grace.ts';
import { handlersOf } from '../../src/server/handlers.ts';
import { startHttp } from '../../src/server/http/http.ts';
import type { Services } from '../../src/server/services.ts';
import { serveLines } from '../../src/server/stdio/connection.ts';
import { plainFetch } from './plain-fetch.ts';

/** Answers the server's questions with yes, no, `cancel`, or one of the choices, or as only a client with a mind of its own does. */
export type Answer = (question: string, choices: readonly string[]) => boolean | string | object;

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

interface Question {
  readonly message?: string;
  readonly requestedSchema?: { readonly properties?: { readonly choice?: { readonly enum?: string[] } } };
}

/** What a person answers, as a client sends it. */
function answered(answer: Answer, { message = '', requestedSchema }: Question) {
  const given = answer(message, requestedSchema?.properties?.choice?.enum ?? []);
  if (given === false) return { action: 'decline' as const };
  if (given === 'cancel') return { action: 'cancel' as const };
  // An answer as only a client with a mind of its own sends it.
  if (typeof given === 'object') return given as { action: 'accept' };
  const content: Record<string, string | boolean> = given === true ? { confirm: true } : { choice: given };
  return { action: 'accept' as const, content };
}

/** A real client and the server that it is connected to. */
export interface Connected {
  readonly client: AnyClient;
  /** Stops the server as SIGTERM does; the client stays. */
  stop(): Promise<void>;
}

const INFO = { name: 'test', version: '1.0.0' };

function modernClient(answer: Answer | undefined): Client {
  const client = new Client(INFO, {
    capabilities: answer ? { elicitation: { form: {} } } : {},
    versionNegotiation: { mode: { pin: '2026-07-28' } },
  });
  if (answer !== undefined)
    client.setRequestHandler('elicitation/create', ({ params }) => answered(answer, params as Question));
  return client;
}

async function handshakeClient(url: URL, answer: Answer | undefined): Promise<AnyClient> {
  const client = new HandshakeClient(INFO, { capabilities: answer ? { elicitation: {} } : {} });
  if (answer !== undefined)
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => answered(answer, params as Question) as never);
  // The two generations differ in nothing that these tests use.
  await client.connect(new HandshakeTransport(url, { fetch: plainFetch }) as never);
  return client as unknown as AnyClient;
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
  if (era === 'handshake') return { ...own, client: await handshakeClient(url, answer) };
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
