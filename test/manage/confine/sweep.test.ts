import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleBody } from '../../../src/api/example.ts';
import type { Operation } from '../../../src/api/index.ts';
import { loadApi } from '../../../src/api/load.ts';
import { ruleOf } from '../../../src/manage/confine/rule.ts';
import { isReading } from '../../../src/manage/index.ts';
import { type ClientSetup, startClient } from '../../support/client.ts';
import { keyOf, placeOf } from '../../support/operation-walk.ts';
import { HAS_ALL_CASES, sampleOf } from '../../support/sample.ts';

// Newer versions have operations that ours lacks: they are confined as well.
const api = loadApi().whole;
const refusal = /^(OutOfScope|NotConfinable|NotFound)$/;

/** Operations that are tried side by side. */
const WIDTH = 8;

/** Fills placeholders with the first record of each collection, whoever's it is. */
class FirstIds {
  readonly #rest: ClientSetup['rest'];
  readonly #known = new Map<string, Promise<string>>();

  constructor({ rest }: ClientSetup) {
    this.#rest = rest;
  }

  /** Values of the placeholders of a path. */
  async of(path: string): Promise<Record<string, string>> {
    const values: Record<string, string> = {};
    let filled = '';
    for (const segment of path.split('/').filter((part) => part !== '')) {
      if (!segment.startsWith('{')) {
        filled += `/${segment}`;
        continue;
      }
      const id = await this.#first(filled);
      values[segment.slice(1, -1)] = id;
      filled += `/${id}`;
    }
    return values;
  }

  #first(collection: string): Promise<string> {
    const known = this.#known.get(collection);
    if (known !== undefined) return known;
    const found = this.#rest('GET', `${collection.replace(/\/info$/i, '')}?pageSize=1&fields=id`).then(({ body }) =>
      String((Array.isArray(body) ? body[0]?.id : undefined) ?? 1),
    );
    this.#known.set(collection, found);
    return found;
  }
}

describe('every operation within CWM_COMPANIES', () => {
  let setup: ClientSetup;
  let others: readonly string[];

  beforeAll(async () => {
    setup = await startClient({}, { tickets: 60 }, { confines: { companies: ['Acme'] } });
    const { body } = await setup.rest('GET', '/company/companies?pageSize=1000&fields=name,identifier');
    // The provider's own name stands on every invoice.
    others = (body as { name: string; identifier: string }[])
      .filter(({ identifier, name }) => identifier !== 'Acme' && name !== 'Northwind IT Services')
      .map(({ name }) => JSON.stringify(name).slice(1, -1));
  });
  afterAll(() => setup.close());

  it('that reads gives records of the company, reference data, or nothing', async () => {
    const ids = new FirstIds(setup);
    const leaks: string[] = [];
    const odd: string[] = [];
    const served = { tied: 0, reference: 0 };
    const read = async (operation: Operation): Promise<unknown> => {
      const key = keyOf(operation);
      const { kind } = operation.response;
      const path = await ids.of(operation.path);
      if (kind === 'array') return (await setup.manage.list(key, { path, limit: 1_000 })).rows;
      if (kind === 'file') return (await setup.manage.download(key, { path })).contentType;
      return setup.manage.get(key, { path });
    };
    const attempt = async (operation: Operation): Promise<void> => {
      const key = keyOf(operation);
      const rule = ruleOf(api, operation).kind;
      try {
        const text = JSON.stringify(await read(operation)) ?? '';
        if (rule === 'tied' || rule === 'reference') served[rule] += 1;
        const leaked = others.find((name) => text.includes(name));
        if (leaked !== undefined) leaks.push(`${key}: ${leaked}`);
        if (rule === 'refused') odd.push(`${key} was served`);
      } catch (error) {
        const { name, message } = error as Error;
        if (!refusal.test(name)) odd.push(`${key}: ${name}: ${message}`);
      }
    };
    // The sandbox is of the newest version, which has dropped some.
    const reading = sampleOf(
      'confined reading',
      api.operations.filter(({ method, until }) => method === 'GET' && until === undefined),
      3,
      (operation) => `${placeOf(operation)} ${ruleOf(api, operation).kind}`,
    );
    for (let at = 0; at < reading.length; at += WIDTH) await Promise.all(reading.slice(at, at + WIDTH).map(attempt));
    expect(leaks).toEqual([]);
    expect(odd).toEqual([]);
    expect(served.tied).toBeGreaterThan(HAS_ALL_CASES ? 80 : 25);
    expect(served.reference).toBeGreaterThan(HAS_ALL_CASES ? 300 : 100);
  }, 120_000);
});

describe('every operation within a company that has nothing', () => {
  it('finds nothing of any customer, and changes nothing', async () => {
    const setup = await startClient({}, { tickets: 40 }, { confines: { companies: ['Nobody'] } });
    try {
      const nobody = { identifier: 'Nobody', name: 'Nobody Ltd', site: { name: 'Main' } };
      const { id } = (await setup.rest('POST', '/company/companies', nobody)).body;
      const passed: string[] = [];
      const before = setup.sandbox.requests.length;
      for (const operation of api.operations.filter((one) => !isReading(one))) {
        const path = Object.fromEntries(operation.pathParameters.map(({ name }) => [name, '1']));
        const body = exampleBody(api, operation) ?? (operation.request?.kind === 'patch' ? [] : {});
        const failed = await setup.manage.write(keyOf(operation), { path, body }).catch(({ name }: Error) => name);
        if (typeof failed !== 'string') passed.push(keyOf(operation));
      }
      const written = setup.sandbox.requests
        .slice(before)
        .filter(({ method }) => method !== 'GET')
        .map(({ method, path }) => `${method} ${path.replace(/^.*\/3\.0/, '')}`);
      expect(passed).toEqual([]);
      expect(written).toEqual([]);
      const found: string[] = [];
      for (const operation of api.operations) {
        const { method, path, response } = operation;
        const isList = method === 'GET' && response.kind === 'array' && !path.includes('{');
        if (!isList || ruleOf(api, operation).kind !== 'tied') continue;
        const rows = await setup.manage.all(keyOf(operation));
        if (rows.length > 0) found.push(`${keyOf(operation)}: ${rows.map((row) => row.id).join()}`);
      }
      expect(found).toEqual([`GET /company/companies: ${id}`]);
    } finally {
      await setup.close();
    }
  }, 120_000);
});
