import { closest } from './closest.ts';
import type { Catalog, Operation, Schema } from './index.ts';
import { patchProblems } from './validate-patch.ts';
import { type FieldProblem, isMissing, isRecord, join, memberProblems } from './validate-value.ts';

export type { FieldProblem } from './validate-value.ts';

/** Required members that are missing: on POST those marked required, on PUT those required on updates as well. */
function requiredProblems(record: Record<string, unknown>, schema: Schema, put: boolean, path: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const [name, field] of schema.fields) {
    const required = field.required === true || (put && field.requiredOnUpdate === true);
    // The record's own id is Manage's to give, also where the document lists it among the required members.
    if (!required || name === 'id' || !isMissing(record[name], field)) continue;
    problems.push({ field: join(path, name), problem: 'required', message: 'is required' });
  }
  return problems;
}

function recordProblems(
  catalog: Catalog,
  value: unknown,
  schema: Schema,
  method: string,
  path: string,
): FieldProblem[] {
  if (!isRecord(value))
    return [{ field: path === '' ? 'body' : path, problem: 'shape', message: `must be an object (${schema.name})` }];
  const checksRequired = method === 'POST' || method === 'PUT';
  return [
    ...memberProblems(catalog, value, schema, path, true),
    ...(checksRequired ? requiredProblems(value, schema, method === 'PUT', path) : []),
  ];
}

/**
 * Everything that Manage would refuse in a JSON body by its schema alone: unknown members, types, lengths, enumerations,
 * dates that are not whole UTC seconds, missing required members, and the shape of a PATCH. References are not looked up.
 */
export function validateBody(catalog: Catalog, operation: Operation, body: unknown): FieldProblem[] {
  const { request, method } = operation;
  if (request === undefined) {
    const empty = body === undefined || body === null || (isRecord(body) && Object.keys(body).length === 0);
    return empty ? [] : [{ field: 'body', problem: 'shape', message: `${method} ${operation.path} takes no body` }];
  }
  if (request.kind === 'multipart') return [];
  const schema = catalog.schema(request.schema ?? '');
  if (request.kind === 'patch') return patchProblems(catalog, body, schema);
  if (schema === undefined) return [];
  if (request.kind === 'object') return recordProblems(catalog, body, schema, method, '');
  if (!Array.isArray(body)) return [{ field: 'body', problem: 'shape', message: `must be a list of ${schema.name}` }];
  return body.flatMap((item, index) => recordProblems(catalog, item, schema, method, String(index)));
}

/** Query parameters that the operation does not have, with the closest that it has; names compare in any letter case. */
export function validateQuery(operation: Operation, query: Readonly<Record<string, unknown>>): FieldProblem[] {
  const known = operation.queryParameters.map(({ name }) => name);
  const lower = new Set(known.map((name) => name.toLowerCase()));
  return Object.keys(query)
    .filter((name) => query[name] !== undefined && !lower.has(name.toLowerCase()))
    .map((name) => ({
      field: name,
      problem: 'unknown',
      message: `is not a query parameter of ${operation.method} ${operation.path}`,
      allowed: known,
      closest: closest(name, known),
    }));
}
