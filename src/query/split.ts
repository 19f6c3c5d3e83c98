import type { Comparison, Expression, Literal } from './ast.ts';

/**
 * Splits a query with a long `in (...)` into several whose results together are those of the whole, or gives it back alone
 * when there is nothing to split. Only an `in` that every match has to satisfy can be split.
 * @param size longest list in a batch
 */
export function splitIn(expression: Expression, size: number): Expression[] {
  const terms = expression.kind === 'and' ? expression.terms : [expression];
  const lists = terms.filter((term): term is Comparison => term.kind === 'comparison' && term.operator === 'in');
  const longest = lists.reduce<Comparison | undefined>(
    (a, b) => (a === undefined || count(b) > count(a) ? b : a),
    undefined,
  );
  if (longest === undefined || longest.value.kind !== 'list' || longest.value.values.length <= size)
    return [expression];
  const values = distinct(longest.value.values);
  const batches: Expression[] = [];
  for (let at = 0; at < values.length; at += size) {
    const batch: Comparison = { ...longest, value: { kind: 'list', values: values.slice(at, at + size) } };
    const replaced = terms.map((term) => (term === longest ? batch : term));
    batches.push(replaced.length === 1 ? batch : { kind: 'and', terms: replaced });
  }
  return batches;
}

const count = ({ value }: Comparison): number => (value.kind === 'list' ? value.values.length : 0);

/** A value that stood twice would bring its records twice. Text compares without letter case. */
function distinct(values: readonly Literal[]): Literal[] {
  const seen = new Map(values.map((value) => [JSON.stringify(value).toLowerCase(), value]));
  return [...seen.values()];
}
