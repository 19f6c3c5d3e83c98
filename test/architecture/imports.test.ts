import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Which folder may import which, from the top of the house down. A folder that is not listed may not be imported at all, so
 * a new one has to find its place here first.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/main.ts': ['src/cli'],
  'src/cli': [
    'src/journal',
    'src/clock',
    'src/server',
    'src/shared-store',
    'src/state',
    'src/doctor',
    'src/demo',
    'src/sandbox',
    'src/api',
    'src/config',
    'src/logger.ts',
    'src/log-levels.ts',
    'src/text',
    'src/tool',
    'tools',
  ],
  'src/demo': ['src/clock'],
  'src/doctor': ['src/journal', 'src/config', 'src/names', 'src/manage', 'src/query', 'src/api', 'src/logger.ts'],
  'src/server': [
    'tools',
    'src/tool',
    'src/journal',
    'src/config',
    'src/names',
    'src/manage',
    'src/query',
    'src/state',
    'src/api',
    'src/text',
    'src/telemetry',
    'src/shared-store',
    'src/logger.ts',
  ],
  tools: [
    'src/journal',
    'src/report',
    'src/revenue',
    'src/files',
    'src/approval',
    'src/working-time',
    'src/tickets',
    'src/tool',
    'src/names',
    'src/manage',
    'src/query',
    'src/text',
    'src/clock',
    'src/api',
  ],
  // Run in a browser, in another process than all the rest.
  views: ['src/text'],
  'src/report': [
    'src/revenue',
    'src/approval',
    'src/working-time',
    'src/tickets',
    'src/tool',
    'src/names',
    'src/manage',
    'src/query',
    'src/text',
    'src/clock',
    'src/api',
  ],
  'src/revenue': ['src/tool', 'src/names', 'src/manage', 'src/query', 'src/text', 'src/api'],
  'src/files': ['src/tool', 'src/text'],
  'src/approval': ['src/tool', 'src/names', 'src/manage', 'src/query', 'src/text', 'src/clock', 'src/api'],
  'src/working-time': ['src/tool', 'src/names', 'src/manage', 'src/query', 'src/text', 'src/clock', 'src/api'],
  'src/tickets': ['src/tool', 'src/names', 'src/manage', 'src/query', 'src/text', 'src/clock', 'src/api'],
  'src/config': ['src/tool', 'src/journal', 'src/manage', 'src/state', 'src/api', 'src/log-levels.ts'],
  'src/tool': ['src/journal', 'src/state', 'src/names', 'src/manage', 'src/query', 'src/text', 'src/clock', 'src/api'],
  'src/names': ['src/manage', 'src/query', 'src/api', 'src/state', 'src/telemetry'],
  'src/journal': ['src/shared-store', 'src/manage', 'src/state', 'src/text', 'src/api'],
  'src/manage': ['src/query', 'src/text', 'src/api', 'src/telemetry', 'src/logger.ts'],
  'src/sandbox': ['src/query', 'src/api'],
  'src/query': ['src/api'],
  'src/text': [],
  'src/clock': [],
  'src/shared-store': ['src/state', 'src/json.ts'],
  'src/state': ['src/json.ts'],
  'src/api': [],
  'src/telemetry': [],
  'src/logger.ts': ['src/log-levels.ts'],
  'src/log-levels.ts': [],
  'src/json.ts': [],
  'src/in-turns.ts': [],
  'src/may-be-key.ts': [],
  'src/product.ts': [],
};

/** What any folder may import. */
const EVERYWHERE: ReadonlySet<string> = new Set([
  'src/json.ts',
  'src/in-turns.ts',
  'src/may-be-key.ts',
  'src/product.ts',
]);

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

/** `src/query/parse.ts` lives in `src/query`, `src/main.ts` in itself, `tools/time/log-time.ts` in `tools`. */
function house(file: string): string {
  const [top = '', second = ''] = file.split(sep);
  return top === 'src' ? `src/${second}` : top;
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...found].map((match) => relative(ROOT, resolve(ROOT, dirname(file), match[1] ?? '')));
}

describe('the house', () => {
  const files = [...sources('src'), ...sources('tools'), ...sources('views')];

  it('has no import that points up or sideways', () => {
    const wrong = files.flatMap((file) => {
      const from = house(file);
      return importsOf(file)
        .filter(
          (target) =>
            house(target) !== from &&
            !EVERYWHERE.has(house(target)) &&
            !(MAY_IMPORT[from] ?? []).includes(house(target)),
        )
        .map((target) => `${file} -> ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('has no room of tools that reaches another', () => {
    const room = (file: string): string => file.split(sep)[1] ?? '';
    const wrong = files
      .filter((file) => file.startsWith(`tools${sep}`))
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => target.startsWith(`tools${sep}`))
          // What collects from all rooms stands beside them; no room looks back at it.
          .filter((target) => !room(file).endsWith('.ts') && room(target) !== room(file))
          .map((target) => `${file} -> ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it('imports no names of a CommonJS package lazily: in the bundle it has none', () => {
    const isModule = (name: string): boolean => {
      const [, folder = ''] = /^((?:@[^/]+\/)?[^/]+)/.exec(name) ?? [];
      return JSON.parse(readFileSync(join(ROOT, 'node_modules', folder, 'package.json'), 'utf8')).type === 'module';
    };
    const lazy = files.flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/import\('([^'.][^']*)'\)([^;]{0,40})/g)].map(
        ([, name = '', rest = '']) => ({ file, name, takesWhole: /^\)*\s*\.(default|then\(\(\{ default:)/.test(rest) }),
      ),
    );
    expect(lazy.length).toBeGreaterThan(2);
    expect(lazy.filter(({ name, takesWhole }) => !name.startsWith('node:') && !takesWhole && !isModule(name))).toEqual(
      [],
    );
  });

  it('keeps every file to one idea (300 lines)', () => {
    const long = files
      .map((file) => ({ file, lines: readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > 300);
    expect(long).toEqual([]);
  });

  it('has no way to make markup or code of a text in a view', () => {
    const ways =
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|\beval\b|new Function/;
    expect(sources('views').filter((file) => ways.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
  });

  it('keeps what belongs to a call in storages of modules: Node 20 never lets go of one that was used', () => {
    const made = files.flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^.*new AsyncLocalStorage\b/gm)].map(([line]) => line),
    );
    expect(made.length).toBeGreaterThan(1);
    expect(made.filter((line) => !/^(export )?const /.test(line))).toEqual([]);
  });

  it('has no drawer for odds and ends', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.ts$)/.test(file))).toEqual([]);
  });
});
