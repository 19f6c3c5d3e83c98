import { coercedRecord } from '../../api/coerce.ts';
import type { ApiDescription, Operation, Schema } from '../../api/index.ts';
import { type FieldProblem, validateBody } from '../../api/validate.ts';
import { isRecord } from '../../json.ts';
import { apiFailure, Failure, type FieldError } from '../contract/failure.ts';

/** A JSON body. @throws a 400 for anything that is not JSON. */
export function parseBody(text: string): unknown {
  if (text.trim() === '') return undefined;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw apiFailure(400, 'The request body is not valid JSON.');
  }
  // The server's reader has such a limit; how it words it is not known.
  if (isDeeper(body, DEEPEST)) throw apiFailure(400, `The request body is nested more than ${DEEPEST} levels deep.`);
  return body;
}

/** The body of an operation, its texts read as what the members hold. PATCH reads its values by itself. */
export function readBody(api: ApiDescription, { request }: Operation, text: string): unknown {
  const body = parseBody(text);
  if (request?.kind === 'patch') return body;
  return readAs(api, request?.schema, body);
}

/** A value, or a list of them, read as records of a schema. */
export function readAs(api: ApiDescription, schema: string | undefined, body: unknown): unknown {
  if (Array.isArray(body)) return body.map((row) => readAs(api, schema, row));
  return isRecord(body) ? coercedRecord(api, body, schema) : body;
}

/** Objects in objects. Nothing that the API takes comes near it. */
const DEEPEST = 64;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/** Offset behind the first mention of a member, as the server's reader counts it. */
function positionOf(text: string, member: string): { line: number; position: number } {
  const found = text.indexOf(JSON.stringify(member));
  const end = found < 0 ? 0 : found + JSON.stringify(member).length + 1;
  const before = text.slice(0, end).split('\n');
  return { line: before.length, position: before.at(-1)?.length ?? 0 };
}

/** The object that an unknown member was sent in: the reference, when it is one's. */
function ownerOf(api: ApiDescription, schema: Schema | undefined, path: readonly string[]): string {
  let current = schema;
  for (const segment of path.slice(0, -1)) {
    if (/^\d+$/.test(segment)) continue;
    const field = current?.fields.get(segment);
    current = api.schema(field?.items?.schema ?? field?.schema ?? '');
  }
  return current?.name.split('.').at(-1) ?? 'Object';
}

function unknownMember(text: string, problem: FieldProblem, schema: string): Failure {
  const path = problem.field.replaceAll('/', '.');
  const member = problem.field.split('/').at(-1) ?? '';
  const { line, position } = positionOf(text, member);
  return apiFailure(
    400,
    `Could not find member '${member}' on object of type '${schema}'. Path '${path}', line ${line}, position ${position}.` +
      'Check your accept header to make sure you are using the correct version.',
  );
}

/** A value where a reference, or a list of them, belongs: the server's reader stops there as well. */
function unreadable(text: string, path: string, value: unknown, schema: string): Failure {
  const { line, position } = positionOf(text, path.split('/').at(-1) ?? '');
  const shown = JSON.stringify(value);
  return apiFailure(
    400,
    `Error converting value ${shown} to type 'ConnectWise.Apis.v3_0.v2015_3.Common.Models.${schema}'. ` +
      `Path '${path.replaceAll('/', '.')}', line ${line}, position ${position + 1 + shown.length}.`,
  );
}

/** The required value as Manage names it: `company/id` for a reference, the member itself otherwise. */
function requiredError(field: string, isReference: boolean): FieldError {
  return { code: 'MissingRequiredField', message: `The ${field}${isReference ? '/id' : ''} field is required.`, field };
}

/** A problem of the schema in Manage's words. */
export function fieldError(problem: FieldProblem, isReference: boolean): FieldError {
  const { field } = problem;
  switch (problem.problem) {
    case 'required':
      return requiredError(field, isReference);
    case 'tooLong':
      return {
        code: 'MaxLengthField',
        message: `The field ${field} must be a string with a maximum length of ${problem.maxLength}.`,
        field,
      };
    case 'format':
      return { code: 'UnsupportedFormat', message: `Unsupported format applied to ${field}`, field };
    case 'enum':
      return {
        code: 'InvalidField',
        message: `The value of ${field} is not one of ${problem.allowed?.join(', ')}.`,
        field,
      };
    default:
      return { code: 'InvalidField', message: `The field ${field} ${problem.message}.`, field };
  }
}

/**
 * What is wrong with a POST or PUT body by its schema, in Manage's words.
 * @throws at once for an unknown member: the server's reader stops there and says nothing of the rest.
 */
export function bodyErrors(api: ApiDescription, operation: Operation, body: unknown, text: string): FieldError[] {
  const schema = api.schema(operation.request?.schema ?? '');
  const problems = validateBody(api, operation, body);
  const unknown = problems.find(({ problem }) => problem === 'unknown');
  if (unknown !== undefined) throw unknownMember(text, unknown, ownerOf(api, schema, unknown.field.split('/')));
  for (const { problem, field: path } of problems) {
    const field = schema?.fields.get(path);
    const value = isRecord(body) ? body[path] : undefined;
    if (problem === 'type' && field?.type === 'reference' && !isRecord(value) && !Array.isArray(value))
      throw unreadable(text, path, value, field.schema ?? 'Reference');
  }
  const shape = problems.find(({ problem, field }) => problem === 'shape' && field === 'body');
  if (shape !== undefined) throw new Failure(400, { code: 'InvalidObject', message: `The body ${shape.message}.` });
  return problems.map((problem) => fieldError(problem, schema?.fields.get(problem.field)?.type === 'reference'));
}
