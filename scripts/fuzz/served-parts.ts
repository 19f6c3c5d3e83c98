import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { readConfig } from '../../src/config/config.ts';
import { createLogger } from '../../src/logger.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { startHttp } from '../../src/server/http/http.ts';
import { createServices } from '../../src/server/services.ts';
import { tools } from '../../tools/index.ts';
import type { Part } from './part.ts';
import { hostileJson, hostileText } from './strings.ts';

interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** A server in this process, so that what it takes long for is seen. */
async function serverOf(environment: Readonly<Record<string, string>>): Promise<Served> {
  const config = readConfig(
    { ...environment, CWM_LOG_LEVEL: 'silent', CWM_HTTP_PORT: '0', CWM_TOOLSETS: 'all' },
    environment.CWM_SITE?.includes('127.0.0.1'),
  );
  const now = new Date('2026-11-24T21:20:00Z');
  return startHttp(createServices({ ...config, stateDir: undefined }, createLogger('silent'), { clock: () => now }));
}

/** A server with a sandbox behind it. */
async function serve(): Promise<Served> {
  const sandbox = await startSandbox({ now: new Date('2026-11-24T21:20:00Z') });
  const server = await serverOf(sandbox.environment);
  return {
    url: server.url,
    async close() {
      await server.close();
      await sandbox.close();
    },
  };
}

/** A server whose site answers with what it is told to, in a process of its own. */
async function serveHostile(): Promise<Served & { told(hostility: unknown): Promise<void> }> {
  const script = fileURLToPath(new URL('hostile-site.ts', import.meta.url));
  const site = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(site.stdout, 'data')) as [Buffer];
  const environment = JSON.parse(line.toString()) as Record<string, string>;
  const server = await serverOf(environment);
  return {
    url: server.url,
    async told(hostility) {
      await fetch(new URL('/hostile', environment.CWM_SITE), { method: 'POST', body: JSON.stringify(hostility) });
    },
    async close() {
      await server.close();
      site.stdin.end();
      await once(site, 'exit');
    },
  };
}

const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

const called = (url: string, name: string, given: unknown): Promise<void> =>
  post(url, JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: given } }));

async function post(url: string, body: string): Promise<void> {
  const answer = await fetch(url, { method: 'POST', headers: HEADERS, body });
  const text = await answer.text();
  if (answer.status >= 500 || /failed inside the server/.test(text))
    throw new Error(`Status ${answer.status}: ${text.slice(0, 300)}`);
}

async function calls(): Promise<Part> {
  const { url, close } = await serve();
  return {
    name: 'tool calls',
    input: fc.tuple(
      fc.constantFrom(...tools.map(({ name }) => name)),
      fc.array(fc.tuple(fc.nat(), hostileJson(3_000)), { minLength: 1, maxLength: 4 }),
    ),
    async take(input) {
      const [name, values] = input as [string, [number, string][]];
      const own = Object.keys(tools.find((tool) => tool.name === name)?.input.shape ?? {});
      const given = values.map(([index, value]) => `,"${own[index % own.length] ?? 'x'}":${value}`).join('');
      const params = `{"name":"${name}","arguments":{"dryRun":true${given}}}`;
      await post(url, `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`);
    },
    close,
  };
}

async function http(): Promise<Part> {
  const { url, close } = await serve();
  const { port, host } = new URL(url);
  return {
    name: 'http front',
    input: fc.record({
      first: fc.oneof(
        fc.constantFrom('POST /mcp HTTP/1.1', 'GET /mcp HTTP/1.1', 'DELETE /mcp HTTP/1.1', 'GET /readyz HTTP/1.1'),
        hostileText(2_000),
      ),
      name: fc.constantFrom(
        'Host',
        'Origin',
        'Authorization',
        'Mcp-Session-Id',
        'X-Forwarded-For',
        'Content-Type',
        'Accept',
      ),
      value: hostileText(4_000),
      body: fc.oneof(
        hostileText(50_000),
        hostileJson(2_000).map((params) => `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":${params}}`),
      ),
    }),
    async take(input) {
      const { first, name, value, body } = input as Record<string, string>;
      const bytes = Buffer.from(body ?? '');
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.on('data', () => undefined);
      const own = ['Host', 'Content-Type', 'Accept'].includes(name ?? '') ? '' : `Host: ${host}\r\n`;
      const heads = `${first}\r\n${own}Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n${name}: ${value}\r\n`;
      socket.write(`${heads}Connection: close\r\nContent-Length: ${bytes.length}\r\n\r\n`);
      socket.end(bytes);
      await once(socket, 'close');
      if ((await fetch(new URL('/healthz', url))).status !== 200) throw new Error('The server is not well.');
    },
    close,
  };
}

/** Calls that show what customers write, as much of it as they can. */
const READING = [
  ['search_tickets', { limit: 100, detail: 'full' }],
  ['get_ticket', { ticketId: 577, detail: 'full' }],
  ['get_ticket', { ticketId: 577 }],
  ['search_time_entries', { limit: 100 }],
  ['search_schedule', { period: 'this week' }],
  ['call_read_operation', { operation: 'GET /service/tickets', query: { pageSize: 1000 } }],
  ['call_read_operation', { operation: 'GET /time/entries', query: { pageSize: 100 } }],
  ['call_read_operation', { operation: 'GET /service/tickets/577/notes' }],
  ['search_knowledge_base', { text: 'printer' }],
  ['get_timesheet', { span: 'week' }],
  ['search_opportunities', { limit: 100 }],
] as const;

async function hostileRecords(): Promise<Part> {
  const { url, told, close } = await serveHostile();
  return {
    name: 'hostile records',
    input: fc.record({
      call: fc.constantFrom(...READING),
      text: fc.oneof(hostileText(2_000), hostileText(20_000), hostileText()),
    }),
    async take(input) {
      const { call, text } = input as { call: (typeof READING)[number]; text: string };
      await told({ text });
      await called(url, ...(call as readonly [string, unknown]));
    },
    close,
  };
}

const QUESTIONS = [
  { measures: ['hours', 'entries'], by: ['member', 'month'], period: 'all time' },
  { measures: ['hours'], by: ['customer'], period: 'all time', top: 5 },
  { measures: ['billable hours', 'utilization'], by: ['member'], period: 'this year', compareWith: 'last year' },
];

async function largeReports(): Promise<Part> {
  const { url, told, close } = await serveHostile();
  await told({ entries: 200_000 });
  return {
    name: 'large reports',
    mostRuns: 6,
    input: fc.constantFrom(...QUESTIONS),
    take: (input) => called(url, 'report', input),
    close,
  };
}

/** What needs a server; started when its turn comes. */
export const servedParts: readonly { readonly name: string; open(): Promise<Part> }[] = [
  { name: 'tool calls', open: calls },
  { name: 'http front', open: http },
  { name: 'hostile records', open: hostileRecords },
  { name: 'large reports', open: largeReports },
];
