import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Questions } from '../../src/cli/setup/questions.ts';
import { runSetup, type SetupFlags } from '../../src/cli/setup/run-setup.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { borrowSandbox } from '../support/sandboxes.ts';

let sandbox: Sandbox;
let home: string;
beforeAll(async () => {
  sandbox = await borrowSandbox({ tickets: 1 });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cwm-mcp-setup-'));
  return () => rmSync(home, { recursive: true });
});

const FLAGS: SetupFlags = { name: 'manage', keys: 'file', check: false };

interface Setting {
  readonly environment?: Readonly<Record<string, string>>;
  readonly ask?: Questions;
}

/** Runs the command in a home of its own. @returns what it printed */
async function setup(flags: Partial<SetupFlags>, { environment = {}, ask }: Setting = {}): Promise<string> {
  const printed: string[] = [];
  await runSetup(
    { ...FLAGS, ...flags },
    {
      machine: { environment, platform: 'linux', home },
      running: { program: '/opt/cwm-mcp/dist/main.js', node: '/usr/bin/node', platform: 'linux' },
      print: (text) => printed.push(text),
      ask,
    },
  );
  return printed.join('\n').replaceAll(home, 'HOME');
}

const cursor = (): string => join(home, '.cursor/mcp.json');
const settingsFile = (): string => join(home, '.config/cwm-mcp/manage.env');
function write(file: string, text: string | Uint8Array): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
const read = (file: string): string => readFileSync(file, 'utf8');
const json = (file: string): Record<string, Record<string, Record<string, unknown>>> => JSON.parse(read(file));

const LIVED_IN = `{
\t"mcpServers": {
\t\t"github": { "command": "docker", "args": ["run", "-e", "TOKEN=ghp_args"], "env": { "TOKEN": "ghp_secret" } }
\t},
\t"theme": "dark"
}
`;

