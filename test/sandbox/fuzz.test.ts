import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { validateBody } from '../../src/catalog/validate.ts';
import { behaviours } from '../../src/sandbox/behaviours/index.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { NOW, restOf, type Session } from '../support/session.ts';

const catalog = loadCatalog();
let sandbox: Sandbox;
let rest: Session['rest'];
beforeAll(async () => {
  sandbox = await startSandbox({ now: NOW, tickets: 60 });
  rest = restOf(sandbox);
});
afterAll(() => sandbox.close());

describe('the whole surface', () => {
  it('never fails by itself, whatever method, path, query and body come', async () => {
    const operations = fc.constantFrom(...catalog.operations);
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
      { numRuns: 1_500, seed: 14 },
    );
  });

  it('holds only records that their schemas allow', async () => {
    const wrong: string[] = [];
    for (const { collection } of behaviours) {
      const create = catalog.find(`POST ${collection}`);
      if (create?.request?.kind !== 'object' || collection.includes('{')) continue;
      const rows = (await rest('GET', `${collection}?pageSize=1000`)).body as Record<string, unknown>[];
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        const problems = validateBody(catalog, create, row).filter(({ problem }) => problem !== 'required');
        wrong.push(...problems.map(({ field, problem }) => `${collection} ${row.id} ${field}: ${problem}`));
      }
    }
    expect([...new Set(wrong.map((text) => text.replace(/ \d+ /, ' ')))]).toEqual([]);
  });
});
