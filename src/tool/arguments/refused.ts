import type { z } from 'zod';
import { isRecord, type JsonObject } from '../../json.ts';
import { type Clean, cleanLine, cut, joined, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';

const TYPES = {
  int: say`a whole number`,
  number: say`a number`,
  string: say`a text`,
  boolean: say`true or false`,
  array: say`a list`,
  object: say`an object`,
} as const;

/** Characters of a wrong value that the refusal shows. */
const MOST_SHOWN = 60;

/** Characters of a filter that the refusal shows as it has to be. */
const MOST_FILTER = 200;

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);

/** `where[0].field`, as a caller would write it. */
function argumentAt(path: readonly PropertyKey[]): Clean {
  const [first, ...rest] = path.map(String);
  if (first === undefined) return say`arguments`;
  return cleanLine(rest.reduce((text, part) => (/^\d+$/.test(part) ? `${text}[${part}]` : `${text}.${part}`), first));
}

/** The members that an object of an argument has; nothing where the schema does not name them. */
function membersAt(
  properties: Readonly<Record<string, JsonObject>>,
  path: readonly PropertyKey[],
): Clean[] | undefined {
  const at = path.reduce<unknown>(
    (schema, key) => {
      if (!isRecord(schema)) return undefined;
      return typeof key === 'number' ? schema.items : membersOf(schema)?.[String(key)];
    },
    { properties },
  );
  const members = isRecord(at) ? membersOf(at) : undefined;
  return members && Object.keys(members).map(cleanLine);
}

const membersOf = ({ properties }: JsonObject): JsonObject | undefined =>
  isRecord(properties) ? properties : undefined;

/** What a value of a schema looks like: `[{"product": "...", "quantity": 1}]`. Members without a type of their own are texts. */
function exampleOf(schema: unknown): unknown {
  if (!isRecord(schema)) return '...';
  const members = membersOf(schema);
  if (members !== undefined)
    return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, exampleOf(member)]));
  if (Array.isArray(schema.enum)) return schema.enum[0];
  switch (schema.type) {
    case 'array':
      return [exampleOf(schema.items)];
    case 'number':
    case 'integer':
      return 1;
    case 'boolean':
      return true;
    default:
      return '...';
  }
}

/** The shape of an argument that holds objects; nothing of any other. Filters have words of their own. */
function shapeOf(name: string, schema: JsonObject = {}): string | undefined {
  const holder = isRecord(schema.items) ? schema.items : schema;
  const { required } = holder;
  const members = membersOf(holder);
  if (members === undefined || name === 'where') return undefined;
  const optional = Object.keys(members).filter((member) => !(Array.isArray(required) && required.includes(member)));
  const left =
    optional.length === 0 || optional.length === Object.keys(members).length
      ? ''
      : ` (${optional.join(', ')} may be left out)`;
  return `${name} takes ${JSON.stringify(exampleOf(schema)).replace(/([:,])(?=\S)/g, '$1 ')}${left}.`;
}

/** What does not fit, in our words, an error for each argument; with the shape of one that holds objects. */
export function refused(
  issues: readonly z.core.$ZodIssue[],
  properties: Readonly<Record<string, JsonObject>>,
  given: JsonObject,
): readonly ToolInputError[] {
  const each = issues.filter(({ path }, at) => issues.findIndex((other) => other.path[0] === path[0]) === at);
  return each.map((issue) => refusedOne(issue, properties, given));
}

/** What does not fit one argument. */
function refusedOne(
  issue: z.core.$ZodIssue,
  properties: Readonly<Record<string, JsonObject>>,
  given: JsonObject,
): ToolInputError {
  const error = said(issue, properties, given);
  const [name] = issue.path.map(String);
  const shape = name === undefined ? undefined : shapeOf(name, properties[name]);
  if (shape === undefined || error.next !== undefined) return error;
  return new ToolInputError(error.argument, cleanLine(error.message), { allowed: error.allowed, next: shape });
}

