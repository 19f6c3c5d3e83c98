import { z } from 'zod';
import { unknownFields } from '../../api/fields.ts';
import type { ApiDescription, Operation } from '../../api/index.ts';
import {
  type Conditions,
  isLeastUrgentFirst,
  orderKeys,
  parse,
  QuerySyntaxError,
  type WhereEntry,
} from '../../query/index.ts';
import { type Clean, cleanLine, say } from '../../text/index.ts';
import type { Aliases } from '../arguments/aliases.ts';
import { verbatim } from '../arguments/fragments.ts';
import { saysNothing, withoutNothing } from '../arguments/nothing-given.ts';
import type { ToolContext } from '../context.ts';
import { ToolInputError } from '../errors.ts';
import { narrowed } from '../results/narrowed.ts';
import { namedOperation, refuseOtherSite } from './named-operation.ts';
import { toolNameMeant } from './tool-name.ts';

/** A text or a number of the caller, or several in one list: shown to clients as a text. */
const loose = z.unknown().optional().meta({ type: 'string' });

const WHERE = {
  type: 'array',
  items: {
    type: 'object',
    properties: { field: { type: 'string' }, op: { type: 'string' }, value: { type: 'string' } },
  },
};

/** An object or a list of any members as JSON text, because hosts drop objects without declared ones; itself is taken as well. */
export const jsonText = (schema: z.ZodType, description: string) =>
  verbatim(schema).optional().meta({ type: 'string' }).describe(`JSON. ${description}`);

/** The operation to call. @param method of its example, so that what a reader is shown only reads, and a writer writes */
export const operationNamed = (method: 'GET' | 'PATCH') =>
  z.string().describe(`"${method} /finance/agreements/{id}", or with the id in it; or a tool: ${UNLISTED[method]}`);

/** Tools outside the default list that are asked for most. */
const UNLISTED = {
  GET: 'list_changes...',
  PATCH: 'update_schedule_entry, undo_change...',
} as const;

/** Arguments that both executors take. Objects declare the members that most operations have, because hosts drop others. */
export const operationInput = {
  operation: operationNamed('GET'),
  arguments: jsonText(z.looseObject({}), 'Of a tool named in operation'),
  path: z.looseObject({ id: loose, parentId: loose }).optional(),
  query: verbatim(
    z.looseObject({
      where: z.unknown().optional().meta(WHERE),
      conditions: loose,
      childConditions: loose,
      customFieldConditions: loose,
      fields: loose,
      orderBy: loose,
      page: loose,
      pageSize: loose,
    }),
    { isQuery: true },
  )
    .optional()
    .describe("Also the operation's own"),
} as const;

/** Parameters of every list, as callers spell them. */
const LIST_PARAMETERS = [
  'where',
  'conditions',
  'childConditions',
  'customFieldConditions',
  'fields',
  'orderBy',
  'page',
  'pageSize',
] as const;

/** Parameters that stand beside `query` are meant to be in it. */
export const operationAliases: Aliases = {
  operationId: 'operation',
  url: 'operation',
  endpoint: 'operation',
  pathParameters: 'path',
  pathParams: 'path',
  queryParameters: 'query',
  params: 'query',
  parameters: 'query',
  ...Object.fromEntries(LIST_PARAMETERS.map((member) => [member, { into: 'query', member }])),
  id: { into: 'path', member: 'id' },
  parentId: { into: 'path', member: 'parentId' },
  limit: { into: 'query', member: 'pageSize' },
  perPage: { into: 'query', member: 'pageSize' },
};

export interface OperationInput {
  readonly operation: string;
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  /** Where either is there, groups are ordered, not records. */
  readonly groupBy?: readonly string[] | undefined;
  readonly sum?: readonly string[] | undefined;
}

/** A call as the client takes it. */
export interface OperationCall {
  readonly operation: Operation;
  readonly name: Clean;
  readonly path: Readonly<Record<string, string | number>>;
  readonly conditions: Conditions;
  readonly fields: readonly string[] | undefined;
  readonly orderBy: readonly string[] | undefined;
  readonly page: number;
  readonly pageSize: number;
  /** Whether the caller asked for a page of its own. */
  readonly paged: boolean;
  /** Parameters that this operation has beside those of every list. */
  readonly rest: Readonly<Record<string, string | number | boolean>>;
  /** Those of `fields` that the records do not have: `notes` tells of each. */
  readonly unknown: readonly string[];
  /** How words of time were read, and what was asked for and Manage leaves out without a word; a line each. */
  readonly notes: readonly Clean[];
}

