import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PRODUCT } from '../../src/product.ts';
import { callsTools } from '../support/installed.ts';
import { HAS_ALL_CASES } from '../support/sample.ts';
import { cleanEnvironment } from '../support/stdio.ts';

// What the registry would hand out, packed as `npm publish` packs it, in folders that have no clone, no network, and blanks in
// their names, as users' folders on Windows and macOS do.

const ROOT = resolve(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const isWindows = process.platform === 'win32';
const execute = promisify(execFile);

let folder: string;
let tarball: string;
let files: string[];

/** Runs npm or what it installed; on Windows these are scripts, which only a shell starts. */
async function run(program: string, parameters: readonly string[], path = ''): Promise<string> {
  const quoted = isWindows ? parameters.map((one) => `"${one}"`) : [...parameters];
  const { stdout } = await execute(isWindows ? `"${program}"` : program, quoted, {
    cwd: join(folder, 'an empty folder'),
    shell: isWindows,
    env: cleanEnvironment({
      npm_config_offline: 'true',
      npm_config_cache: join(folder, 'npm cache'),
      npm_config_update_notifier: 'false',
      npm_config_audit: 'false',
      ...(path !== '' && { npm_config_prefix: path }),
    }),
  });
  return stdout.trim();
}

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const documents = (): string[] => files.filter((file) => file.endsWith('.md'));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cwm-mcp package-'));
  mkdirSync(join(folder, 'an empty folder'));
  // Without its scripts: the program is built already.
  const packed = await run('npm', ['pack', ROOT, '--ignore-scripts', '--json', '--pack-destination', folder]);
  const [pack] = JSON.parse(packed);
  tarball = join(folder, pack.filename);
  files = pack.files.map(({ path }: { path: string }) => path);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the package', () => {
  it('has the program, its documents with their pictures, and nothing else', () => {
    const tops = new Set(files.map((file) => file.split('/')[0]));
    expect([...tops].sort()).toEqual(
      ['dist', 'docs', 'package.json', 'CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md'].sort(),
    );
    expect(files).toEqual(expect.arrayContaining(['dist/main.js', 'dist/tools.json', 'dist/catalog.json']));
    expect(files).toEqual(expect.arrayContaining(['docs/operators.md', 'docs/views/timesheet.png']));
    expect(files.filter((file) => /\.(ts|map|tgz|env)$|node_modules/.test(file))).toEqual([]);
  });

  it('has everything that its documents link to and show', () => {
    const dead = documents().flatMap((file) =>
      [...read(file).matchAll(/(?:\]\(|srcset="|src=")([^)"\s]+)/g)]
        .map(([, place = '']) => place.split('#')[0] ?? '')
        .filter((place) => place !== '' && !/^(https:|mailto:)/.test(place))
        .filter((place) => !files.includes(join(dirname(file), place)))
        .map((place) => `${file}: ${place}`),
    );
    expect(dead).toEqual([]);
  });

  it('names no file of the repository that it does not have, unless it says where that is', () => {
    const shipped = new Set(files);
    const absent = new Set(
      readdirSync(ROOT, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
        .filter((path) => !/^(node_modules|\.git|dist|reports|coverage)\//.test(path) && !shipped.has(path)),
    );
    expect(absent).toContain('mcp.config.example.json');
    const named = files
      .filter((file) => /\.(md|js|html)$/.test(file) || file === 'dist/tools.json')
      .map((file) => [file, read(file)] as const)
      .filter(([, text]) => !/^git clone https:|\]\(https:\/\/github\.com\/cwm-mcp\/cwm-mcp\/tree\/main\)/m.test(text))
      .flatMap(([file, text]) => {
        const words = text.replace(/https:\/\/[^\s)"'`]+/g, '').match(/[\w./-]+/g) ?? [];
        const names = new Set(words.map((word) => word.replace(/^[./]+|\.+$/g, '')));
        return [...names].filter((word) => absent.has(word)).map((word) => `${file}: ${word}`);
      });
    expect(named).toEqual([]);
  });

  it('needs no other package', () => {
    for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies'])
      expect(manifest).not.toHaveProperty(kind);
  });

  it('starts on Unix and on Windows', () => {
    const [first] = readFileSync(join(ROOT, 'dist/main.js'), 'utf8').split('\n');
    // A carriage return here would make Unix look for `node\r`.
    expect(first).toBe('#!/usr/bin/env node');
    expect(manifest.bin).toEqual({ 'cwm-mcp': 'dist/main.js' });
  });
});

describe('installed', () => {
  // The commands of documents are run with npx as well; here it installs what is packed.
  it.skipIf(!HAS_ALL_CASES)('on demand with npx, from a folder with blanks (with CASES=all)', async () => {
    expect(await run('npx', ['--yes', '--package', tarball, 'cwm-mcp', '--version'])).toBe(PRODUCT.version);
  });

  it('globally, and serves its tools', async () => {
    const prefix = join(folder, 'a global prefix');
    await run('npm', ['install', '--global', tarball], prefix);
    const binaries = isWindows ? prefix : join(prefix, 'bin');
    const [program = ''] = readdirSync(binaries).filter((name) => name === (isWindows ? 'cwm-mcp.cmd' : 'cwm-mcp'));
    const command = isWindows ? 'cmd' : join(binaries, program);
    await callsTools(command, [...(isWindows ? ['/c', join(binaries, program)] : []), '--sandbox']);
  });
});