function said(
  issue: z.core.$ZodIssue,
  properties: Readonly<Record<string, JsonObject>>,
  given: JsonObject,
): ToolInputError {
  const argument = argumentAt(issue.path);
  const value = valueAt(given, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const name = cleanLine(issue.keys[0]);
      return new ToolInputError(`${argument}.${name}`, say`${argument} has no member ${name}.`, {
        allowed: membersAt(properties, issue.path),
      });
    }
    case 'invalid_type':
      return value === undefined
        ? missing(argument, properties[String(issue.path[0])]?.description)
        : wrongType(argument, { expected: issue.expected, value, properties });
    case 'invalid_value': {
      const allowed = issue.values.map(cleanLine);
      return new ToolInputError(argument, say`${argument} has to be one of ${joined(allowed, ', ')}.`, { allowed });
    }
    case 'too_big':
      return new ToolInputError(argument, say`${argument} has to be at most ${Number(issue.maximum)}.`);
    case 'too_small':
      return new ToolInputError(argument, say`${argument} has to be at least ${Number(issue.minimum)}.`);
    case 'invalid_union':
      return new ToolInputError(
        argument,
        say`${argument} has to be JSON, an object of members or a list: {"summary": "..."}.`,
      );
    default:
      return new ToolInputError(
        argument,
        say`${argument}: ${cleanLine(issue.message.replace(/^Invalid input: /, ''))}.`,
      );
  }
}

function missing(argument: Clean, description: unknown): ToolInputError {
  const hint = typeof description === 'string' ? say` (${cleanLine(description)})` : say``;
  return new ToolInputError(argument, say`${argument} is missing.${hint}`);
}

/** The `where` that a filter in the language of Manage means, where it is a single comparison; else what an entry looks like. */
function filterMeant(said: string): Clean {
  const [, field, sign, quoted, plain] = /^\s*([\w/]+)\s*(!?=)\s*(?:"([^"]*)"|'?([^"'=<>()]+?)'?)\s*$/.exec(said) ?? [];
  const value = quoted ?? plain;
  const isOne = field !== undefined && value !== undefined && !/\b(?:and|or)\b/i.test(plain ?? '');
  if (!isOne)
    return say`where takes entries such as [{"field":"company","op":"eq","value":"Acme"}], all of which have to hold.`;
  const entry = { field, op: sign === '=' ? 'eq' : 'ne', value };
  return say`Send where: ${cut(cleanLine(JSON.stringify([entry])), MOST_FILTER)}`;
}

/** A value of another type, with what is wanted instead. */
function wrongType(
  argument: Clean,
  {
    expected,
    value,
    properties,
  }: { expected: string; value: unknown; properties: Readonly<Record<string, JsonObject>> },
): ToolInputError {
  const or = 'where' in properties ? say`, or use where with op in` : say``;
  if (Array.isArray(value) && expected !== 'array')
    return new ToolInputError(argument, say`${argument} takes one value; call once for each${or}.`);
  const wanted = Object.hasOwn(TYPES, expected) ? TYPES[expected as keyof typeof TYPES] : cleanLine(expected);
  if (argument.startsWith('where') && typeof value === 'string') {
    const problem = say`${argument} has to be {field, op, value}.`;
    return 'conditions' in properties
      ? new ToolInputError(argument, say`${problem} The language of Manage itself goes into conditions.`)
      : new ToolInputError(argument, problem, { next: filterMeant(value) });
  }
  if (typeof value === 'boolean' && expected === 'string')
    return new ToolInputError(
      argument,
      say`${argument} has to be a text, not ${value ? say`true` : say`false`}. Leave it out if there is none.`,
    );
  if (typeof value !== 'string') return new ToolInputError(argument, say`${argument} has to be ${wanted}.`);
  const next = argument.endsWith('Id')
    ? say` Ids are the numbers that Manage gives, like 4711; the search tools find them.`
    : say``;
  return new ToolInputError(
    argument,
    say`${argument} has to be ${wanted}, not "${cut(cleanLine(value), MOST_SHOWN)}".${next}`,
  );
}
