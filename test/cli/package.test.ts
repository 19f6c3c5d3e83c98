import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cleanEnvironment, run } from '../support/stdio.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** What the published package holds, in a folder with no node_modules above it. */
let installed: string;
let program: string;
beforeAll(() => {
  installed = mkdtempSync(join(tmpdir(), 'cwm-mcp-package-'));
  for (const name of ['package.json', ...manifest.files]) {
    cpSync(join(ROOT, name), join(installed, name), { recursive: true });
  }
  program = join(installed, manifest.bin['cwm-mcp']);
});
afterAll(() => rmSync(installed, { recursive: true }));

it('installs no other package', () => {
  expect(manifest).not.toHaveProperty('dependencies');
});

it('prints its help', async () => {
  const { code, stdout } = await run(['--help'], {}, program);
  expect(code).toBe(0);
  expect(stdout).toContain('cwm-mcp');
});

it('serves its tools over stdio', async () => {
  const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities: {} });
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [program, '--sandbox'], env: cleanEnvironment() }),
  );
  try {
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('search_tickets');
    const answer = await client.callTool({ name: 'search_tickets', arguments: {} });
    expect(answer.isError ?? false).toBe(false);
  } finally {
    await client.close();
  }
});
