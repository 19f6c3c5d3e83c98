import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSourceTypes } from '../../scripts/description/source-types.ts';
import { correct } from '../../src/api/import/corrections.ts';
import { NO_LONGER_REQUIRED, REQUIRED_SUPPLEMENT } from '../../src/api/import/required.ts';
import type { SourceField } from '../../src/api/import/source.ts';
import { loadApi } from '../../src/api/load.ts';
import { MODULES } from '../../src/api/model.ts';

// The 2022.1 document, counted by hand and by other means than ours; and what we correct in it.

const api = loadApi().at('2022.1');
const types = join(
  dirname(createRequire(import.meta.url).resolve('connectwise-rest/package.json')),
  'src/ManageTypes.ts',
);
const text = readFileSync(types, 'utf8');
const document = readSourceTypes(text);

/** GET, POST, PUT, DELETE, PATCH, and paths of each module. */
const COUNTS: Readonly<Record<string, readonly number[]>> = {
  company: [256, 57, 57, 49, 56, 267],
  configurations: [8, 0, 0, 0, 0, 8],
  expense: [28, 5, 3, 3, 3, 30],
  finance: [211, 43, 39, 40, 40, 217],
  marketing: [45, 11, 11, 11, 11, 45],
  procurement: [164, 37, 34, 34, 33, 169],
  project: [73, 18, 14, 15, 14, 76],
  sales: [102, 29, 23, 23, 23, 109],
  schedule: [47, 10, 9, 6, 9, 51],
  service: [194, 42, 34, 32, 34, 203],
  system: [374, 82, 70, 60, 69, 400],
  time: [66, 17, 12, 12, 12, 72],
};

