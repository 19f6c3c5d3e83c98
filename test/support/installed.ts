import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect } from 'vitest';
import { cleanEnvironment } from './stdio.ts';

/** Starts a server as a client would, and expects that it lists its tools and answers a call. */
export async function callsTools(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities: {} });
  await client.connect(new StdioClientTransport({ command, args: [...args], env: cleanEnvironment(environment) }));
  try {
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('search_tickets');
    const { isError, content } = await client.callTool({ name: 'search_tickets', arguments: {} });
    expect(isError ?? false, JSON.stringify(content)).toBe(false);
  } finally {
    await client.close();
  }
}
