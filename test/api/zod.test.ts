import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadApi } from '../../src/api/load.ts';
import { bodySchema, pathSchema, querySchema } from '../../src/api/zod.ts';

type Json = Record<string, unknown>;

const api = loadApi();

function found(key: string) {
  const operation = api.find(key);
  if (operation === undefined) throw new Error(`${key} is not in the catalog`);
  return operation;
}

function bodyOf(key: string): z.ZodType {
  const schema = bodySchema(found(key), api);
  if (schema === undefined) throw new Error(`${key} takes no body`);
  return schema;
}

const refused = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ code, path }) => `${code} ${path.join('/')}`) ?? [];

/** Whatever some client fails at, with its place: a keyword, or something that has no type. */
function unsafe(schema: Json, at: string): string[] {
  const problems: string[] = [];
  const say = (what: string): unknown => problems.push(`${at}: ${what}`);
  if ('$ref' in schema || '$defs' in schema) say('$ref');
  if ('exclusiveMinimum' in schema || 'exclusiveMaximum' in schema) say('exclusive bound');
  const choices = schema.anyOf as Json[] | undefined;
  if (Array.isArray(schema.type)) say('list of types');
  else if (schema.type === undefined && choices === undefined) say('no type');
  if (schema.type === 'array' && schema.items === undefined) say('array without items');
  const properties = schema.properties as Record<string, Json> | undefined;
  if (properties !== undefined && at !== 'query' && at !== 'path' && Object.keys(properties).length === 0)
    say('empty properties');
  const inner = [
    ...Object.entries(properties ?? {}),
    ...(choices ?? []).map((choice, index) => [String(index), choice] as const),
    ...(schema.items === undefined ? [] : [['[]', schema.items as Json] as const]),
  ];
  return [...problems, ...inner.flatMap(([name, part]) => unsafe(part, `${at}/${name}`))];
}

describe('zod schemas on demand', () => {
  it('are safe for every client, for path, query and body of all 3,060 operations', () => {
    let walked = 0;
    const problems: string[] = [];
    for (const operation of api.operations) {
      const parts = {
        path: pathSchema(operation),
        query: querySchema(operation),
        body: bodySchema(operation, api),
      };
      for (const [name, schema] of Object.entries(parts)) {
        if (schema === undefined) continue;
        const found = unsafe(z.toJSONSchema(schema, { io: 'input' }) as Json, name);
        problems.push(...found.map((problem) => `${operation.id} ${problem}`));
      }
      walked += 1;
    }
    expect(walked).toBe(3060);
    expect(problems).toEqual([]);
  });

  it('are built once', () => {
    const operation = found('POST /service/tickets');
    expect(bodySchema(operation, api)).toBe(bodySchema(operation, api));
    expect(bodySchema(found('GET /service/tickets'), api)).toBeUndefined();
  });

  it('hold the members of the version that is asked for, also where two share the newest', () => {
    const catalog = found('POST /procurement/catalog');
    const item = {
      identifier: 'X',
      description: 'X',
      subcategory: { id: 1 },
      type: { id: 1 },
      customerDescription: 'X',
    };
    const ofAll = bodySchema(catalog, api);
    const ofNewest = bodySchema(catalog, api.at(api.version));
    expect(ofNewest?.safeParse(item).success).toBe(true);
    expect(refused(ofNewest ?? z.never(), { ...item, dateEntered: 'X' })).toEqual(['unrecognized_keys ']);
    expect(ofAll?.safeParse({ ...item, dateEntered: 'X' }).success).toBe(true);
  });

  it('take a record as it was read, and refuse what Manage would refuse', () => {
    const ticket = bodyOf('POST /service/tickets');
    const company = { id: 2, identifier: 'Acme', _info: { company_href: 'https://na.example/2' } };
    expect(refused(ticket, { summary: 'VPN is down', company, site: null, _info: { updatedBy: 'jdoe' } })).toEqual([]);
    expect(refused(ticket, { summary: 'VPN is down' })).toEqual(['invalid_type company']);
    expect(refused(ticket, { summary: 'x', company, sumary: 'y' })).toEqual(['unrecognized_keys ']);
    expect(refused(ticket, { summary: 'x'.repeat(101), company })).toEqual(['too_big summary']);
    expect(refused(ticket, { summary: 'x', company, severity: 'high' })).toEqual(['invalid_value severity']);
    expect(refused(ticket, { summary: 'x', company, requiredDate: '2026-03-04' })).toEqual([
      'invalid_format requiredDate',
    ]);
    expect(refused(ticket, { summary: 'x', company, customFields: [{ id: 3, value: 'blue' }] })).toEqual([]);
  });

  it('ask PUT for more than POST, and PATCH for a list of steps', () => {
    const company = { id: 2 };
    expect(refused(bodyOf('PUT /service/tickets/{id}'), { summary: 'x', company })).toEqual([
      'invalid_value severity',
      'invalid_value impact',
    ]);
    const patch = bodyOf('PATCH /service/tickets/{id}');
    const steps = [
      { op: 'replace', path: 'company', value: { id: 3 } },
      { op: 'replace', path: 'customFields', value: [{ id: 3, value: 'blue' }] },
      { op: 'replace', path: 'contact', value: null },
      { op: 'remove', path: 'site' },
    ];
    expect(refused(patch, steps)).toEqual([]);
    expect(refused(patch, steps[0])).toEqual(['invalid_type ']);
    expect(refused(patch, [{ op: 'change', path: 'company' }])).toEqual(['invalid_value 0/op']);
  });

  it('know the enumerations of query parameters', () => {
    const query = querySchema(found('GET /system/documents'));
    expect(refused(query, { recordType: 'Ticket', recordId: 5, pageSize: 3 })).toEqual([]);
    expect(refused(query, { recordType: 'ticket', record: 5 })).toEqual([
      'invalid_value recordType',
      'unrecognized_keys ',
    ]);
    expect(refused(pathSchema(found('GET /system/members/{memberIdentifier}')), { memberIdentifier: 'jdoe' })).toEqual(
      [],
    );
  });
});
