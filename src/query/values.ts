import type { Literal, Operator } from './ast.ts';
import { instantOf } from './dates.ts';
import { likeTest } from './like.ts';

/** The SQL collation of a default installation compares without letter case. */
const fold = (text: string): string => text.toLowerCase();

/** A literal with what is worked out once for all rows. */
type Prepared = Exclude<Literal, { kind: 'datetime' }> | { kind: 'datetime'; instant: number | undefined };

const prepared = (literal: Literal): Prepared =>
  literal.kind === 'datetime' ? { kind: 'datetime', instant: instantOf(literal.value) } : literal;

/** Order of two values of a record and a query: negative, 0, positive, or `undefined` when they do not compare. */
function compare(actual: unknown, literal: Prepared): number | undefined {
  switch (literal.kind) {
    case 'number': {
      const number = typeof actual === 'string' && actual !== '' ? Number(actual) : actual;
      return typeof number !== 'number' || Number.isNaN(number) ? undefined : number - literal.value;
    }
    case 'boolean':
      return typeof actual === 'boolean' ? Number(actual) - Number(literal.value) : undefined;
    case 'datetime': {
      const wanted = literal.instant;
      const have = typeof actual === 'string' ? instantOf(actual) : undefined;
      return wanted === undefined || have === undefined ? undefined : have - wanted;
    }
    case 'string': {
      if (typeof actual === 'number') return actual - Number(literal.value);
      if (typeof actual === 'boolean') return fold(String(actual)) === fold(literal.value) ? 0 : 1;
      if (typeof actual !== 'string') return undefined;
      const [a, b] = [fold(actual), fold(literal.value)];
      if (a === b) return 0;
      return a < b ? -1 : 1;
    }
    case 'null':
      return undefined;
  }
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Whether a value equals a literal; an absent value equals null only. */
function equals(actual: unknown, literal: Prepared): boolean {
  if (literal.kind === 'null') return isAbsent(actual);
  return compare(actual, literal) === 0;
}

function testText(literal: Literal, contains: boolean): (actual: unknown) => boolean {
  const text = literal.kind === 'null' ? '' : String(literal.value);
  if (contains) {
    const wanted = fold(text);
    return (actual) => !isAbsent(actual) && fold(String(actual)).includes(wanted);
  }
  const matches = likeTest(text);
  return (actual) => !isAbsent(actual) && matches(String(actual));
}

const ORDERED: Partial<Record<Operator, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** The test that an operator and its literals make of a value. */
export function valueTest(operator: Operator, literals: readonly Literal[]): (actual: unknown) => boolean {
  const [given = { kind: 'null' } as const] = literals;
  const wanted = literals.map(prepared);
  const first = prepared(given);
  const ordered = ORDERED[operator];
  if (ordered !== undefined) {
    return (actual) => {
      const order = compare(actual, first);
      return order !== undefined && ordered(order);
    };
  }
  switch (operator) {
    case '=':
      return (actual) => equals(actual, first);
    case '!=':
      // An absent value differs from every given one; only null itself means absence.
      return (actual) => (first.kind === 'null' ? !isAbsent(actual) : isAbsent(actual) || !equals(actual, first));
    case 'in':
      return (actual) => wanted.some((literal) => equals(actual, literal));
    case 'not in':
      return (actual) => !wanted.some((literal) => equals(actual, literal));
    case 'contains':
    case 'like':
      return testText(given, operator === 'contains');
    default: {
      const positive = testText(given, operator === 'not contains');
      return (actual) => !positive(actual);
    }
  }
}
