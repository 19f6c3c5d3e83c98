import type { ApiDescription, Module, Operation } from '../index.ts';
import { segmentsOf } from '../routes.ts';
import { createGroupIndex, type GroupIndex } from './group-index.ts';
import { type SearchWords, wordsOfGroup } from './group-words.ts';
import { type Question, readQuestion } from './question.ts';
import { scoreGroups } from './score-groups.ts';
import { summaryOf } from './summary.ts';

export interface FoundOperation {
  readonly operation: Operation;
  /** What it does and what it is about, in a sentence or two. */
  readonly summary: string;
}

/** How well a method fits what is wanted. */
const FITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  create: { POST: 1, PATCH: 0.55, PUT: 0.4, GET: 0.5, DELETE: 0.2 },
  update: { PATCH: 1, PUT: 0.55, POST: 0.6, GET: 0.5, DELETE: 0.25 },
  replace: { PUT: 1, PATCH: 0.85, POST: 0.5, GET: 0.4, DELETE: 0.2 },
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

/** How well a method fits; a guessed intent leaves room for a question that says none. */
function fitOf(operation: Operation, { intent, sure }: Question): number {
  if (isAction(operation)) return intent === 'read' ? 0.8 : 0.95;
  const fit = FITS[intent ?? 'unsaid']?.[operation.method] ?? 0.5;
  return sure ? fit : Math.max(fit, (FITS.unsaid?.[operation.method] ?? 0) * 0.95);
}

function suitability(operation: Operation, question: Question): number {
  const { intent, counts, single } = question;
  const { method, path, response } = operation;
  const segments = segmentsOf(path);
  if (/\/count\/?$/i.test(path)) return counts && !/\/info\//i.test(path) ? 1.3 : 0.3;
  let factor = fitOf(operation, question);
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

/** What the second and third of a group count for, beside the first. */
const AFTER_FIRST = [1, 0.85, 0.7] as const;

/**
 * Two of a kind say enough; the others of the same records are a describe_operation away. Where the question does not say
 * whether to read or to write, there is one of each among them.
 */
function bestOf<T extends { readonly operation: Operation }>(
  ranked: readonly T[],
  { sure, states, intent }: Question,
): T[] {
  const [first, second] = ranked;
  if (first === undefined || second === undefined) return [...ranked];
  const reads = ({ operation }: T): boolean => operation.method === 'GET';
  const other = sure || states || intent === 'read' ? undefined : ranked.find((one) => reads(one) !== reads(first));
  if (other === undefined || other === second) return [first, second];
  return intent === 'save' ? [first, second, other] : [first, other];
}

export interface SearchOptions {
  /** Only operations of this module. */
  readonly module?: Module;
  /** At most this many operations; 8 when left out. */
  readonly limit?: number;
}

/** Operations for a question in plain words, best first. Typing slips, synonyms and verbs are understood; nothing is sent anywhere. */
export type Search = (question: string, options?: SearchOptions) => Promise<FoundOperation[]>;

/** A search over the operations of a description. Its index is built with the first question. */
export function createSearch(api: ApiDescription, words: SearchWords): Search {
  let indexed: Promise<GroupIndex> | undefined;
  return async (text, { module, limit = 8 } = {}) => {
    indexed ??= createGroupIndex(api, words);
    const index = await indexed;
    const question = readQuestion(text, index);
    const found: { operation: Operation; score: number }[] = [];
    for (const [group, score] of scoreGroups(index, question)) {
      if (module !== undefined && group.operations[0]?.module !== module) continue;
      const ranked = group.operations
        .map((operation) => ({ operation, score: score * suitability(operation, question) }))
        .sort((a, b) => b.score - a.score);
      const best = bestOf(ranked, question);
      for (const [rank, one] of best.entries()) found.push({ ...one, score: one.score * (AFTER_FIRST[rank] ?? 0) });
    }
    return found
      .sort((a, b) => b.score - a.score)
      .slice(0, limit)
      .map(({ operation }) => {
        const about = wordsOfGroup(words, operation)?.about;
        return { operation, summary: `${summaryOf(operation)}${about === undefined ? '' : `. ${about}`}` };
      });
  };
}
