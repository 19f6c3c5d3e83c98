import { describe, expect, it } from 'vitest';
import { closest } from '../../src/catalog/closest.ts';
import { resolvePath } from '../../src/catalog/fields.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { MODULES } from '../../src/catalog/model.ts';

const catalog = loadCatalog();

/** GET, POST, PUT, DELETE, PATCH of each module in the 2022.1 document. */
const COUNTS: Readonly<Record<string, readonly number[]>> = {
  company: [256, 57, 57, 49, 56],
  configurations: [8, 0, 0, 0, 0],
  expense: [28, 5, 3, 3, 3],
  finance: [211, 43, 39, 40, 40],
  marketing: [45, 11, 11, 11, 11],
  procurement: [164, 37, 34, 34, 33],
  project: [73, 18, 14, 15, 14],
  sales: [102, 29, 23, 23, 23],
  schedule: [47, 10, 9, 6, 9],
  service: [194, 42, 34, 32, 34],
  system: [374, 82, 70, 60, 69],
  time: [66, 17, 12, 12, 12],
};

describe('the catalog', () => {
  it('has all 2,814 operations on 1,647 paths and all 771 schemas', () => {
    expect(catalog.operations).toHaveLength(2814);
    expect(new Set(catalog.operations.map(({ path }) => path)).size).toBe(1647);
    expect(catalog.schemas.size).toBe(771);
  });

  it.each(MODULES)('has every operation of %s', (module) => {
    const counts = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'].map(
      (method) =>
        catalog.operations.filter((operation) => operation.module === module && operation.method === method).length,
    );
    expect(counts).toEqual(COUNTS[module]);
  });

  it('has request bodies of every kind', () => {
    const kinds: Record<string, number> = {};
    for (const { method, request } of catalog.operations) {
      const kind = `${method} ${request?.kind ?? 'none'}`;
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    }
    expect(kinds).toEqual({
      'GET none': 1568,
      'POST object': 321,
      'POST array': 2,
      'POST multipart': 2,
      'POST none': 26,
      'PUT object': 303,
      'PUT array': 3,
      'PATCH patch': 304,
      'DELETE none': 283,
      'DELETE object': 2,
    });
  });

  it('points only at schemas that exist', () => {
    const named = catalog.operations.flatMap(({ request, response }) => [request?.schema, response.schema]);
    const fields = [...catalog.schemas.values()].flatMap(({ fields }) => [...fields.values()]);
    const inner = fields.flatMap((field) => [field.schema, field.items?.schema]);
    const missing = [...named, ...inner].filter((name) => name !== undefined && catalog.schema(name) === undefined);
    expect(missing).toEqual([]);
  });

  it('has no garbled path left', () => {
    expect(catalog.operations.filter(({ path }) => !/^(\/[A-Za-z0-9]+|\/\{[A-Za-z]+\})+\/?$/.test(path))).toEqual([]);
    expect(catalog.find('GET /system/members/{memberIdentifier}')).toBeDefined();
  });

  it('declares a path parameter for each placeholder and nothing else', () => {
    for (const operation of catalog.operations) {
      const names = [...operation.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]);
      expect(operation.pathParameters.map(({ name }) => name)).toEqual(names);
    }
    const defaults = catalog.find('GET /company/contacts/default');
    expect(defaults?.queryParameters.map(({ name }) => name)).toContain('companyId');
  });

  it('knows the facts of a ticket, the supplement included', () => {
    const ticket = catalog.schema('Ticket')?.fields;
    expect(ticket?.get('summary')).toEqual({ type: 'string', maxLength: 100, required: true });
    expect(ticket?.get('company')).toEqual({ type: 'reference', schema: 'CompanyReference', required: true });
    expect(ticket?.get('severity')).toMatchObject({ enum: ['Low', 'Medium', 'High'], requiredOnUpdate: true });
    expect(ticket?.get('requiredDate')?.type).toBe('datetime');
    expect(ticket?.get('customFields')).toMatchObject({
      type: 'array',
      items: { type: 'object', schema: 'CustomFieldValue' },
    });
  });

  it('drops what newer documents no longer require', () => {
    expect(catalog.schema('CommunicationType')?.fields.get('iphoneXref')?.required).toBeUndefined();
  });
});

describe('finding an operation', () => {
  it('goes by id, or by method and template in any spelling', () => {
    const operation = catalog.find('getServiceTicketsById');
    expect(operation).toMatchObject({
      method: 'GET',
      path: '/service/tickets/{id}',
      response: { status: 200, kind: 'object' },
    });
    expect(catalog.find('get /Service/Tickets/{ticketId}/')).toBe(operation);
    expect(catalog.find('GET /service/ticketz/{id}')).toBeUndefined();
  });

  it('matches concrete paths, literal segments first', () => {
    expect(catalog.match('GET', '/service/tickets/count')?.operation.path).toBe('/service/tickets/count');
    expect(catalog.match('GET', '/SERVICE/tickets/4711/')).toMatchObject({ pathValues: { id: '4711' } });
    expect(catalog.match('GET', '/service/boards/4/statuses/17')?.pathValues).toEqual({ parentId: '4', id: '17' });
    expect(catalog.match('GET', '/service/nothing')).toBeUndefined();
    expect([...catalog.methodsOf('/system/members/5')].sort()).toEqual(['GET', 'PATCH', 'PUT']);
  });

  it('finds every operation again from its own template', () => {
    for (const operation of catalog.operations) {
      const concrete = operation.path.replace(/\{[^}]+\}/g, '7');
      const found = catalog.match(operation.method, concrete)?.operation;
      const normal = (path: string | undefined): string =>
        (path ?? '')
          .toLowerCase()
          .replace(/\{[^}]+\}/g, '{}')
          .replace(/\/$/, '');
      expect(normal(found?.path)).toBe(normal(operation.path));
    }
  });
});

describe('resolving a field path', () => {
  const resolve = (schema: string, path: string) => resolvePath(catalog, schema, path.split('/'));

  it('goes through references in any letter case', () => {
    expect(resolve('Ticket', 'Board/NAME')).toMatchObject({ kind: 'scalar', path: ['board', 'name'] });
    expect(resolve('Ticket', 'company')).toMatchObject({ kind: 'reference' });
    expect(resolve('Ticket', 'LastUpdated')).toMatchObject({ kind: 'scalar', field: { type: 'datetime' } });
    expect(resolve('Ticket', 'configuration/id')).toMatchObject({ kind: 'scalar', field: { type: 'integer' } });
  });

  it('says when the path enters an array or a custom field', () => {
    expect(resolve('Contact', 'communicationItems/value')).toMatchObject({
      kind: 'array',
      array: ['communicationItems'],
    });
    expect(resolve('Contact', 'types/name')).toMatchObject({ kind: 'array', field: { type: 'string' } });
    expect(resolve('Ticket', 'customFields/id')).toEqual({ kind: 'customField' });
  });

  it('names the closest member for an unknown one', () => {
    expect(resolve('Ticket', 'sumary')).toMatchObject({ kind: 'unknown', segment: 'sumary', closest: ['summary'] });
    expect(resolve('Ticket', 'board/nam')).toMatchObject({ kind: 'unknown', closest: ['name'] });
  });
});

describe('closest', () => {
  it('forgives slips, separators and letter case', () => {
    expect(closest('company_id', ['companyId', 'contactId'])[0]).toBe('companyId');
    expect(closest('sumamry', ['summary', 'status'])).toEqual(['summary']);
    expect(closest('Hlep Desk', ['Help Desk', 'Projects'])).toEqual(['Help Desk']);
    expect(closest('zzzz', ['summary'])).toEqual([]);
  });
});
