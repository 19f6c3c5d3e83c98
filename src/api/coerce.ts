import { isRecord } from '../json.ts';
import type { Field, Schemas } from './index.ts';

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/**
 * A scalar of a body as Manage reads it: a text becomes the number or the flag that the member holds, and an empty one nothing.
 * Recorded for POST, PUT and PATCH (`"2.5"`, `"True"`). What cannot be read so is given back as it was.
 */
export function coercedScalar(value: unknown, { type }: Field): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  switch (type) {
    case 'integer':
    case 'number':
      if (text === '') return null;
      return NUMBER.test(text) ? Number(text) : value;
    case 'boolean':
      if (text === '') return null;
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : value;
    default:
      return value;
  }
}

/** A value of a body with every scalar inside it as Manage reads it, references and lists included: `{"id": "14"}` is `{"id": 14}`. */
export function coercedValue(api: Schemas, value: unknown, field: Field): unknown {
  if (field.format === 'any') return value;
  if (field.type === 'array' && field.items !== undefined && Array.isArray(value)) {
    const { items } = field;
    return value.map((item) => coercedValue(api, item, items));
  }
  if (isRecord(value) && (field.type === 'reference' || field.type === 'object'))
    return coercedRecord(api, value, field.schema);
  // The server's reader takes the names of an enumeration in any letter case.
  const word = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
  return field.enum?.find((option) => option.toLowerCase() === word) ?? coercedScalar(value, field);
}

/** The members of an object as Manage reads them. What its schema does not know stays as it is. */
export function coercedRecord(
  api: Schemas,
  record: Readonly<Record<string, unknown>>,
  schema: string | undefined,
): Record<string, unknown> {
  const fields = api.schema(schema ?? '')?.fields;
  if (fields === undefined) return { ...record };
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => {
      const field = fields.get(name);
      return [name, field === undefined ? value : coercedValue(api, value, field)];
    }),
  );
}
