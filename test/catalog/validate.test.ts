import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field, Operation } from '../../src/catalog/index.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { validateBody, validateQuery } from '../../src/catalog/validate.ts';
import { bodySchema } from '../../src/catalog/zod.ts';

const catalog = loadCatalog();
const operation = (key: string): Operation => {
  const found = catalog.find(key);
  if (found === undefined) throw new Error(`${key} is not in the catalog`);
  return found;
};
const problems = (key: string, body: unknown) =>
  validateBody(catalog, operation(key), body).map(({ field, problem, closest }) => ({
    field,
    problem,
    ...(closest && { closest }),
  }));

/** A value that a field accepts. */
function valid(field: Field): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'string':
      return field.enum
        ? fc.constantFrom(...field.enum)
        : fc.string({ minLength: 1, maxLength: Math.min(field.maxLength ?? 20, 20) });
    case 'integer':
      return fc.integer({ min: 0 });
    case 'number':
      return fc.integer({ min: 0, max: 1e6 }).map((cents) => cents / 100);
    case 'boolean':
      return fc.boolean();
    case 'datetime':
      return fc
        .integer({ min: 0, max: 4e9 })
        .map((seconds) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'));
    case 'reference':
      return fc.record({ id: fc.integer({ min: 1 }) });
    case 'array':
      return fc.array(valid(field.items ?? { type: 'object' }), { maxLength: 2 });
    case 'object':
      return fc.constant({});
  }
}

const posts = catalog.operations.filter(({ method, request }) => method === 'POST' && request?.kind === 'object');

/** A POST operation with a body that has every required member and some others. */
const validPost = fc.constantFrom(...posts).chain((post) => {
  const fields = [...(catalog.schema(post.request?.schema ?? '')?.fields ?? [])].filter(([name]) => name !== '_info');
  const required = fields.filter(([name, field]) => field.required && name !== 'id').map(([name]) => name);
  const shape = Object.fromEntries(fields.map(([name, field]) => [name, valid(field)]));
  return fc.record({ post: fc.constant(post), body: fc.record(shape, { requiredKeys: required }) });
});

describe('validating a body', () => {
  it('accepts every valid record, as zod does', () => {
    fc.assert(
      fc.property(validPost, ({ post, body }) => {
        expect(validateBody(catalog, post, body)).toEqual([]);
        expect(bodySchema(post, catalog)?.safeParse(body).error).toBeUndefined();
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('finds an unknown member whatever it is called', () => {
    fc.assert(
      fc.property(validPost, fc.stringMatching(/^zz[a-z]{3,8}$/), ({ post, body }, name) => {
        expect(validateBody(catalog, post, { ...body, [name]: 1 })).toMatchObject([
          { field: name, problem: 'unknown' },
        ]);
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  it('names each slip with what is allowed', () => {
    const post = 'POST /service/tickets';
    expect(problems(post, { company: { id: 2 }, sumary: 'VPN is down' })).toEqual([
      { field: 'sumary', problem: 'unknown', closest: ['summary'] },
      { field: 'summary', problem: 'required' },
    ]);
    expect(problems(post, { summary: 'x'.repeat(101), company: { id: 2 } })).toEqual([
      { field: 'summary', problem: 'tooLong' },
    ]);
    expect(problems(post, { summary: 'x', company: {}, severity: 'high' })).toEqual([
      { field: 'severity', problem: 'enum', closest: ['High'] },
      { field: 'company', problem: 'required' },
    ]);
    expect(problems(post, { summary: 'x', company: { identifier: 'Acme' }, board: 4 })).toEqual([
      { field: 'board', problem: 'type' },
    ]);
    expect(problems(post, 'text')).toEqual([{ field: 'body', problem: 'shape' }]);
  });

  it.each([
    '2026-03-04T15:00:00.000Z',
    '2026-03-04T15:00:00-05:00',
    '2026-03-04',
    '[2026-03-04T15:00:00Z]',
    '2026-13-04T15:00:00Z',
  ])('refuses the date %s', (timeStart) => {
    expect(problems('POST /time/entries', { timeStart })).toEqual([{ field: 'timeStart', problem: 'format' }]);
  });

  it('asks PUT for what updates require', () => {
    expect(problems('PUT /service/tickets/{id}', { summary: 'x', company: { id: 2 } })).toEqual([
      { field: 'severity', problem: 'required' },
      { field: 'impact', problem: 'required' },
    ]);
  });
});

describe('validating a PATCH', () => {
  const patch = 'PATCH /service/tickets/{id}';

  it('wants a list', () => {
    expect(problems(patch, { op: 'replace', path: 'summary', value: 'x' })).toEqual([
      { field: 'body', problem: 'shape' },
    ]);
  });

  it('follows paths through references and lists, case-sensitively', () => {
    expect(problems(patch, [{ op: 'replace', path: '/status/id', value: 3 }])).toEqual([]);
    expect(problems(patch, [{ op: 'replace', path: 'Summary', value: 'x' }])).toEqual([
      { field: 'Summary', problem: 'unknown', closest: ['summary'] },
    ]);
    expect(
      problems('PATCH /company/contacts/{id}', [
        { op: 'replace', path: '/communicationItems/1/value', value: 'a@b.example' },
      ]),
    ).toEqual([]);
    expect(problems(patch, [{ op: 'change', path: 'summary', value: 'x' }])).toEqual([
      { field: '[0]/op', problem: 'enum' },
    ]);
    expect(problems(patch, [{ op: 'remove', path: 'contact' }])).toEqual([]);
    expect(problems(patch, [{ op: 'replace', path: 'summary', value: 'x'.repeat(101) }])).toEqual([
      { field: 'summary', problem: 'tooLong' },
    ]);
  });
});

describe('validating a query', () => {
  it('names the closest parameter', () => {
    expect(validateQuery(operation('GET /service/tickets'), { condition: 'id=1', pagesize: 5 })).toMatchObject([
      { field: 'condition', problem: 'unknown', closest: ['conditions', 'childConditions', 'customFieldConditions'] },
    ]);
  });
});