type Query = Readonly<Record<string, unknown>>;

const list = (value: unknown): string[] | undefined => {
  if (value === undefined) return undefined;
  return (Array.isArray(value) ? value.map(String) : String(value).split(','))
    .map((part) => part.trim())
    .filter((part) => part !== '');
};

function whole(
  query: Query,
  name: 'page' | 'pageSize',
  { fallback, most }: { fallback: number; most: number },
): number {
  const value = query[name] === undefined ? fallback : Number(query[name]);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new ToolInputError(`query.${name}`, say`query.${name} has to be a whole number from 1 to ${most}.`);
}

/** A filter in Manage's own language. @throws {ToolInputError} for an object, with what stands for it */
function filterText(query: Query, name: 'conditions' | 'childConditions' | 'customFieldConditions') {
  const text = query[name];
  if (typeof text !== 'object') return text === undefined ? undefined : String(text);
  throw new ToolInputError(`query.${name}`, say`query.${cleanLine(name)} has to be a text: board/name="Help Desk".`, {
    next: 'query.where takes a list: [{"field": "board/name", "op": "eq", "value": "Help Desk"}].',
  });
}

/** Conditions for lists inside records and for custom fields; those of the record itself are checked by `narrow`. */
function other(query: Query, name: 'childConditions' | 'customFieldConditions') {
  const text = filterText(query, name);
  if (text === undefined) return undefined;
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof QuerySyntaxError)
      throw new ToolInputError(`query.${name}`, say`query.${name}: ${cleanLine(error.message)}`);
    throw error;
  }
}

/** Manage takes its own parameters in any letter case. */
const spelled = (name: string): string =>
  LIST_PARAMETERS.find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;

/**
 * Parameters from the operation's own `?` and from `query` as one. Empty ones are not given; `where` stays as it is, because `null` is
 * a value there.
 * @throws {ToolInputError} where both say something else
 */
function joinedQuery(inPath: Query, given: Query): Query {
  const query: Record<string, unknown> = {};
  for (const [name, value] of [...Object.entries(inPath), ...Object.entries(given)]) {
    const member = spelled(name);
    const said = member === 'where' ? value : withoutNothing(value);
    if (said === undefined || saysNothing(member, value)) continue;
    if (query[member] !== undefined && String(query[member]) !== String(said))
      throw new ToolInputError(
        `query.${member}`,
        say`${cleanLine(member)} has different values in operation and in query. Send one of them.`,
      );
    query[member] = said;
  }
  return query;
}

/** The one id of a path under whatever name it came: `{ticketId: 7}` for `/service/tickets/{id}`. */
function withOnlyName({ pathParameters }: Operation, given: Query = {}): Query {
  const [only, other] = pathParameters;
  const values = Object.values(given).filter((value) => value !== undefined);
  return only === undefined || other !== undefined || values.length !== 1 ? given : { [only.name]: values[0] };
}

/** @throws {ToolInputError} where an id in the operation differs from the one in `path` */
function joinedPath(inOperation: Readonly<Record<string, string>>, given: Query = {}): OperationCall['path'] {
  for (const [name, value] of Object.entries(inOperation)) {
    if (given[name] === undefined || String(given[name]) === value) continue;
    throw new ToolInputError(
      `path.${name}`,
      say`${cleanLine(name)} is ${cleanLine(value)} in operation and ${cleanLine(given[name])} in path. Send one of them.`,
    );
  }
  return { ...inOperation, ...(given as Record<string, string | number>) };
}

/** Manage drops fields that it does not know, so the answer has to say it. */
function fieldNotes(api: ApiDescription, schema: string, fields: readonly string[] | undefined): Clean[] {
  if (fields === undefined || api.schema(schema) === undefined) return [];
  return unknownFields(api, schema, fields).map(({ field, closest: [near], lacking }) => {
    if (lacking !== undefined) return say`fields: ${cleanLine(field)} ${cleanLine(lacking)}; Manage leaves it out.`;
    const hint = near === undefined ? say`` : say` Did you mean ${cleanLine(near)}?`;
    return say`fields: there is no ${cleanLine(field)}; Manage leaves it out.${hint}`;
  });
}

