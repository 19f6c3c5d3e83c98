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
 * The generated description of the API. It says every fact in a few characters, because it ships with the product and is read at each
 * start: a field is one string, an operation another; what follows from method and path is not repeated.
 */
export interface DescriptionFile {
  /** The newest version that it knows. */
  readonly version: string;
  /** All that it knows, the oldest first; left out where there is one. What is marked with none is in all of them. */
  readonly versions?: readonly string[];
  readonly enums: readonly (readonly string[])[];
  /** Schemas with their fields: `id i?|summary s!#100`. One text each, because thousands of members are slow to read. */
  readonly schemas: Readonly<Record<string, string>>;
  /**
   * Path templates with their operations, a space between them: `METHOD|response|request|extra parameters|id|versions`, empty
   * parts at the end left out.
   */
  readonly paths: Readonly<Record<string, string>>;
}

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

/** Numbers for what is said often: the lists of values, and the versions. */
export interface Numbering {
  readonly enums: string[][];
  readonly versions: readonly string[];
}

function enumNumber({ enums }: Numbering, values: readonly string[]): number {
  const known = enums.findIndex((one) => one.length === values.length && one.every((own, at) => own === values[at]));
  return known >= 0 ? known : enums.push([...values]) - 1;
}

/** `+1` since the version of that number, `-2` until then: that one no longer has it. */
function encodeVersions({ since, until }: { since?: string; until?: string }, { versions }: Numbering): string[] {
  return [
    ...(since === undefined ? [] : [`+${versions.indexOf(since)}`]),
    ...(until === undefined ? [] : [`-${versions.indexOf(until)}`]),
  ];
}

/**
 * One field as a string: type letter, flags `?` nullable, `!` required, `^` required on updates, then `;`-separated details:
 * `#100` longest value, `=3` enumeration number, `@Name` schema, `~uuid` format, `+1` since and `-2` until a version, and `>`
 * before an array's items.
 */
function encodeField(field: Field, numbers: Numbering): string {
  const flags = `${field.nullable ? '?' : ''}${field.required ? '!' : ''}${field.requiredOnUpdate ? '^' : ''}`;
  const details = [
    field.maxLength === undefined ? '' : `#${field.maxLength}`,
    field.enum === undefined ? '' : `=${enumNumber(numbers, field.enum)}`,
    field.schema === undefined ? '' : `@${field.schema}`,
    field.format === undefined ? '' : `~${field.format}`,
    ...encodeVersions(field, numbers),
  ].filter((detail) => detail !== '');
  const items = field.items === undefined ? '' : `>${encodeField(field.items, numbers)}`;
  return `${TYPE_LETTERS[field.type]}${flags}${details.join(';')}${items}`;
}

/** The field that `encodeField` wrote. */
function decodeField(text: string, file: DescriptionFile): Field {
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
    else if (detail.startsWith('=')) field.enum = file.enums[Number(value)] ?? [];
    else if (detail.startsWith('@')) field.schema = value;
    else if (detail.startsWith('+')) field.since = file.versions?.[Number(value)];
    else if (detail.startsWith('-')) field.until = file.versions?.[Number(value)];
    else field.format = value;
  }
  if (split >= 0) field.items = decodeField(text.slice(split + 1), file);
  return field;
}

/** Status of a successful answer where the document does not name another one. */
const USUAL_STATUS: Readonly<Record<HttpMethod, number>> = { GET: 200, POST: 201, PUT: 200, PATCH: 200, DELETE: 204 };

/** `object@Ticket`, `array@Ticket`, `patch@Ticket`, `multipart@DocumentFormData`, `object`, or nothing. */
const encodeRequest = (request: RequestBody | undefined): string =>
  request === undefined ? '' : `${request.kind}${request.schema === undefined ? '' : `@${request.schema}`}`;

function decodeRequest(text: string): RequestBody | undefined {
  if (text === '') return undefined;
  const [kind, schema] = text.split('@');
  return { kind: kind as RequestBody['kind'], ...(schema !== undefined && { schema }) };
}

/** `array@Ticket`, `none`; with its status where that is not the usual one: `207:object@BulkResult`. */
function encodeResponse({ status, kind, schema }: ResponseBody, method: HttpMethod): string {
  const usual = status === USUAL_STATUS[method] ? '' : `${status}:`;
  return `${usual}${kind}${schema === undefined ? '' : `@${schema}`}`;
}

function decodeResponse(text: string, method: HttpMethod): ResponseBody {
  const [, status, kind = '', schema] = /^(?:(\d+):)?(\w+)(?:@(.*))?$/.exec(text) ?? [];
  return {
    status: status === undefined ? USUAL_STATUS[method] : Number(status),
    kind: kind as ResponseBody['kind'],
    ...(schema !== undefined && { schema }),
  };
}

/** Parameters beyond those that follow from path and method, comma-separated: `?type:string!=12`, `/reportId:string!`. */
function encodeParameter(parameter: Parameter, numbers: Numbering): string {
  const { name, type, required } = parameter;
  const values = parameter.enum === undefined ? '' : `=${enumNumber(numbers, parameter.enum)}`;
  return `${parameter.in === 'path' ? '/' : '?'}${name}:${type}${required ? '!' : ''}${values}`;
}

