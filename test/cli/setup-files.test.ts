import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { afterAll, expect, it } from 'vitest';
import { CLIENTS, configurationOf, isInstalled, type Machine, settingsFolder } from '../../src/cli/setup/clients.ts';
import { type Entry, readConfiguration, withEntry } from '../../src/cli/setup/configuration.ts';
import { replace } from '../../src/cli/setup/files.ts';
import { launchOf } from '../../src/cli/setup/launch.ts';
import { terminalQuestions } from '../../src/cli/setup/questions.ts';
import { settingsFrom, settingsText } from '../../src/cli/setup/settings.ts';
import { run } from '../support/stdio.ts';

const folder = mkdtempSync(join(tmpdir(), 'cwm-mcp-setup-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const vscode = CLIENTS.find(({ id }) => id === 'vscode') as (typeof CLIENTS)[number];
const entry: Entry = { command: 'node', args: ['main.js'], env: { CWM_SITE: 'a' } };

/** Whether a text is another one with pieces put in: nothing of it was changed or moved. */
function isGrown(before: string, after: string): boolean {
  let at = 0;
  for (const letter of before) {
    at = after.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

it('adds an entry to any configuration without a change to what is there', () => {
  const member = fc.string({ maxLength: 4 }).filter((name) => name !== '__proto__');
  // The parser that reads the result back makes a prototype of a member of that name.
  const value = (maxDepth: number) =>
    fc.jsonValue({ maxDepth }).filter((made) => !JSON.stringify(made).includes('__proto__'));
  const servers = fc.option(fc.dictionary(member, value(1), { maxKeys: 2 }), { nil: undefined });
  const comments = fc.constantFrom('', ' // one {"a": [,] }', ' /* two\n */');
  const file = fc.record({
    others: fc.dictionary(member, value(2), { maxKeys: 3 }),
    own: servers,
    indent: fc.constantFrom(undefined, 2, '\t'),
    comment: comments,
    trailing: fc.boolean(),
    eol: fc.constantFrom('\n', '\r\n'),
  });
  fc.assert(
    fc.property(file, ({ others, own, indent, comment, trailing, eol }) => {
      const whole = own === undefined ? others : { ...others, servers: own };
      const plain = JSON.stringify(whole, undefined, indent);
      const comma = trailing && Object.keys(whole).length > 0 ? ',' : '';
      const text = `${comment}\n${plain.slice(0, -1)}${comma}${comment}\n}\n`.replaceAll('\n', eol);
      const after = withEntry(readConfiguration(text, 'file', vscode), vscode, 'manage', entry);
      const errors: never[] = [];
      const { servers: found, ...rest } = parse(after, errors, { allowTrailingComma: true });
      expect(errors).toEqual([]);
      expect(found.manage).toEqual({ type: 'stdio', ...entry });
      expect(rest).toEqual(JSON.parse(JSON.stringify({ ...others, servers: undefined })));
      expect(isGrown(text, after)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

it('writes settings that are read as they were', () => {
  const file = join(folder, 'some.env');
  const value = fc.string({
    unit: fc.constantFrom('a', ' ', '#', '=', '"', "'", '\\', 'n', '$', '{', 'é'),
    minLength: 1,
    maxLength: 8,
  });
  const fits = (text: string): boolean =>
    text.trim() === text &&
    !/^\$\{[^}]*\}$/.test(text) &&
    !(text.includes("'") && (text.includes('"') || text.includes('\\')));
  fc.assert(
    fc.property(value.filter(fits), value.filter(fits), (site, key) => {
      writeFileSync(file, settingsText({ CWM_SITE: site, CWM_PRIVATE_KEY: key }));
      expect(settingsFrom(file)).toEqual({ CWM_SITE: site, CWM_PRIVATE_KEY: key });
    }),
    { numRuns: 150 },
  );
  expect(() => settingsText({ CWM_PRIVATE_KEY: `a'b"c\`` })).toThrow('set CWM_PRIVATE_KEY_FILE');
});

it.each<[Machine['platform'], Record<string, string>, string, readonly string[]]>([
  [
    'darwin',
    {},
    '/Users/jo',
    [
      '/Users/jo/Library/Application Support/Claude/claude_desktop_config.json',
      '/Users/jo/.claude.json',
      '/Users/jo/Library/Application Support/Code/User/mcp.json',
      '/Users/jo/.cursor/mcp.json',
      '/Users/jo/.codeium/windsurf/mcp_config.json',
      '/Users/jo/.config/zed/settings.json',
      '/Users/jo/.gemini/settings.json',
      '/Users/jo/Library/Application Support/cwm-mcp',
    ],
  ],
  [
    'win32',
    { APPDATA: 'C:\\Users\\jo\\AppData\\Roaming', CLAUDE_CONFIG_DIR: 'D:\\claude' },
    'C:\\Users\\jo',
    [
      'C:\\Users\\jo\\AppData\\Roaming\\Claude\\claude_desktop_config.json',
      'D:\\claude\\.claude.json',
      'C:\\Users\\jo\\AppData\\Roaming\\Code\\User\\mcp.json',
      'C:\\Users\\jo\\.cursor\\mcp.json',
      'C:\\Users\\jo\\.codeium\\windsurf\\mcp_config.json',
      'C:\\Users\\jo\\AppData\\Roaming\\Zed\\settings.json',
      'C:\\Users\\jo\\.gemini\\settings.json',
      'C:\\Users\\jo\\AppData\\Roaming\\cwm-mcp',
    ],
  ],
  [
    'linux',
    // A place that depends on where a program was started is none.
    { XDG_CONFIG_HOME: 'config', CLAUDE_CONFIG_DIR: '' },
    '/home/jo',
    [
      '/home/jo/.config/Claude/claude_desktop_config.json',
      '/home/jo/.claude.json',
      '/home/jo/.config/Code/User/mcp.json',
      '/home/jo/.cursor/mcp.json',
      '/home/jo/.codeium/windsurf/mcp_config.json',
      '/home/jo/.config/zed/settings.json',
      '/home/jo/.gemini/settings.json',
      '/home/jo/.config/cwm-mcp',
    ],
  ],
])('knows where clients keep their configuration on %s', (platform, environment, home, places) => {
  const machine = { platform, environment, home };
  expect([...CLIENTS.map((client) => configurationOf(client, machine)), settingsFolder(machine)]).toEqual(places);
});

it('takes the place that is there, and sees who is installed', () => {
  const machine = {
    platform: 'linux',
    environment: { XDG_CONFIG_HOME: join(folder, 'config') },
    home: folder,
  } as const;
  mkdirSync(join(folder, 'config/zed'), { recursive: true });
  writeFileSync(join(folder, '.claude.json'), '{}');
  expect(CLIENTS.filter((client) => isInstalled(client, machine)).map(({ id }) => id)).toEqual(['claude-code', 'zed']);
});

it('has clients start what is running, or have npx fetch it', () => {
  const running = {
    program: '/home/jo/.npm/_npx/1/node_modules/.bin/cwm-mcp',
    node: '/usr/bin/node',
    platform: 'linux',
  } as const;
  expect(launchOf(running)).toMatchObject({ command: 'npx', args: ['-y', 'cwm-mcp'] });
  expect(launchOf({ ...running, platform: 'win32' })).toMatchObject({
    command: 'cmd',
    args: ['/c', 'npx', '-y', 'cwm-mcp'],
  });
  expect(launchOf({ ...running, program: '/opt/cwm/main.js' })).toMatchObject({
    command: '/usr/bin/node',
    args: ['/opt/cwm/main.js'],
  });
});

it('writes over nothing that changed since it was shown', () => {
  const file = join(folder, 'changed.json');
  writeFileSync(file, '{"a": 1}');
  expect(() => replace({ file, before: '{}', after: '{"b": 2}' })).toThrow('was changed meanwhile');
  expect(() => replace({ file: join(file, 'below'), before: undefined, after: '' })).toThrow(
    /cannot be (read|written) \(ENOTDIR\)/,
  );
});

it('shows no key that is typed, and gives an answer back', async () => {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
  let shown = '';
  output.on('data', (piece: Buffer) => {
    shown += piece.toString();
  });
  const ask = terminalQuestions({ input, output });
  const typed = async <T>(answer: Promise<T>, keys: string): Promise<T> => {
    for (const key of [...keys, '\r']) input.write(key);
    return answer;
  };
  expect(await typed(ask.secret('Private key', { isKnown: false }), 's3cret')).toBe('s3cret');
  expect(await typed(ask.secret('Private key', { isKnown: true }), '')).toBe('');
  expect(await typed(ask.line('Site', { fallback: 'cw.example.com' }), '')).toBe('cw.example.com');
  expect(await typed(ask.line('Member', {}), ' jdoe')).toBe('jdoe');
  expect(
    await typed(
      ask.one(
        'May',
        [
          { value: 'true', label: 'Read' },
          { value: 'false', label: 'Write' },
        ],
        'false',
      ),
      '',
    ),
  ).toBe('false');
  expect(
    await typed(
      ask.several(
        'Which',
        [
          { value: 'a', label: 'A' },
          { value: 'b', label: 'B' },
        ],
        ['b'],
      ),
      '',
    ),
  ).toEqual(['b']);
  const no = ask.yes('Write this?');
  input.write('n');
  expect(await no).toBe(false);
  expect(shown).not.toContain('s3cret');
  const left = ask.yes('Write this?');
  input.write('\u0003');
  await expect(left).rejects.toThrow('Stopped; nothing was changed.');
});

it('writes an entry that starts the server', async () => {
  const home = join(folder, 'home');
  const flags = ['setup', '--client', 'cursor', '--sandbox', '--yes'];
  const { code, stdout } = await run(flags, { HOME: home, USERPROFILE: home });
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('Restart Cursor') });
  const { manage } = parse(readFileSync(join(home, '.cursor/mcp.json'), 'utf8')).mcpServers;
  expect(manage.command).toBe(process.execPath);
  const tools = await run([...manage.args.slice(1), '--version'], {}, manage.args[0]);
  expect(tools.code).toBe(0);
  // Without a home of its own the system's counts, never the folder in which it was started.
  const shown = await run(['setup', '--client', 'cursor', '--sandbox', '--dry-run'], { HOME: '' });
  expect(shown.stdout).toContain(`${join(userInfo().homedir, '.cursor/mcp.json')}`);
  const bare = await run(['setup'], { HOME: home });
  expect(bare).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('there is no terminal to ask in'),
  });
});
