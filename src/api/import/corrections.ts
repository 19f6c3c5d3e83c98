import { usualId } from '../encoding.ts';
import { NO_LONGER_REQUIRED, REQUIRED_SUPPLEMENT } from './required.ts';
import type { Source, SourceBody, SourceField, SourceOperation, SourceParameter } from './source.ts';

/** What the document has wrong about paths, why, and what is right. The operation ids follow. */
const PATHS: readonly { wrong: string; right: string; reason: string }[] = [
  {
    wrong: '/system/info/members/{memberIdentifier:regex(^(types. |(',
    right: '/system/info/members/{memberIdentifier}',
    reason: 'A route constraint was cut in the middle; it serves a member by identifier.',
  },
  {
    wrong: '/system/members/{memberIdentifier:regex(^(types. |(',
    right: '/system/members/{memberIdentifier}',
    reason: 'A route constraint was cut in the middle; it serves a member by identifier.',
  },
  {
    wrong: '/system/workflows/userdefinedfields/events{grandparentId}/actions/{parentId}',
    right: '/system/workflows/userdefinedfields/events/{grandparentId}/actions/{parentId}',
    reason: 'The slash before the parameter is missing.',
  },
];

const json = (value: SourceField): SourceBody => ({ contentType: 'application/json', value });
const schema = (name: string): SourceField => ({ type: 'ref', schema: name });

interface BodyCorrection {
  readonly operation: string;
  readonly request?: SourceBody;
  readonly status?: number;
  readonly response?: SourceBody;
  readonly reason: string;
}

/** Bodies and answers that the document leaves out or mixes up. */
const BODIES: readonly BodyCorrection[] = [
  {
    operation: 'POST /system/documents/{id}',
    request: { contentType: 'multipart/form-data', value: schema('DocumentFormData') },
    reason: 'An update of a document takes the same form as its upload.',
  },
  {
    operation: 'POST /project/ticketNote/{id}/markAs/',
    status: 204,
    reason: 'The document says "Responses cannot be located for this operation."',
  },
  {
    operation: 'POST /system/members/{memberIdentifier}/tokens',
    request: json({ type: 'object' }),
    reason: 'Clients in production send {"memberIdentifier": ...}; the document has no body and no schema for it.',
  },
  {
    operation: 'DELETE /company/configurations/bulk',
    request: json(schema('IdCollection')),
    reason: 'Without a body it could not say what to delete; the two other bulk deletions take an IdCollection.',
  },
  ...['POST', 'PUT'].map((method) => ({
    operation: `${method} /company/configurations/bulk`,
    response: json(schema('BulkResult')),
    reason:
      'A 207 answer is a BulkResult, as the other bulk operations say; the document names a single configuration.',
  })),
  ...['/sales/opportunities/{parentId}/notes/count', '/schedule/calendars/count', '/schedule/calendars/info/count'].map(
    (path) => ({
      operation: `GET ${path}`,
      response: json(schema('Count')),
      reason: 'All other counts answer {"count": N}; the document names the counted record here.',
    }),
  ),
];

/** Query parameters that work and that the document does not have. */
const QUERY: readonly { operation: string; parameter: SourceParameter; reason: string }[] = [
  {
    operation: 'GET /system/reports/{reportName}',
    parameter: { name: 'columns', in: 'query', type: 'string', required: false },
    reason: 'Reports choose their columns with this in place of `fields`.',
  },
];

/** Members that hold whatever fits the question: a text, a number, a date, true or false. The document calls them objects. */
const ANY_VALUE: readonly { schema: string; member: string }[] = [
  { schema: 'CustomFieldValue', member: 'value' },
  { schema: 'ConfigurationQuestion', member: 'answer' },
  { schema: 'SurveyResultDetail', member: 'answer' },
  { schema: 'PatchOperation', member: 'value' },
];

/** `getRequest` stands for the members of a schema, which are query parameters of their own. */
const AUDIT_TRAIL_SCHEMA = 'AuditTrailEntryGetRequest';

function auditTrailParameters(source: Source): SourceParameter[] {
  return [...(source.schemas.get(AUDIT_TRAIL_SCHEMA) ?? [])].map(([name, field]) => ({
    name,
    in: 'query',
    type: field.type === 'integer' ? 'integer' : 'string',
    required: name === 'type',
    ...(field.enum && { enum: field.enum }),
  }));
}

