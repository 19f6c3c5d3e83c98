import type { Catalog, Module, Operation } from '../index.ts';
import { segmentsOf } from '../routes.ts';
import { wordsOfGroup } from '../words/groups.ts';
import { type Group, groupIndex } from './group-index.ts';
import { type Question, readQuestion } from './question.ts';
import { summaryOf } from './summary.ts';

export interface FoundOperation {
  readonly operation: Operation;
  /** What it does and what it is about, in a sentence or two. */
  readonly summary: string;
}

/** How well a method fits what is wanted. */
const FITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  create: { POST: 1, PATCH: 0.55, PUT: 0.4, GET: 0.5, DELETE: 0.2 },
  update: { PATCH: 1, PUT: 0.7, POST: 0.6, GET: 0.5, DELETE: 0.25 },
  save: { POST: 1, PATCH: 1, PUT: 0.5, GET: 0.4, DELETE: 0.3 },
  delete: { DELETE: 1, POST: 0.5, GET: 0.45, PATCH: 0.45, PUT: 0.2 },
  read: { GET: 1, POST: 0.45, PATCH: 0.3, PUT: 0.2, DELETE: 0.2 },
  unsaid: { GET: 1, POST: 0.75, PATCH: 0.6, PUT: 0.3, DELETE: 0.4 },
};

/** An action has a path of its own: `/approve`, `/merge`, `/search`. Its name says what is done, the method does not. */
const isAction = ({ method, path, request, response }: Operation): boolean =>
  method === 'POST' &&
  (/\/(search|default)\/?$/i.test(path) || request === undefined || request.schema !== response.schema) &&
  !/\}\/?$/.test(path);

function suitability(operation: Operation, { intent, counts, single }: Question): number {
  const { method, path, response } = operation;
  const segments = segmentsOf(path);
  if (/\/count\/?$/i.test(path)) return counts && !/\/info\//i.test(path) ? 1.3 : 0.3;
  let factor = isAction(operation) ? (intent === 'read' ? 0.7 : 0.95) : (FITS[intent ?? 'unsaid']?.[method] ?? 0.5);
  if (counts) factor *= 0.8;
  if (segments.some((segment) => /^(info|usages)$/i.test(segment)) && segments.length > 2) factor *= 0.4;
  if (operation.module === 'configurations') factor *= 0.5;
  if (method === 'GET') {
    const item = response.kind !== 'array' && /\}\/?$/.test(path);
    if (item) factor *= single ? 1 : 0.75;
    else if (single && intent !== 'create') factor *= 0.85;
  }
  return factor;
}

/** Words that stand beside every kind of record. */
const SAYS_LITTLE = new Set(['open', 'clos', 'activ', 'new', 'old', 'current', 'complet', 'work', 'type', 'default']);

/** What people mean most of the time, when nothing else is said. */
const POPULAR = new Set([
  'service/tickets',
  'service/boards',
  'company/companies',
  'company/contacts',
  'company/configurations',
  'time/entries',
  'time/sheets',
  'schedule/entries',
  'system/members',
  'system/documents',
  'system/callbacks',
  'finance/agreements',
  'finance/invoices',
  'expense/entries',
  'procurement/catalog',
  'procurement/products',
  'procurement/purchaseorders',
  'project/projects',
  'sales/opportunities',
  'sales/activities',
]);

/** What a group scores for a question: every word counts once, and groups that miss words of the question lose. */
function groupScores(catalog: Catalog, { meant, words, pairs }: Question): Map<Group, number> {
  const index = groupIndex(catalog);
  const scores = new Map<Group, { score: number; hit: number; near: number }>();
  const unique = [...new Set([...meant, ...words])];
  const add = (word: string, weight: number, counts: number): void => {
    for (const [group, { score, near }] of index.find(word)) {
      const known = scores.get(group) ?? { score: 0, hit: 0, near: 0 };
      scores.set(group, {
        score: known.score + weight * Math.log1p(score),
        hit: known.hit + counts,
        near: Math.max(known.near, near),
      });
    }
  };
  for (const word of unique) add(word, meant.includes(word) ? 2 : SAYS_LITTLE.has(word) ? 0.3 : 1, 1);
  for (const pair of new Set(pairs)) add(pair, 0.8, 0);
  return new Map(
    [...scores].map(([group, { score, hit, near }]) => [
      group,
      score * (0.35 + 0.65 * (hit / unique.length)) * near * (POPULAR.has(group.key) ? 1.3 : 1) * 0.94 ** group.depth,
    ]),
  );
}

/** Operations for a question in plain words, best first. Typing slips, synonyms and verbs are understood; nothing is sent anywhere. */
export function searchOperations(
  catalog: Catalog,
  text: string,
  options: { module?: Module; limit?: number } = {},
): FoundOperation[] {
  const question = readQuestion(text, groupIndex(catalog).correct);
  const found: { operation: Operation; score: number }[] = [];
  for (const [group, score] of groupScores(catalog, question)) {
    if (options.module !== undefined && group.operations[0]?.module !== options.module) continue;
    // Two of a kind say enough; the others of the same records are a describe_operation away.
    const best = group.operations
      .map((operation) => ({ operation, score: score * suitability(operation, question) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, 2);
    for (const [rank, one] of best.entries()) found.push({ ...one, score: one.score * (rank === 0 ? 1 : 0.85) });
  }
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, options.limit ?? 8)
    .map(({ operation }) => {
      const about = wordsOfGroup(operation)?.about;
      return { operation, summary: `${summaryOf(operation)}${about === undefined ? '' : `. ${about}`}` };
    });
}
