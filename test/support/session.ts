import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as HandshakeClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HandshakeTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { createLogger } from '../../src/logger.ts';
import type { Timing } from '../../src/manage/index.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/index.ts';
import { startHttp } from '../../src/server/http/http.ts';
import { createServices } from '../../src/server/services.ts';
import { headersOf, plainFetch, sendPlain, textOf } from './plain-fetch.ts';
import { borrowSandbox } from './sandboxes.ts';

/** Tuesday, 24 November 2026, 16:20 in New York: the sandbox's provider and its technician are there. */
export const NOW = new Date('2026-11-24T21:20:00Z');

export interface SessionOptions {
  readonly toolsets?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly sandbox?: SandboxOptions;
  readonly now?: Date;
  /** How the server's requests wait; real time when left out. */
  readonly timing?: Timing;
  readonly era?: 'modern' | 'handshake';
  /** Answers the server's questions with yes, no, `cancel`, or one of the choices; without it the client cannot be asked. */
  readonly answer?: (question: string, choices: readonly string[]) => boolean | string | object;
}

export interface CallAnswer {
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into results of every shape
  readonly structured: any;
  readonly isError: boolean;
}

export interface RestAnswer {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into records of every shape
  readonly body: any;
  readonly headers: Headers;
}

export interface Session {
  readonly client: AnyClient;
  readonly sandbox: Sandbox;
  readonly url: string;
  call(tool: string, input?: Record<string, unknown>): Promise<CallAnswer>;
  /** A call that must succeed. */
  ok(tool: string, input?: Record<string, unknown>): Promise<CallAnswer>;
  /** The error of a call that must fail before anything is written. */
  refused(tool: string, input?: Record<string, unknown>): Promise<string>;
  /** The sandbox itself, past the server: what is really stored. */
  rest(method: string, path: string, body?: unknown): Promise<RestAnswer>;
  /** The body of a GET of the sandbox itself. */
  get(path: string): Promise<RestAnswer['body']>;
  listTools(): Promise<{ name: string; [key: string]: unknown }[]>;
  /** Requests that write and reached the sandbox since the last time this was asked. */
  writes(): string[];
  /** Stops the server as SIGTERM does; client and sandbox stay. */
  stop(): Promise<void>;
  /** Another server with a client of its own, on the same sandbox, which stays when it is closed. */
  restart(environment?: Readonly<Record<string, string>>): Promise<Session>;
  close(): Promise<void>;
}

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
function answered(answer: NonNullable<SessionOptions['answer']>, { message = '', requestedSchema }: Question) {
  const given = answer(message, requestedSchema?.properties?.choice?.enum ?? []);
  if (given === false) return { action: 'decline' as const };
  if (given === 'cancel') return { action: 'cancel' as const };
  // An answer as only a client with a mind of its own sends it.
  if (typeof given === 'object') return given as { action: 'accept' };
  const content: Record<string, string | boolean> = given === true ? { confirm: true } : { choice: given };
  return { action: 'accept' as const, content };
}

async function connect(url: URL, era: 'modern' | 'handshake', answer: SessionOptions['answer']): Promise<AnyClient> {
  const info = { name: 'test', version: '1.0.0' };
  if (era === 'handshake') {
    const client = new HandshakeClient(info, { capabilities: answer ? { elicitation: {} } : {} });
    if (answer !== undefined)
      client.setRequestHandler(ElicitRequestSchema, ({ params }) => answered(answer, params as Question) as never);
    // The two generations differ in nothing that these tests use.
    await client.connect(new HandshakeTransport(url, { fetch: plainFetch }) as never);
    return client as unknown as AnyClient;
  }
  const client = new Client(info, {
    capabilities: answer ? { elicitation: { form: {} } } : {},
    versionNegotiation: { mode: { pin: '2026-07-28' } },
  });
  if (answer !== undefined) {
    client.setRequestHandler('elicitation/create', ({ params }) => answered(answer, params as Question));
  }
  await client.connect(new StreamableHTTPClientTransport(url, { fetch: plainFetch }));
  return client;
}

