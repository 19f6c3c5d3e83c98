import type {
  Field,
  FieldType,
  HttpMethod,
  Module,
  Operation,
  Parameter,
  RequestBody,
  ResponseBody,
  Schema,
} from './model.ts';

/**
 * The generated catalog file. It says every fact in a few characters, because it ships with the product and is read at each
 * start: a field is one string, an operation one array; what is the same for all GETs is not repeated.
 */
export interface CatalogFile {
  readonly version: string;
  readonly enums: readonly (readonly string[])[];
  readonly schemas: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** `[id, method, path, request, response, extra parameters]`. */
  readonly operations: readonly EncodedOperation[];
}

export type EncodedOperation = readonly [string, HttpMethod, string, string, string, string];

/** Query parameters that every GET takes, in this order. */
export const LIST_PARAMETERS: readonly Parameter[] = [
  ...['conditions', 'childConditions', 'customFieldConditions', 'orderBy', 'fields'].map(
    (name): Parameter => ({ name, in: 'query', type: 'string', required: false }),
  ),
  ...['page', 'pageSize', 'pageId'].map((name): Parameter => ({ name, in: 'query', type: 'integer', required: false })),
];

const TYPE_LETTERS: Readonly<Record<FieldType, string>> = {
  string: 's',
  integer: 'i',
  number: 'n',
  boolean: 'b',
  datetime: 'd',
  reference: 'r',
  object: 'o',
  array: 'a',
};
const LETTER_TYPES = Object.fromEntries(
  Object.entries(TYPE_LETTERS).map(([type, letter]) => [letter, type]),
) as Readonly<Record<string, FieldType>>;

/**
 * One field as a string: type letter, flags `?` nullable, `!` required, `^` required on updates, then `;`-separated details:
 * `#100` longest value, `=3` enumeration number, `@Name` schema, `~uuid` format, and `>` before an array's items.
 */
export function encodeField(field: Field, enumNumber: (values: readonly string[]) => number): string {
  const flags = `${field.nullable ? '?' : ''}${field.required ? '!' : ''}${field.requiredOnUpdate ? '^' : ''}`;
  const details = [
    field.maxLength === undefined ? '' : `#${field.maxLength}`,
    field.enum === undefined ? '' : `=${enumNumber(field.enum)}`,
    field.schema === undefined ? '' : `@${field.schema}`,
    field.format === undefined ? '' : `~${field.format}`,
  ].filter((detail) => detail !== '');
  const items = field.items === undefined ? '' : `>${encodeField(field.items, enumNumber)}`;
  return `${TYPE_LETTERS[field.type]}${flags}${details.join(';')}${items}`;
}

/** The field that `encodeField` wrote. */
export function decodeField(text: string, enums: readonly (readonly string[])[]): Field {
  const split = text.indexOf('>');
  const head = split < 0 ? text : text.slice(0, split);
  const [, letter = '', flags = '', details = ''] = /^(.)([?!^]*)(.*)$/.exec(head) ?? [];
  const field: { -readonly [K in keyof Field]: Field[K] } = { type: LETTER_TYPES[letter] ?? 'object' };
  if (flags.includes('?')) field.nullable = true;
  if (flags.includes('!')) field.required = true;
  if (flags.includes('^')) field.requiredOnUpdate = true;
  for (const detail of details === '' ? [] : details.split(';')) {
    const value = detail.slice(1);
    if (detail.startsWith('#')) field.maxLength = Number(value);
    else if (detail.startsWith('=')) field.enum = enums[Number(value)] ?? [];
    else if (detail.startsWith('@')) field.schema = value;
    else field.format = value;
  }
  if (split >= 0) field.items = decodeField(text.slice(split + 1), enums);
  return field;
}

/** `object@Ticket`, `array@Ticket`, `patch@Ticket`, `multipart@DocumentFormData`, or nothing. */
export const encodeRequest = (request: RequestBody | undefined): string =>
  request === undefined ? '' : `${request.kind}${request.schema === undefined ? '' : `@${request.schema}`}`;

export const encodeResponse = (response: ResponseBody): string =>
  `${response.status} ${response.kind}${response.schema === undefined ? '' : `@${response.schema}`}`;

function decodeRequest(text: string): RequestBody | undefined {
  if (text === '') return undefined;
  const [kind, schema] = text.split('@');
  return { kind: kind as RequestBody['kind'], ...(schema !== undefined && { schema }) };
}

function decodeResponse(text: string): ResponseBody {
  const [status = '', rest = ''] = text.split(' ');
  const [kind, schema] = rest.split('@');
  return { status: Number(status), kind: kind as ResponseBody['kind'], ...(schema !== undefined && { schema }) };
}

/** Parameters beyond those that follow from the path and the method: `in name type required`, comma-separated. */
export const encodeParameters = (parameters: readonly Parameter[]): string =>
  parameters.map((p) => `${p.in === 'path' ? '/' : '?'}${p.name}:${p.type}${p.required ? '!' : ''}`).join(',');

function decodeParameter(text: string): Parameter {
  const [name = '', type = 'string!'] = text.slice(1).split(':');
  return {
    name,
    in: text.startsWith('/') ? 'path' : 'query',
    type: type.replace('!', '') as Parameter['type'],
    required: type.endsWith('!'),
  };
}

/** Path parameters that the template itself tells: ids are integers, the rest strings. */
export function templateParameters(path: string): Parameter[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map((match): Parameter => {
    const name = match[1] ?? '';
    return { name, in: 'path', type: /id$/i.test(name) ? 'integer' : 'string', required: true };
  });
}

export function decodeOperation([id, method, path, request, response, extra]: EncodedOperation): Operation {
  const extras = extra === '' ? [] : extra.split(',').map(decodeParameter);
  const body = decodeRequest(request);
  return {
    id,
    method,
    path,
    module: path.split('/')[1]?.toLowerCase() as Module,
    pathParameters: templateParameters(path).map(
      (own) => extras.find((parameter) => parameter.in === 'path' && parameter.name === own.name) ?? own,
    ),
    queryParameters: [
      ...(method === 'GET' ? LIST_PARAMETERS : []),
      ...extras.filter((parameter) => parameter.in === 'query'),
    ],
    ...(body && { request: body }),
    response: decodeResponse(response),
  };
}

export function decodeSchema(name: string, file: CatalogFile): Schema {
  const fields = Object.entries(file.schemas[name] ?? {});
  return { name, fields: new Map(fields.map(([key, text]) => [key, decodeField(text, file.enums)])) };
}
