import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { readConfig } from '../../src/config/config.ts';
import { createLogger } from '../../src/logger.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { startHttp } from '../../src/server/http.ts';
import { createServices } from '../../src/server/services.ts';
import { tools } from '../../tools/index.ts';
import type { Part } from './part.ts';
import { hostileJson, hostileText } from './strings.ts';

/** A server with a sandbox behind it, in this process: what either of them takes long for, is seen. */
async function serve(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const sandbox = await startSandbox({ now: new Date('2026-11-24T21:20:00Z') });
  const config = readConfig(
    { ...sandbox.environment, CWM_LOG_LEVEL: 'silent', CWM_HTTP_PORT: '0', CWM_TOOLSETS: 'all' },
    true,
  );
  const server = await startHttp(createServices({ ...config, stateDir: undefined }, createLogger('silent')));
  return {
    url: server.url,
    async close() {
      await server.close();
      await sandbox.close();
    },
  };
}

const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

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

/** What needs a server; started when its turn comes. */
export const servedParts: readonly { readonly name: string; open(): Promise<Part> }[] = [
  { name: 'tool calls', open: calls },
  { name: 'http front', open: http },
];
