import { describe, expect, it } from 'vitest';
import type { ApiDescription } from '../../src/api/index.ts';
import { loadApi } from '../../src/api/load.ts';
import { compareVersions } from '../../src/api/versions.ts';

const whole = loadApi();
const at = (version: string): ApiDescription => whole.at(version);
const members = (api: ApiDescription): number =>
  [...api.schemas.values()].reduce((sum, { fields }) => sum + fields.size, 0);

describe('the description of several versions', () => {
  it.each([
    ['2022.1', 2814, 771, 7402],
    ['2025.1', 3053, 842, 8381],
    ['2026.4', 3055, 843, 8488],
  ])('has in %s %d operations and %d schemas', (version, operations, schemas, fields) => {
    const api = at(version);
    expect([api.version, api.operations.length, api.schemas.size, members(api)]).toEqual([
      version,
      operations,
      schemas,
      fields,
    ]);
    expect(new Set(api.operations.map(({ id }) => id)).size).toBe(operations);
  });

  it('has 3,060 operations in all, each with an id of its own', () => {
    expect(whole.versions).toEqual(['2022.1', '2025.1', '2026.4']);
    expect(new Set(whole.operations.map(({ id }) => id)).size).toBe(3060);
    expect(whole.version).toBe('2026.4');
  });

  it.each([
    ['2017.3', '2017.3', 2814],
    ['2022.2', '2022.2', 2814],
    ['2025.16', '2025.16', 3053],
    ['2026.3', '2026.3', 3053],
    ['2026.4', '2026.4', 3055],
    ['2031.1', '2026.4', 3055],
  ])('of a site of %s asks for %s and has %d operations', (site, version, operations) => {
    expect([at(site).version, at(site).operations.length]).toEqual([version, operations]);
    expect(at('2025.1').at('2022.1')).toBe(at('2022.1'));
  });

  it('says since and until when something is there', () => {
    expect(whole.find('POST /service/tickets/{id}/copy')?.since).toBe('2025.1');
    expect(at('2022.1').find('POST /service/tickets/{id}/copy')).toBeUndefined();
    expect(at('2022.1').match('GET', '/finance/agreementrecap/7')).toBeUndefined();
    expect(at('2025.1').match('GET', '/finance/agreementrecap/7')?.pathValues).toEqual({ id: '7' });
    expect(whole.find('GET /service/slainfo/info')?.until).toBe('2025.1');
    expect(at('2025.1').find('GET /service/slainfo/info')).toBeUndefined();
    expect(whole.find('GET /service/tickets')?.since).toBeUndefined();
    const goal = (api: ApiDescription) => api.schema('Ticket')?.fields.get('respondByGoalUTC');
    expect([at('2022.1'), at('2025.1'), at('2026.4')].map(goal)).toEqual([
      undefined,
      undefined,
      { type: 'datetime', since: '2026.4' },
    ]);
    expect(at('2026.4').schema('CatalogItem')?.fields.has('dateEntered')).toBe(false);
    expect(at('2022.1').schema('AgreementRecap')).toBeUndefined();
  });

  it('knows a member as each version has it', () => {
    const values = (api: ApiDescription) =>
      api.schema('TimeEntry')?.fields.get('chargeToType')?.enum?.includes('Company');
    expect([at('2022.1'), at('2025.1')].map(values)).toEqual([false, true]);
    const longest = (api: ApiDescription) => api.schema('Company')?.fields.get('name');
    expect(longest(at('2025.1'))).toEqual({ type: 'string', maxLength: 50, required: true });
    expect(longest(at('2026.4'))).toEqual({ type: 'string', maxLength: 156, required: true });
  });

  it('points only at schemas that the version has', () => {
    for (const version of whole.versions) {
      const api = at(version);
      const named = api.operations.flatMap(({ request, response }) => [request?.schema, response.schema]);
      const inner = [...api.schemas.values()].flatMap(({ fields }) =>
        [...fields.values()].flatMap(({ schema, items }) => [schema, items?.schema]),
      );
      expect([...named, ...inner].filter((name) => name !== undefined && api.schema(name) === undefined)).toEqual([]);
    }
  });

  it('mends what the public description of 2025.1 has wrong', () => {
    expect(whole.operations.filter(({ path }) => !/^(\/[A-Za-z0-9]+|\/\{[A-Za-z]+\})+\/?$/.test(path))).toEqual([]);
    expect(whole.find('POST /finance/agreements/types/{id}/copy')?.response.schema).toBe('AgreementType');
    expect(whole.find('PATCH /procurement/catalog/{parentId}/vendors/{id}')?.request).toEqual({
      kind: 'patch',
      schema: 'CatalogVendors',
    });
    expect(whole.schema('CompanyConfiguration')).toBeUndefined();
    expect(whole.schema('Company.Configuration')?.fields.get('department')?.since).toBe('2025.1');
    expect(whole.schema('Task')?.fields.get('summary')?.since).toBe('2025.1');
    expect(whole.find('POST /system/members/{ssoid}/deactivateIamMember')?.pathParameters[0]?.type).toBe('string');
  });
});

describe('versions', () => {
  it('compare by their numbers', () => {
    expect(['2025.10', '2022.1', '2025.9', '2025.1'].sort(compareVersions)).toEqual([
      '2022.1',
      '2025.1',
      '2025.9',
      '2025.10',
    ]);
  });
});
