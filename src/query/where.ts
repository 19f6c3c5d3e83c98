import { z } from 'zod';
import type { Operator } from './ast.ts';

/** Operators of structured filters, and the symbols and spellings that are taken for them. */
export const WHERE_OPERATORS: Readonly<Record<string, Operator>> = {
  eq: '=',
  ne: '!=',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  contains: 'contains',
  notContains: 'not contains',
  like: 'like',
  notLike: 'not like',
  in: 'in',
  notIn: 'not in',
  isNull: '=',
  notNull: '!=',
};

const SPELLINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '=': 'eq',
    '==': 'eq',
    equals: 'eq',
    is: 'eq',
    '!=': 'ne',
    '<>': 'ne',
    not: 'ne',
    '<': 'lt',
    before: 'lt',
    '<=': 'lte',
    '>': 'gt',
    after: 'gt',
    '>=': 'gte',
    null: 'isNull',
    empty: 'isNull',
    exists: 'notNull',
    set: 'notNull',
    isnotnull: 'notNull',
    isnotempty: 'notNull',
    notempty: 'notNull',
    nin: 'notIn',
    isin: 'in',
    includes: 'contains',
    has: 'contains',
    doesnotcontain: 'notContains',
    excludes: 'notContains',
    greaterthan: 'gt',
    lessthan: 'lt',
    greaterthanorequal: 'gte',
    greaterthanorequalto: 'gte',
    lessthanorequal: 'lte',
    lessthanorequalto: 'lte',
    atleast: 'gte',
    atmost: 'lte',
    onorafter: 'gte',
    onorbefore: 'lte',
  }),
);

/** The operator that a word or symbol means, in any letter case and with or without separators; `undefined` for none. */
export function whereOperator(given: string): string | undefined {
  const word = given
    .trim()
    .toLowerCase()
    .replace(/[\s_-]/g, '');
  const known = Object.keys(WHERE_OPERATORS).find((name) => name.toLowerCase() === word);
  return known ?? SPELLINGS.get(word) ?? SPELLINGS.get(word.replace(/^is/, ''));
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const comparison = {
  field: z.string().optional(),
  op: z.string().optional(),
  value: z
    .union([scalar, z.array(scalar)])
    .optional()
    .meta({ type: 'string' }),
};

/** One entry of a filter as most lists show it: the short form of {@link WhereSchema}, which takes the same. */
export const WhereItem = z.looseObject(comparison);

/**
 * Structured filters: a list whose entries all have to hold. An entry is `{field, op, value}`, or `{any: [...]}` of which one
 * has to hold. `any` can be nested deeper than clients are shown; `compileWhere` checks it.
 */
export const WhereSchema = z
  .array(z.looseObject({ ...comparison, any: z.array(WhereItem).optional() }))
  .describe(
    '[{field: "board/name", op: eq ne lt lte gt gte contains like in isNull notNull, value}], or {any: [...]}; customFields/<caption>',
  );

/** A filter as `compileWhere` takes it, also nested deeper than the schema lets a client write. */
export interface WhereEntry {
  readonly field?: string | undefined;
  readonly op?: string | undefined;
  readonly value?: string | number | boolean | null | readonly (string | number | boolean)[] | undefined;
  readonly any?: readonly WhereEntry[] | undefined;
  readonly all?: readonly WhereEntry[] | undefined;
}

/** Other names that models give the members of an entry. */
const SPELT: Readonly<Record<string, 'field' | 'op' | 'value' | 'any' | 'all'>> = {
  key: 'field',
  name: 'field',
  property: 'field',
  column: 'field',
  operator: 'op',
  comparison: 'op',
  values: 'value',
  val: 'value',
  or: 'any',
  and: 'all',
};

/** An entry with its members under their own names. */
export const withSpelling = (entry: WhereEntry): WhereEntry =>
  Object.fromEntries(Object.entries(entry).map(([name, value]) => [SPELT[name] ?? name, value]));

/**
 * A list that was given as text: `New, Assigned`, `["New", "Assigned"]`, `("New", "In progress, waiting")`. Commas inside quotes
 * belong to the item. Linear in the length of the text.
 */
function listFromText(text: string): unknown[] {
  const trimmed = text.trim();
  if (trimmed.startsWith('[')) {
    try {
      const parsed: unknown = JSON.parse(trimmed);
      if (Array.isArray(parsed)) return parsed;
    } catch {
      // Not JSON: read as words in brackets below.
    }
  }
  const inside = /^[[(].*[\])]$/s.test(trimmed) ? trimmed.slice(1, -1) : trimmed;
  const items = inside.match(/\s*(?:"[^"]*"|'[^']*'(?=\s*(?:,|$))|[^,]+)/g) ?? [];
  return items.map((item) => item.trim().replace(/^(["'])(.*)\1$/s, '$2')).filter((item) => item !== '');
}

/** The operator that an entry has as it was said: without one it means equality, or membership when its value is a list. */
export const opSaid = ({ op, value }: WhereEntry): string => op ?? (Array.isArray(value) ? 'in' : 'eq');

/** The values of an entry: a list as it is or as text where the operator takes one, else the only one. */
export function valuesOf({ value }: WhereEntry, operator: Operator | undefined): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const takesList = operator === 'in' || operator === 'not in';
  return takesList && typeof value === 'string' ? listFromText(value) : [value];
}
