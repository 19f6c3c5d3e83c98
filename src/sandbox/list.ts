import { resolvePath } from '../api/fields.ts';
import type { ApiDescription } from '../api/index.ts';
import {
  type Access,
  type Comparison,
  type ConditionParameter,
  check,
  childMatcher,
  customFieldMatcher,
  type Expression,
  inOrder,
  matcher,
  parse,
  parseOrderBy,
  projector,
  type QueryProblem,
  QuerySyntaxError,
} from '../query/index.ts';
import { badCondition } from './contract/failure.ts';
import { linkUrl } from './contract/link-url.ts';
import type { Query } from './contract/request.ts';
import type { Filled } from './records/filler.ts';
import { type Ids, placeOf } from './store/ids.ts';
import { plan } from './store/plan.ts';
import type { Collection, SandboxRecord } from './store/store.ts';

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
      return problem.wants === 'boolean'
        ? `Expected a boolean value, not a numeric. ${VALUE_RULES}`
        : `${problem.field}: the value is of the wrong type. ${VALUE_RULES}`;
    default:
      return `${problem.field} is not a recognized name.`;
  }
}

const isConfiguration = (expression: Expression): boolean =>
  expression.kind === 'comparison'
    ? expression.path[0]?.toLowerCase() === 'configuration' && expression.path.length > 1
    : expression.terms.some(isConfiguration);

/** Tickets are found by one attached configuration at a time: the real server refuses several joined by OR. Its words are not known. */
const alternatesConfigurations = (expression: Expression): boolean =>
  expression.kind !== 'comparison' &&
  (expression.kind === 'or'
    ? expression.terms.filter(isConfiguration).length > 1
    : expression.terms.some(alternatesConfigurations));

/** A name that something else than an operator follows: the server takes it for an unknown one. */
const BARE_NAME = /([a-z_]\w*)\s+$/i;

function readConditions(
  text: string | undefined,
  parameter: ConditionParameter,
  schema: string,
  api: ApiDescription,
): Expression | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  let expression: Expression;
  try {
    expression = parse(text);
  } catch (error) {
    if (!(error instanceof QuerySyntaxError)) throw error;
    const name = BARE_NAME.exec(text.slice(0, error.position))?.[1];
    if (name !== undefined && /^[a-z_]/i.test(text.slice(error.position)))
      throw badCondition(`${name} is not a recognized name.`);
    throw badCondition(`Syntax error in ${parameter} at position ${error.position + 1}. ${VALUE_RULES}`);
  }
  if (api.schema(schema) === undefined) return expression;
  if (parameter === 'conditions' && alternatesConfigurations(expression))
    throw badCondition('configuration/id cannot be combined with OR.');
  const [problem] = check(expression, { api, schema, parameter });
  if (problem !== undefined) throw badCondition(refusal(problem));
  return expression;
}

export interface ListRequest {
  readonly collection: Collection;
  readonly parents: readonly number[];
  readonly schema: string;
  readonly query: Query;
  /** What the server fills in when it shows, filters or orders records. */
  readonly filled?: Filled | undefined;
  /** Whether the collection's indexes read records as this list does; so where left out. */
  readonly isIndexed?: boolean | undefined;
  /** How records are shown, where that differs from how they are stored. */
  readonly present?: ((record: SandboxRecord) => SandboxRecord) | undefined;
  /** Conditions that are about something else than the record's members. */
  readonly rewrite?: ((comparison: Comparison) => Comparison | undefined) | undefined;
  /** What is added to the records of the page, and to no others. */
  readonly link?: ((record: SandboxRecord) => SandboxRecord) | undefined;
  readonly api: ApiDescription;
}

const rewritten = (expression: Expression, rewrite: NonNullable<ListRequest['rewrite']>): Expression =>
  expression.kind === 'comparison'
    ? (rewrite(expression) ?? expression)
    : { ...expression, terms: expression.terms.map((term) => rewritten(term, rewrite)) };

