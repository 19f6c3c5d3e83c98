import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { VARIABLES } from '../../src/config/variables.ts';
import { PRODUCT } from '../../src/product.ts';
import { SANDBOX } from '../../src/sandbox/credentials.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { callsTools } from '../support/installed.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { PROGRAM } from '../support/stdio.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** How a client is told to start a server. */
interface Entry {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await borrowSandbox();
});
afterAll(() => sandbox.close());

/** What an entry starts, with what its user gives in place of the placeholders: `npx -y cwm-mcp` is the program here. */
function started({ command, args, env = {} }: Entry): {
  readonly args: string[];
  readonly env: Record<string, string>;
} {
  const [yes, name = '', ...rest] = args;
  expect([command, yes, name.split('@')[0]]).toEqual(['npx', '-y', PRODUCT.name]);
  const filled = Object.entries(env).map(([variable, value]): [string, string] => {
    const asked = new RegExp(`^\\$\\{(input:|env:)?${variable}(:-(.*))?\\}$`, 'i').exec(value);
    return [variable, asked === null ? value : (sandbox.environment[variable] ?? asked[3] ?? '')];
  });
  return { args: rest, env: Object.fromEntries(filled) };
}

describe('install links of the README', () => {
  const links = [...read('README.md').matchAll(/\[Install\]\(([^)]+)\)/g)].map(([, link = '']) => new URL(link));

  it('are four', () => {
    expect(links.map(({ host }) => host)).toEqual([
      'insiders.vscode.dev',
      'insiders.vscode.dev',
      'cursor.com',
      'cursor.com',
    ]);
  });

  const entryOf = ({ host, searchParams }: URL): Entry => {
    const config = searchParams.get('config') ?? '';
    return JSON.parse(host === 'cursor.com' ? Buffer.from(config, 'base64').toString() : config);
  };

  it('start the server on the settings that were asked for, read-only', async () => {
    const [vsCode, , cursor] = links.map(entryOf);
    expect(vsCode && started(vsCode)).toEqual(cursor && started(cursor));
    const { args, env } = started(vsCode as Entry);
    expect(readConfig(env).manage.readOnly).toBe(true);
    await callsTools(process.execPath, [PROGRAM, ...args], env);
  });

  it('start the server on the sandbox', async () => {
    const [, vsCode, , cursor] = links.map(entryOf);
    expect(vsCode && started(vsCode)).toEqual(cursor && started(cursor));
    await callsTools(process.execPath, [PROGRAM, ...started(cursor as Entry).args]);
  });

  it('ask for keys as passwords', () => {
    const inputs: { id: string; password: boolean }[] = JSON.parse(links[0]?.searchParams.get('inputs') ?? '[]');
    const passwords = inputs.filter(({ password }) => password).map(({ id }) => id);
    expect(passwords).toEqual(['cwm_public_key', 'cwm_private_key', 'cwm_client_id']);
    // A link carries nobody's keys.
    expect(links.map(String).join(' ')).not.toMatch(/sandbox(Public|Private)/);
  });
});

describe('the plugin for Claude Code', () => {
  it('starts the server of its own version, read-only', () => {
    const { mcpServers } = JSON.parse(read('packaging/claude-plugin/.mcp.json'));
    expect(mcpServers.manage.args).toContain(`${PRODUCT.name}@${PRODUCT.version}`);
    const { args, env } = started(mcpServers.manage);
    expect(args).toEqual([]);
    expect(readConfig(env)).toMatchObject({ manage: { readOnly: true }, member: SANDBOX.member });
  });

  it('is found through the marketplace of this repository', () => {
    const { plugins } = JSON.parse(read('.claude-plugin/marketplace.json'));
    const plugin = JSON.parse(read(join(plugins[0].source, '.claude-plugin/plugin.json')));
    expect(plugin).toMatchObject({ name: plugins[0].name, version: PRODUCT.version });
  });
});

describe('the pages of the clients', () => {
  const pages = [
    'claude-code',
    'claude-desktop',
    'cursor',
    'gemini-cli',
    'n8n',
    'openai',
    'vs-code',
    'windsurf',
    'zed',
  ];
  const blocks = [...pages.map((page) => `docs/clients/${page}.md`), 'mcp.config.example.json'].flatMap((file) => {
    const text = read(file);
    const found = file.endsWith('.json')
      ? [text]
      : [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => json ?? '');
    return found.map((json) => [file, json] as const);
  });

  it.each(blocks)('%s has settings that exist', (_, json) => {
    const whole = JSON.parse(json);
    const servers: Record<string, Entry> = whole.mcpServers ?? whole.servers ?? whole.context_servers ?? {};
    for (const { command, args, env = {} } of Object.values(servers)) {
      if (command === undefined) continue;
      expect([command, ...args.slice(0, 2)]).toEqual(['npx', '-y', PRODUCT.name]);
      expect(Object.keys(env).filter((name) => !Object.hasOwn(VARIABLES, name))).toEqual([]);
    }
  });
});