function correctParameters(operation: SourceOperation, source: Source): SourceParameter[] {
  const placeholders = new Set([...operation.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]));
  const corrected = operation.parameters.flatMap((parameter): SourceParameter[] => {
    if (parameter.name === 'getRequest') return auditTrailParameters(source);
    // Declared as path parameters, though the path has no place for them: they are query parameters.
    if (parameter.in === 'path' && !placeholders.has(parameter.name)) {
      return [{ ...parameter, in: 'query', required: false }];
    }
    return [parameter];
  });
  for (const name of placeholders) {
    if (name !== undefined && !corrected.some((parameter) => parameter.in === 'path' && parameter.name === name)) {
      corrected.push({ name, in: 'path', type: /id$/i.test(name) ? 'integer' : 'string', required: true });
    }
  }
  return corrected;
}

function correctOperation(raw: SourceOperation, source: Source): SourceOperation {
  const path = PATHS.find(({ wrong }) => wrong === raw.path)?.right;
  const operation = { ...raw, ...(path !== undefined && { path, id: usualId(raw.method, path) }) };
  const key = `${operation.method} ${operation.path}`;
  const added = QUERY.filter(
    ({ operation: one, parameter }) => one === key && !operation.parameters.some(({ name }) => name === parameter.name),
  ).map(({ parameter }) => parameter);
  operation.parameters = [...correctParameters(operation, source), ...added];
  const body = BODIES.find((one) => one.operation === key);
  if (body?.request !== undefined) operation.request = body.request;
  if (body?.status !== undefined) operation.response = { ...operation.response, status: body.status };
  if (body?.response !== undefined) operation.response = { ...operation.response, body: body.response };
  return operation;
}

/** Members of the supplement that 2022.1 does not have are skipped: a body must not carry what the version does not know. */
function setRequired(source: Source, schemaName: string, name: string, required: boolean): 0 | 1 {
  const field = source.schemas.get(schemaName)?.get(name);
  if (field === undefined || (field.required === true) === required) return 0;
  if (required) field.required = true;
  else delete field.required;
  return 1;
}

/** The document requires `Server` of `{server?: string}` and so gives an intersection: the one member is required. */
function correctTestLink(source: Source): void {
  const link = source.schemas.get('LdapConfigurationTestLink');
  const server = link?.get('server');
  if (server === undefined || link?.get('Server') === undefined) return;
  server.required = true;
  link.delete('Server');
}

export interface Corrected {
  readonly source: Source;
  /** What was mended, a line each. */
  readonly repairs: readonly string[];
}

/**
 * The source with its known mistakes mended. Of the document that the product is built from every correction has to find what it
 * corrects (`strict`); other versions have some of the mistakes, and members that the supplement names only where they exist.
 * @throws when a correction of the strict document finds nothing
 */
export function correct(source: Source, { strict }: { strict: boolean }): Corrected {
  const operations = source.operations.map((operation) => correctOperation(operation, source));
  const repairs = operations.flatMap((operation, index) => differences(source.operations[index], operation));
  const keys = new Set(operations.map(({ method, path }) => `${method} ${path}`));
  const lost = [...BODIES, ...QUERY].filter(({ operation }) => !keys.has(operation));
  if (strict && lost.length > 0)
    throw new Error(`Nothing to correct: ${lost.map(({ operation }) => operation).join(', ')}`);
  correctTestLink(source);
  for (const { schema: name, member } of ANY_VALUE) {
    const field = source.schemas.get(name)?.get(member);
    if (field !== undefined) field.format = 'any';
    else if (strict) throw new Error(`Nothing to correct: ${name}.${member}`);
  }
  let required = 0;
  for (const [name, fields] of Object.entries(REQUIRED_SUPPLEMENT)) {
    for (const field of fields) required += setRequired(source, name, field, true);
  }
  for (const [name, fields] of Object.entries(NO_LONGER_REQUIRED)) {
    for (const field of fields) required += setRequired(source, name, field, false);
  }
  if (required > 0) repairs.push(`${required} members marked as the server requires them`);
  return { source: { operations, schemas: source.schemas }, repairs };
}

/** What a correction did to an operation, in words. */
function differences(before: SourceOperation | undefined, after: SourceOperation): string[] {
  if (before === undefined) return [];
  const key = `${after.method} ${after.path}`;
  const moved = after.parameters.filter(
    ({ name, in: place }) =>
      place === 'query' && before.parameters.some((old) => old.name === name && old.in === 'path'),
  );
  return [
    ...(before.path === after.path ? [] : [`${before.path} is ${after.path}`]),
    ...moved.map(({ name }) => `${key}: ${name} is a query parameter, not one of the path`),
  ];
}
