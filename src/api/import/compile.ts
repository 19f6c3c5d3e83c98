import { type DescriptionFile, encodeOperations, encodeSchema, LIST_PARAMETERS, type Numbering } from '../encoding.ts';
import type { Field, HttpMethod, Module, Operation, Parameter, RequestBody, ResponseBody } from '../model.ts';
import type { Source, SourceField, SourceOperation } from './source.ts';

/**
 * A schema that only points at a record: `{id, name|identifier, _info}` under a name that says so. The revenue "references" of
 * opportunities hold amounts.
 */
const isReference = (schema: string): boolean => /(?<!Revenue)Reference$/.test(schema);

function toField(source: SourceField): Field {
  const { type, items, later: _, ...rest } = source;
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
    since: source.since,
    until: source.until,
  };
}

/**
 * The corrected source as the file that ships.
 * @param versions every version that it tells apart, oldest first; a single one for a source of one version
 */
export function compileDescription(source: Source, ...versions: readonly string[]): DescriptionFile {
  const numbers: Numbering = { enums: [], versions };
  const schemas = Object.fromEntries(
    [...source.schemas].map(([name, fields]) => {
      const members = [...fields].flatMap(([member, field]) =>
        [field, ...(field.later ?? [])].map((one) => [member, toField(one)] as const),
      );
      return [name, encodeSchema(members, numbers)];
    }),
  );
  const paths = encodeOperations(source.operations.map(toOperation), numbers);
  const version = versions.at(-1) ?? '';
  return { version, ...(versions.length > 1 && { versions }), enums: numbers.enums, schemas, paths };
}
