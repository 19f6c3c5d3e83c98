import { isRecord, type JsonObject } from '../../json.ts';
import { cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';
import { saysNothing } from './nothing-given.ts';
import { ruleOf } from './rules.ts';

/** What an entry of a list calls its name and its value, besides what the argument itself calls them. */
const NAMES = ['caption', 'question', 'name', 'field', 'label', 'key', 'type'] as const;
const VALUES = ['value', 'answer', 'amount'] as const;

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const memberOf = (entry: JsonObject, members: readonly string[]): string | undefined =>
  members.find((member) => Object.hasOwn(entry, member));

/** `{question, value}` of an entry under any of its names; `undefined` for an object that is none. */
function entryOf(item: JsonObject, key: string): JsonObject | undefined {
  const [name, value] = [memberOf(item, [key, ...NAMES]), memberOf(item, VALUES)];
  if (name === undefined || value === undefined || Object.keys(item).length > 2) return undefined;
  return { [key]: item[name], value: item[value] };
}

/**
 * Values by name as a list of `{question, value}`, from such a list, from one entry, and from an object of names and values, as
 * JSON text too. `undefined` where the argument is something else. Entries without a value say nothing.
 */
export function entriesFor(schema: unknown, sent: unknown): unknown {
  const rule = ruleOf(schema);
  if (rule?.reads !== 'values') return undefined;
  const { key } = rule;
  const given = typeof sent === 'string' ? parsed(sent) : sent;
  const items = Array.isArray(given) ? given : [given];
  const entries = items.flatMap((item): unknown[] => {
    if (!isRecord(item)) return [item];
    return [entryOf(item, key)].flatMap(
      (entry) => entry ?? Object.entries(item).map(([name, value]) => ({ [key]: name, value })),
    );
  });
  return entries.filter((entry) => !isRecord(entry) || !saysNothing('value', entry.value));
}

/** The object that such a list stands for. @throws {ToolInputError} when a name comes twice with different values */
export function valuesOf(argument: string, list: unknown, key: string): JsonObject {
  const values = new Map<string, unknown>();
  for (const entry of Array.isArray(list) ? list.filter(isRecord) : []) {
    const name = String(entry[key]);
    if (values.has(name) && values.get(name) !== entry.value)
      throw new ToolInputError(argument, say`${cleanLine(argument)}: ${cleanLine(name)} has two values; send one.`);
    values.set(name, entry.value);
  }
  return Object.fromEntries(values);
}
