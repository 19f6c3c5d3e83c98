import { DateTime } from 'luxon';
import type { Comparison, Expression, Literal, Operator } from './ast.ts';
import { QueryValueError } from './errors.ts';
import { quotesFor } from './print.ts';

/** A value as code has it; `Date` and `DateTime` become bracketed UTC times in whole seconds. */
export type PlainValue = string | number | boolean | null | Date | DateTime;

const utcSeconds = (moment: Date | DateTime): string =>
  (DateTime.isDateTime(moment) ? moment : DateTime.fromJSDate(moment)).toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");

function literalOf(value: PlainValue): Literal {
  if (value === null) return { kind: 'null' };
  if (typeof value === 'string') return { kind: 'string', value };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || Math.abs(value) >= 1e21)
      throw new QueryValueError(String(value), 'it is not a plain number');
    return { kind: 'number', value: Math.abs(value) < 1e-6 ? 0 : value };
  }
  return { kind: 'datetime', value: utcSeconds(value) };
}

/** A text in a `like` pattern, its own wildcards taken literally. */
export const likeLiteral = (text: string): string => text.replace(/[[%_*]/g, (character) => `[${character}]`);

/** The operator that finds the same text by pattern, and where the pattern is open. */
const BY_PATTERN: Partial<Record<Operator, { operator: Operator; open: '' | '%' }>> = {
  '=': { operator: 'like', open: '' },
  '!=': { operator: 'not like', open: '' },
  contains: { operator: 'like', open: '%' },
  'not contains': { operator: 'not like', open: '%' },
  like: { operator: 'like', open: '' },
  'not like': { operator: 'not like', open: '' },
};

/**
 * A text that no quotes hold safely (both kinds of quotes in it, a backslash at its end) is looked for by a pattern with a
 * wildcard in place of the characters in question. It can find a record too many, never a different kind of query.
 */
function byPattern(path: readonly string[], operator: Operator, text: string, reason: string): Comparison {
  const pattern = BY_PATTERN[operator];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (pattern === undefined || /[\u0000-\u001f\u007f]/.test(text)) throw new QueryValueError(text, reason);
  const literal = operator.endsWith('like') ? text : likeLiteral(text);
  const value = `${pattern.open}${literal.replaceAll('"', '%').replace(/\\+$/, '%')}${pattern.open}`;
  return { kind: 'comparison', path, operator: pattern.operator, value: { kind: 'string', value } };
}

/**
 * One comparison, safe by construction: whatever the value holds, the query keeps its shape.
 * @param path field path such as `board/name`
 * @param value a list only with `in` and `not in`
 * @throws {QueryValueError} for control characters, and for an awkward text with an operator that has no pattern.
 */
export function field(path: string, operator: Operator, value: PlainValue | readonly PlainValue[]): Comparison {
  const segments = path.split('/');
  if (Array.isArray(value)) {
    const values = (value as readonly PlainValue[]).map(literalOf);
    const awkward = values.find((literal) => literal.kind === 'string' && typeof quotesFor(literal.value) !== 'string');
    if (awkward?.kind === 'string') throw new QueryValueError(awkward.value, 'a list cannot hold it');
    return { kind: 'comparison', path: segments, operator, value: { kind: 'list', values } };
  }
  const literal = literalOf(value as PlainValue);
  if (literal.kind === 'string') {
    const quotes = quotesFor(literal.value);
    if (typeof quotes !== 'string') return byPattern(segments, operator, literal.value, quotes.reason);
  }
  return { kind: 'comparison', path: segments, operator, value: literal };
}

function junction(kind: 'and' | 'or', expressions: readonly (Expression | undefined)[]): Expression | undefined {
  const terms = expressions.filter((term) => term !== undefined);
  return terms.length <= 1 ? terms[0] : { kind, terms };
}

/** All of these have to hold; `undefined` ones are left out. */
export const all = (...expressions: readonly (Expression | undefined)[]): Expression | undefined =>
  junction('and', expressions);

/** One of these has to hold; `undefined` ones are left out. */
export const any = (...expressions: readonly (Expression | undefined)[]): Expression | undefined =>
  junction('or', expressions);