/** Ids of the records that the three condition parameters select, ascending. */
function select(request: ListRequest): Ids {
  const { collection, parents, schema, query, present, rewrite, api, isIndexed = true } = request;
  const access = accessOf(request);
  const asked = readConditions(query.get('conditions'), 'conditions', schema, api);
  const conditions = asked && rewrite ? rewritten(asked, rewrite) : asked;
  const child = readConditions(query.get('childconditions'), 'childConditions', schema, api);
  const custom = readConditions(query.get('customfieldconditions'), 'customFieldConditions', schema, api);
  const listed = parents.length > 0 ? collection.idsUnder(parents) : collection.ids;
  // Indexes know records as they are stored, and a parent's few records are tested sooner than an index is made.
  const isPlanned = conditions !== undefined && isIndexed && present === undefined && parents.length === 0;
  const { ids, rest } = (isPlanned ? plan(conditions, collection) : undefined) ?? { ids: listed, rest: conditions };
  const tests = [
    rest && matcher(rest, access),
    child && childMatcher(child),
    custom && customFieldMatcher(custom),
  ].filter((test) => test !== undefined);
  if (tests.length === 0) return ids;
  return ids.filter((id) => {
    const row = shown(collection, id, present);
    return row !== undefined && tests.every((test) => test(row));
  });
}

/** How the members of a list's records are read: as if each were whole. */
const accessOf = ({ filled }: ListRequest): Access | undefined =>
  filled && ((path) => filled.reading(path).read as ReturnType<Access>);

function shown(collection: Collection, id: number, present: ListRequest['present']): SandboxRecord | undefined {
  const record = collection.get(id);
  return record === undefined || present === undefined ? record : present(record);
}

/** Ids of all selected records in the order that the query asks for. */
function selectInOrder(request: ListRequest): Ids {
  const { collection, query, schema, api, present, isIndexed = true } = request;
  const ids = select(request);
  const text = query.get('orderby');
  if (text === undefined || text.trim() === '') return ids;
  const keys = parseOrderBy(text);
  if (keys === undefined) throw badCondition(`${text} is not a recognized name.`);
  for (const { path } of keys) {
    const known = api.schema(schema) === undefined || resolvePath(api, schema, path).kind !== 'unknown';
    if (!known) throw badCondition(`${path.join('/')} is not a recognized name.`);
  }
  const [first] = keys;
  if (first?.path.length === 1 && first.path[0]?.toLowerCase() === 'id')
    return first.descending ? ids.toReversed() : ids;
  const dated = keys.length === 1 && isIndexed && present === undefined ? first : undefined;
  const byDate = dated && collection.byDate(dated.path, ids, dated.descending);
  if (byDate !== undefined) return byDate;
  // By row, because some are shown with another record's id.
  const idByRow = new Map(
    ids.flatMap((id) => {
      const row = shown(collection, id, present);
      return row === undefined ? [] : [[row, id] as const];
    }),
  );
  return inOrder([...idByRow.keys()], keys, accessOf(request)).map((row) => idByRow.get(row) ?? row.id);
}

/** Number of records that a query selects. */
export const countOf = (request: ListRequest): number => cached(request, 'count', select).length;

/** A positive whole number, the default when absent; anything else is refused like a bad condition. */
function whole(query: Query, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw badCondition(`The value '${text}' is not valid for ${name}.`);
  return value;
}

