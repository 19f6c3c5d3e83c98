import { type Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { readConfig } from '../../src/config/config.ts';
import { createLogger } from '../../src/logger.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { type HttpServer, startHttp } from '../../src/server/http/http.ts';
import { createServices } from '../../src/server/services.ts';
import { modernClient } from './mcp-clients.ts';
import { plainFetch } from './plain-fetch.ts';
import { type RawAnswer, raw } from './raw.ts';
import { NOW } from './session.ts';

/** The address that the server of these tests is known by; requests to it go to wherever the server listens. */
export const PUBLIC_URL = 'https://manage.example/mcp';

/** A server that asks callers to sign in, in front of a sandbox. */
export function startServer(sandbox: Sandbox, environment: Readonly<Record<string, string>>): Promise<HttpServer> {
  const { CWM_MEMBER: _, ...keys } = sandbox.environment;
  const config = readConfig(
    { ...keys, CWM_API_VERSION: sandbox.apiVersion, CWM_LOG_LEVEL: 'silent', CWM_HTTP_PORT: '0', ...environment },
    true,
  );
  return startHttp(createServices(config, createLogger('silent'), { clock: () => NOW }));
}

/** `fetch` that finds the server under its public address. */
export const fetchAt =
  (server: HttpServer): typeof fetch =>
  (address, init) => {
    const url = new URL(String(address instanceof Request ? address.url : address));
    if (url.origin === new URL(PUBLIC_URL).origin) return fetch(new URL(url.pathname, server.url), init);
    return fetch(address, init);
  };

/** A message of the protocol, with headers of its own: `host` at least. */
export const sendTo = (
  { url }: HttpServer,
  message: { readonly method: string; readonly params?: object },
  headers: Readonly<Record<string, string>>,
): Promise<RawAnswer> =>
  raw(url, 'POST', '/mcp', {
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }),
  });

/** A client with headers of its own, `{authorization: 'Bearer ...'}`. */
export async function clientWith(server: HttpServer, headers: Readonly<Record<string, string>>): Promise<Client> {
  const client = modernClient();
  await client.connect(
    new StreamableHTTPClientTransport(new URL(server.url), { requestInit: { headers }, fetch: plainFetch }),
  );
  return client;
}

/** The text of a call's answer. */
export async function textOf(client: Client, name: string, given: Record<string, unknown> = {}): Promise<string> {
  const { content = [] } = await client.callTool({ name, arguments: given });
  return (content as { text?: string }[]).map(({ text }) => text ?? '').join('\n');
}

export const toolNames = async (client: Client): Promise<string[]> =>
  (await client.listTools()).tools.map(({ name }) => name);
