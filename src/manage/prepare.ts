import type { ApiDescription, Operation } from '../api/index.ts';
import { reversedTimes } from '../api/reversed-times.ts';
import { type FieldProblem, validateBody, validateQuery } from '../api/validate.ts';
import { elsewhere, lacking } from '../api/versions.ts';
import { print } from '../query/index.ts';
import type { CallOptions, ListOptions, QueryValue } from './client.ts';
import { InvalidRequest, NoSuchOperation } from './errors.ts';
import { searchedSecrets } from './searched-secrets.ts';

/** The operation that a name stands for. @throws {NoSuchOperation} when the site's version, or the description in use, has none */
export function operationNamed(api: ApiDescription, name: string): Operation {
  const operation = api.find(name);
  if (operation !== undefined) return operation;
  const other = elsewhere(api, name);
  throw new NoSuchOperation(name, api.version, other && lacking(other, api));
}

/** How an operation is called: `GET /service/tickets/{id}`. */
export const nameOf = (operation: Operation): string => `${operation.method} ${operation.path}`;

/** POST operations that store nothing: they are sent again like reads, and allowed in read-only mode. */
const READING_POSTS: ReadonlySet<string> = new Set([
  '/service/tickets/search',
  '/project/tickets/search',
  '/time/entries/defaults',
  '/procurement/catalog/{id}/pricing',
]);

/** Whether an operation only reads. */
export const isReading = ({ method, path }: Operation): boolean =>
  method === 'GET' || (method === 'POST' && READING_POSTS.has(path));

/** Characters that `encodeURIComponent` leaves alone and Manage's web server trips over. */
const encode = (value: string): string =>
  encodeURIComponent(value).replace(
    /['*()!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Members that Manage works out itself and silently ignores when they are sent. */
const DERIVED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ticket: { resources: 'is derived from schedule entries; assign people with POST /schedule/entries' },
  ProjectTicket: { resources: 'is derived from schedule entries; assign people with POST /schedule/entries' },
};

function pathProblems(operation: Operation, values: Readonly<Record<string, string | number>>): FieldProblem[] {
  const names = operation.pathParameters.map(({ name }) => name);
  const extra = Object.keys(values).filter((name) => !names.includes(name));
  const unknown = extra.map(
    (field): FieldProblem => ({
      field,
      problem: 'unknown',
      message: `is not in the path ${operation.path}`,
      allowed: names,
    }),
  );
  const wrong = operation.pathParameters.flatMap(({ name, type }): FieldProblem[] => {
    const value = values[name];
    if (value === undefined || value === '')
      return [{ field: name, problem: 'required', message: `is required in the path ${operation.path}` }];
    if (type === 'integer' && !/^\d+$/.test(String(value)))
      return [{ field: name, problem: 'type', message: 'must be a whole number' }];
    if (/^\.{1,2}$/.test(String(value)))
      return [{ field: name, problem: 'format', message: 'is not a value for a path' }];
    return [];
  });
  return [...unknown, ...wrong];
}

/** The path of an operation with its values; those that are missing stay as they are named. */
export const fillPath = (operation: Operation, values: Readonly<Record<string, string | number>>): string =>
  operation.path
    .replace(/\{([^}]+)\}/g, (named, name: string) =>
      values[name] === undefined ? named : encode(String(values[name])),
    )
    .replace(/(.)\/$/, '$1');

function queryText(query: Readonly<Record<string, QueryValue>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encode(String(value))}`],
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** The query parameters of a list. */
export function listQuery(options: ListOptions): Record<string, QueryValue> {
  const { conditions, childConditions, customFieldConditions, orderBy, fields } = options;
  return {
    ...options.query,
    conditions: conditions && print(conditions),
    childConditions: childConditions && print(childConditions),
    customFieldConditions: customFieldConditions && print(customFieldConditions),
    orderBy: orderBy?.join(',') || undefined,
    fields: fields?.join(',') || undefined,
  };
}

/** Path and query behind the root of the API. @throws {InvalidRequest} for missing or unknown path values and query parameters. */
export function requestPath(operation: Operation, options: CallOptions): string {
  const values = options.path ?? {};
  const query = options.query ?? {};
  // `fields` trims the answer of writes as well, though the document lists it for reads only.
  const listed =
    operation.method === 'GET'
      ? query
      : Object.fromEntries(Object.entries(query).filter(([name]) => name !== 'fields'));
  const problems = [...pathProblems(operation, values), ...validateQuery(operation, listed), ...searchedSecrets(query)];
  if (problems.length > 0) throw new InvalidRequest(nameOf(operation), problems);
  return `${fillPath(operation, values)}${queryText(query)}`;
}

function derivedProblems(operation: Operation, body: unknown): FieldProblem[] {
  const derived = DERIVED[operation.request?.schema ?? ''];
  if (derived === undefined) return [];
  const sent = Array.isArray(body)
    ? body.map((step: { path?: unknown }) => String(step?.path).replace(/^\//, ''))
    : Object.keys(body ?? {});
  return sent.flatMap((field) =>
    derived[field] === undefined ? [] : [{ field, problem: 'shape', message: derived[field] } as const],
  );
}

/** @throws {InvalidRequest} with everything in a body that Manage would refuse by its schema. */
export function checkBody(api: ApiDescription, operation: Operation, body: unknown): void {
  const searched = isReading(operation) ? searchedSecrets(body) : [];
  const problems = [
    ...validateBody(api, operation, body),
    ...derivedProblems(operation, body),
    ...reversedTimes(body),
    ...searched,
  ];
  if (problems.length > 0) throw new InvalidRequest(nameOf(operation), problems);
}
