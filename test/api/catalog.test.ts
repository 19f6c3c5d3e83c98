import { describe, expect, it } from 'vitest';
import { closest } from '../../src/api/closest.ts';
import { resolvePath } from '../../src/api/fields.ts';
import { loadApi } from '../../src/api/load.ts';

const api = loadApi();

describe('a schema', () => {
  it('knows the facts of a ticket, the supplement included', () => {
    const ticket = api.schema('Ticket')?.fields;
    expect(ticket?.get('summary')).toEqual({ type: 'string', maxLength: 100, required: true });
    expect(ticket?.get('company')).toEqual({ type: 'reference', schema: 'CompanyReference', required: true });
    expect(ticket?.get('severity')).toMatchObject({ enum: ['Low', 'Medium', 'High'], requiredOnUpdate: true });
    expect(ticket?.get('requiredDate')?.type).toBe('datetime');
    expect(ticket?.get('customFields')).toMatchObject({
      type: 'array',
      items: { type: 'object', schema: 'CustomFieldValue' },
    });
  });
});

describe('finding an operation', () => {
  it('goes by id, or by method and template in any spelling', () => {
    const operation = api.find('getServiceTicketsById');
    expect(operation).toMatchObject({
      method: 'GET',
      path: '/service/tickets/{id}',
      response: { status: 200, kind: 'object' },
    });
    expect(api.find('get /Service/Tickets/{ticketId}/')).toBe(operation);
    expect(api.find('GET /service/ticketz/{id}')).toBeUndefined();
  });

  it('matches concrete paths, literal segments first', () => {
    expect(api.match('GET', '/service/tickets/count')?.operation.path).toBe('/service/tickets/count');
    expect(api.match('GET', '/SERVICE/tickets/4711/')).toMatchObject({ pathValues: { id: '4711' } });
    expect(api.match('GET', '/service/boards/4/statuses/17')?.pathValues).toEqual({ parentId: '4', id: '17' });
    expect(api.match('GET', '/service/nothing')).toBeUndefined();
    expect([...api.methodsOf('/system/members/5')].sort()).toEqual(['GET', 'PATCH', 'PUT']);
  });

  it('tells a member by id from a member by identifier', () => {
    const byId = api.find('GET /system/members/{id}');
    const byIdentifier = api.find('GET /system/members/{memberIdentifier}');
    expect(byId?.id).toBe('getSystemMembersById');
    expect(byIdentifier?.id).toBe('getSystemMembersByMemberIdentifier');
    expect(api.match('GET', '/system/members/12')).toEqual({ operation: byId, pathValues: { id: '12' } });
    expect(api.match('GET', '/system/members/j%20doe')).toEqual({
      operation: byIdentifier,
      pathValues: { memberIdentifier: 'j doe' },
    });
    expect(api.match('GET', '/company/companies/search')).toBeUndefined();
    expect(api.methodsOf('/company/companies/search')).toEqual([]);
  });

  it('knows nothing of names that every object has', () => {
    expect(api.find('constructor')).toBeUndefined();
    expect(api.find('GET constructor')).toBeUndefined();
    expect(api.schema('constructor')).toBeUndefined();
  });

  it('finds every operation again from its own template', () => {
    for (const operation of api.operations) {
      const concrete = operation.path.replace(/\{[^}]+\}/g, '7');
      const found = api.match(operation.method, concrete)?.operation;
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
  const resolve = (schema: string, path: string) => resolvePath(api, schema, path.split('/'));

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
