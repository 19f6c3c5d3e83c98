import { type Comparison, type Expression, instantOf, type Literal } from '../../query/index.ts';
import { type Ids, intersection, placeOf, union } from './ids.ts';
import type { DateOperator } from './store.ts';

/** What a plan may ask of a collection. */
export interface Indexed {
  readonly ids: Ids;
  has(id: number): boolean;
  /** Ids of the records whose value at the path equals one of the literals; `undefined` where no index can say so. */
  equal(path: readonly string[], literals: readonly Literal[]): Ids | undefined;
  /** Ids of the records whose moment at the path is before or after one; `undefined` where no index can say so. */
  dated(path: readonly string[], operator: DateOperator, time: number): Ids | undefined;
}

/** The only records that can match, and what they still have to be tested for; no test is left where the indexes answer it all. */
export interface Plan {
  readonly ids: Ids;
  readonly rest: Expression | undefined;
}

const literalsOf = ({ value }: Comparison): readonly Literal[] => (value.kind === 'list' ? value.values : [value]);

/** A record's id as a literal names it: a number, or a text that reads as one. */
const idOf = (literal: Literal): number =>
  literal.kind === 'number' || literal.kind === 'string' ? Number(literal.value) : Number.NaN;

function planId({ operator, value }: Comparison, literals: readonly Literal[], collection: Indexed): Ids | undefined {
  const { ids } = collection;
  if (operator === '=' || operator === 'in') {
    const found = literals.map(idOf).filter((id) => collection.has(id));
    return [...new Set(found)].sort((a, b) => a - b);
  }
  if (value.kind !== 'number' || !Number.isInteger(value.value)) return undefined;
  const wanted = value.value;
  switch (operator) {
    case '>':
      return ids.slice(placeOf(ids, wanted + 1));
    case '>=':
      return ids.slice(placeOf(ids, wanted));
    case '<':
      return ids.slice(0, placeOf(ids, wanted));
    case '<=':
      return ids.slice(0, placeOf(ids, wanted + 1));
    case '!=':
      return [...ids.slice(0, placeOf(ids, wanted)), ...ids.slice(placeOf(ids, wanted + 1))];
    default:
      return undefined;
  }
}

const DATE_OPERATORS: readonly string[] = ['<', '<=', '>', '>='] satisfies readonly DateOperator[];

function planDate({ operator, path, value }: Comparison, collection: Indexed): Ids | undefined {
  if (!DATE_OPERATORS.includes(operator) || value.kind !== 'datetime') return undefined;
  const time = instantOf(value.value);
  return time === undefined ? undefined : collection.dated(path, operator as DateOperator, time);
}

function planComparison(comparison: Comparison, collection: Indexed): Plan | undefined {
  const { operator, path } = comparison;
  const literals = literalsOf(comparison);
  const equals = operator === '=' || operator === 'in';
  const isId = path.length === 1 && path[0]?.toLowerCase() === 'id';
  const indexed = equals && !isId ? collection.equal(path, literals) : undefined;
  const ids = isId ? planId(comparison, literals, collection) : (indexed ?? planDate(comparison, collection));
  return ids && { ids, rest: undefined };
}

const and = (terms: readonly Expression[]): Expression | undefined =>
  terms.length < 2 ? terms[0] : { kind: 'and', terms };

/** All that indexes can say is intersected, the smallest list first; the remaining terms test what is left. */
function planAnd(terms: readonly Expression[], collection: Indexed): Plan | undefined {
  const plans = terms.map((term) => plan(term, collection));
  const known = plans.filter((found) => found !== undefined).sort((a, b) => a.ids.length - b.ids.length);
  const [smallest, ...others] = known;
  if (smallest === undefined) return undefined;
  const ids = others.reduce((left, other) => intersection(left, other.ids), smallest.ids);
  const rest = terms.flatMap((term, index) => {
    const found = plans[index];
    return found === undefined ? [term] : (found.rest ?? []);
  });
  return { ids, rest: and(rest) };
}

function planOr(expression: Expression, terms: readonly Expression[], collection: Indexed): Plan | undefined {
  const plans: Plan[] = [];
  for (const term of terms) {
    const found = plan(term, collection);
    // One term that takes every row takes them all.
    if (found === undefined) return undefined;
    plans.push(found);
  }
  const isExact = plans.every(({ rest }) => rest === undefined);
  return { ids: union(plans.map(({ ids }) => ids)), rest: isExact ? undefined : expression };
}

/** How to answer conditions without looking at every record; `undefined` when every record has to be looked at. */
export function plan(expression: Expression, collection: Indexed): Plan | undefined {
  switch (expression.kind) {
    case 'comparison':
      return planComparison(expression, collection);
    case 'and':
      return planAnd(expression.terms, collection);
    case 'or':
      return planOr(expression, expression.terms, collection);
  }
}
