import { z } from 'zod';
import type { Catalog, Field, Operation, Parameter } from './index.ts';

/** How deep objects inside objects are spelled out; below that a schema is a loose object. Keeps client schemas free of `$ref`. */
const DEPTH = 2;

const cache = new WeakMap<Operation, Map<string, z.ZodType>>();

function cached<T extends z.ZodType>(operation: Operation, part: string, make: () => T): T {
  const parts = cache.get(operation) ?? new Map<string, z.ZodType>();
  cache.set(operation, parts);
  const known = parts.get(part);
  if (known !== undefined) return known as T;
  const made = make();
  parts.set(part, made);
  return made;
}

const PARAMETER_TYPES: Readonly<Record<Parameter['type'], () => z.ZodType>> = {
  string: () => z.string(),
  integer: () => z.int(),
  number: () => z.number(),
  boolean: () => z.boolean(),
};

function parameters(list: readonly Parameter[]): z.ZodObject {
  return z.strictObject(
    Object.fromEntries(
      list.map(({ name, type, required }) => [
        name,
        required ? PARAMETER_TYPES[type]() : PARAMETER_TYPES[type]().optional(),
      ]),
    ),
  );
}

/** Path parameters of an operation: ids as whole numbers, all required. */
export const pathSchema = (operation: Operation): z.ZodObject =>
  cached(operation, 'path', () => parameters(operation.pathParameters));

/** Query parameters of an operation. */
export const querySchema = (operation: Operation): z.ZodObject =>
  cached(operation, 'query', () => parameters(operation.queryParameters));

const reference = (): z.ZodType =>
  z.looseObject({ id: z.int().optional(), name: z.string().optional(), identifier: z.string().optional() });

function stringType(field: Field): z.ZodType {
  if (field.enum !== undefined && field.enum.length > 0) return z.enum(field.enum as [string, ...string[]]);
  return field.maxLength === undefined ? z.string() : z.string().max(field.maxLength);
}

function valueType(catalog: Catalog, field: Field, depth: number): z.ZodType {
  switch (field.type) {
    case 'string':
      return stringType(field);
    case 'datetime':
      return z.string().describe('UTC, whole seconds: 2026-03-04T15:00:00Z');
    case 'integer':
      return z.int();
    case 'number':
      return z.number();
    case 'boolean':
      return z.boolean();
    case 'reference':
      return reference();
    case 'array':
      return z.array(valueType(catalog, field.items ?? { type: 'object' }, depth));
    case 'object':
      return objectType(catalog, field.schema, depth);
  }
}

function objectType(catalog: Catalog, name: string | undefined, depth: number): z.ZodType {
  const schema = catalog.schema(name ?? '');
  if (schema === undefined || depth >= DEPTH) return z.looseObject({});
  return z.strictObject(members(catalog, schema.name, depth, () => false));
}

function members(
  catalog: Catalog,
  name: string,
  depth: number,
  required: (field: Field, member: string) => boolean,
): Record<string, z.ZodType> {
  const fields = [...(catalog.schema(name)?.fields ?? [])].filter(([member]) => member !== '_info');
  return Object.fromEntries(
    fields.map(([member, field]) => {
      const type = valueType(catalog, field, depth + 1);
      return [member, required(field, member) ? type : type.optional()];
    }),
  );
}

const patchStep = (): z.ZodType =>
  z.strictObject({
    op: z.enum(['add', 'replace', 'remove']),
    path: z.string().describe('Member, case-sensitive; references are replaced whole'),
    // Any JSON value; an unconstrained property has no type, which some clients refuse.
    value: z.union([z.string(), z.number(), z.boolean(), z.looseObject({}), z.array(z.looseObject({}))]).optional(),
  });

/**
 * The body of an operation as a strict zod schema, or `undefined` when it takes none. POST demands the required members, PUT
 * those required on updates as well; PATCH is its list of `{op, path, value}`.
 */
export function bodySchema(operation: Operation, catalog: Catalog): z.ZodType | undefined {
  const { request, method } = operation;
  if (request === undefined) return undefined;
  return cached(operation, 'body', () => {
    if (request.kind === 'patch') return z.array(patchStep());
    const isRequired = (field: Field, member: string): boolean =>
      member !== 'id' && (field.required === true || (method === 'PUT' && field.requiredOnUpdate === true));
    const record = z.strictObject(members(catalog, request.schema ?? '', 0, isRequired));
    return request.kind === 'array' ? z.array(record) : record;
  });
}
