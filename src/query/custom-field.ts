import type { Field } from '../api/index.ts';
import type { Expression } from './ast.ts';
import { any, field } from './build.ts';
import { instantOf } from './dates.ts';
import { WhereError } from './errors.ts';
import type { TimeField } from './times.ts';
import { valuesOf, WHERE_OPERATORS, type WhereEntry, whereOperator } from './where.ts';

/** How the value of a custom field is compared. */
export interface CustomFieldKind {
  readonly field: Field;
  readonly time?: TimeField;
}

/** The caption in `customFields/Renewal date`, without the quotes that some put around it; `undefined` for any other path. */
export function captionIn(path: string): string | undefined {
  const [member, ...rest] = path.split('/');
  if (member?.toLowerCase() !== 'customfields' || rest.length === 0) return undefined;
  return rest.join('/').replace(/^"|"$/g, '');
}

const TEXT: CustomFieldKind = { field: { type: 'string' } };
const NUMBER: CustomFieldKind = { field: { type: 'number' } };
const DAY: CustomFieldKind = { field: { type: 'string' }, time: { kind: 'day', dayAtMidnight: false } };

const KINDS: Readonly<Record<string, CustomFieldKind>> = {
  Number: NUMBER,
  Percent: NUMBER,
  Currency: NUMBER,
  Checkbox: { field: { type: 'boolean' } },
  Date: DAY,
};

const ORDERED = /^(lt|lte|gt|gte)$/;
const NUMERIC = /^\s*-?\d+(\.\d+)?\s*$/;

/** Without a type the value decides: dates and numbers compare as such. @throws {WhereError} for words that are to be ordered */
function kindOfValues(entry: WhereEntry, caption: string, at: string): CustomFieldKind {
  const { op, value } = entry;
  const operator = whereOperator(op ?? 'eq') ?? '';
  const values = valuesOf(entry, WHERE_OPERATORS[operator]).map(String);
  const isOrdered = ORDERED.test(operator);
  if (isOrdered && values.every((one) => NUMERIC.test(one))) return NUMBER;
  if (values.every((one) => !NUMERIC.test(one) && instantOf(one) !== undefined)) return DAY;
  if (!isOrdered) return TEXT;
  throw new WhereError(
    `${at}.value`,
    `${at}.value: the type of ${caption} is not known, so ${operator} takes only a date such as 2026-03-04 or a number, not ${JSON.stringify(value)}.`,
  );
}

/**
 * How a filter on a custom field reads its values: as the field's type, so that "last month" is days for a date and an error for a
 * number.
 * @param type of the field, as the set-up names it; `undefined` where it is not known
 * @throws {WhereError} for words that lt, lte, gt or gte compare a field of unknown type with
 */
export function customFieldKind(
  type: string | undefined,
  entry: WhereEntry,
  { caption, at }: { readonly caption: string; readonly at: string },
): CustomFieldKind {
  return type === undefined ? kindOfValues(entry, caption, at) : (KINDS[type] ?? TEXT);
}

/** A comparison of a checkbox in which nothing stored means no: a box that nobody touched has no value. */
export function withEmptyAsNo(expression: Expression): Expression {
  if (expression.kind !== 'comparison') return { ...expression, terms: expression.terms.map(withEmptyAsNo) };
  const { path, operator, value } = expression;
  if (value.kind !== 'boolean') return expression;
  if ((operator === '=') === value.value) return field(path.join('/'), '=', true);
  return any(field(path.join('/'), '=', false), field(path.join('/'), '=', null)) as Expression;
}
