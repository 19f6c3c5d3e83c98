import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endingOf } from '../../src/cli/ending.ts';
import { plainFlags } from '../../src/cli/plain-flags.ts';
import { createProgram } from '../../src/cli/program.ts';
import { withoutSettings } from '../../src/config/settings-file.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { borrowSandbox } from '../support/sandboxes.ts';

// What somebody types who slips, put to the whole command line as the program reads it.

const folder = mkdtempSync(join(tmpdir(), 'cwm-mcp-usage-'));
let sandbox: Sandbox;
const before = process.env;
beforeAll(async () => {
  sandbox = await borrowSandbox();
});
afterAll(async () => {
  process.env = before;
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

/** Everything that commander says itself is caught, too. */
function catching(command: Command, said: string[]): Command {
  command.configureOutput({ writeErr: (text) => said.push(text), writeOut: (text) => said.push(text) });
  for (const below of command.commands) catching(below, said);
  return command;
}

/** How the program ends with these words, and what it says on standard error. */
async function typed(
  words: readonly string[],
  settings: Record<string, string> = {},
): Promise<{ status: number; said: string }> {
  const said: string[] = [];
  process.env = { ...withoutSettings(before), ...sandbox.environment, CWM_STATE_DIR: folder, ...settings };
  try {
    await catching(createProgram(), said).parseAsync(['node', 'cwm-mcp', ...words]);
    return { status: 0, said: said.join('') };
  } catch (error) {
    const { text, status } = endingOf(error, false);
    return { status, said: said.join('') + text };
  }
}

describe('a key on the command line', () => {
  it.each(['--private-key=kept-from-logs', 'http --public-key=kept-from-logs', 'doctor --key=kept=from-logs'])(
    'is not repeated: %s',
    async (words) => {
      const { status, said } = await typed(words.split(' '));
      expect(status).toBe(2);
      expect(said).toMatch(/unknown option '--[a-z-]+'/);
      expect(said).not.toContain('from-logs');
    },
  );
});

describe('a slip on the command line ends with 2, and with what is allowed', () => {
  it.each<[string, string]>([
    ['report backlog --format xml', '--format has to be one of table, csv, json.'],
    [
      'report backlog --where board',
      '--where takes "board=Help Desk", "type!=Request", "age>30" or "summary~vpn", not "board".',
    ],
    ['report backlog --where bord=1', 'where[0].field: Ticket has no field "bord". Closest: board.'],
    ['report nonsense', 'There is no measure "nonsense".'],
    ['report backlog --by nonsense', 'by: "nonsense" is neither a dimension'],
    ['report backlog --period nonsense', 'period "nonsense" is not a period.'],
    ['report backlog --compare nonsense', 'compare has to be one of previous, lastYear.'],
    ['report backlog --top some', "option '--top <count>' argument 'some' is invalid."],
    ['journal --outcome bad', '--outcome has to be one of done, failed, unknown.'],
    ['journal --since nonsense', '--since "nonsense" is not a period.'],
    ['journal --csv --json', 'Choose --csv or --json.'],
    ['sandbox --time-zone Mars', 'It has to be an IANA time zone like America/New_York'],
    ['sandbox --port 99999', 'It has to be a whole number, from 0 to 65535.'],
    ['sandbox --port x', 'It has to be a whole number, from 0 to 65535.'],
    ['sandbox --tickets 99999999999', 'It has to be a whole number, from 0 to 500000.'],
    ['sandbox --api-version 2022', 'It has to look like 2025.1.'],
    ['sandbox --api-version 2019.1', '--api-version has to be from 2022.1 to 2026.4, not 2019.1'],
    ['sandbox --api-version 2031.1', '--api-version has to be from 2022.1 to 2026.4, not 2031.1'],
    ['report backlog --by board --order-by nonsense', 'orderBy: "nonsense" is not in this report.'],
    ['http --port -1', 'It has to be a whole number, from 0 to 65535.'],
    ['stdio --sandbox --sandbox-port 70000', 'It has to be a whole number, from 0 to 65535.'],
    ['setup --client emacs --sandbox', '--client: there is no client emacs.'],
    ['setup --client cursor,zed --file x --sandbox', '--file goes with one --client.'],
    ['setup --client cursor --name a/b --sandbox', '--name takes letters, digits, - and _'],
    ['setup --client cursor --keys vault', '--keys takes file or client.'],
    ['setup --yes', '--yes needs --client'],
    ['setup --file x', '--file needs --client'],
    ['catalog export x', "unknown command 'export'"],
    ['docter', 'There is no command docter. Did you mean doctor?'],
  ])('%s', async (line, says) => {
    const { status, said } = await typed(line.split(' '));
    expect(said).toContain(says);
    expect(status).toBe(2);
  });

  it.each<[string, Record<string, string>, string]>([
    ['journal', { CWM_JOURNAL: 'off' }, 'The journal is off'],
    ['journal --since yesterday', { CWM_TIME_ZONE: 'Mars' }, 'CWM_TIME_ZONE "Mars" is not an IANA zone'],
    ['report backlog', { CWM_DENY: 'report' }, 'CWM_ALLOW and CWM_DENY leave no tool report.'],
    ['report backlog', { CWM_CATALOG: join(folder, 'none') }, 'cannot be read'],
  ])('so does %s with %o', async (line, settings, says) => {
    const { status, said } = await typed(line.split(' '), settings);
    expect(said).toContain(says);
    expect(status).toBe(2);
  });

  it('and what fails for another reason with 1', async () => {
    const away = await typed(['report', 'backlog'], { CWM_SITE: 'http://127.0.0.1:9', CWM_DEADLINE_SECONDS: '1' });
    expect(away).toMatchObject({ status: 1, said: expect.stringContaining('No connection to Manage') });
    const blocked = await typed(['sandbox', '--data', folder]);
    expect(blocked).toMatchObject({ status: 1, said: expect.stringContaining('cannot be opened (EISDIR)') });
    const { port } = new URL(sandbox.url);
    expect(await typed(['sandbox', '--port', port])).toEqual({
      status: 1,
      said: `Port ${port} is taken; choose another one with --port.`,
    });
  });
});

describe('what hosts start a server with is read without the rest of the command line', () => {
  it.each([
    ['', {}],
    ['stdio', {}],
    ['--settings a.env', { settings: 'a.env' }],
    ['stdio --settings a.env', { settings: 'a.env' }],
  ])('"%s"', (line, flags) => {
    expect(plainFlags(line.split(' ').filter(Boolean))).toEqual(flags);
  });

  it.each([
    'docter',
    'http',
    '--sandbox',
    '--help',
    '--settings',
    '--settings --sandbox',
    '--settings a.env --sandbox',
    'stdio stdio',
  ])('and nothing else: "%s"', (line) => {
    expect(plainFlags(line.split(' '))).toBeUndefined();
  });
});
