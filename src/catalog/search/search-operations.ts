import MiniSearch from 'minisearch';
import type { Catalog, Module, Operation } from '../index.ts';
import { segmentsOf } from '../routes.ts';
import { summaryOf } from './summary.ts';
import { readQuery, singular, wordsOf } from './words.ts';

export interface FoundOperation {
  readonly operation: Operation;
  /** A few words on what it does. */
  readonly summary: string;
}

interface Document {
  readonly id: number;
  /** The last literal segment as one word: what the operation is about. */
  readonly subject: string;
  /** The parts of that word: `workRoles` is found by "role", too. */
  readonly parts: string;
  /** The segments before it. */
  readonly path: string;
  readonly schema: string;
}

const FIELDS = { subject: 6, path: 3, parts: 2, schema: 0.5 } as const;

const literal = (path: string): string[] => segmentsOf(path).filter((segment) => !segment.startsWith('{'));
const whole = (segment: string): string => singular(segment.toLowerCase().replace(/[^a-z0-9]/g, ''));

function documentOf({ path, request, response }: Operation, id: number): Document {
  const segments = literal(path);
  const told = segments.filter((segment) => !/^(count|info|usages|list|default)$/i.test(segment));
  const subject = told.at(-1) ?? '';
  const schema = [request?.schema, response.schema].filter(
    (name) => name !== undefined && name !== 'SuccessResponse' && name !== 'Count',
  );
  return {
    id,
    subject: whole(subject),
    parts: wordsOf(subject).map(singular).join(' '),
    path: told.slice(0, -1).map(whole).join(' '),
    schema: schema.flatMap((name) => wordsOf(name ?? '').map(singular)).join(' '),
  };
}

/** How much an operation is what people mean by a word: plain records before counts, twins for few rights and helpers of screens. */
function weight(operation: Operation, methods: readonly string[], counts: boolean): number {
  const { method, path } = operation;
  let factor = 1;
  if (methods.length > 0) factor *= methods.includes(method) ? 1.6 : 0.5;
  else if (method === 'GET') factor *= 1.25;
  if (/\/count$/i.test(path)) factor *= counts ? 2 : 0.35;
  else if (counts) factor *= 0.7;
  if (/\/info(\/|$)/i.test(path)) factor *= 0.4;
  if (/\/usages(\/|$)/i.test(path)) factor *= 0.4;
  if (method === 'PUT' && !methods.includes('PUT')) factor *= 0.6;
  // A list, or a creation, before the same inside of something else.
  return factor * 0.93 ** segmentsOf(path).length;
}

const indexes = new WeakMap<Catalog, MiniSearch<Document>>();

function indexOf(catalog: Catalog): MiniSearch<Document> {
  const known = indexes.get(catalog);
  if (known !== undefined) return known;
  const index = new MiniSearch<Document>({ fields: Object.keys(FIELDS), searchOptions: { boost: FIELDS } });
  index.addAll(catalog.operations.map(documentOf));
  indexes.set(catalog, index);
  return index;
}

/** Operations for a question in plain words, best first. Typing slips, synonyms and verbs are understood; nothing is sent anywhere. */
export function searchOperations(
  catalog: Catalog,
  text: string,
  options: { module?: Module; limit?: number } = {},
): FoundOperation[] {
  const { words, methods, counts } = readQuery(text);
  const found = indexOf(catalog).search(words.join(' '), {
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    prefix: (term) => term.length > 3,
    weights: { fuzzy: 0.6, prefix: 0.3 },
    combineWith: 'OR',
    boostDocument: (id) => {
      const operation = catalog.operations[Number(id)];
      return operation === undefined || (options.module !== undefined && operation.module !== options.module)
        ? 0
        : weight(operation, methods, counts);
    },
  });
  const shown = new Map<string, number>();
  return found
    .flatMap(({ id }): FoundOperation[] => {
      const operation = catalog.operations[Number(id)];
      if (operation === undefined) return [];
      // Two of a kind say enough; the others of the same records are a describe_operation away.
      const records = literal(operation.path).join('/').toLowerCase();
      const seen = shown.get(records) ?? 0;
      shown.set(records, seen + 1);
      return seen < 2 ? [{ operation, summary: summaryOf(operation) }] : [];
    })
    .slice(0, options.limit ?? 8);
}