const fieldNames = (query: Query): readonly string[] =>
  (query.get('fields') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** Keeps of a record what a query asks for; `undefined` where it asks for everything. */
export function fieldsOf(query: Query): ((record: Record<string, unknown>) => Record<string, unknown>) | undefined {
  const names = fieldNames(query);
  return names.length === 0 ? undefined : projector(names);
}

export interface ListAnswer<Row> {
  readonly rows: readonly Row[];
  /** `Link` header; empty on the last page of forward-only paging, and where there is but one page. */
  readonly link: string;
}

/** One page of a list, in either style of paging. `url` is where the request came to, for the links. */
export function listPage(request: ListRequest, url: URL, forwardOnly: boolean): ListAnswer<Record<string, unknown>> {
  const { query, filled, link: linked = (record) => record } = request;
  const trim = fieldsOf(query);
  const names = new Set(fieldNames(query).map((name) => (name.split('/')[0] ?? '').toLowerCase()));
  const shownAs = trim === undefined ? filled?.whole : filled?.part(names);
  const { rows, link } = pageOfRecords(request, url, forwardOnly);
  return {
    rows: rows.map((record) => {
      const row = linked(shownAs?.(record) ?? record);
      return trim === undefined ? row : trim(row);
    }),
    link,
  };
}

/** The records of such a page, as they are stored. */
export function pageOfRecords(request: ListRequest, url: URL, forwardOnly: boolean): ListAnswer<SandboxRecord> {
  const { query, collection, present } = request;
  const size = Math.min(whole(query, 'pagesize', DEFAULT_PAGE) || DEFAULT_PAGE, LARGEST_PAGE);
  const rowsOf = (ids: Ids): SandboxRecord[] => ids.flatMap((id) => shown(collection, id, present) ?? []);
  if (forwardOnly) {
    if (query.get('orderby')) throw badCondition('orderBy is not supported with forward-only pagination.');
    const after = whole(query, 'pageid', 0);
    const selected = cached(request, 'forward', select);
    const place = placeOf(selected, after + 1);
    const ids = selected.slice(place, place + size);
    const last = ids.at(-1);
    const link =
      selected.length > place + size && last !== undefined
        ? `<${linkUrl(url, { pageSize: size, pageId: last })}>; rel="next"`
        : '';
    return { rows: rowsOf(ids), link };
  }
  const page = whole(query, 'page', 1) || 1;
  const selected = cached(request, 'page', selectInOrder);
  const pages = Math.max(1, Math.ceil(selected.length / size));
  const target = (number: number, relation: string): string =>
    `<${linkUrl(url, { pageSize: size, page: number })}>; rel="${relation}"`;
  const links = [
    ...(page > 1 ? [target(1, 'first'), target(Math.min(page - 1, pages), 'prev')] : []),
    ...(page < pages ? [target(page + 1, 'next'), target(pages, 'last')] : []),
  ];
  return {
    rows: rowsOf(selected.slice((page - 1) * size, page * size)),
    link: links.join(', '),
  };
}

const MOST_KEPT = 16;

interface Kept {
  version: number;
  readonly answers: Map<string, Ids>;
}

const keptOf = new WeakMap<object, Kept>();

/**
 * What a query selected, as long as nothing was written since: a client that pages through a list asks for the same selection page
 * after page. Records that are shown otherwise than stored are selected anew, since time alone can change them, and so is what the
 * query reads of other records, which are written without this collection.
 */
export function cached(request: ListRequest, kind: string, compute: (request: ListRequest) => Ids): Ids {
  const { collection, parents, schema, query, present, filled } = request;
  if (present !== undefined) return compute(request);
  let kept = keptOf.get(collection);
  if (kept === undefined || kept.version !== collection.version) {
    kept = { version: collection.version, answers: new Map() };
    keptOf.set(collection, kept);
  }
  const asked = ['conditions', 'childconditions', 'customfieldconditions', 'orderby'].map((name) => query.get(name));
  const key = JSON.stringify([kind, schema, parents, ...asked]);
  const known = kept.answers.get(key);
  if (known !== undefined) return known;
  let isOwn = true;
  const reading: Filled['reading'] = (path) => {
    const made = (filled as Filled).reading(path);
    isOwn &&= made.isOwn;
    return made;
  };
  const found = compute({ ...request, filled: filled && { ...filled, reading } });
  if (!isOwn) return found;
  const [oldest] = kept.answers.keys();
  if (kept.answers.size >= MOST_KEPT && oldest !== undefined) kept.answers.delete(oldest);
  kept.answers.set(key, found);
  return found;
}
