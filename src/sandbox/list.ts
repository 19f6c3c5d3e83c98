import { resolvePath } from '../catalog/fields.ts';
import type { Catalog } from '../catalog/index.ts';
import {
  type ConditionParameter,
  check,
  childMatcher,
  comparator,
  customFieldMatcher,
  type Expression,
  equalities,
  matcher,
  parse,
  parseOrderBy,
  projector,
  type QueryProblem,
  QuerySyntaxError,
} from '../query/index.ts';
import { badCondition } from './failure.ts';
import type { Collection, SandboxRecord } from './store/store.ts';

/** Query parameters by lower-case name: Manage reads them in any letter case. */
export type Query = ReadonlyMap<string, string>;

export const LARGEST_PAGE = 1000;
const DEFAULT_PAGE = 25;

const VALUE_RULES =
  'String values should be enclosed with double or single quotes; DateTime values should be enclosed in square brackets; ' +
  'Boolean values should be True or False; null values should be specified by the keyword null.';

/** What Manage says of a condition that it does not take. */
function refusal(problem: QueryProblem): string {
  switch (problem.kind) {
    case 'enum':
    case 'operator':
      return 'Enum value supplied was invalid';
    case 'type':
      return /true or false/.test(problem.message)
        ? `Expected a boolean value, not a numeric. ${VALUE_RULES}`
        : `${problem.field}: the value is of the wrong type. ${VALUE_RULES}`;
    default:
      return `${problem.field} is not a recognized name.`;
  }
}

/** Members that this file's reading of the document calls wrong, but that servers are seen to accept. */
const isTolerated = (problem: QueryProblem): boolean => problem.kind === 'notFilterable';

function readConditions(
  text: string | undefined,
  parameter: ConditionParameter,
  schema: string,
  catalog: Catalog,
): Expression | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  let expression: Expression;
  try {
    expression = parse(text);
  } catch (error) {
    if (!(error instanceof QuerySyntaxError)) throw error;
    throw badCondition(`Syntax error in ${parameter} at position ${error.position + 1}. ${VALUE_RULES}`);
  }
  if (catalog.schema(schema) === undefined) return expression;
  const [problem] = check(expression, { catalog, schema, parameter }).filter((found) => !isTolerated(found));
  if (problem !== undefined) throw badCondition(refusal(problem));
  return expression;
}

/** Rows of a collection that can match at all, by the most selective index that the conditions allow. */
function candidates(
  collection: Collection,
  parents: readonly number[],
  conditions: Expression | undefined,
): Iterable<SandboxRecord> {
  if (conditions === undefined || parents.length > 0) return collection.all(parents);
  const indexed = equalities(conditions).filter(
    ({ path, values }) => values.length <= 200 && !/^(lastupdated|dateentered)/.test(path),
  );
  const byId = indexed.find(({ path }) => path === 'id');
  if (byId !== undefined)
    return [...new Set(byId.values.map(Number))].sort((a, b) => a - b).flatMap((id) => collection.get(id) ?? []);
  let best: SandboxRecord[] | undefined;
  for (const { path, values } of indexed) {
    const rows = values.flatMap((value) => [...collection.where(path, value)]);
    if (best === undefined || rows.length < best.length) best = rows;
  }
  return best === undefined ? collection.all() : [...new Set(best)].sort((a, b) => a.id - b.id);
}

export interface ListRequest {
  readonly collection: Collection;
  readonly parents: readonly number[];
  readonly schema: string;
  readonly query: Query;
  readonly present: (record: SandboxRecord) => SandboxRecord;
  readonly catalog: Catalog;
}

