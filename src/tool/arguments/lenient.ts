import { isRecord } from '../../json.ts';
import { cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';

type Json = Readonly<Record<string, unknown>>;

/** A number of a record as people write it: `#4711`, `ticket 4711`, `SR#4711`, `Ticket No. 4711`. */
const NUMBERED = /^(?:[a-z][a-z ]*?)? ?(?:no\.?|nr\.?|number|id)? ?[#:]? ?(\d+)$/i;
/** Thousands to some, a fraction to others. */
const GROUPED = /^\s*-?[1-9]\d{0,2}\.\d{3}\s*$/;
/** Longer texts are not taken for a number. */
const LONGEST_NUMBER = 60;

/** A scalar that came in a list of one, or as the reference that Manage's own records hold. */
function unwrapped(value: unknown, wantsNumber: boolean): unknown {
  if (Array.isArray(value)) return value.length === 1 ? unwrapped(value[0], wantsNumber) : value;
  if (typeof value !== 'object' || value === null) return value;
  const { id, identifier, name } = value as Json;
  return (wantsNumber ? id : (id ?? identifier ?? name)) ?? value;
}

function numeric(argument: string, value: unknown): unknown {
  if (typeof value === 'number' && value <= 0 && argument.endsWith('Id'))
    throw new ToolInputError(
      argument,
      say`${cleanLine(argument)} ${value} is not an id; ids are numbers from 1, like 4711.`,
    );
  if (typeof value !== 'string') return value;
  if (GROUPED.test(value))
    throw new ToolInputError(
      argument,
      say`${cleanLine(argument)} "${cleanLine(value.trim())}" can be read as ${Number(value)} or ${Number(value.replaceAll('.', ''))}. Send the one you mean.`,
    );
  if (/^\s*#?-?\d+(\.\d+)?\s*$/.test(value)) return numeric(argument, Number(value.replace('#', '')));
  if (value.length > LONGEST_NUMBER || !argument.endsWith('Id')) return value;
  const numbered = NUMBERED.exec(value.trim().replace(/\s+/g, ' '));
  return numbered === null ? value : Number(numbered[1]);
}

/** Turns what was sent into the type that is meant, where there is only one meaning; anything else stays for the schema to refuse. */
export function lenient(argument: string, sent: unknown, schema: Json): unknown {
  const wantsNumber = schema.type === 'number' || schema.type === 'integer';
  const value = wantsNumber || schema.type === 'string' ? unwrapped(sent, wantsNumber) : sent;
  switch (schema.type) {
    case 'number':
    case 'integer':
      return numeric(argument, value);
    case 'boolean':
      if (typeof value === 'string' && /^(true|false|yes|no)$/i.test(value.trim()))
        return /^(true|yes)$/i.test(value.trim());
      return value;
    case 'string':
      if (Array.isArray(schema.enum) && typeof value === 'string') {
        const known = schema.enum.filter((choice): choice is string => typeof choice === 'string');
        return known.find((choice) => bareName(choice) === bareName(value)) ?? onlyPlural(known, value) ?? value;
      }
      return typeof value === 'number' || (typeof value === 'boolean' && schema.enum === undefined)
        ? String(value)
        : value;
    case 'array': {
      const list = typeof value === 'string' ? (parsed(value, '[') ?? value) : value;
      const items = Array.isArray(list) ? list : inOneText(list, (schema.items ?? {}) as Json);
      return items.map((item) => lenient(argument, item, (schema.items ?? {}) as Json));
    }
    case 'object':
      return withMembers(
        typeof value === 'string' ? (parsed(value, '{') ?? asOnlyRequired(value, schema)) : value,
        schema,
      );
    default:
      return value;
  }
}

/** An object whose numbers and switches are read as those of an argument: `{product: "DOCK", quantity: "3"}`. */
function withMembers(value: unknown, { properties }: Json): unknown {
  if (!isRecord(value) || !isRecord(properties)) return value;
  const members = Object.entries(value).map(([name, member]) => {
    const schema = properties[name];
    const isPlain = isRecord(schema) && /^(number|integer|boolean)$/.test(String(schema.type));
    return [name, isPlain ? lenient(name, member, schema) : member] as const;
  });
  return Object.fromEntries(members);
}

/** Choices and numbers in one text, "contact, cc" or "#507 and 508". A list of names stays whole: names may hold commas themselves. */
function inOneText(value: unknown, items: Json): readonly unknown[] {
  const isPlain = Array.isArray(items.enum) || items.type === 'integer' || items.type === 'number';
  if (typeof value !== 'string' || !isPlain) return [value];
  const parts = value.split(/[,;]|\band\b/i).map((part) => part.trim());
  return parts.filter((part) => part !== '');
}

/** A text in place of an object is the one text that such an object has to have: `"5185550123"` is `{value: "5185550123"}`. */
function asOnlyRequired(text: string, { required, properties }: Json): unknown {
  const [only, other] = Array.isArray(required) ? (required as string[]) : [];
  if (only === undefined || other !== undefined || text.trim() === '') return text;
  const { type } = (properties as Record<string, Json> | undefined)?.[only] ?? {};
  return type === 'string' ? { [only]: text } : text;
}

/** `priority` means `priorities` where that is the one choice that it can be. */
function onlyPlural(known: readonly string[], value: string): string | undefined {
  const stem = bareName(value).replace(/y$/, 'i');
  const plurals = known.filter((choice) => [`${stem}s`, `${stem}es`].includes(bareName(choice)));
  return plurals.length === 1 ? plurals[0] : undefined;
}

/** JSON that was sent as a text, if it begins so. */
export function parsed(text: string, first: '{' | '['): unknown {
  if (!text.trim().startsWith(first)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A name as it compares: in any letter case, with or without blanks, `_` and `-`, because models write all of these. */
export const bareName = (name: string): string => name.toLowerCase().replace(/[_\-\s]/g, '');
