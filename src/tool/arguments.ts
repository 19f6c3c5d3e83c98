import type { z } from 'zod';
import { closest } from '../catalog/closest.ts';
import { ToolInputError } from './errors.ts';
import { inputJsonSchema } from './json-schema.ts';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const plain = (name: string): string => name.toLowerCase().replace(/[_\-\s]/g, '');

const schemas = new WeakMap<z.ZodObject, Json>();

function propertiesOf(input: z.ZodObject): Record<string, Json> {
  const schema = schemas.get(input) ?? inputJsonSchema(input);
  schemas.set(input, schema);
  return (schema.properties ?? {}) as Record<string, Json>;
}

/** Turns what was sent into the type that is meant, where there is only one meaning; anything else stays for the schema to refuse. */
function lenient(value: unknown, schema: Json): unknown {
  switch (schema.type) {
    case 'number':
    case 'integer':
      return typeof value === 'string' && /^\s*#?-?\d+(\.\d+)?\s*$/.test(value)
        ? Number(value.replace('#', ''))
        : value;
    case 'boolean':
      if (typeof value === 'string' && /^(true|false|yes|no)$/i.test(value.trim()))
        return /^(true|yes)$/i.test(value.trim());
      return value;
    case 'string':
      if (Array.isArray(schema.enum) && typeof value === 'string') {
        const known = schema.enum.filter((choice): choice is string => typeof choice === 'string');
        return known.find((choice) => plain(choice) === plain(value)) ?? onlyPlural(known, value) ?? value;
      }
      return typeof value === 'number' || (typeof value === 'boolean' && schema.enum === undefined)
        ? String(value)
        : value;
    case 'array': {
      const list = typeof value === 'string' ? (parsed(value, '[') ?? value) : value;
      const items = Array.isArray(list) ? list : [list];
      return items.map((item) => lenient(item, (schema.items ?? {}) as Json));
    }
    case 'object':
      return typeof value === 'string' ? (parsed(value, '{') ?? value) : value;
    default:
      return value;
  }
}

/** `priority` means `priorities` where that is the one choice that it can be. */
function onlyPlural(known: readonly string[], value: string): string | undefined {
  const stem = plain(value).replace(/y$/, 'i');
  const plurals = known.filter((choice) => [`${stem}s`, `${stem}es`].includes(plain(choice)));
  return plurals.length === 1 ? plurals[0] : undefined;
}

/** JSON that was sent as a text. */
function parsed(text: string, first: string): unknown {
  if (!text.trim().startsWith(first)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The argument that a name means: itself, another spelling of it, or one of the tool's aliases. */
function argumentNamed(
  name: string,
  known: readonly string[],
  aliases: Readonly<Record<string, string>>,
): string | undefined {
  if (known.includes(name)) return name;
  const spelt = known.find((argument) => plain(argument) === plain(name));
  if (spelt !== undefined) return spelt;
  return Object.entries(aliases).find(([alias]) => plain(alias) === plain(name))?.[1];
}

/**
 * A tool's input from what a client sent. Slips whose meaning is certain are taken: a number as a text, a single value for a
 * list, `ticket_id` for `ticketId`.
 * @throws {ToolInputError} for an unknown argument, with the closest real one, and for a value that does not fit.
 */
export function readArguments(
  input: z.ZodObject,
  given: unknown,
  aliases: Readonly<Record<string, string>> = {},
): unknown {
  if (given !== undefined && !isObject(given))
    throw new ToolInputError('arguments', 'The arguments have to be one object.');
  const properties = propertiesOf(input);
  const known = Object.keys(properties);
  const read: Json = {};
  for (const [name, value] of Object.entries(given ?? {})) {
    const argument = argumentNamed(name, known, aliases);
    if (argument === undefined) throw unknownArgument(name, known, aliases);
    if (value === null || value === undefined) continue;
    if (argument !== name && argument in (given as Json)) {
      throw new ToolInputError(name, `${name} and ${argument} are the same argument; send ${argument} only.`);
    }
    read[argument] = lenient(value, properties[argument] ?? {});
  }
  const result = input.safeParse(read);
  if (result.success) return result.data;
  throw refused(result.error.issues, properties, read);
}

function unknownArgument(
  name: string,
  known: readonly string[],
  aliases: Readonly<Record<string, string>>,
): ToolInputError {
  const [word] = closest(name, [...known, ...Object.keys(aliases)], 1);
  const near = word === undefined ? undefined : (aliases[word] ?? word);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  return new ToolInputError(name, `There is no argument ${name}.${hint}`, { allowed: known });
}

const TYPES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);

/** The first thing that does not fit, in our words. */
function refused(issues: readonly z.core.$ZodIssue[], properties: Record<string, Json>, given: Json): ToolInputError {
  const [issue] = issues;
  const path = issue?.path.map(String) ?? [];
  const argument =
    path.length === 0
      ? 'arguments'
      : path.reduce(
          (text, part) => (/^\d+$/.test(part) ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
          '',
        );
  if (issue === undefined) return new ToolInputError(argument, 'The arguments do not fit.');
  if (issue.code === 'unrecognized_keys') {
    const name = issue.keys[0] ?? '';
    return new ToolInputError(`${argument}.${name}`, `${argument} has no member ${name}.`);
  }
  if (issue.code === 'invalid_type' && valueAt(given, issue.path) === undefined) {
    const description = properties[path[0] ?? '']?.description;
    return new ToolInputError(
      argument,
      `${argument} is missing.${typeof description === 'string' ? ` (${description})` : ''}`,
    );
  }
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    return new ToolInputError(argument, `${argument} has to be one of ${allowed.join(', ')}.`, { allowed });
  }
  if (issue.code === 'invalid_type')
    return new ToolInputError(argument, `${argument} has to be ${TYPES[issue.expected] ?? issue.expected}.`);
  const wanted = issue.message.replace(/^Invalid input: /, '');
  return new ToolInputError(argument, `${argument}: ${wanted}.`);
}