function decodeParameter(text: string, enums: DescriptionFile['enums']): Parameter {
  const [, place, name = '', type, required, values] = /^([/?])([^:]+):(\w+)(!?)(?:=(\d+))?$/.exec(text) ?? [];
  return {
    name,
    in: place === '/' ? 'path' : 'query',
    type: type as Parameter['type'],
    required: required === '!',
    ...(values !== undefined && { enum: enums[Number(values)] ?? [] }),
  };
}

/** Path parameters that the template itself tells: ids are integers, the rest strings. */
function templateParameters(path: string): Parameter[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map((match): Parameter => {
    const name = match[1] ?? '';
    return { name, in: 'path', type: /id$/i.test(name) ? 'integer' : 'string', required: true };
  });
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** The id that the document gives to nearly every operation: `GET /service/tickets/{id}` is `getServiceTicketsById`. */
export function usualId(method: string, path: string): string {
  const words = path
    .split('/')
    .map((segment) => (segment.startsWith('{') ? `By${capital(segment.slice(1, -1))}` : capital(segment)));
  return `${method.toLowerCase()}${words.join('')}`;
}

/** One operation as text, for its place under its path. */
function encodeOperation(operation: Operation, numbers: Numbering): string {
  const { id, method, path, pathParameters, queryParameters, request, response } = operation;
  const standard = new Set(method === 'GET' ? LIST_PARAMETERS.map(({ name }) => name) : []);
  const told = templateParameters(path);
  const extra = [
    ...pathParameters.filter((own) => told.find(({ name }) => name === own.name)?.type !== own.type),
    ...queryParameters.filter(({ name }) => !standard.has(name)),
  ];
  const parts = [
    method,
    encodeResponse(response, method),
    encodeRequest(request),
    extra.map((parameter) => encodeParameter(parameter, numbers)).join(','),
    id === usualId(method, path) ? '' : id,
    encodeVersions(operation, numbers).join(''),
  ];
  return parts.join('|').replace(/\|+$/, '');
}

/** Operations as text, those of one path together. */
export function encodeOperations(operations: Iterable<Operation>, numbers: Numbering): Record<string, string> {
  const paths: Record<string, string> = {};
  for (const operation of operations) {
    const before = paths[operation.path];
    const text = encodeOperation(operation, numbers);
    paths[operation.path] = before === undefined ? text : `${before} ${text}`;
  }
  return paths;
}

/** Method of an encoded operation, without decoding the rest. */
export function methodOf(text: string): HttpMethod {
  const end = text.indexOf('|');
  return (end < 0 ? text : text.slice(0, end)) as HttpMethod;
}

/** Id of an encoded operation, without decoding the rest. */
export const idOf = (path: string, text: string): string => text.split('|', 5)[4] || usualId(methodOf(text), path);

/** Since and until which version an operation is there, by their numbers in `versions`; without decoding the rest. */
export function lifeOf(text: string): { readonly since: number; readonly until: number } {
  const [, since, until] = /^(?:\+(\d+))?(?:-(\d+))?$/.exec(text.split('|', 6)[5] ?? '') ?? [];
  return { since: Number(since ?? 0), until: Number(until ?? Number.POSITIVE_INFINITY) };
}

/** The operation that `encodeOperation` wrote. */
export function decodeOperation(
  path: string,
  text: string,
  file: Pick<DescriptionFile, 'enums' | 'versions'>,
): Operation {
  const [, response = '', request = '', extra = ''] = text.split('|');
  const { since, until } = lifeOf(text);
  const method = methodOf(text);
  const extras = extra === '' ? [] : extra.split(',').map((parameter) => decodeParameter(parameter, file.enums));
  const body = decodeRequest(request);
  return {
    id: idOf(path, text),
    method,
    path,
    module: path.split('/')[1]?.toLowerCase() as Module,
    pathParameters: templateParameters(path).map(
      (own) => extras.find((parameter) => parameter.in === 'path' && parameter.name === own.name) ?? own,
    ),
    queryParameters: [...(method === 'GET' ? LIST_PARAMETERS : []), ...extras.filter((one) => one.in === 'query')],
    ...(body && { request: body }),
    response: decodeResponse(response, method),
    ...(since > 0 && { since: file.versions?.[since] }),
    ...(file.versions?.[until] !== undefined && { until: file.versions[until] }),
  };
}

/** All fields of a schema as text. A member may occur again, as a later version has it. */
export function encodeSchema(fields: Iterable<readonly [string, Field]>, numbers: Numbering): string {
  return [...fields].map(([name, field]) => `${name} ${encodeField(field, numbers)}`).join('|');
}

/**
 * The schema that `encodeSchema` wrote, as the version of a number has it; all that any version has when it is left out.
 * @returns nothing where none of its members is there yet
 */
export function decodeSchema(name: string, file: DescriptionFile, version?: number): Schema | undefined {
  const texts = (file.schemas[name] ?? '').split('|').filter((text) => text !== '');
  const number = (said: string | undefined): number => (said === undefined ? 0 : (file.versions?.indexOf(said) ?? 0));
  const fields = new Map<string, Field>();
  for (const text of texts) {
    const [member = '', code = ''] = text.split(' ', 2);
    const field = decodeField(code, file);
    if (version !== undefined && number(field.since) > version) continue;
    if (version !== undefined && field.until !== undefined && number(field.until) <= version) continue;
    // A member that changed is there since it first was.
    const before = fields.get(member);
    fields.set(member, before === undefined ? field : { ...field, since: before.since });
  }
  return fields.size === 0 && texts.length > 0 ? undefined : { name, fields };
}
