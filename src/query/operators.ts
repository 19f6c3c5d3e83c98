import { closest } from '../api/closest.ts';
import type { resolvePath } from '../api/fields.ts';
import type { Schemas } from '../api/index.ts';
import type { Operator } from './ast.ts';
import { likeLiteral } from './build.ts';
import { WhereError } from './errors.ts';
import { opSaid, valuesOf, WHERE_OPERATORS, type WhereEntry, whereOperator } from './where.ts';

/** What stands in a filter for a field that holds nothing. */
const NULL = /^\s*(?:is )?null\s*$/i;
const NOTHING = /^\s*(?:none|nobody|no ?one|nothing|unassigned|empty|blank|n\/a)\s*$/i;
const NOT_NULL = /^\s*(?:is )?not[ _]?(?:null|empty|blank)\s*$/i;

/** Whether a value is the word "null", as text. */
export const saysNull = (value: unknown): boolean => typeof value === 'string' && NULL.test(value);

/**
 * What a value says about a field that holds nothing: `absent` for "null" and "none", `present` for "not null"; `undefined` for a
 * value to compare with.
 */
export function absenceSaid(value: unknown): 'absent' | 'present' | undefined {
  if (typeof value !== 'string') return undefined;
  if (NOT_NULL.test(value)) return 'present';
  return NULL.test(value) || NOTHING.test(value) ? 'absent' : undefined;
}

/** `isNull` and `notNull`, also with true or false beside them; `undefined` for other operators. */
export function nullTest(name: string, operator: Operator, { value }: WhereEntry, at: string): '=' | '!=' | undefined {
  if (name === 'eq' || name === 'ne') {
    if (value === null) return operator as '=' | '!=';
    const said = absenceSaid(value);
    if (said === undefined) return undefined;
    return (said === 'absent') === (name === 'eq') ? '=' : '!=';
  }
  if (name !== 'isNull' && name !== 'notNull') return undefined;
  const said = String(value ?? '').toLowerCase();
  if (!['', 'true', 'false', 'null'].includes(said)) {
    throw new WhereError(`${at}.value`, `${at}.value: op ${name} takes no value; use eq to compare with one.`);
  }
  return (name === 'isNull') === (said !== 'false') ? '=' : '!=';
}

const plainOp = ({ op }: WhereEntry): string => (op ?? '').toLowerCase().replace(/[\s_-]/g, '');

/** "2026-11-01 and 2026-11-07" as two; a list as it is. */
function bounds(entry: WhereEntry): readonly unknown[] {
  const { value } = entry;
  const parts = typeof value === 'string' ? value.split(/\s+(?:and|to)\s+|\s*\.\.\s*/i) : [];
  return parts.length === 2 ? parts : valuesOf(entry, 'in');
}

/** Characters that make a text a pattern. */
const WILDCARD = /[%*_?[]/;

/**
 * Operators that Manage lacks, as those that it has: a beginning or an end of a text as a pattern, `between` as two bounds, and
 * `like` without a wildcard, which would be equality, as the part of the text that people mean by it.
 * @throws {WhereError} for a `between` without two values
 */
export function withOperators(entry: WhereEntry, at: string): WhereEntry {
  const { field, value } = entry;
  switch (plainOp(entry)) {
    case 'startswith':
    case 'beginswith':
      return { field, op: 'like', value: `${likeLiteral(String(value ?? ''))}%` };
    case 'endswith':
      return { field, op: 'like', value: `%${likeLiteral(String(value ?? ''))}` };
    case 'between': {
      const [from, to, more] = bounds(entry);
      if (from === undefined || to === undefined || more !== undefined)
        throw new WhereError(`${at}.value`, `${at}.value: between takes two values, the lower one first.`);
      const bound = (op: string, limit: unknown): WhereEntry => ({ field, op, value: limit as string | number });
      return { all: [bound('gte', from), bound('lte', to)] };
    }
    default: {
      const name = whereOperator(entry.op ?? '');
      if ((name !== 'like' && name !== 'notLike') || typeof value !== 'string' || WILDCARD.test(value)) return entry;
      return { ...entry, op: name === 'like' ? 'contains' : 'notContains' };
    }
  }
}

/** Reads an entry's operator. */
export function operatorOf(entry: WhereEntry, at: string): { name: string; operator: Operator } {
  const given = opSaid(entry);
  const name = whereOperator(given);
  if (name === undefined) {
    const known = Object.keys(WHERE_OPERATORS);
    throw new WhereError(
      `${at}.op`,
      `${at}.op ${JSON.stringify(given)} is not known; use one of ${known.join(', ')}.`,
      closest(given, known),
    );
  }
  const list = Array.isArray(entry.value);
  if (list && name === 'eq') return { name: 'in', operator: 'in' };
  if (list && name === 'ne') return { name: 'notIn', operator: 'not in' };
  return { name, operator: WHERE_OPERATORS[name] ?? '=' };
}

/** Whether an operator looks for what is not so. */
export const isNegated = (name: string): boolean => /^(ne|notContains|notLike|notIn)$/.test(name);

/** Whether a reference is compared with ids, not with names. */
export const meansIds = (entry: WhereEntry, operator: Operator): boolean =>
  valuesOf(entry, operator).every((value) => /^\d+$/.test(String(value)));

const ORDERED = new Set(['lt', 'lte', 'gt', 'gte']);

/** Names of records have no order: "above High" would be by the alphabet, "at most 2" by the ids. */
export function checkOrder(entry: WhereEntry, path: string, at: string): void {
  const { name } = operatorOf(entry, at);
  if (!ORDERED.has(name)) return;
  throw new WhereError(
    `${at}.op`,
    `${at}.op: ${path} cannot be compared with ${name}, because names have no order. Use eq or in with the names that are meant.`,
  );
}

/**
 * Manage asks of a list whether one of its items fits. "Not Vendor" would find whatever has another type beside it, and an item as
 * a whole is like nothing.
 */
export function checkList(
  entry: WhereEntry,
  { path, array, field }: Extract<ReturnType<typeof resolvePath>, { kind: 'array' }>,
  at: string,
  api: Schemas,
): void {
  const list = array.join('/');
  if (isNegated(operatorOf(entry, at).name))
    throw new WhereError(
      `${at}.op`,
      `${at}.op: ${list} is a list, and Manage can only look for records with an item, not for those without.`,
    );
  if (field.type !== 'object' || path.length > array.length) return;
  const members = [...(api.schema(field.schema ?? '')?.fields.keys() ?? [])].map((name) => `${list}/${name}`);
  throw new WhereError(
    `${at}.field`,
    `${at}.field: name what is compared of ${list}: ${members.slice(0, 8).join(', ')}.`,
    members,
  );
}
