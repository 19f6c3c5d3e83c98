import { type DescriptionFile, encodeOperation, encodeSchema, LIST_PARAMETERS } from '../encoding.ts';
import type { Field, HttpMethod, Module, Operation, Parameter, RequestBody, ResponseBody } from '../model.ts';
import type { Source, SourceField, SourceOperation } from './source.ts';

/**
 * A schema that only points at a record: `{id, name|identifier, _info}` under a name that says so. The revenue "references" of
 * opportunities hold amounts.
 */
const isReference = (schema: string): boolean => /(?<!Revenue)Reference$/.test(schema);

function toField(source: SourceField): Field {
  const { type, items, ...rest } = source;
  if (type === 'array') return { ...rest, type: 'array', items: toField(items ?? { type: 'object' }) };
  if (type !== 'ref') return { ...rest, type };
  return { ...rest, type: isReference(source.schema ?? '') ? 'reference' : 'object' };
}

function requestOf(operation: SourceOperation): RequestBody | undefined {
  const { request } = operation;
  if (operation.method === 'PATCH') {
    // Every PATCH takes the array of operations; the record that it changes is the one that it answers with.
    const answer = operation.response.body?.value;
    const schema = answer?.schema ?? answer?.items?.schema;
    return { kind: 'patch', schema };
  }
  if (request === undefined) return undefined;
  const value = request.value;
  const schema = value.schema ?? value.items?.schema;
  if (request.contentType.startsWith('multipart')) return { kind: 'multipart', schema };
  return { kind: value.type === 'array' ? 'array' : 'object', schema };
}

function responseOf({ response }: SourceOperation): ResponseBody {
  const { status, body, description } = response;
  if (status === 204) return { status, kind: 'none' };
  const mentioned = /ContentType = ([\w/+-]+)/.exec(description)?.[1];
  if (mentioned !== undefined || body?.contentType === 'application/octet-stream') return { status, kind: 'file' };
  if (body === undefined) return { status, kind: 'none' };
  const value = body.value;
  const schema = value.schema ?? value.items?.schema;
  if (value.type === 'array') return { status, kind: 'array', schema };
  return { status, kind: value.type === 'ref' || value.type === 'object' ? 'object' : 'text', schema };
}

function toOperation(source: SourceOperation): Operation {
  const method = source.method as HttpMethod;
  const standard = new Set(method === 'GET' ? LIST_PARAMETERS.map(({ name }) => name) : []);
  const request = requestOf(source);
  const order = [...source.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]);
  const inPath = source.parameters.filter((parameter) => parameter.in === 'path');
  return {
    id: source.id,
    method,
    path: source.path,
    module: source.path.split('/')[1]?.toLowerCase() as Module,
    pathParameters: order.flatMap((name): Parameter[] => inPath.filter((parameter) => parameter.name === name)),
    queryParameters: [
      ...(method === 'GET' ? LIST_PARAMETERS : []),
      ...source.parameters.filter((parameter) => parameter.in === 'query' && !standard.has(parameter.name)),
    ],
    request,
    response: responseOf(source),
  };
}

/** The corrected source as the file that ships. */
export function compileDescription(source: Source, version: string): DescriptionFile {
  const enums: string[][] = [];
  const numbers = new Map<string, number>();
  const enumNumber = (values: readonly string[]): number => {
    const key = values.join('\n');
    const number = numbers.get(key) ?? enums.push([...values]) - 1;
    numbers.set(key, number);
    return number;
  };
  const schemas = Object.fromEntries(
    [...source.schemas].map(([name, fields]) => [
      name,
      encodeSchema(
        [...fields].map(([key, field]) => [key, toField(field)] as const),
        enumNumber,
      ),
    ]),
  );
  const paths: Record<string, string> = {};
  for (const operation of source.operations.map(toOperation)) {
    const before = paths[operation.path];
    const text = encodeOperation(operation, enumNumber);
    paths[operation.path] = before === undefined ? text : `${before} ${text}`;
  }
  return { version, enums, schemas, paths };
}
