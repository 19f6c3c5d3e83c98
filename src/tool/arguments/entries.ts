import { asText, isRecord, type JsonObject } from '../../json.ts';
import { type Clean, cleanLine, say } from '../../text/index.ts';
import { ToolInputError } from '../errors.ts';
import { parsed } from './lenient.ts';
import { isMissing, saysNothing } from './nothing-given.ts';
import { ruleOf } from './rules.ts';

/** What an entry of a list calls its name and its value, besides what the argument itself calls them. */
const NAMES = ['caption', 'question', 'name', 'field', 'label', 'key', 'type'] as const;
const VALUES = ['value', 'answer', 'amount'] as const;

const isEmpty = (value: unknown): boolean => saysNothing('value', value) || isMissing(value);

const memberOf = (entry: JsonObject, members: readonly string[]): string | undefined =>
  members.find((member) => Object.hasOwn(entry, member));

/** `{question, value}` of an entry under any of its names; `undefined` for any other object. */
function entryOf(item: JsonObject, key: string): JsonObject | undefined {
  const value = memberOf(item, VALUES);
  const isEntry = value !== undefined || 'clear' in item;
  const name = memberOf(item, isEntry ? [key, ...NAMES] : [key]);
  const others = Object.keys(item).filter((member) => member !== name && member !== value && member !== 'clear');
  if (name === undefined || others.length > 0) return undefined;
  const entry: JsonObject = { [key]: item[name] };
  if (value !== undefined && !isEmpty(item[value])) entry.value = item[value];
  if ('clear' in item && !saysNothing('clear', item.clear)) entry.clear = item.clear;
  return entry;
}

const shapeOf = (key: string): Clean => say`[{"${cleanLine(key)}": "...", "value": "..."}]`;

/**
 * Values by name as a list of `{question, value}`, from such a list, from one entry, and from an object of names and values, as
 * JSON text too. `undefined` where the argument is something else. Entries without a value say
 * nothing, but for those of custom fields.
 * @throws {ToolInputError} with the shape of the list for anything else
 */
export function entriesFor(argument: string, schema: unknown, sent: unknown): unknown {
  const rule = ruleOf(schema);
  if (rule?.reads !== 'values') return undefined;
  const { key } = rule;
  const given = typeof sent === 'string' ? (parsed(sent, '[') ?? parsed(sent, '{') ?? sent) : sent;
  const entries = (Array.isArray(given) ? given : [given]).flatMap((item): JsonObject[] => {
    if (!isRecord(item))
      throw new ToolInputError(argument, say`${cleanLine(argument)} takes a list of values by name: ${shapeOf(key)}.`);
    const entry = entryOf(item, key);
    if (entry !== undefined) return [entry];
    return Object.entries(item).map(([name, value]) => ({
      [key]: name,
      value: isEmpty(value) ? undefined : value,
    }));
  });
  // A custom field that is named stays, so that the answer says that it was not emptied.
  const isNamed = (name: unknown): boolean => key === 'caption' && !saysNothing('name', name);
  return entries.filter(({ value, clear, [key]: name }) => value !== undefined || clear !== undefined || isNamed(name));
}

/** Whether a value names custom fields, be it without a value for any of them. */
export function namesCustomFields(schema: unknown, sent: unknown): boolean {
  const rule = ruleOf(schema);
  if (rule?.reads !== 'values' || rule.key !== 'caption') return false;
  return [sent].flat().some((item) => isRecord(item) && Object.keys(item).length > 0);
}

/** The names in such a list that neither set nor empty anything. */
export const namesWithoutValue = (list: unknown, key: string): string[] =>
  (Array.isArray(list) ? list.filter(isRecord) : [])
    .filter(({ value, clear }) => value === undefined && clear !== true)
    .map(({ [key]: name }) => asText(name));

/**
 * The object that such a list stands for; `null` for what is to be emptied, and `undefined` when the list says nothing.
 * @throws {ToolInputError} when a name comes twice with different values, or with a value and `clear`
 */
export function valuesOf(argument: string, list: unknown, key: string): JsonObject | undefined {
  const values = new Map<string, unknown>();
  const spellings = new Map<string, string>();
  for (const { [key]: named, value, clear } of Array.isArray(list) ? list.filter(isRecord) : []) {
    const said = asText(named).trim();
    const name = spellings.get(said.toLowerCase()) ?? said;
    spellings.set(said.toLowerCase(), name);
    const meant = clear === true ? null : value;
    if ((values.has(name) && values.get(name) !== meant) || (clear === true && value !== undefined))
      throw new ToolInputError(argument, say`${cleanLine(argument)}: ${cleanLine(name)} has two values; send one.`);
    if (meant !== undefined) values.set(name, meant);
  }
  return values.size === 0 ? undefined : Object.fromEntries(values);
}
