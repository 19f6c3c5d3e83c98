import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** The rooms of the sandbox from top to bottom: each imports only from those that stand below it, and none is imported back. */
const SANDBOX: readonly string[] = [
  'index.ts',
  'seed',
  'behaviours',
  'callbacks',
  'audit',
  'http',
  'operations',
  'write',
  'list.ts',
  'records',
  'references.ts',
  'reference-places.ts',
  'security-roles.ts',
  'contract',
  'store',
  'files',
  'faults.ts',
  'credentials.ts',
  'sandbox-error.ts',
];

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...found].map((match) => relative(ROOT, resolve(ROOT, dirname(file), match[1] ?? '')));
}

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Groups of nodes that reach each other (Tarjan). */
function circlesOf(graph: Graph): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): void => {
    order.set(node, order.size);
    lowest.set(node, order.size - 1);
    open.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!graph.has(next)) continue;
      if (!order.has(next)) visit(next);
      if (open.includes(next)) lowest.set(node, Math.min(lowest.get(node) ?? 0, lowest.get(next) ?? 0));
    }
    if (lowest.get(node) !== order.get(node)) return;
    const circle = open.splice(open.indexOf(node));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return circles;
}

/** The same imports between the folders (or what else `placeOf` names) of the files. */
function between(files: Graph, placeOf: (file: string) => string | undefined): Graph {
  const places = new Map<string, Set<string>>();
  for (const [file, targets] of files) {
    const from = placeOf(file);
    if (from === undefined) continue;
    const reached = places.get(from) ?? new Set();
    places.set(from, reached);
    for (const target of targets) {
      const to = placeOf(target);
      if (to !== undefined && to !== from) reached.add(to);
    }
  }
  return places;
}

const files: Graph = new Map(
  [...sources('src'), ...sources('tools'), ...sources('views')].map((file) => [file, new Set(importsOf(file))]),
);
const HOME = 'src/sandbox/';
const roomOf = (file: string): string | undefined =>
  file.startsWith(HOME) ? file.slice(HOME.length).split('/')[0] : undefined;

describe('imports', () => {
  it('never go in a circle between files, type-only imports included', () => {
    expect(circlesOf(files)).toEqual([]);
  });

  it('go down between the rooms of the sandbox', () => {
    const up = [...between(files, roomOf)].flatMap(([from, targets]) =>
      [...targets].filter((to) => SANDBOX.indexOf(to) <= SANDBOX.indexOf(from)).map((to) => `${from} -> ${to}`),
    );
    expect(up).toEqual([]);
    expect([...between(files, roomOf).keys()].filter((room) => !SANDBOX.includes(room))).toEqual([]);
  });

  it('never go in a circle between the modules of the sandbox behaviours', () => {
    const behaviours = `${HOME}behaviours/`;
    const moduleOf = (file: string): string | undefined =>
      file.startsWith(behaviours) ? file.slice(behaviours.length).split('/')[0] : undefined;
    expect(circlesOf(between(files, moduleOf))).toEqual([]);
  });

  it('in a circle would be found', () => {
    const graph = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c', 'd'])],
      ['c', new Set(['a'])],
      ['d', new Set<string>()],
    ]);
    expect(circlesOf(graph)).toEqual([['a', 'b', 'c']]);
  });
});
