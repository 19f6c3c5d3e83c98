import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { connectStdio, type StdioClient, start } from '../support/stdio.ts';

// Several servers write into one journal, and one of them dies in the middle of a write.

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await borrowSandbox();
  folder = mkdtempSync(join(tmpdir(), 'cwm-mcp-processes-'));
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

const environment = () => ({ ...sandbox.environment, CWM_TOOLSETS: 'core,system', CWM_JOURNAL_DIR: join(folder, 'j') });
const lines = (): Record<string, unknown>[] =>
  readdirSync(join(folder, 'j')).flatMap((name) =>
    readFileSync(join(folder, 'j', name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line)),
  );
const changes = async (client: StdioClient): Promise<string[][]> => {
  const { structuredContent } = await client.callTool({ name: 'list_changes', arguments: { limit: 200 } });
  return (structuredContent as { rows: string[][] }).rows;
};
const note = (client: StdioClient, text: string) =>
  client.callTool({ name: 'add_ticket_note', arguments: { ticketId: 577, text } });

it('keeps every line of two servers that write at once, and the intent of one that was killed', async () => {
  const clients = await Promise.all([0, 1].map(() => connectStdio('modern', environment(), ['stdio'])));
  const [first] = clients as [StdioClient, StdioClient];
  try {
    const texts = Array.from({ length: 16 }, (_, index) => `Note ${index}`);
    await Promise.all(texts.map((text, index) => note(clients[index % 2] as StdioClient, text)));
    expect(lines()).toHaveLength(2 * texts.length);
    expect((await changes(first)).map((row) => row.at(-1))).toEqual(texts.map(() => 'done'));

    sandbox.faults.add({ kind: 'slow', method: 'PATCH', delayMs: 20_000 });
    const doomed = start(['stdio'], environment());
    const say = (message: object) => doomed.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const clientInfo = { name: 'test', version: '1' };
    say({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } });
    say({ method: 'notifications/initialized' });
    const call = { name: 'update_ticket', arguments: { ticketId: 577, summary: 'Killed' } };
    say({ id: 2, method: 'tools/call', params: call });
    await vi.waitFor(() => expect(lines().at(-1)?.tool).toBe('update_ticket'), { timeout: 20_000 });
    doomed.kill('SIGKILL');
    await once(doomed, 'exit');

    const [killed] = await changes(first);
    expect(killed?.slice(3)).toEqual([
      'update_ticket',
      expect.stringMatching(/^changed ticket 577/),
      expect.stringMatching(/^asked for summary: .* -> Killed$/),
      expect.stringMatching(/^unknown: No outcome was written/),
    ]);
  } finally {
    sandbox.faults.clear();
    await Promise.all(clients.map((client) => client.close()));
  }
});