/** REST calls to a sandbox with its own keys. */
export function restOf(
  { baseUrl, credentials }: Sandbox,
  key: Pick<Sandbox['credentials'], 'publicKey' | 'privateKey'> = credentials,
): Session['rest'] {
  const login = `${credentials.companyId}+${key.publicKey}:${key.privateKey}`;
  const own = { authorization: `Basic ${Buffer.from(login).toString('base64')}`, clientid: credentials.clientId };
  const typed = { ...own, 'content-type': 'application/json' };
  return async (method, path, body) => {
    const url = `${baseUrl}${path}`;
    if (body instanceof FormData) {
      // A form brings its own type, with the boundary.
      const answer = await fetch(url, { method, headers: own, body });
      return restAnswer(answer.status, answer.headers, await answer.text());
    }
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const answer = await sendPlain(url, { method, headers: typed, body: sent });
    return restAnswer(answer.statusCode ?? 0, headersOf(answer), await textOf(answer));
  };
}

/** An answer whose body is parsed when a test looks at it. */
function restAnswer(status: number, headers: Headers, text: string): RestAnswer {
  const isJson = text !== '' && (headers.get('content-type')?.includes('json') ?? false);
  let parsed: unknown;
  return {
    status,
    headers,
    text,
    get body() {
      parsed ??= isJson ? JSON.parse(text) : text;
      return parsed;
    },
  };
}

/** A real client, the real server over HTTP, and a sandbox over HTTP behind it; all on free ports of this machine. */
export async function startSession(options: SessionOptions = {}): Promise<Session> {
  return serve(await borrowSandbox({ now: options.now ?? NOW, ...options.sandbox }), options, true);
}

/** A real client and server on a sandbox that others use as well, which stays when they are closed. */
export const startSessionOn = (sandbox: Sandbox, options: SessionOptions): Promise<Session> =>
  serve(sandbox, options, false);

async function serve(sandbox: Sandbox, options: SessionOptions, ownsSandbox: boolean): Promise<Session> {
  const now = options.now ?? NOW;
  const config = readConfig(
    {
      ...sandbox.environment,
      // Nobody has to ask: tests count requests, and order what fails.
      CWM_API_VERSION: sandbox.apiVersion,
      CWM_LOG_LEVEL: 'silent',
      CWM_HTTP_PORT: '0',
      CWM_TOOLSETS: options.toolsets ?? 'core',
      // A file of tests sends more in a minute than people do.
      CWM_REQUESTS_PER_MINUTE: '10000',
      ...options.environment,
    },
    true,
  );
  // Nothing of a test goes into the home of whoever runs it.
  const stateDir = options.environment?.CWM_STATE_DIR;
  const server = await startHttp(
    createServices({ ...config, stateDir }, createLogger(config.logLevel), {
      clock: () => now,
      ...(options.timing && { timing: options.timing }),
    }),
  );
  const client = await connect(new URL(server.url), options.era ?? 'modern', options.answer);
  const rest = restOf(sandbox);
  let seen = sandbox.requests.length;
  const call: Session['call'] = async (name, input = {}) => {
    const result = await client.callTool({ name, arguments: input });
    const content = (result.content ?? []) as { type: string; text?: string }[];
    return {
      text: content.map(({ text }) => text ?? '').join('\n'),
      structured: result.structuredContent,
      isError: result.isError === true,
    };
  };
  const writes: Session['writes'] = () => {
    const fresh = sandbox.requests.slice(seen);
    seen = sandbox.requests.length;
    return fresh
      .map(({ method, path }) => `${method} ${path.replace(/^.*\/3\.0/, '')}`)
      .filter((request) => !/^GET |^POST .*\/(search|defaults)(\?|$)/.test(request));
  };
  return {
    client,
    sandbox,
    url: server.url,
    call,
    rest,
    writes,
    async ok(tool, input) {
      const answer = await call(tool, input);
      expect(answer.isError, answer.text).toBe(false);
      return answer;
    },
    async refused(tool, input) {
      writes();
      const { text, isError } = await call(tool, input);
      expect(isError, text).toBe(true);
      expect(writes()).toEqual([]);
      return text;
    },
    async get(path) {
      return (await rest('GET', path)).body;
    },
    async listTools() {
      return (await client.listTools()).tools as never;
    },
    stop: () => server.close(),
    restart: (environment) =>
      serve(sandbox, { ...options, environment: { ...options.environment, ...environment } }, false),
    async close() {
      await client.close();
      await server.close();
      if (ownsSandbox) await sandbox.close();
    },
  };
}
