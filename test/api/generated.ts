import fc from 'fast-check';
import type { ApiDescription, Field, Operation } from '../../src/api/index.ts';
import { loadApi } from '../../src/api/load.ts';
import { type FieldProblem, validateBody } from '../../src/api/validate.ts';

// Requests made from the catalog, valid ones and spoilt ones, for the tests of validation.

export const api: ApiDescription = loadApi();

export function operation(key: string): Operation {
  const found = api.find(key);
  if (found === undefined) throw new Error(`${key} is not in the catalog`);
  return found;
}

/** What validation says of a body, without the words. */
export const problems = (key: string, body: unknown): Pick<FieldProblem, 'field' | 'problem' | 'closest'>[] =>
  validateBody(api, operation(key), body).map(({ field, problem, closest }) => ({
    field,
    problem,
    ...(closest && { closest }),
  }));

/** A value that a field accepts. */
export function valid(field: Field): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'string':
      return field.enum
        ? fc.constantFrom(...field.enum)
        : fc
            .string({ minLength: 1, maxLength: Math.min(field.maxLength ?? 20, 20) })
            // A required text that is blank is missing.
            .filter((text) => text.trim() !== '');
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
      return field.format === 'any' ? fc.oneof(fc.string(), fc.integer(), fc.boolean()) : fc.constant({});
  }
}

/** A value that a field refuses, with the problem that has to be named. */
export function spoilt(field: Field): { value: unknown; problem: string } | undefined {
  if (field.enum !== undefined) return { value: `${field.enum[0]}?`, problem: 'enum' };
  switch (field.type) {
    case 'string':
      return field.maxLength === undefined
        ? { value: 12, problem: 'type' }
        : { value: 'x'.repeat(field.maxLength + 1), problem: 'tooLong' };
    case 'integer':
      return { value: 1.5, problem: 'type' };
    case 'number':
      return { value: 'twelve', problem: 'type' };
    case 'boolean':
      return { value: 1, problem: 'type' };
    case 'datetime':
      return { value: '2026-02-30T10:00:00Z', problem: 'format' };
    case 'reference':
      return { value: 12, problem: 'type' };
    case 'array':
      return { value: 'x', problem: 'type' };
    case 'object':
      return field.format === 'any' ? undefined : { value: 'x', problem: 'type' };
  }
}

/** Members of the record that an operation takes. */
export const membersOf = (post: Operation): [string, Field][] =>
  [...(api.schema(post.request?.schema ?? '')?.fields ?? [])].filter(([name]) => name !== '_info');

/** Every operation that creates from one record. */
export const posts = api.operations.filter(
  ({ method, request }) => method === 'POST' && request?.kind === 'object' && request.schema !== undefined,
);

/** A POST operation with a body that has every required member and some others. */
export const validPost = fc.constantFrom(...posts).chain((post) => {
  const fields = membersOf(post);
  const required = fields.filter(([name, field]) => field.required && name !== 'id').map(([name]) => name);
  const shape = Object.fromEntries(fields.map(([name, field]) => [name, valid(field)]));
  return fc.record({ post: fc.constant(post), body: fc.record(shape, { requiredKeys: required }) });
});