/** Reads what a caller sent for an operation; nothing is guessed, and nothing is sent yet. */
export async function readOperationCall(
  context: Pick<
    ToolContext,
    'api' | 'search' | 'searchTools' | 'allows' | 'zone' | 'now' | 'server' | 'manage' | 'signal'
  >,
  input: OperationInput,
): Promise<OperationCall> {
  const { api } = context;
  refuseOtherSite(input.operation, context.server);
  const { operation, pathValues, queryValues } = await namedOperation(context, input.operation);
  const query = joinedQuery(queryValues, input.query ?? {});
  const { where, fields, orderBy } = query;
  const schema = listedSchema(api, operation);
  if (where !== undefined && isReport(operation))
    throw new ToolInputError(
      'query.where',
      say`The API's description does not have the columns of a report: send query.conditions.`,
      { next: 'run_report filters reports by where.' },
    );
  const own = {
    childConditions: other(query, 'childConditions'),
    customFieldConditions: other(query, 'customFieldConditions'),
  };
  const asked = {
    where: where === undefined ? undefined : ((Array.isArray(where) ? where : [where]) as WhereEntry[]),
    conditions: filterText(query, 'conditions'),
  };
  const { query: narrowedTo, understood } = await narrowed(context, own, asked, schema);
  const rest = Object.entries(query).filter(([name]) => !(LIST_PARAMETERS as readonly string[]).includes(name));
  const orderText = Array.isArray(orderBy) ? orderBy.join(',') : String(orderBy);
  const isOfRecords = orderBy !== undefined && schema !== '' && (input.groupBy ?? input.sum) === undefined;
  const keys = isOfRecords ? orderKeys(orderText, { api, schema }) : list(orderBy);
  return {
    operation,
    name: say`${operation.method} ${cleanLine(operation.path)}`,
    path: joinedPath(pathValues, withOnlyName(operation, input.path)),
    conditions: narrowedTo,
    fields: list(fields),
    orderBy: keys,
    page: whole(query, 'page', { fallback: 1, most: 1_000_000 }),
    pageSize: whole(query, 'pageSize', { fallback: 25, most: 1_000 }),
    paged: query.page !== undefined || query.pageSize !== undefined,
    rest: Object.fromEntries(rest) as OperationCall['rest'],
    unknown:
      api.schema(schema) === undefined ? [] : unknownFields(api, schema, list(fields) ?? []).map(({ field }) => field),
    notes: [
      ...(understood === undefined ? [] : [understood]),
      ...(/\bpriority\b/i.test(orderText) && isLeastUrgentFirst(keys ?? []) ? [say`The least urgent come first.`] : []),
      ...fieldNotes(api, schema, list(fields)),
    ],
  };
}

const isReport = ({ path }: Operation): boolean => /^\/system\/reports\/\{/i.test(path);

/** Schema of the records that are listed or counted; none for reports, whose columns only the server knows. */
function listedSchema(api: ApiDescription, operation: Operation): string {
  if (isReport(operation)) return '';
  if (operation.response.schema !== 'Count') return operation.response.schema ?? '';
  return api.find(`GET ${operation.path.replace(/\/count\/?$/i, '')}`)?.response.schema ?? '';
}

/** `arguments` belong to a tool; an operation has `path`, `query` and `body`. @throws {ToolInputError} where any were sent */
export async function refuseArguments(
  { operation, arguments: sent }: { operation: string; arguments?: unknown },
  { searchTools }: Pick<ToolContext, 'searchTools'>,
): Promise<void> {
  if (withoutNothing(sent) === undefined) return;
  const words = toolNameMeant(operation).replaceAll('_', ' ');
  const [near] = words.includes('/') ? [] : await searchTools(words, 1);
  const closest = near === undefined ? say`` : say` Closest: the tool ${cleanLine(near.name)}.`;
  throw new ToolInputError(
    'arguments',
    say`arguments is for tools, and there is no tool ${cleanLine(operation)} here.${closest} An operation takes path, query and body.`,
    { next: 'search_operations finds tools and operations.' },
  );
}
