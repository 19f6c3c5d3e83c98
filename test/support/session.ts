import { text as textOf } from 'node:stream/consumers';
import { expect } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { createLogger } from '../../src/logger.ts';
import type { Timing } from '../../src/manage/index.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/index.ts';
import { createServices, type Services } from '../../src/server/services.ts';
import { type AnyClient, type Connected, connectHttp, connectLines } from './connect.ts';
import type { Answer } from './mcp-clients.ts';
import { headersOf, sendPlain } from './plain-fetch.ts';
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
  /** Answers the server's questions; without it the client cannot be asked. */
  readonly answer?: Answer;
}

interface HttpSessionOptions extends SessionOptions {
  readonly era?: 'modern' | 'handshake';
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

/** A session whose server has an address. */
export interface HttpSession extends Session {
  readonly url: string;
  restart(environment?: Readonly<Record<string, string>>): Promise<HttpSession>;
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

const borrowed = (options: SessionOptions): Promise<Sandbox> =>
  borrowSandbox({ now: options.now ?? NOW, ...options.sandbox });

/** A real client, the real server over lines of JSON as over stdio, and a sandbox over HTTP behind it, all in this process. */
export async function startSession(options: SessionOptions = {}): Promise<Session> {
  return overLines(await borrowed(options), options, true);
}

/** A real client and server on a sandbox that others use as well, which stays when they are closed. */
export const startSessionOn = (sandbox: Sandbox, options: SessionOptions): Promise<Session> =>
  overLines(sandbox, options, false);

/** A real client, the real server over HTTP, and a sandbox over HTTP behind it; all on free ports of this machine. */
export async function startHttpSession(options: HttpSessionOptions = {}): Promise<HttpSession> {
  return overHttp(await borrowed(options), options, true);
}

/** The options with more of an environment. */
const moreOf = <T extends SessionOptions>(options: T, environment: SessionOptions['environment']): T => ({
  ...options,
  environment: { ...options.environment, ...environment },
});

async function overLines(sandbox: Sandbox, options: SessionOptions, ownsSandbox: boolean): Promise<Session> {
  const connected = await connectLines(servicesOf(sandbox, options), options.answer);
  return {
    ...sessionOf(sandbox, connected, ownsSandbox),
    restart: (environment) => overLines(sandbox, moreOf(options, environment), false),
  };
}

async function overHttp(sandbox: Sandbox, options: HttpSessionOptions, ownsSandbox: boolean): Promise<HttpSession> {
  const { url, ...connected } = await connectHttp(
    servicesOf(sandbox, options),
    options.era ?? 'modern',
    options.answer,
  );
  return {
    ...sessionOf(sandbox, connected, ownsSandbox),
    url,
    restart: (environment) => overHttp(sandbox, moreOf(options, environment), false),
  };
}

function servicesOf(sandbox: Sandbox, options: SessionOptions): Services {
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
  return createServices({ ...config, stateDir }, createLogger(config.logLevel), {
    clock: () => now,
    ...(options.timing && { timing: options.timing }),
  });
}

/** What a test does with a client, its server and the sandbox. */
function sessionOf(sandbox: Sandbox, { client, stop }: Connected, ownsSandbox: boolean): Omit<Session, 'restart'> {
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
    stop,
    async close() {
      await client.close();
      await stop();
      if (ownsSandbox) await sandbox.close();
    },
  };
}
