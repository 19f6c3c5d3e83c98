import { isRecord } from '../json.ts';
import { closest } from './closest.ts';
import { coercedScalar } from './coerce.ts';
import type { ApiDescription, Field, Schema } from './index.ts';
import { memberLacking } from './versions.ts';
import { adviseOnField } from './wrong-fields.ts';

/** One thing that is wrong with a request, at a field path such as `summary` or `communicationItems/0/value`. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: 'unknown' | 'required' | 'type' | 'tooLong' | 'enum' | 'format' | 'shape';
  readonly message: string;
  readonly allowed?: readonly string[];
  /** Characters that are allowed, of a text that is too long. */
  readonly maxLength?: number;
  readonly closest?: readonly string[];
}

/** Whole numbers are 32 bits wide in Manage, signed. */
const LARGEST_INTEGER = 2 ** 31 - 1;

/** Dates in bodies: UTC, whole seconds, no offset. */
const UTC_SECONDS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** The path of a member or an item inside a body: `contact/id`. */
export const join = (path: string, segment: string | number): string =>
  path === '' ? String(segment) : `${path}/${segment}`;

const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** A required value is missing when it is null, blank, or a reference without an id or a name. */
export function isMissing(value: unknown, field: Field): boolean {
  if (isBlank(value)) return true;
  if (field.type !== 'reference' || !isRecord(value)) return false;
  return ['id', 'identifier', 'name'].every((key) => isBlank(value[key]));
}

/** Whether a text is a moment that exists, as Manage takes it: 30 February is not. */
export function isUtcSeconds(text: string): boolean {
  const time = UTC_SECONDS.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString() === text.replace('Z', '.000Z');
}

function scalarProblem(given: unknown, field: Field): Omit<FieldProblem, 'field'> | undefined {
  const value = coercedScalar(given, field);
  if (value === null) return undefined;
  switch (field.type) {
    case 'string': {
      if (typeof value !== 'string') return { problem: 'type', message: 'must be a string' };
      if (field.enum !== undefined && !field.enum.includes(value)) {
        return {
          problem: 'enum',
          message: 'is not an allowed value',
          allowed: field.enum,
          closest: closest(value, field.enum, 1),
        };
      }
      if (field.maxLength !== undefined && value.length > field.maxLength) {
        return {
          problem: 'tooLong',
          message: `has ${value.length} characters; ${field.maxLength} are allowed`,
          maxLength: field.maxLength,
        };
      }
      return undefined;
    }
    case 'datetime': {
      return typeof value === 'string' && isUtcSeconds(value)
        ? undefined
        : { problem: 'format', message: 'must be a UTC time in whole seconds, like 2026-03-04T15:00:00Z' };
    }
    case 'integer':
      return Number.isInteger(value) && Math.abs(value as number) <= LARGEST_INTEGER
        ? undefined
        : { problem: 'type', message: `must be a whole number, at most ${LARGEST_INTEGER}` };
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
        ? undefined
        : { problem: 'type', message: 'must be a number' };
    case 'boolean':
      return typeof value === 'boolean' ? undefined : { problem: 'type', message: 'must be true or false' };
    default:
      return undefined;
  }
}

/** Checks one value against its field, its members and items included; null stands for "not set" everywhere. */
export function valueProblems(api: ApiDescription, value: unknown, field: Field, path: string): FieldProblem[] {
  if (value === null || value === undefined) return [];
  switch (field.type) {
    case 'reference':
    case 'object': {
      if (field.format === 'any') return [];
      if (!isRecord(value)) {
        const shape = field.type === 'reference' ? 'an object with the id of the record, like {"id": 12}' : 'an object';
        return [{ field: path, problem: 'type', message: `must be ${shape}` }];
      }
      const schema = api.schema(field.schema ?? '');
      return schema === undefined ? [] : memberProblems(api, value, schema, { path, top: false });
    }
    case 'array': {
      if (!Array.isArray(value)) return [{ field: path, problem: 'type', message: 'must be a list' }];
      const items = field.items;
      return items === undefined
        ? []
        : value.flatMap((item, index) => valueProblems(api, item, items, join(path, index)));
    }
    default: {
      const problem = scalarProblem(value, field);
      return problem === undefined ? [] : [{ field: path, ...problem }];
    }
  }
}

/** Members of a reference that Manage accepts beside those of its own schema: natural keys instead of the id. */
const isNaturalKey = (schema: Schema, name: string): boolean =>
  schema.name.endsWith('Reference') && (name === 'id' || name === 'name' || name === 'identifier');

/** Servers show some members of references in other letters than the document (`status/Sort`), and take them back so. */
const isRespelled = (schema: Schema, name: string): boolean =>
  schema.name.endsWith('Reference') && schema.fields.has(name.toLowerCase());

/** Unknown members, and what is wrong with the known ones. `top` marks the record itself, whose members Manage names in errors. */
export function memberProblems(
  api: ApiDescription,
  record: Record<string, unknown>,
  schema: Schema,
  { path, top }: { path: string; top: boolean },
): FieldProblem[] {
  return Object.entries(record).flatMap(([name, value]): FieldProblem[] => {
    if (name === '_info') return [];
    const field = schema.fields.get(name);
    const at = join(path, name);
    if (field !== undefined) return valueProblems(api, value, field, at);
    if (isNaturalKey(schema, name) || isRespelled(schema, name)) return [];
    const lacking = memberLacking(api, schema, name);
    if (lacking !== undefined) return [{ field: at, problem: 'unknown', message: lacking }];
    const { use: near, advice } = adviseOnField(schema, name);
    const where = top ? schema.name : `${schema.name} (${path})`;
    return [
      {
        field: at,
        problem: 'unknown',
        message: `is not a member of ${where}${advice === undefined ? '' : `. ${advice.replace(/\.$/, '')}`}`,
        ...(near.length > 0 && { closest: near }),
      },
    ];
  });
}
