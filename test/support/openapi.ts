import type { ApiDescription, Field, Operation } from '../../src/api/index.ts';

type Json = Record<string, unknown>;

const FORMATS: Readonly<Record<Field['type'], Json>> = {
  string: { type: 'string' },
  integer: { type: 'integer', format: 'int32' },
  number: { type: 'number', format: 'double' },
  boolean: { type: 'boolean' },
  datetime: { type: 'string', format: 'date-time' },
  reference: { type: 'object' },
  object: { type: 'object' },
  array: { type: 'array' },
};

function schemaOf(field: Field): Json {
  const told = [
    ...(field.maxLength === undefined ? [] : [`Max length: ${field.maxLength};`]),
    ...(field.requiredOnUpdate === true ? ['Required On Updates'] : []),
  ];
  const words = told.length > 0 ? { description: told.join(' ') } : {};
  const nullable = field.nullable === true ? { nullable: true } : {};
  if (field.type === 'array') return { type: 'array', items: schemaOf(field.items ?? { type: 'object' }), ...nullable };
  if (field.schema !== undefined)
    return { allOf: [{ $ref: `#/components/schemas/${field.schema}` }], ...nullable, ...words };
  return {
    ...FORMATS[field.type],
    ...(field.enum && { enum: [...field.enum] }),
    ...(field.format !== undefined && field.format !== 'any' && { format: field.format }),
    ...nullable,
    ...words,
  };
}

const content = (schema: Json, type = 'application/json'): Json => ({ content: { [type]: { schema } } });
const named = (name: string | undefined): Json =>
  name === undefined ? { type: 'object' } : { $ref: `#/components/schemas/${name}` };

function requestBodyOf({ kind, schema }: NonNullable<Operation['request']>): Json {
  if (kind === 'patch') return content({ type: 'array', items: named('PatchOperation') });
  if (kind === 'multipart') return content(named(schema), 'multipart/form-data');
  return content(kind === 'array' ? { type: 'array', items: named(schema) } : named(schema));
}

function responseOf({ kind, schema }: Operation['response']): Json {
  switch (kind) {
    case 'none':
      return { description: 'none' };
    case 'file':
      return { description: 'file', ...content({ type: 'string', format: 'binary' }, 'application/octet-stream') };
    case 'array':
      return { description: 'ok', ...content({ type: 'array', items: named(schema) }) };
    case 'text':
      return { description: 'ok', ...content({ type: 'string' }) };
    default:
      return { description: 'ok', ...content(named(schema)) };
  }
}

function operationOf(operation: Operation, words: string): Json {
  const { request, response } = operation;
  return {
    operationId: operation.id,
    ...(words !== '' && { description: words }),
    parameters: [...operation.pathParameters, ...operation.queryParameters].map((parameter) => ({
      name: parameter.name,
      in: parameter.in,
      required: parameter.required,
      schema: { type: parameter.type, ...(parameter.enum && { enum: [...parameter.enum] }) },
    })),
    ...(request && { requestBody: requestBodyOf(request) }),
    responses: { [response.status]: responseOf(response) },
  };
}

/** An OpenAPI document of a catalog, in the form in which ConnectWise publishes them; `words` pads every operation. */
export function openApiOf(
  api: ApiDescription,
  {
    version,
    words = '',
    only = () => true,
  }: { version: string; words?: string; only?: (operation: Operation) => boolean },
): {
  info: Json;
  paths: Record<string, Json>;
  components: { schemas: Record<string, { properties: Record<string, Json>; [key: string]: unknown }> };
} & Json {
  const paths: Record<string, Json> = {};
  for (const operation of api.operations.filter(only)) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: operationOf(operation, words),
    };
  }
  const schemas = Object.fromEntries(
    [...api.schemas.values()].map((schema) => {
      const required = [...schema.fields].filter(([, field]) => field.required === true).map(([name]) => name);
      return [
        schema.name,
        {
          type: 'object',
          properties: Object.fromEntries([...schema.fields].map(([name, field]) => [name, schemaOf(field)])),
          ...(required.length > 0 && { required }),
        },
      ];
    }),
  );
  return { openapi: '3.0.1', info: { title: 'ConnectWise PSA', version }, paths, components: { schemas } };
}
