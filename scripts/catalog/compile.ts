import {
  type CatalogFile,
  type EncodedOperation,
  encodeField,
  encodeParameters,
  encodeRequest,
  encodeResponse,
  LIST_PARAMETERS,
  templateParameters,
} from '../../src/catalog/encoding.ts';
import type { Field, HttpMethod, Parameter, RequestBody, ResponseBody } from '../../src/catalog/model.ts';
import type { Source, SourceField, SourceOperation } from './source-types.ts';

/** A schema that only points at a record: `{id, name|identifier, _info}` under a name that says so. */
const isReference = (schema: string): boolean => schema.endsWith('Reference');

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
    return { kind: 'patch', ...(schema !== undefined && { schema }) };
  }
  if (request === undefined) return undefined;
  const value = request.value;
  const kind = request.contentType.startsWith('multipart') ? 'multipart' : value.type === 'array' ? 'array' : 'object';
  const schema = value.schema ?? value.items?.schema;
  return { kind, ...(schema !== undefined && { schema }) };
}

function responseOf({ response }: SourceOperation): ResponseBody {
  const { status, body, description } = response;
  if (status === 204) return { status, kind: 'none' };
  const mentioned = /ContentType = ([\w/+-]+)/.exec(description)?.[1];
  if (mentioned !== undefined || body?.contentType === 'application/octet-stream') return { status, kind: 'file' };
  if (body === undefined) return { status, kind: 'none' };
  const value = body.value;
  const schema = value.schema ?? value.items?.schema;
  const kind = value.type === 'array' ? 'array' : value.type === 'ref' || value.type === 'object' ? 'object' : 'text';
  return { status, kind, ...(schema !== undefined && { schema }) };
}

function extraParameters(operation: SourceOperation): Parameter[] {
  const told = templateParameters(operation.path);
  const standard = new Set(LIST_PARAMETERS.map(({ name }) => name));
  return operation.parameters.filter((parameter) => {
    if (parameter.in === 'query') return !standard.has(parameter.name);
    return told.some((own) => own.name === parameter.name && own.type !== parameter.type);
  });
}

/** The corrected source as the file that ships. */
export function compileCatalog(source: Source, version: string): CatalogFile {
  const enums: string[][] = [];
  const numbers = new Map<string, number>();
  const enumNumber = (values: readonly string[]): number => {
    const key = values.join('\n');
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, enums.length);
    enums.push([...values]);
    return enums.length - 1;
  };
  const schemas = Object.fromEntries(
    [...source.schemas].map(([name, fields]) => [
      name,
      Object.fromEntries([...fields].map(([key, field]) => [key, encodeField(toField(field), enumNumber)])),
    ]),
  );
  const operations = source.operations.map(
    (operation): EncodedOperation => [
      operation.id,
      operation.method as HttpMethod,
      operation.path,
      encodeRequest(requestOf(operation)),
      encodeResponse(responseOf(operation)),
      encodeParameters(extraParameters(operation)),
    ],
  );
  return { version, enums, schemas, operations };
}
