import { z } from 'zod';
import { isRecord } from '../../json.ts';

type Json = Record<string, unknown>;

/** The bounds that zod writes for every whole number; they say nothing. */
const SAFE = Number.MAX_SAFE_INTEGER;

/**
 * JSON schema that every client takes: no `$schema` or `$ref`, no numeric `exclusiveMinimum`, no type arrays, every property
 * with a type, arrays with `items`, no empty `properties`. Some clients drop the tool, or the whole list, for one of these.
 */
function safe(schema: Json, root: boolean): Json {
  const { $schema: _, id: __, default: ___, additionalProperties, ...rest } = schema;
  const result: Json = { ...rest };
  if (root && additionalProperties === false) result.additionalProperties = false;
  if (result.minimum === -SAFE) delete result.minimum;
  if (result.maximum === SAFE) delete result.maximum;
  if (typeof result.exclusiveMinimum === 'number') {
    result.minimum = result.type === 'integer' ? result.exclusiveMinimum + 1 : result.exclusiveMinimum;
    delete result.exclusiveMinimum;
  }
  if (isRecord(result.properties)) {
    const entries = Object.entries(result.properties).filter(([, value]) => isRecord(value)) as [string, Json][];
    if (entries.length === 0) delete result.properties;
    else result.properties = Object.fromEntries(entries.map(([name, value]) => [name, safe(value, false)]));
  }
  if (isRecord(result.items)) result.items = safe(result.items, false);
  if (result.type === 'array' && result.items === undefined) result.items = { type: 'string' };
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    if (Array.isArray(result[key])) result[key] = (result[key] as Json[]).map((part) => safe(part, false));
  }
  // A type that was given by hand stands for the choice beside it.
  if (result.type !== undefined) delete result.anyOf;
  return root ? withType(result) : declared(withType(result));
}

/** A choice between scalars becomes a plain string where one of them is: arguments are read leniently anyway. */
function withType(schema: Json): Json {
  if (schema.type !== undefined) return schema;
  const choices = schema.anyOf;
  if (Array.isArray(choices)) {
    const types = (choices as Json[]).map(({ type }) => type);
    const { anyOf: _, ...rest } = schema;
    if (types.every((type) => type === 'string' || type === 'number' || type === 'integer' || type === 'boolean'))
      return { ...rest, type: 'string' };
    // The richest of the choices is shown; the others are read leniently.
    const shown = (choices as Json[]).find(({ type }) => type === (types.includes('array') ? 'array' : 'object'));
    return declared({ ...rest, ...shown });
  }
  return { ...schema, type: 'string' };
}

/** An object without declared properties is dropped by some clients: it is asked for as JSON text, and taken as an object as well. */
const declared = (schema: Json): Json =>
  schema.type === 'object' && schema.properties === undefined ? { ...schema, type: 'string' } : schema;

/**
 * An argument of tools that take none: some clients refuse an object without declared properties, others an empty list of them. The
 * name is one that hosts use for this, and that is ignored when it comes.
 */
const NO_ARGUMENTS: Json = { random_string: { description: 'Leave out', type: 'string' } };

/** What a client sees of a tool's input. */
export function inputJsonSchema(schema: z.ZodObject): Json {
  const shown = safe(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json, true);
  return shown.properties === undefined ? { ...shown, properties: NO_ARGUMENTS } : shown;
}

/** What a client sees of a tool's output: the top-level members and their types, which is what programs look for. */
export function outputJsonSchema(schema: z.ZodObject): Json {
  const whole = safe(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) as Json, true);
  delete whole.additionalProperties;
  return whole;
}
