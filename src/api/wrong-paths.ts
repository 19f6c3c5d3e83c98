import { closest } from './closest.ts';
import type { ApiDescription } from './index.ts';
import type { Advice } from './model.ts';
import { MOVED_PATHS } from './moved-paths.ts';
import { segmentsOf } from './routes.ts';
import { compareVersions } from './versions.ts';
import { WRONG_PATHS } from './wrong-path-list.ts';

export type { Advice } from './model.ts';

/** An entry of the lists with its patterns in segments: every call of a concrete path is compared with all of them. */
interface Entry {
  readonly entry: (typeof MOVED_PATHS)[number] | (typeof WRONG_PATHS)[number];
  readonly patterns: readonly (readonly string[])[];
}

let entries: ReadonlyMap<string, readonly Entry[]> | undefined;

/** The entries, in their order, by what their patterns begin with: a module, for each of them. */
function listed(): ReadonlyMap<string, readonly Entry[]> {
  if (entries !== undefined) return entries;
  const all = [...MOVED_PATHS, ...WRONG_PATHS].map((entry) => ({
    entry,
    patterns: entry.paths.map((pattern) => pattern.toLowerCase().split('/')),
  }));
  const beginnings = new Set(all.flatMap(({ patterns }) => patterns.map(([first = '']) => first)));
  entries = new Map(
    [...beginnings].map((beginning) => [
      beginning,
      all.filter(({ patterns }) => patterns.some(([first]) => first === beginning)),
    ]),
  );
  return entries;
}

/** @param given segments in lower case, as those of the pattern */
function fits(pattern: readonly string[], given: readonly string[]): boolean {
  const open = pattern.at(-1) === '**';
  const fixed = open ? pattern.length - 1 : pattern.length;
  if (open ? given.length < fixed : given.length !== fixed) return false;
  return pattern.every((segment, index) => segment === '*' || index >= fixed || segment === given[index]);
}

/**
 * What to use in place of an operation that people often try and that does not exist.
 * @param methodAndPath `GET /service/callbacks/5`; ids or placeholders, any letter case; a path alone stands for any method.
 * @param version of the site, which decides what there is instead
 * @returns nothing for a path that this list does not know. It does not look whether the operation exists after all.
 */
export function adviseOn(methodAndPath: string, { version }: Pick<ApiDescription, 'version'>): Advice | undefined {
  const parts = methodAndPath.trim().split(/\s+/);
  const method = parts.length > 1 ? parts[0]?.toUpperCase() : undefined;
  const given = segmentsOf((parts.at(-1) ?? '').replace(/[?#].*$/, '').toLowerCase());
  const found = listed()
    .get(given[0] ?? '')
    ?.find(
      ({ entry: { methods, before, from }, patterns }) =>
        (method === undefined || methods === undefined || methods.includes(method)) &&
        patterns.some((pattern) => fits(pattern, given)) &&
        (before === undefined || compareVersions(version, before) < 0) &&
        (from === undefined || compareVersions(version, from) >= 0),
    )?.entry;
  return found && { advice: found.advice, operations: found.operations };
}

/** `entries` and `entry`, `statuses` and `status`, `tickets` and `ticket` are one word. */
const singular = (word: string): string =>
  word
    .replace(/ies$/, 'y')
    .replace(/(s|x|ch)es$/, '$1')
    .replace(/([^s])s$/, '$1');

/** How alike two path segments are: 1 the same word, 0 nothing in common. */
function likeness(a: string, b: string): number {
  if (singular(a) === singular(b)) return a === b ? 1 : 0.95;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 4 && long.includes(short)) return long.startsWith(short) ? 0.6 : 0.5;
  return closest(a, [b], 1).length > 0 ? 0.4 : 0;
}

const wordsOf = (path: string): string[] =>
  segmentsOf(path)
    .filter((segment) => !segment.startsWith('{') && !/^\d+$/.test(segment))
    .map((segment) => segment.toLowerCase());

/** Compares the words of a path with those of others: how many are found again, and above all the last, which is what is wanted. */
function comparison(given: readonly string[]): (known: readonly string[]) => number {
  const seen = given.map(() => new Map<string, number>());
  const compare = (word: string, other: string, index: number): number => {
    const known = seen[index]?.get(other) ?? likeness(word, other);
    seen[index]?.set(other, known);
    return known;
  };
  return (known) => {
    // A later word is not the module: `/company/company` looks for companies.
    const others = (index: number): readonly string[] => (index === 0 ? known : known.slice(1));
    const best = given.map((word, index) => Math.max(0, ...others(index).map((other) => compare(word, other, index))));
    const sum = best.reduce((total, value) => total + value, 0) + (best.at(-1) ?? 0);
    return sum / (Math.max(given.length, known.length) + 1);
  };
}

/**
 * Existing operations whose paths look most like one that does not exist, best first, as `GET /system/callbacks`.
 * @param methodAndPath a path with or without its method; operations of that method come first.
 */
export function closestOperations(api: ApiDescription, methodAndPath: string, limit = 3): string[] {
  const parts = methodAndPath.trim().split(/\s+/);
  const method = parts.length > 1 ? parts[0]?.toUpperCase() : undefined;
  const path = (parts.at(-1) ?? '').replace(/[?#].*$/, '');
  const given = wordsOf(path);
  if (given.length === 0) return [];
  const alike = comparison(given);
  const depth = segmentsOf(path).length;
  const scores = new Map<string, number>();
  const scoreOf = (template: string): number => {
    const known = scores.get(template);
    if (known !== undefined) return known;
    const sameDepth = segmentsOf(template).length === depth ? 0.1 : 0;
    const score = alike(wordsOf(template)) + sameDepth;
    scores.set(template, score);
    return score;
  };
  return api.operations
    .map((operation) => ({
      name: `${operation.method} ${operation.path}`,
      score: scoreOf(operation.path) + (operation.method === method ? 0.15 : 0),
    }))
    .filter(({ score }) => score >= 0.6)
    .sort((a, b) => b.score - a.score || a.name.length - b.name.length)
    .slice(0, limit)
    .map(({ name }) => name);
}