describe('setup', () => {
  it('writes settings that its owner alone can read, and has the client start with them', async () => {
    const printed = await setup({ client: ['cursor'], yes: true }, { environment: sandbox.environment });
    expect(read(settingsFile())).toContain(
      `CWM_SITE=${sandbox.url}\nCWM_COMPANY_ID=northwind\nCWM_PUBLIC_KEY=sandboxPublic\n`,
    );
    expect(statSync(settingsFile()).mode & 0o777).toBe(0o600);
    expect(json(cursor())).toEqual({
      mcpServers: {
        manage: { command: '/usr/bin/node', args: ['/opt/cwm-mcp/dist/main.js', '--settings', settingsFile()] },
      },
    });
    expect(printed).toContain('+ CWM_PRIVATE_KEY=********\n');
    expect(printed).not.toMatch(/sandboxP|00000000-0000/);
    expect(printed).toMatch(/Wrote HOME\/\.cursor\/mcp\.json\nCursor: Restart Cursor/);
    expect(await setup({ client: ['cursor'], yes: true })).toBe('Nothing to change: everything is set up like that.');
  });

  it('changes its own entry and nothing else, and shows no text of anybody else', async () => {
    write(cursor(), LIVED_IN);
    chmodSync(cursor(), 0o640);
    const printed = await setup({ client: ['cursor'], sandbox: true, yes: true });
    expect(read(cursor())).toBe(
      LIVED_IN.replace(
        ' }\n\t},',
        ' },\n\t\t"manage": {\n\t\t\t"command": "/usr/bin/node",\n\t\t\t"args": [\n\t\t\t\t"/opt/cwm-mcp/dist/main.js",\n\t\t\t\t"--sandbox"\n\t\t\t]\n\t\t}\n\t},',
      ),
    );
    expect(statSync(cursor()).mode & 0o777).toBe(0o640);
    expect(printed).not.toMatch(/ghp_|docker|dark/);
    expect(printed).toContain(
      '+ \t\t"github": { "command": "********", "args": ["********", "********", "********"], "env": { "TOKEN": "********" } },\n',
    );
    const [copy = ''] = readdirSync(dirname(cursor())).filter((name) => name.endsWith('.bak'));
    expect(read(join(dirname(cursor()), copy))).toBe(LIVED_IN);
    expect(statSync(join(dirname(cursor()), copy)).mode & 0o777).toBe(0o640);
  });

  it('keeps what people wrote into its entry, and variables of others', async () => {
    write(
      cursor(),
      JSON.stringify({
        mcpServers: {
          manage: { command: 'npx', args: ['cwm-mcp'], env: { CWM_SITE: 'a', HTTPS_PROXY: 'b' }, disabled: true },
        },
      }),
    );
    await setup(
      { client: ['cursor'], keys: 'client', yes: true },
      { environment: { CWM_SITE: 'cw.example.com', CWM_MEMBER: 'jdoe' } },
    );
    expect(json(cursor()).mcpServers?.manage).toEqual({
      command: '/usr/bin/node',
      args: ['/opt/cwm-mcp/dist/main.js'],
      env: { CWM_SITE: 'cw.example.com', CWM_MEMBER: 'jdoe', HTTPS_PROXY: 'b' },
      disabled: true,
    });
    expect(existsSync(settingsFile())).toBe(false);
    // Whoever could read it before must not read the keys.
    expect(statSync(cursor()).mode & 0o777).toBe(0o600);
  });

  it.each<[client: string, place: string, before: string, after: string]>([
    [
      'vscode',
      '.config/Code/User/mcp.json',
      '// my servers\r\n{\r\n    "inputs": [], /* none */\r\n    "servers": {\r\n    },\r\n}\r\n',
      '// my servers\r\n{\r\n    "inputs": [], /* none */\r\n    "servers": {\r\n        "manage": {\r\n            "type": "stdio",\r\n            "command": "/usr/bin/node",\r\n            "args": [\r\n                "/opt/cwm-mcp/dist/main.js",\r\n                "--sandbox"\r\n            ]\r\n        }\r\n    },\r\n}\r\n',
    ],
    [
      'claude-desktop',
      '.config/Claude/claude_desktop_config.json',
      '\uFEFF{"globalShortcut":""}',
      '\uFEFF{"globalShortcut":"",\n  "mcpServers": {\n    "manage": {\n      "command": "/usr/bin/node",\n      "args": [\n        "/opt/cwm-mcp/dist/main.js",\n        "--sandbox"\n      ]\n    }\n  }\n}',
    ],
    [
      'zed',
      '.config/zed/settings.json',
      '{\n  "theme": "One", // dark\n}\n',
      '{\n  "theme": "One", // dark\n  "context_servers": {\n    "manage": {\n      "source": "custom",\n      "command": "/usr/bin/node",\n      "args": [\n        "/opt/cwm-mcp/dist/main.js",\n        "--sandbox"\n      ]\n    }\n  },\n}\n',
    ],
    [
      'claude-code',
      '.claude.json',
      '',
      '{\n  "mcpServers": {\n    "manage": {\n      "type": "stdio",\n      "command": "/usr/bin/node",\n      "args": [\n        "/opt/cwm-mcp/dist/main.js",\n        "--sandbox"\n      ]\n    }\n  }\n}\n',
    ],
  ])("keeps the comments, blanks and line ends of %s's configuration", async (client, place, before, after) => {
    const file = write(join(home, place), before);
    await setup({ client: [client], sandbox: true, yes: true });
    expect(read(file)).toBe(after);
    expect(await setup({ client: [client], sandbox: true, yes: true })).toContain('Nothing to change');
  });

  it.each<[string, string | Uint8Array, string]>([
    ['a comma that is missing', '{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3: a comma is missing.'],
    ['an end that is missing', '{"mcpServers": {"a": {}', 'line 1, column 24: a closing } is missing.'],
    [
      'a comment, which this client does not read',
      '{\n  // mine\n}',
      'line 2, column 3: this client reads no comments.',
    ],
    ['a comma too many', '{"a": 1,\n}', 'line 2, column 1: a name in quotes is missing, or a comma is too many.'],
    ['a path with single backslashes', '{"a": "C:\\Users"}', 'line 1, column 7: a backslash has to be written twice.'],
    ['a list', '[]', ' is not a JSON object.'],
    [
      'levels without an end',
      `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
      ' is nested more than 100 levels deep.',
    ],
    ['servers in a list', '{"mcpServers": []}', 'line 1, column 16: "mcpServers" is not an object.'],
    ['servers twice', '{"mcpServers": {},\n "mcpServers": {}}', 'line 2, column 2: "mcpServers" stands there twice.'],
    [
      'the entry twice',
      '{"mcpServers": {"manage": {}, "manage": {}}}',
      'line 1, column 31: "manage" stands there twice.',
    ],
    ['an entry that is a text', '{"mcpServers": {"manage": "x"}}', 'line 1, column 27: "manage" is not an object.'],
    [
      "somebody else's entry",
      '{"mcpServers": {"manage": {"command": "other"}}}',
      ' has another server named "manage".',
    ],
    ['text that is not UTF-8', Buffer.from('\uFEFF{}', 'utf16le'), ' is not UTF-8 text; save it as UTF-8.'],
  ])('refuses %s and leaves it as it is', async (_, content, message) => {
    write(cursor(), content);
    await expect(setup({ client: ['cursor'], sandbox: true, yes: true })).rejects.toThrow(message);
    expect(readFileSync(cursor()).equals(Buffer.from(content))).toBe(true);
    expect(readdirSync(dirname(cursor()))).toHaveLength(1);
  });

  it("takes the place of somebody else's entry when it is told to", async () => {
    write(cursor(), '{"mcpServers": {"manage": {"command": "other", "args": ["x"]}}}');
    await setup({ client: ['cursor'], sandbox: true, yes: true, replace: true });
    expect(json(cursor()).mcpServers?.manage?.command).toBe('/usr/bin/node');
  });

  it('refuses a folder in place of a file, and writes through a link', async () => {
    mkdirSync(cursor(), { recursive: true });
    await expect(setup({ client: ['cursor'], sandbox: true, yes: true })).rejects.toThrow('cannot be read (EISDIR)');
    const target = write(join(home, 'dotfiles/gemini.json'), '{}');
    const link = join(home, '.gemini/settings.json');
    mkdirSync(dirname(link));
    symlinkSync(target, link);
    await setup({ client: ['gemini'], sandbox: true, yes: true });
    expect(readlinkSync(link)).toBe(target);
    expect(json(target).mcpServers).toHaveProperty('manage');
    // Dotfiles that are not there yet: the link is what somebody set up.
    const later = join(home, 'elsewhere/cursor.json');
    rmSync(cursor(), { recursive: true });
    symlinkSync(later, cursor());
    await setup({ client: ['cursor'], sandbox: true, yes: true });
    expect(readlinkSync(cursor())).toBe(later);
    expect(json(later).mcpServers).toHaveProperty('manage');
  });

  it('refuses a pipe or a device in place of a file, and waits for neither', async () => {
    mkdirSync(dirname(cursor()), { recursive: true });
    execFileSync('mkfifo', [cursor()]);
    await expect(setup({ client: ['cursor'], sandbox: true, yes: true })).rejects.toThrow('is a pipe or a device');
    await expect(setup({ client: ['cursor'], file: '/dev/zero', sandbox: true, yes: true })).rejects.toThrow(
      '/dev/zero is a pipe or a device',
    );
  });

  it('leaves alone what is marked read-only', async () => {
    write(cursor(), '{}');
    chmodSync(cursor(), 0o444);
    await expect(setup({ client: ['cursor'], sandbox: true, yes: true })).rejects.toThrow(/mcp\.json is read-only\./);
    expect([read(cursor()), readdirSync(dirname(cursor()))]).toEqual(['{}', ['mcp.json']]);
  });

  it('leaves nothing of a server over HTTP in its entry, by which a client would go', async () => {
    const entry = { type: 'http', url: 'https://mcp.example.com/mcp', headers: { Authorization: 'Bearer x' } };
    write(cursor(), JSON.stringify({ mcpServers: { manage: { ...entry, env: { CWM_SITE: 'a' }, timeout: 5 } } }));
    await setup({ client: ['cursor'], sandbox: true, yes: true });
    expect(json(cursor()).mcpServers?.manage).toEqual({
      command: '/usr/bin/node',
      args: ['/opt/cwm-mcp/dist/main.js', '--sandbox'],
      timeout: 5,
    });
  });

  it('shows what would change, and writes nothing, with --dry-run', async () => {
    const printed = await setup({ client: ['cursor', 'zed'], dryRun: true }, { environment: sandbox.environment });
    expect(printed).toMatch(
      /HOME\/\.config\/cwm-mcp\/manage\.env \(new\)\n.*HOME\/\.cursor\/mcp\.json \(new\)\n.*HOME\/\.config\/zed\/settings\.json \(new\)\n.*Nothing was written/s,
    );
    expect(readdirSync(home)).toEqual([]);
  });

  it('checks the settings first, and writes nothing that does not work', async () => {
    const environment = { ...sandbox.environment, CWM_PRIVATE_KEY: 'wrong-key' };
    await expect(setup({ client: ['cursor'], yes: true, check: true }, { environment })).rejects.toThrow(
      'The settings do not work; see above.',
    );
    expect(readdirSync(home)).toEqual([]);
    await setup({ client: ['cursor'], yes: true, check: true, readOnly: true }, { environment: sandbox.environment });
    expect(read(settingsFile())).toContain('CWM_READ_ONLY=true\n');
  });

  it.each<[string, Partial<SetupFlags>, RegExp]>([
    ['nobody who can be asked', {}, /no terminal to ask in.*--client claude-desktop\|.* --yes/],
    ['nobody who agrees', { client: ['cursor'], sandbox: true }, /agree with --yes/],
    [
      'a client that there is not',
      { client: ['claude-dekstop'], yes: true },
      /no client claude-dekstop\. Did you mean claude-desktop\? There are: /,
    ],
    ['one file for two clients', { client: ['cursor,zed'], file: 'x', yes: true }, /--file goes with one --client/],
    ['a name that is none', { client: ['cursor'], name: 'my server', yes: true }, /--name takes letters/],
    ['a place for keys that is none', { client: ['cursor'], keys: 'vault', yes: true }, /--keys takes file or client/],
    ['consent to nothing', { yes: true }, /--yes needs --client/],
    [
      'settings that are not there',
      { client: ['cursor'], from: '/nowhere/.env', yes: true },
      /no settings file \/nowhere\/\.env/,
    ],
  ])('says what to do about %s', async (_, flags, message) => {
    await expect(setup(flags)).rejects.toThrow(message);
    expect(readdirSync(home)).toEqual([]);
  });
});

describe('the settings', () => {
  const other = {
    mcpServers: {
      github: { env: { TOKEN: 'x' } },
      connectwise: {
        command: 'x',
        env: { CW_MANAGE_URL: 'cw.example.com', CW_MANAGE_PRIVATE_KEY_FILE: '/run/key', PORT: 1 },
      },
    },
  };

  it.each<[string, string]>([
    ['a .env file', '# mine\nCW_MANAGE_URL="cw.example.com"\nCW_MANAGE_PRIVATE_KEY_FILE=/run/key\nPORT=1\n'],
    ["another server's entry in a client's configuration", JSON.stringify(other)],
    ['that in a configuration with comments', `// mine\n${JSON.stringify({ mcp: { servers: other.mcpServers } })}`],
  ])('come from %s, under our names', async (_, content) => {
    await setup({ client: ['cursor'], from: write(join(home, 'from'), content), yes: true });
    expect(read(settingsFile()).split('\n').slice(1)).toEqual([
      'CWM_SITE=cw.example.com',
      'CWM_PRIVATE_KEY_FILE=/run/key',
      '',
    ]);
  });

  it('name files by their full paths, because clients start servers in other folders', async () => {
    const from = write(
      join(home, 'from'),
      'CWM_PRIVATE_KEY_FILE=keys/private\nCWM_CA_FILE=/etc/ca.pem\nCWM_FILES_DIR=./files\nCWM_CATALOG=mine.json\n',
    );
    await setup({ client: ['cursor'], from, yes: true });
    expect(read(settingsFile()).split('\n').slice(1)).toEqual([
      `CWM_PRIVATE_KEY_FILE=${resolve('keys/private')}`,
      `CWM_CATALOG=${resolve('mine.json')}`,
      'CWM_CA_FILE=/etc/ca.pem',
      `CWM_FILES_DIR=${resolve('files')}`,
      '',
    ]);
  });

  it('come through a pipe, which can be read once', async () => {
    const from = join(home, 'pipe');
    execFileSync('mkfifo', [from]);
    execFile('sh', ['-c', 'printf "CWM_SITE=piped\\n" > "$0"', from]);
    await setup({ client: ['cursor'], from, yes: true });
    expect(read(settingsFile())).toContain('CWM_SITE=piped\n');
  });

  it('are refused where there are none, or those of two servers', async () => {
    const two = { mcpServers: { a: { env: { CWM_SITE: 'a' } }, b: { env: { CW_SITE: 'b' } } } };
    const from = write(join(home, 'from'), JSON.stringify(two));
    await expect(setup({ client: ['cursor'], from, yes: true })).rejects.toThrow(
      'several servers with settings for Manage (a, b)',
    );
    write(from, '{"mcpServers": {}}');
    await expect(setup({ client: ['cursor'], from, yes: true })).rejects.toThrow(
      'has no server with settings for Manage',
    );
  });

  it('of the file win over those of the environment, and these over those written before', async () => {
    write(settingsFile(), 'CWM_SITE=stored\nCWM_MEMBER=stored\nCWM_COMPANY_ID=stored\n');
    chmodSync(settingsFile(), 0o644);
    const from = write(join(home, 'from'), 'CWM_SITE=file\n');
    await setup(
      { client: ['cursor'], from, yes: true },
      { environment: { CWM_SITE: 'environment', CWM_MEMBER: 'environment' } },
    );
    expect(read(settingsFile())).toContain('CWM_SITE=file\nCWM_COMPANY_ID=stored\nCWM_MEMBER=environment\n');
    for (const name of readdirSync(dirname(settingsFile())))
      expect(statSync(join(dirname(settingsFile()), name)).mode & 0o777).toBe(0o600);
  });
});

describe('the questions', () => {
  /** Answers by what a question begins with; `undefined` presses Enter. */
  function answering(
    answers: Readonly<Record<string, readonly (string | undefined)[]>>,
  ): Questions & { asked: string[] } {
    const left = new Map(Object.entries(answers).map(([begin, list]) => [begin, [...list]]));
    const asked: string[] = [];
    const next = (message: string): string | undefined => {
      asked.push(message);
      const [, list] = [...left].find(([begin]) => message.startsWith(begin)) ?? [];
      return list?.shift();
    };
    return {
      asked,
      async line(message, { fallback, problem }) {
        const answer = next(message) ?? fallback ?? '';
        expect(problem?.(answer)).toBeUndefined();
        return answer;
      },
      secret: async (message) => next(message) ?? '',
      one: async (message, _, initial) => next(message) ?? initial,
      several: async (message, _, initial) => next(message)?.split(' ') ?? initial,
      yes: async (message) => next(message) !== 'no',
    };
  }

  it('lead from nothing to a client that works, past an answer that was wrong', async () => {
    mkdirSync(join(home, '.cursor'));
    const ask = answering({
      Site: [sandbox.url],
      Company: ['northwind'],
      Public: ['sandboxPublic'],
      Private: ['wrong-key', 'sandboxPrivate'],
      'Client id': ['00000000-0000-4000-8000-000000000000'],
      'Your own member': ['jdoe'],
      'Your time zone': [''],
      'The settings do not work': ['change'],
    });
    const printed = await setup({ check: true }, { ask });
    expect(printed).toContain('CWM_PUBLIC_KEY or CWM_PRIVATE_KEY is wrong');
    expect(printed).not.toMatch(/wrong-key|sandboxP/);
    expect(read(settingsFile())).toMatch(/CWM_PRIVATE_KEY=sandboxPrivate\n.*CWM_READ_ONLY=true\n/s);
    expect(json(cursor()).mcpServers).toHaveProperty('manage');
    expect(ask.asked.at(-1)).toBe('Write this?');
  });

  it('begin with the settings that another server for Manage has in a client', async () => {
    const env = { CW_MANAGE_URL: sandbox.url, CW_MANAGE_COMPANY_ID: 'northwind', CW_MANAGE_PRIVATE_KEY: 'k' };
    write(cursor(), JSON.stringify({ mcpServers: { other: { command: 'x', env } } }));
    // Of another program, and none that could be read.
    mkdirSync(join(home, '.gemini'));
    execFileSync('mkfifo', [join(home, '.gemini/settings.json')]);
    const ask = answering({
      Which: ['zed'],
      Public: ['p'],
      'Client id': ['00000000-0000-4000-8000-000000000000'],
      Your: ['jo'],
    });
    await setup({}, { ask });
    expect(ask.asked[1]).toMatch(/^There are settings for Manage here/);
    expect(read(settingsFile())).toContain('CWM_COMPANY_ID=northwind\nCWM_PUBLIC_KEY=p\nCWM_PRIVATE_KEY=k\n');
  });

  it('change nothing when the last answer is no', async () => {
    const ask = answering({ Which: ['zed'], 'Write this?': ['no'] });
    await expect(setup({ sandbox: true }, { ask })).rejects.toThrow('Stopped; nothing was changed.');
    expect(readdirSync(home)).toEqual([]);
  });
});
