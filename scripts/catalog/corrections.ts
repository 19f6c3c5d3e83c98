import { NO_LONGER_REQUIRED, REQUIRED_SUPPLEMENT } from './required.ts';
import type { Source, SourceOperation } from './source-types.ts';

/** Paths that the document garbles, and what they are. */
const PATHS: Readonly<Record<string, string>> = {
  // A route constraint was cut in the middle; both serve a member by identifier.
  '/system/info/members/{memberIdentifier:regex(^(types. |(': '/system/info/members/{memberIdentifier}',
  '/system/members/{memberIdentifier:regex(^(types. |(': '/system/members/{memberIdentifier}',
  // The slash before the parameter is missing.
  '/system/workflows/userdefinedfields/events{grandparentId}/actions/{parentId}':
    '/system/workflows/userdefinedfields/events/{grandparentId}/actions/{parentId}',
};

/** Bodies and answers that the document leaves out, described as the neighbouring operations are. */
const BODIES: Readonly<Record<string, { multipart?: string; status?: number; file?: boolean }>> = {
  // An update of a document takes the same form as its upload.
  'POST /system/documents/{id}': { multipart: 'DocumentFormData' },
  // "Responses cannot be located for this operation."
  'POST /project/ticketNote/{id}/markAs/': { status: 204 },
};

/** The members of `AuditTrailEntryGetRequest`, which the document passes off as one query parameter. */
const AUDIT_TRAIL_QUERY = ['type', 'id', 'deviceIdentifier'] as const;

function correctParameters(operation: SourceOperation): SourceOperation['parameters'] {
  const placeholders = new Set([...operation.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]));
  const corrected = operation.parameters.flatMap((parameter) => {
    if (parameter.name === 'getRequest') {
      return AUDIT_TRAIL_QUERY.map((name) => ({
        name,
        in: 'query' as const,
        type: name === 'id' ? ('integer' as const) : ('string' as const),
        required: name !== 'deviceIdentifier',
      }));
    }
    // Declared as path parameters, though the path has no place for them: they are query parameters.
    if (parameter.in === 'path' && !placeholders.has(parameter.name)) {
      return [{ ...parameter, in: 'query' as const, required: false }];
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

/** Documents are listed for one record; the source does not say so. */
const EXTRA_QUERY: Readonly<Record<string, readonly string[]>> = {
  'GET /system/documents': ['recordType', 'recordId'],
  'GET /system/documents/count': ['recordType', 'recordId'],
  'GET /system/reports/{reportName}': ['columns'],
};

/** The source with its known mistakes mended; nothing is added that the server does not have. */
export function correct(source: Source): Source {
  const operations = source.operations.map((raw) => {
    const path = PATHS[raw.path] ?? raw.path;
    const operation: SourceOperation = { ...raw, path };
    const key = `${operation.method} ${path}`;
    operation.parameters = correctParameters(operation);
    for (const name of EXTRA_QUERY[key] ?? []) {
      const type = name === 'recordId' ? 'integer' : 'string';
      operation.parameters.push({ name, in: 'query', type, required: false });
    }
    const body = BODIES[key];
    if (body?.multipart !== undefined) {
      operation.request = { contentType: 'multipart/form-data', value: { type: 'ref', schema: body.multipart } };
    }
    if (body?.status !== undefined) operation.response = { ...operation.response, status: body.status };
    return operation;
  });

  for (const [name, fields] of Object.entries(REQUIRED_SUPPLEMENT)) {
    for (const field of fields) setRequired(source, name, field, true);
  }
  for (const [name, fields] of Object.entries(NO_LONGER_REQUIRED)) {
    for (const field of fields) setRequired(source, name, field, false);
  }
  return { operations, schemas: source.schemas };
}

/** Members of the supplement that 2022.1 does not have are skipped: a body must not carry what the version does not know. */
function setRequired(source: Source, schema: string, name: string, required: boolean): void {
  const field = source.schemas.get(schema)?.get(name);
  if (field === undefined) return;
  if (required) field.required = true;
  else delete field.required;
}