/** How often each key occurs. */
function tally(keys: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

describe('the document', () => {
  const members = [...document.schemas].flatMap(([schema, fields]) =>
    [...fields].map(([name, field]) => ({ schema, name, field })),
  );
  const scalar = (field: SourceField): SourceField => field.items ?? field;
  // The document's only intersection; counts that were made without it are one or two lower.
  const plain = members.filter(({ schema }) => schema !== 'LdapConfigurationTestLink');

  it('is read completely', () => {
    expect(document.operations).toHaveLength(2814);
    expect(document.schemas.size).toBe(771);
    expect(plain).toHaveLength(7401);
    expect(members).toHaveLength(7403);
  });

  it('gives every annotation', () => {
    const count = (is: (field: SourceField) => unknown): number => plain.filter(({ field }) => is(field)).length;
    expect(count((field) => scalar(field).maxLength)).toBe(739);
    expect(count((field) => field.nullable)).toBe(2652);
    expect(count((field) => field.type === 'array')).toBe(158);
    expect(count((field) => field.type === 'ref')).toBe(1234);
    expect(count((field) => field.requiredOnUpdate)).toBe(29);
    expect(count((field) => field.required)).toBe(406);
    expect(new Set(plain.filter(({ field }) => field.required).map(({ schema }) => schema)).size).toBe(239);
  });

  it('gives every enumeration', () => {
    const marked = text.slice(0, text.indexOf('export interface operations')).match(/@enum/g)?.length;
    expect(members.filter(({ field }) => scalar(field).enum !== undefined)).toHaveLength(marked ?? 0);
  });

  it('gives every format', () => {
    const written = tally([...text.matchAll(/Format: ([a-z0-9-]+)/g)].map((match) => match[1] ?? ''));
    expect(written).toEqual({ binary: 1, date: 4, 'date-time': 116, double: 445, int32: 1102, uuid: 18 });
    expect(Object.values(written).reduce((sum, count) => sum + count)).toBe(1686);
    const read = tally(members.map(({ field }) => scalar(field).format ?? scalar(field).type));
    expect(read).toMatchObject({ binary: 1, datetime: 120, integer: 1102, uuid: 18 });
  });

  it('gives every body and every answer', () => {
    const requests = document.operations.map(({ method, request }) => {
      if (request === undefined) return `${method} none`;
      return `${method} ${request.contentType.startsWith('multipart') ? 'multipart' : request.value.type}`;
    });
    expect(tally(requests)).toEqual({
      'GET none': 1568,
      'POST ref': 321,
      'POST array': 2,
      'POST multipart': 1,
      'POST none': 27,
      'PUT ref': 303,
      'PUT array': 3,
      'PATCH array': 303,
      'PATCH none': 1,
      'DELETE ref': 2,
      'DELETE none': 283,
    });
    expect(tally(document.operations.map(({ method, response }) => `${method} ${response.status}`))).toEqual({
      'GET 200': 1568,
      'POST 201': 288,
      'POST 200': 56,
      'POST 204': 4,
      'POST 207': 2,
      'POST NaN': 1,
      'PUT 200': 303,
      'PUT 207': 3,
      'PATCH 200': 304,
      'DELETE 204': 278,
      'DELETE 200': 4,
      'DELETE 207': 3,
    });
  });
});

describe('the catalog', () => {
  it('has all 2,814 operations on 1,647 paths and all 771 schemas', () => {
    expect(api.operations).toHaveLength(2814);
    expect(new Set(api.operations.map(({ id }) => id)).size).toBe(2814);
    expect(new Set(api.operations.map(({ path }) => path)).size).toBe(1647);
    expect(api.schemas.size).toBe(771);
    expect([...api.schemas.values()].reduce((sum, { fields }) => sum + fields.size, 0)).toBe(7402);
  });

  it.each(MODULES)('has every operation of %s', (module) => {
    const own = api.operations.filter((operation) => operation.module === module);
    const methods = tally(own.map(({ method }) => method));
    const counts = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'].map((method) => methods[method] ?? 0);
    expect([...counts, new Set(own.map(({ path }) => path)).size]).toEqual(COUNTS[module]);
  });

  it('points only at schemas that exist', () => {
    const named = api.operations.flatMap(({ request, response }) => [request?.schema, response.schema]);
    const fields = [...api.schemas.values()].flatMap((schema) => [...schema.fields.values()]);
    const inner = fields.flatMap((field) => [field.schema, field.items?.schema]);
    const missing = [...named, ...inner].filter((name) => name !== undefined && api.schema(name) === undefined);
    expect(missing).toEqual([]);
  });

  it('says exactly what the corrected document says', () => {
    const corrected = correct(readSourceTypes(text), { strict: true }).source;
    for (const [name, fields] of corrected.schemas) {
      const decoded = api.schema(name)?.fields;
      expect([...(decoded?.keys() ?? [])]).toEqual([...fields.keys()]);
      for (const [member, { type, items, schema, ...facts }] of fields) {
        const field = decoded?.get(member);
        expect(field).toMatchObject({ ...facts, ...(schema !== undefined && { schema }) });
        if (type !== 'ref') expect(field?.type).toBe(type);
        if (items !== undefined) expect(field?.items).toMatchObject({ ...(items.enum && { enum: items.enum }) });
      }
    }
    for (const { id, method, path, parameters } of corrected.operations) {
      const operation = api.find(`${method} ${path}`);
      expect(operation).toMatchObject({ id, method, path });
      expect(api.find(id)).toBe(operation);
      const names = [...(operation?.pathParameters ?? []), ...(operation?.queryParameters ?? [])].map(
        ({ name }) => name,
      );
      expect([...new Set(names)].sort()).toEqual([...new Set(parameters.map(({ name }) => name))].sort());
    }
  });
});

describe('the corrections', () => {
  it('leave no garbled path', () => {
    expect(api.operations.filter(({ path }) => !/^(\/[A-Za-z0-9]+|\/\{[A-Za-z]+\})+\/?$/.test(path))).toEqual([]);
    expect(api.find('getSystemMembersByMemberIdentifier')?.path).toBe('/system/members/{memberIdentifier}');
    expect(api.find('getSystemInfoMembersByMemberIdentifier')).toBeDefined();
    expect(api.find('GET /system/workflows/userdefinedfields/events/{grandparentId}/actions/{parentId}')).toBeDefined();
  });

  it('make query parameters of what has no place in the path', () => {
    for (const operation of api.operations) {
      const names = [...operation.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]);
      expect(operation.pathParameters.map(({ name }) => name)).toEqual(names);
      const query = operation.queryParameters.map(({ name }) => name);
      expect(new Set(query).size).toBe(query.length);
    }
    const queryOf = (key: string) => api.find(key)?.queryParameters.slice(-3);
    expect(queryOf('GET /company/contacts/default')?.at(-1)).toMatchObject({ name: 'companyId', type: 'integer' });
    expect(queryOf('DELETE /company/contacts/{id}')).toEqual([
      { name: 'transferContactId', in: 'query', type: 'integer', required: false },
    ]);
    expect(queryOf('GET /system/audittrail')).toMatchObject([
      { name: 'type', required: true, enum: expect.arrayContaining(['Ticket', 'Time']) },
      { name: 'id', type: 'integer' },
      { name: 'deviceIdentifier', type: 'string' },
    ]);
  });

  it('describe bodies and answers as their neighbours are described', () => {
    const count = { status: 200, kind: 'object', schema: 'Count' };
    expect(api.find('GET /schedule/calendars/count')?.response).toEqual(count);
    expect(api.find('GET /sales/opportunities/{parentId}/notes/count')?.response).toEqual(count);
    const bulk = api.operations.filter(({ response }) => response.status === 207);
    expect(bulk.map(({ response }) => response.schema)).toEqual(Array(8).fill('BulkResult'));
    expect(api.find('DELETE /company/configurations/bulk')?.request?.schema).toBe('IdCollection');
    expect(api.find('POST /system/documents/{id}')?.request?.kind).toBe('multipart');
    expect(api.find('POST /system/members/{memberIdentifier}/tokens')?.request).toEqual({ kind: 'object' });
    const testLink = api.schema('LdapConfigurationTestLink')?.fields;
    expect([...(testLink ?? [])]).toEqual([['server', { type: 'string', required: true, maxLength: 200 }]]);
  });

  it('know which operations answer with bytes', () => {
    const files = api.operations.filter(({ response }) => response.kind === 'file').map(({ path }) => path);
    expect(files).toEqual([
      '/company/contacts/{id}/image',
      '/company/management/{id}/log/download',
      '/finance/invoices/{id}/pdf',
      '/service/priorities/{id}/image',
      '/system/documents/{id}/download',
      '/system/documents/{id}/thumbnail',
      '/system/documents/uploadsample',
      '/system/members/{id}/image',
      '/system/menuentries/{id}/image',
    ]);
  });

  it('require what newer documents require, wherever 2022.1 has the member', () => {
    const all = Object.entries(REQUIRED_SUPPLEMENT).flatMap(([schema, names]) =>
      names.map((name) => ({ name: `${schema}.${name}`, field: api.schema(schema)?.fields.get(name) })),
    );
    expect(all.filter(({ field }) => field?.required !== true).map(({ name }) => name)).toEqual([
      'MemberPersona.personaId',
    ]);
    const dropped = Object.entries(NO_LONGER_REQUIRED).flatMap(([schema, names]) =>
      names.map((name) => api.schema(schema)?.fields.get(name)),
    );
    expect(dropped).toHaveLength(8);
    expect(dropped.every((field) => field !== undefined && field.required === undefined)).toBe(true);
  });

  it('ask no more of a ticket than summary and company', () => {
    const ticket = [...(api.schema('Ticket')?.fields ?? [])];
    expect(ticket.filter(([, field]) => field.required).map(([name]) => name)).toEqual(['summary', 'company']);
    expect(ticket.filter(([, field]) => field.requiredOnUpdate).map(([name]) => name)).toEqual(['severity', 'impact']);
    expect(api.schema('Contact')?.fields.get('firstName')?.required).toBe(true);
    expect(api.schema('ScheduleEntry')?.fields.get('type')?.required).toBe(true);
  });
});
