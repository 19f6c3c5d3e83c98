import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { readConfig } from '../src/config/config.ts';
import { createLogger } from '../src/logger.ts';
import { startSandbox } from '../src/sandbox/index.ts';
import { toolEntry } from '../src/server/handlers.ts';
import { startHttp } from '../src/server/http/http.ts';
import { createServices } from '../src/server/services.ts';
import { TOOLSETS } from '../src/tool/define-tool.ts';
import type { ToolDefinition } from '../src/tool/index.ts';
import { tools } from '../tools/index.ts';
import type { Bench, Row } from './bench.ts';

const count = (value: unknown): number => encode(typeof value === 'string' ? value : JSON.stringify(value)).length;
const format = (value: number): string => value.toLocaleString('en-US');

function row(what: string, chosen: readonly ToolDefinition[], most?: number): Row {
  const tokens = count({ tools: chosen.map((tool) => toolEntry(tool)) });
  return {
    what: `${what} (${chosen.length} tools)`,
    measured: format(tokens),
    ...(most !== undefined && { target: `at most ${format(most)}`, met: tokens <= most }),
  };
}

/** What an assistant reads of a page of tickets. */
async function page(): Promise<{ text: number; structured: number }> {
  const sandbox = await startSandbox({});
  const config = readConfig({ ...sandbox.environment, CWM_LOG_LEVEL: 'silent', CWM_HTTP_PORT: '0' }, true);
  const server = await startHttp(createServices(config, createLogger(config.logLevel)));
  const client = new Client(
    { name: 'bench', version: '1.0.0' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
  const { content, structuredContent } = await client.callTool({ name: 'search_tickets', arguments: {} });
  await client.close();
  await server.close();
  await sandbox.close();
  const [text] = content as { text: string }[];
  return { text: count(text?.text ?? ''), structured: count(structuredContent) };
}

export default {
  title: 'tokens (o200k) of the list of tools and of a page of tickets',
  async run() {
    const tickets = await page();
    const heaviest = Math.max(...tools.map((tool) => count(toolEntry(tool))));
    const result = (what: string, tokens: number): Row => ({
      what: `25 tickets of search_tickets, ${what}`,
      measured: format(tokens),
      target: 'at most 1,300',
      met: tokens <= 1_300,
    });
    return [
      row(
        'core, the default',
        tools.filter(({ core }) => core === true),
        8_000,
      ),
      row('all', tools, 24_000),
      { what: 'the largest tool', measured: format(heaviest), target: 'at most 600', met: heaviest <= 600 },
      ...TOOLSETS.filter((toolset) => toolset !== 'core').map((toolset) =>
        row(
          toolset,
          tools.filter((tool) => tool.toolset === toolset),
        ),
      ),
      result('text', tickets.text),
      result('structured', tickets.structured),
    ];
  },
} satisfies Bench;
