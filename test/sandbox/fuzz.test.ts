import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadApi } from '../../src/api/load.ts';
import { validateBody } from '../../src/api/validate.ts';
import { behaviours } from '../../src/sandbox/behaviours/index.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { runs } from '../support/sample.ts';
import { borrowSandbox } from '../support/sandboxes.ts';
import { NOW, restOf, type Session } from '../support/session.ts';

const api = loadApi().at('2026.4');
let sandbox: Sandbox;
let rest: Session['rest'];
beforeAll(async () => {
  sandbox = await borrowSandbox({ now: NOW, tickets: 60 });
  rest = restOf(sandbox);
});
afterAll(() => sandbox.close());

describe('the whole surface', () => {
  it('never fails by itself, whatever method, path, query and body come', async () => {
    const operations = fc.constantFrom(...api.operations);
    const value = fc.oneof(
      fc.constantFrom('1', '7', '0', '-1', 'x', '%20', 'null'),
      fc.string({ maxLength: 8 }).map(encodeURIComponent),
    );
    const query = fc.dictionary(
      fc.constantFrom('conditions', 'orderBy', 'fields', 'page', 'pageSize', 'childConditions', 'pageId', 'type'),
      fc.oneof(
        fc.constantFrom('id > 0', 'name like "%a%"', 'id asc', '-1', '0', '1e9', '(', 'x/y/z'),
        fc.string({ maxLength: 12 }),
      ),
      { maxKeys: 3 },
    );
    const body = fc.oneof(
      fc.constant(undefined),
      fc.jsonValue({ maxDepth: 3 }),
      fc.dictionary(
        fc.constantFrom('name', 'summary', 'company', 'id', 'timeStart', 'member', 'type', 'status'),
        fc.jsonValue({ maxDepth: 2 }),
      ),
      fc.constant([{ op: 'replace', path: 'name', value: 'x' }]),
    );
    await fc.assert(
      fc.asyncProperty(
        operations,
        fc.array(value, { minLength: 4, maxLength: 4 }),
        query,
        body,
        async (operation, values, parameters, sent) => {
          let index = 0;
          const path = operation.path.replace(/\{[^}]+\}/g, () => values[index++ % values.length] || '1');
          const send = operation.method === 'GET' ? undefined : sent;
          const { status } = await rest(operation.method, `${path}?${new URLSearchParams(parameters)}`, send);
          expect({ operation: operation.id, path, status: status >= 500 ? status : 'fine' }).toMatchObject({
            status: 'fine',
          });
        },
      ),
      { numRuns: runs(700), seed: 14 },
    );
  });

  it('takes what is meant to hurt: deep, huge, odd and borrowed names, in queries and bodies', async () => {
    const names = [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      '\u202e',
      '\u0000',
      '../..',
      '9'.repeat(300),
    ];
    const nested = (levels: number): unknown => {
      let value: unknown = 1;
      for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { a: value };
      return value;
    };
    const value = fc.oneof(
      fc.constantFrom<unknown>(...names, -1, 1e308, 2 ** 53, null, { id: { toString: 1 } }, { id: 1e9 }, { name: '' }),
      fc.constantFrom(10, 70, 1_500).map(nested),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const conditions = fc.constantFrom(
      `${'('.repeat(2_000)}id=1${')'.repeat(2_000)}`,
      `summary like "${'%a'.repeat(150)}%b"`,
      `name like "[${'a-z'.repeat(90)}]"`,
      `${'id=1 and '.repeat(500)}id=1`,
      ...names.flatMap((name) => [`${name} = 1`, `board/${name} = null`]),
      'id = 99999999999999999999',
      'id = -1',
      'lastUpdated > [99999-99-99]',
      'summary = ""',
      '_info/lastUpdated > [2020-01-01]',
    );
    // What is deleted is missing from the tables that are looked at below.
    const operations = fc.constantFrom(...api.operations.filter(({ method }) => method !== 'DELETE'));
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          operation: operations,
          condition: fc.option(conditions),
          orderBy: fc.option(
            fc.constantFrom(...names, 'types desc', '_info', 'board//name', ',,', 'id asc '.repeat(99)),
          ),
          number: fc.constantFrom('0', '-1', 'NaN', '1e9', '99999999999999999999', '1.5', ''),
          values: fc.array(value, { minLength: 3, maxLength: 3 }),
          path: fc.constantFrom(...names, 'communicationItems/-', 'customFields/0/value', 'company/id', 'id', '//'),
        }),
        async ({ operation, condition, orderBy, number, values, path }) => {
          const members = [...(api.schema(operation.request?.schema ?? '')?.fields.keys() ?? ['x'])];
          const body =
            operation.method === 'PATCH'
              ? values.map((one, index) => ({ op: 'replace', path: index === 0 ? path : members[index], value: one }))
              : Object.fromEntries(values.map((one, index) => [members[(index * 7) % members.length] ?? path, one]));
          const query = new URLSearchParams({
            ...(condition !== null && { conditions: condition }),
            ...(orderBy !== null && { orderBy }),
            pageSize: number,
            page: number,
          });
          const target = `${operation.path.replace(/\{[^}]+\}/g, '1')}?${query}`;
          const send = operation.method === 'GET' ? undefined : body;
          const { status } = await rest(operation.method, target.slice(0, 9_000), send);
          expect({ operation: operation.id, body: send, status: status >= 500 ? status : 'fine' }).toMatchObject({
            status: 'fine',
          });
        },
      ),
      { numRuns: runs(700), seed: 15 },
    );
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  }, 60_000);

  it('holds only records that their schemas allow', async () => {
    const wrong: string[] = [];
    for (const { collection } of behaviours) {
      const create = api.find(`POST ${collection}`);
      if (create?.request?.kind !== 'object' || collection.includes('{')) continue;
      const rows = (await rest('GET', `${collection}?pageSize=1000`)).body as Record<string, unknown>[];
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        const problems = validateBody(api, create, row).filter(({ problem }) => problem !== 'required');
        wrong.push(...problems.map(({ field, problem }) => `${collection} ${row.id} ${field}: ${problem}`));
      }
    }
    expect([...new Set(wrong.map((text) => text.replace(/ \d+ /, ' ')))]).toEqual([]);
  });
});