/** All rows that the three condition parameters select, by ascending id. */
export function select({ collection, parents, schema, query, present, catalog }: ListRequest): SandboxRecord[] {
  const conditions = readConditions(query.get('conditions'), 'conditions', schema, catalog);
  const child = readConditions(query.get('childconditions'), 'childConditions', schema, catalog);
  const custom = readConditions(query.get('customfieldconditions'), 'customFieldConditions', schema, catalog);
  const tests = [
    conditions && matcher(conditions),
    child && childMatcher(child),
    custom && customFieldMatcher(custom),
  ].filter((test) => test !== undefined);
  const rows: SandboxRecord[] = [];
  for (const record of candidates(collection, parents, conditions)) {
    const row = present(record);
    if (tests.every((test) => test(row))) rows.push(row);
  }
  return rows;
}

function ordered(rows: SandboxRecord[], query: Query, schema: string, catalog: Catalog): SandboxRecord[] {
  const text = query.get('orderby');
  if (text === undefined || text.trim() === '') return rows;
  const keys = parseOrderBy(text);
  if (keys === undefined) throw badCondition(`${text} is not a recognized name.`);
  for (const { path } of keys) {
    const known = catalog.schema(schema) === undefined || resolvePath(catalog, schema, path).kind !== 'unknown';
    if (!known) throw badCondition(`${path.join('/')} is not a recognized name.`);
  }
  return rows.sort(comparator(keys));
}

/** A positive whole number, the default when absent; anything else is refused like a bad condition. */
function whole(query: Query, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw badCondition(`The value '${text}' is not valid for ${name}.`);
  return value;
}

export function fieldsOf(query: Query): ((record: Record<string, unknown>) => Record<string, unknown>) | undefined {
  const text = query.get('fields');
  if (text === undefined || text.trim() === '') return undefined;
  return projector(text.split(',').map((name) => name.trim()));
}

export interface ListAnswer {
  readonly rows: readonly Record<string, unknown>[];
  /** `Link` header; empty on the last page of forward-only paging, absent when there is but one page. */
  readonly link: string | undefined;
}

/** One page of a list, in either style of paging. `url` is where the request came to, for the links. */
export function listPage(request: ListRequest, url: URL, forwardOnly: boolean): ListAnswer {
  const { query, schema, catalog } = request;
  const size = Math.min(whole(query, 'pagesize', DEFAULT_PAGE) || DEFAULT_PAGE, LARGEST_PAGE);
  const trim = fieldsOf(query) ?? ((record) => record);
  const selected = select(request);
  if (forwardOnly) {
    if (query.get('orderby')) throw badCondition('orderBy is not supported with forward-only pagination.');
    const after = whole(query, 'pageid', 0);
    const rest = selected.filter(({ id }) => id > after);
    const rows = rest.slice(0, size);
    const last = rows.at(-1)?.id;
    const link =
      rest.length > size && last !== undefined ? `<${linkUrl(url, { pageSize: size, pageId: last })}>; rel="next"` : '';
    return { rows: rows.map(trim), link };
  }
  const page = whole(query, 'page', 1) || 1;
  const rows = ordered(selected, query, schema, catalog);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const target = (number: number, relation: string): string =>
    `<${linkUrl(url, { pageSize: size, page: number })}>; rel="${relation}"`;
  const links = [
    ...(page > 1 ? [target(1, 'first'), target(Math.min(page - 1, pages), 'prev')] : []),
    ...(page < pages ? [target(page + 1, 'next'), target(pages, 'last')] : []),
  ];
  return {
    rows: rows.slice((page - 1) * size, page * size).map(trim),
    link: links.length > 0 ? links.join(', ') : undefined,
  };
}

/** The server's own spelling: a slash after the path, `+` for spaces, lower-case hex, paging at the end. */
function linkUrl(url: URL, paging: Readonly<Record<string, number>>): string {
  const encode = (text: string): string =>
    encodeURIComponent(text)
      .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)
      .replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
      .replace(/%20/g, '+');
  const kept = [...url.searchParams].filter(([name]) => !/^(page|pagesize|pageid)$/i.test(name));
  const pairs = [...kept, ...Object.entries(paging)].map(([name, value]) => `${name}=${encode(String(value))}`);
  return `${url.origin}${url.pathname.replace(/\/*$/, '/')}?${pairs.join('&')}`;
}
