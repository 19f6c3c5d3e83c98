import { isRecord } from '../json.ts';
import type { Comparison, Expression, Literal } from './ast.ts';
import { valueTest } from './values.ts';

type Row = Readonly<Record<string, unknown>>;
type Test = (row: Row) => boolean;

/** How the value at a path of a record is read. Made once for a path, used for every record. */
export type Access = (path: readonly string[]) => (row: Row) => unknown;

const ownMembers: Access = (path) => (row) => valueAt(row, path);

/** A member in any letter case; exact spelling is the fast path. */
function member(row: Row, name: string): unknown {
  if (Object.hasOwn(row, name)) return row[name];
  const lower = name.toLowerCase();
  for (const key of Object.keys(row)) if (key.toLowerCase() === lower) return row[key];
  return undefined;
}

/** Filtered by bare names, kept inside `_info`. */
const METADATA = new Set(['lastupdated', 'dateentered', 'updatedby', 'enteredby']);

function valueAt(row: Row, path: readonly string[]): unknown {
  let value: unknown = row;
  for (const [depth, segment] of path.entries()) {
    if (!isRecord(value)) return undefined;
    const next = member(value, segment);
    value =
      next === undefined && depth === 0 && METADATA.has(segment.toLowerCase()) && isRecord(value._info)
        ? member(value._info, segment)
        : next;
  }
  return value;
}

const literalsOf = ({ value }: Comparison): readonly Literal[] => (value.kind === 'list' ? value.values : [value]);

function comparisonTest(comparison: Comparison, access: Access): Test {
  const test = valueTest(comparison.operator, literalsOf(comparison));
  const read = access(comparison.path);
  return (row) => {
    const value = read(row);
    // A reference compared with null asks whether it is set.
    return test(isRecord(value) ? (value.id ?? value) : value);
  };
}

/**
 * The test that a query makes of a record. Compile once, use for every row.
 * @param access how records are read, where they are more than their own members
 */
export function matcher(expression: Expression, access: Access = ownMembers): Test {
  if (expression.kind === 'comparison') return comparisonTest(expression, access);
  const tests = expression.terms.map((term) => matcher(term, access));
  return expression.kind === 'and'
    ? (row) => tests.every((test) => test(row))
    : (row) => tests.some((test) => test(row));
}

/** The name of the array that every comparison of the expression goes into, or `undefined` when they differ. */
function commonArray(expression: Expression): string | undefined {
  if (expression.kind === 'comparison') return expression.path[0];
  const [first, ...rest] = expression.terms.map(commonArray);
  return rest.every((name) => name?.toLowerCase() === first?.toLowerCase()) ? first : undefined;
}

function withoutArray(expression: Expression): Expression {
  return expression.kind === 'comparison'
    ? { ...expression, path: expression.path.slice(1) }
    : { kind: expression.kind, terms: expression.terms.map(withoutArray) };
}

/**
 * The test for `childConditions`: comparisons that go into one array hold for one and the same element, comparisons on
 * different arrays are tested each by itself.
 */
export function childMatcher(expression: Expression): Test {
  const array = commonArray(expression);
  if (array !== undefined) {
    const test = matcher(withoutArray(expression));
    return (row) => {
      const elements = member(row, array);
      return Array.isArray(elements) && elements.some((element) => isRecord(element) && test(element));
    };
  }
  if (expression.kind === 'comparison') return () => false;
  const tests = expression.terms.map(childMatcher);
  return expression.kind === 'and'
    ? (row) => tests.every((test) => test(row))
    : (row) => tests.some((test) => test(row));
}

const namesCaption = (expression: Expression): boolean =>
  expression.kind === 'comparison'
    ? expression.path[0]?.toLowerCase() === 'caption'
    : expression.terms.some(namesCaption);

/**
 * The test for `customFieldConditions`: `caption` and `value` of one and the same custom field. Where several groups, each with a
 * caption of its own, are joined by AND, each may hold for another field (our choice; no recording shows what Manage does).
 */
export function customFieldMatcher(expression: Expression): Test {
  if (expression.kind === 'and' && expression.terms.every((term) => term.kind !== 'comparison' && namesCaption(term))) {
    const tests = expression.terms.map(customFieldMatcher);
    return (row) => tests.every((test) => test(row));
  }
  const test = matcher(expression);
  return (row) => Array.isArray(row.customFields) && row.customFields.some((field) => isRecord(field) && test(field));
}

/** Value of a record at a field path, in any letter case; `lastUpdated` and `dateEntered` are looked up in `_info`. */
export const readPath = (row: Row, path: readonly string[]): unknown => valueAt(row, path);
