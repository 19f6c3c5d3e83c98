import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { VARIABLES } from '../../src/config/variables.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { sampleOf } from '../support/sample.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { isSettingName } from '../support/setting-names.ts';
import { cleanEnvironment, PROGRAM } from '../support/stdio.ts';

// Every command of an `sh` block of a document is run here as a reader would: in a folder of their own, with the program installed
// and the settings of a sandbox. `text` blocks hold what cannot run without somebody's own keys or programs.

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const guides = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => join('docs', file));

function commandsOf(document: string): string[] {
  return [...document.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap((block) => (block[1] ?? '').trim().split('\n'));
}

/** The lines of every block that a reader copies, whether we can run them or not. */
const copied = (document: string): string[] =>
  [...document.matchAll(/```(?:sh|text)\n([\s\S]*?)```/g)].flatMap((block) => (block[1] ?? '').trim().split('\n'));

const lines = new Set(['README.md', ...guides].flatMap((file) => commandsOf(read(file))));
const isSetting = (line: string): boolean => /^CWM_\w+=/.test(line);
const commands = new Set([...lines].filter((line) => !isSetting(line)));

/** Run by CI, because it takes long: it is the whole demo. */
const IN_CI: ReadonlySet<string> = new Set(['npx -y cwm-mcp demo']);

/** npx itself is tried once; for the others it would only take time. */
const WITH_NPX = 'npx -y cwm-mcp doctor --sandbox';

/** What a command that serves prints when it is up. */
const IS_UP = /^(CWM_CLIENT_ID=|The tools are served at )/m;

let folder: string;
let sandbox: Sandbox;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cwm-mcp reader-'));
  const binaries = join(folder, 'node_modules/.bin');
  mkdirSync(binaries, { recursive: true });
  symlinkSync(PROGRAM, join(binaries, 'cwm-mcp'));
  writeFileSync(join(folder, 'package.json'), '{}');
  sandbox = await borrowSandbox();
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

/** Runs a line of a document until it ends, or until it says that it is up; `npx` must not look anything up. */
async function outputOf(command: string): Promise<{ code: number | null; output: string }> {
  // A free port in place of the one that the document names: another test, or a reader's own server, may have that.
  const line = command === WITH_NPX ? command : command.replace(/^npx -y /, '');
  const child = spawn(line.replace(/--port \d+/, '--port 0'), {
    cwd: folder,
    shell: true,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: cleanEnvironment({
      PATH: [join(folder, 'node_modules/.bin'), process.env.PATH ?? ''].join(delimiter),
      npm_config_offline: 'true',
      npm_config_cache: join(folder, 'cache'),
      CWM_STATE_DIR: join(folder, 'state'),
      ...sandbox.environment,
    }),
  });
  let output = '';
  let isStopped = false;
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
    if (isStopped || !IS_UP.test(output)) return;
    isStopped = true;
    process.kill(-(child.pid as number), 'SIGTERM');
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: isStopped ? 0 : code, output };
}

describe('the documents', () => {
  it('have commands to run', () => {
    expect(commands.size).toBeGreaterThan(8);
    const ci = read('.ci/run');
    expect([...IN_CI].filter((command) => !commands.has(command) || !ci.includes('npm run demo'))).toEqual([]);
  });

  // One of each command of the program for all that differ in their options.
  const run = sampleOf(
    'commands of documents',
    [...commands].filter((command) => !IN_CI.has(command)),
    commands.size,
    (command) => (/cwm-mcp \w+/.exec(command)?.[0] ?? command) + (command === WITH_NPX),
  );

  it.each(run)('%s', async (command) => {
    const { code, output } = await outputOf(command);
    expect(code, output).toBe(0);
    expect(output).not.toMatch(/^\s+at /m);
  });

  it('have commands that run without an installation', () => {
    expect(commands).toContain(WITH_NPX);
    const bare = ['README.md', ...guides].flatMap((file) =>
      copied(read(file))
        .filter((line) => /^cwm-mcp /.test(line))
        .map((line) => `${file}: ${line}`),
    );
    expect(bare).toEqual([]);
  });

  it('have one name for the server of a team, and the same settings for Entra ID', () => {
    const hosts = ['README.md', ...guides].flatMap((file) =>
      [...read(file).matchAll(/https:\/\/([\w.-]+)\/mcp\b/g)].map(([, host]) => host),
    );
    expect([...new Set(hosts)]).toEqual(['mcp.example.com']);
    const entra = ['docs/sign-in.md', 'docs/deploy.md'].map((file) =>
      [...read(file).matchAll(/```(?:sh|text)\n([^`]*login\.microsoftonline\.com[^`]*)```/g)].map(([, block = '']) =>
        block
          .trim()
          .split('\n')
          .map((line) => line.replace(/\s+#.*/, '')),
      ),
    );
    expect(entra[0]).toHaveLength(1);
    expect(entra[1]).toEqual(entra[0]);
  });

  it('have blocks of settings that the server takes', () => {
    const blocks = ['README.md', ...guides]
      .flatMap((file) => [...read(file).matchAll(/```(?:sh|text)\n((?:CWM_\w+=[^\n]*\n)+)```/g)])
      .map(([, block = '']) => Object.entries(parseEnv(block)));
    expect(blocks.length).toBeGreaterThan(4);
    for (const block of blocks) {
      // Files that readers have, and we do not, are taken for what is in them.
      const given = block
        .filter(([name]) => !Object.hasOwn(VARIABLES, name) || !name.endsWith('_FILE'))
        .map(([name, value]) =>
          name.endsWith('_FILE') ? [name.slice(0, -'_FILE'.length), 'x'.repeat(24)] : [name, value],
        );
      expect(
        () => readConfig({ ...sandbox.environment, ...Object.fromEntries(given) }),
        JSON.stringify(block),
      ).not.toThrow();
    }
  });

  it('have settings that exist', () => {
    const names = [...lines].filter(isSetting).map((line) => line.split('=')[0] ?? '');
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !isSettingName(name))).toEqual([]);
  });

  it('CONTRIBUTING.md has only commands that CI runs', () => {
    // `npm run check` is the sum of what CI runs one by one.
    const ci = [...read('.ci/run').split('\n'), 'npm run check'];
    const unknown = commandsOf(read('CONTRIBUTING.md')).filter(
      (command) => !ci.some((line) => line.startsWith(command)),
    );
    expect(unknown).toEqual([]);
  });
});

describe('links in the documents', () => {
  const headingsOf = (document: string): string[] =>
    [...document.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );

  it.each(['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...guides])('%s', (file) => {
    const places = [...read(file).matchAll(/(?:\]\(|srcset="|src=")([^)"\s]+)[)"]/g)].map(([, place = '']) => place);
    const broken = places.filter((place) => {
      if (/^(https?:|mailto:)/.test(place)) return false;
      const [path = '', anchor] = place.split('#');
      const target = path === '' ? file : join(file, '..', path);
      try {
        const text = read(target);
        return anchor !== undefined && !headingsOf(text).includes(anchor);
      } catch {
        return true;
      }
    });
    expect(broken).toEqual([]);
  });
});
