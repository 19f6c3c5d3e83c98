import { z } from 'zod';
import type { ApiDescription, Field, Operation, Parameter } from './index.ts';
import { isUtcSeconds } from './validate-value.ts';

/**
 * How deep objects inside a record are spelled out; below that they are loose objects. Schemas refer to each other in circles,
 * and `$ref` is what several clients cannot read.
 */
const DEPTH = 2;

/** What a schema is made of: an operation, or its description as well, where members of records come in. */
const cache = new WeakMap<Operation | ApiDescription, WeakMap<Operation, Map<string, z.ZodType>>>();

function cached<T extends z.ZodType>(
  operation: Operation,
  of: Operation | ApiDescription,
  part: string,
  make: () => T,
): T {
  const operations = cache.get(of) ?? new WeakMap<Operation, Map<string, z.ZodType>>();
  cache.set(of, operations);
  const parts = operations.get(operation) ?? new Map<string, z.ZodType>();
  operations.set(operation, parts);
  const known = parts.get(part);
  if (known !== undefined) return known as T;
  const made = make();
  parts.set(part, made);
  return made;
}

const oneOf = (values: readonly string[]): z.ZodType => z.enum(values as [string, ...string[]]);

function parameterType({ type, enum: values }: Parameter): z.ZodType {
  if (values !== undefined && values.length > 0) return oneOf(values);
  switch (type) {
    case 'integer':
      return z.int();
    case 'number':
      return z.number();
    case 'boolean':
      return z.boolean();
    case 'string':
      return z.string();
  }
}

function parameters(list: readonly Parameter[]): z.ZodObject {
  return z.strictObject(
    Object.fromEntries(
      list.map((parameter) => {
        const type = parameterType(parameter);
        return [parameter.name, parameter.required ? type : type.optional()];
      }),
    ),
  );
}

/** Path parameters of an operation: ids as whole numbers, all required. */
export const pathSchema = (operation: Operation): z.ZodObject =>
  cached(operation, operation, 'path', () => parameters(operation.pathParameters));

/** Query parameters of an operation. */
export const querySchema = (operation: Operation): z.ZodObject =>
  cached(operation, operation, 'query', () => parameters(operation.queryParameters));

/** A value that zod has no client-safe words for: shown as `type`, checked by `is`. */
const shownAs = (type: 'string' | 'object', is: (value: unknown) => boolean, message: string): z.ZodType =>
  z.unknown().refine(is, message).meta({ type });

/** An object with whatever members; `z.looseObject({})` would say `properties: {}`, at which some clients fail. */
const anyObject = (): z.ZodType =>
  shownAs('object', (value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'expected object');

/** A text, a number, true or false; a union of them would say a list of types, at which some clients fail. */
const anyScalar = (): z.ZodType =>
  shownAs('string', (value) => ['string', 'number', 'boolean'].includes(typeof value), 'expected a text or a number');

/** A record's own `_info` and members that are null say nothing to Manage: they are taken and not checked. */
function withoutNothing(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name, member]) => member !== null && name !== '_info'));
}

const record = (shape: Record<string, z.ZodType>): z.ZodType =>
  Object.keys(shape).length === 0 ? anyObject() : z.preprocess(withoutNothing, z.strictObject(shape));

/** A reference names a record by its id or by a natural key; the other members that answers carry are taken along. */
const reference = (): z.ZodType =>
  z.preprocess(
    withoutNothing,
    z.looseObject({ id: z.int().optional(), name: z.string().optional(), identifier: z.string().optional() }),
  );

function stringType(field: Field): z.ZodType {
  if (field.enum !== undefined && field.enum.length > 0) return oneOf(field.enum);
  return field.maxLength === undefined ? z.string() : z.string().max(field.maxLength);
}

function valueType(api: ApiDescription, field: Field, depth: number): z.ZodType {
  switch (field.type) {
    case 'string':
      return stringType(field);
    case 'datetime':
      return z
        .string()
        .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, { abort: true })
        .refine(isUtcSeconds, 'There is no such moment')
        .describe('UTC, whole seconds: 2026-03-04T15:00:00Z');
    case 'integer':
      return z.int();
    case 'number':
      return z.number();
    case 'boolean':
      return z.boolean();
    case 'reference':
      return reference();
    case 'array':
      return z.array(valueType(api, field.items ?? { type: 'object' }, depth));
    case 'object': {
      if (field.format === 'any') return anyScalar();
      const described = depth < DEPTH && api.schema(field.schema ?? '') !== undefined;
      return record(described ? members(api, field.schema ?? '', depth, () => false) : {});
    }
  }
}

function members(
  api: ApiDescription,
  name: string,
  depth: number,
  required: (field: Field, member: string) => boolean,
): Record<string, z.ZodType> {
  const fields = [...(api.schema(name)?.fields ?? [])].filter(([member]) => member !== '_info');
  return Object.fromEntries(
    fields.map(([member, field]) => {
      const type = valueType(api, field, depth + 1);
      return [member, required(field, member) ? type : type.optional()];
    }),
  );
}

const patchStep = (): z.ZodType =>
  z.strictObject({
    op: z.enum(['add', 'replace', 'remove']),
    path: z.string().describe('Member, case-sensitive; references are replaced whole'),
    // Any JSON value; an unconstrained property has no type, which some clients refuse.
    value: z
      .union([z.string(), z.number(), z.boolean(), anyObject(), z.array(shownAs('object', () => true, '')), z.null()])
      .optional(),
  });

const JSON_TYPES: Readonly<Record<Field['type'], string>> = {
  string: 'string',
  datetime: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  reference: 'object',
  object: 'object',
  array: 'array',
};

/**
 * What a PATCH may change, as an object of members: none required, `null` clears. For callers who would rather name members than
 * write steps.
 */
export function changesSchema(operation: Operation, api: ApiDescription): z.ZodType {
  return cached(operation, api, 'changes', () => {
    const fields = [...(api.schema(operation.request?.schema ?? '')?.fields ?? [])].filter(
      ([name]) => name !== '_info' && name !== 'id',
    );
    if (fields.length === 0) return anyObject();
    const shape = fields.map(([name, field]) => {
      const type = valueType(api, field, DEPTH - 1)
        .nullable()
        .optional();
      // Shown without the null, which would make a list of types of it.
      return [name, type.meta({ type: JSON_TYPES[field.type], ...(field.enum && { enum: [...field.enum] }) })];
    });
    return z.strictObject(Object.fromEntries(shape));
  });
}

/**
 * The body of an operation as a zod schema, or `undefined` when it takes none. Unknown members are refused; POST demands the
 * required members, PUT those required on updates as well; PATCH is its list of `{op, path, value}`.
 */
export function bodySchema(operation: Operation, api: ApiDescription): z.ZodType | undefined {
  const { request, method } = operation;
  if (request === undefined) return undefined;
  return cached(operation, api, 'body', () => {
    if (request.kind === 'patch') return z.array(patchStep());
    const isRequired = (field: Field, member: string): boolean =>
      member !== 'id' && (field.required === true || (method === 'PUT' && field.requiredOnUpdate === true));
    const body = record(members(api, request.schema ?? '', 0, isRequired));
    return request.kind === 'array' ? z.array(body) : body;
  });
}
