import { isRecord } from '../json.ts';
import { closest } from './closest.ts';
import type { ApiDescription, Operation, Parameter, Schema } from './index.ts';
import { clearingProblems, patchProblems } from './validate-patch.ts';
import { type FieldProblem, isMissing, join, memberProblems } from './validate-value.ts';

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
  api: ApiDescription,
  value: unknown,
  { schema, method, path }: { schema: Schema; method: string; path: string },
): FieldProblem[] {
  if (!isRecord(value))
    return [{ field: path === '' ? 'body' : path, problem: 'shape', message: `must be an object (${schema.name})` }];
  const checksRequired = method === 'POST' || method === 'PUT';
  return [
    ...memberProblems(api, value, schema, { path, top: true }),
    ...(checksRequired ? requiredProblems(value, schema, method === 'PUT', path) : []),
  ];
}

/**
 * Everything that Manage would refuse in a JSON body by its schema alone: unknown members, types, lengths, enumerations,
 * dates that are not whole UTC seconds, missing required members, and the shape of a PATCH. References are not looked up.
 */
export function validateBody(api: ApiDescription, operation: Operation, body: unknown): FieldProblem[] {
  const { request, method } = operation;
  if (request === undefined) {
    const empty = body === undefined || body === null || (isRecord(body) && Object.keys(body).length === 0);
    return empty ? [] : [{ field: 'body', problem: 'shape', message: `${method} ${operation.path} takes no body` }];
  }
  const schema = api.schema(request.schema ?? '');
  if (request.kind === 'multipart') {
    const { file: _, ...rest } = isRecord(body) ? body : {};
    return schema === undefined ? [] : memberProblems(api, rest, schema, { path: '', top: true });
  }
  if (request.kind === 'patch') return [...patchProblems(api, body, schema), ...clearingProblems(body, schema)];
  // A body that the document does not describe.
  if (schema === undefined)
    return isRecord(body) ? [] : [{ field: 'body', problem: 'shape', message: 'must be an object' }];
  if (request.kind === 'object') return recordProblems(api, body, { schema, method, path: '' });
  if (!Array.isArray(body)) return [{ field: 'body', problem: 'shape', message: `must be a list of ${schema.name}` }];
  return body.flatMap((item, index) => recordProblems(api, item, { schema, method, path: String(index) }));
}

function parameterProblem(name: string, { type, enum: allowed }: Parameter, value: unknown): FieldProblem[] {
  const text = String(value);
  if (allowed !== undefined && !allowed.includes(text)) {
    const near = closest(text, allowed, 1);
    return [{ field: name, problem: 'enum', message: 'is not an allowed value', allowed, closest: near }];
  }
  if (type === 'integer' && !/^-?\d+$/.test(text))
    return [{ field: name, problem: 'type', message: 'must be a whole number' }];
  if (type === 'boolean' && !/^(true|false)$/i.test(text))
    return [{ field: name, problem: 'type', message: 'must be true or false' }];
  return [];
}

/**
 * What is wrong with the query parameters of a call: unknown ones, with the closest that the operation has, missing required
 * ones, values of the wrong type, and names that come twice. Names compare in any letter case, as Manage does: which of `recordId` and
 * `RecordId` it would take, nobody could tell, nor whether it is the one that was looked at.
 */
export function validateQuery(operation: Operation, query: Readonly<Record<string, unknown>>): FieldProblem[] {
  const { queryParameters: parameters, method, path } = operation;
  const known = new Map(parameters.map((parameter) => [parameter.name.toLowerCase(), parameter]));
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const wrong = given.flatMap(([name, value]): FieldProblem[] => {
    const parameter = known.get(name.toLowerCase());
    if (parameter !== undefined) return parameterProblem(name, parameter, value);
    const allowed = parameters.map((one) => one.name);
    const message = `is not a query parameter of ${method} ${path}`;
    return [{ field: name, problem: 'unknown', message, allowed, closest: closest(name, allowed) }];
  });
  const names = given.map(([name]) => name.toLowerCase());
  const sent = new Set(names);
  const twice = given.filter(([name], index) => names.indexOf(name.toLowerCase()) !== index);
  const missing = parameters.filter(({ name, required }) => required && !sent.has(name.toLowerCase()));
  return [
    ...wrong,
    ...twice.map(([name]): FieldProblem => ({ field: name, problem: 'shape', message: 'is given twice' })),
    ...missing.map(({ name }): FieldProblem => ({ field: name, problem: 'required', message: 'is required' })),
  ];
}
