import { all, type Conditions, type Expression, pathsIn } from '../../query/index.ts';
import { type Clean, cleanLine, joined, say } from '../../text/index.ts';

/** One filter of a list, under the name that the caller knows it by. */
export interface Filter {
  readonly argument: string;
  readonly condition: Expression;
  /** The parameter that it is sent in; `conditions` when left out. */
  readonly parameter?: keyof Conditions;
}

/** The filters that a call asks for, by the argument of each; `undefined` is no filter. */
export const filtersByArgument = (conditions: Readonly<Record<string, Expression | undefined>>): Filter[] =>
  Object.entries(conditions).flatMap(([argument, condition]) =>
    condition === undefined ? [] : [{ argument, condition }],
  );

/** Filters that are tried without, each with a request. */
const MOST = 8;

const termsOf = (conditions: Expression): readonly Expression[] =>
  conditions.kind === 'and' ? conditions.terms.flatMap(termsOf) : [conditions];

const PARAMETERS = ['conditions', 'childConditions', 'customFieldConditions'] as const;

/**
 * Conditions that all have to hold, as one filter for each field.
 * @param called arguments that filter by a field of another name
 * @param byDefault a filter that nobody asked for, and what it is called
 */
export function filtersOf(
  query: Conditions,
  called: Readonly<Record<string, string>> = {},
  byDefault?: { readonly condition: Expression; readonly says: string },
): Filter[] {
  const found = new Map<string, { parameter: keyof Conditions; terms: Expression[] }>();
  for (const parameter of PARAMETERS) {
    for (const term of query[parameter] === undefined ? [] : termsOf(query[parameter])) {
      const [path = ''] = pathsIn(term);
      const member = path.split('/')[0] ?? path;
      const name = term === byDefault?.condition ? `the default "${byDefault.says}"` : (called[member] ?? member);
      const known = found.get(name);
      if (known?.parameter === parameter) known.terms.push(term);
      else found.set(name, { parameter, terms: [term] });
    }
  }
  return [...found].map(([argument, { parameter, terms }]) => ({
    argument,
    condition: all(...terms) as Expression,
    parameter,
  }));
}

/**
 * Which filter keeps everything out of an empty list: how many records there are without each of them.
 * @param count counts under conditions; its failures leave the hint out
 */
export async function whatToLoosen(
  filters: readonly Filter[],
  count: (conditions: Conditions) => Promise<number>,
): Promise<Clean | undefined> {
  if (filters.length === 0) return undefined;
  const without = (left: Filter): Conditions =>
    Object.fromEntries(
      PARAMETERS.map((parameter) => [
        parameter,
        all(
          ...filters
            .filter((filter) => filter !== left && (filter.parameter ?? 'conditions') === parameter)
            .map(({ condition }) => condition),
        ),
      ]),
    );
  try {
    const found = await Promise.all(
      filters.slice(0, MOST).map(async (filter) => ({
        argument: cleanLine(filter.argument),
        total: await count(without(filter)),
      })),
    );
    const helpful = found.filter(({ total }) => total > 0).sort((a, b) => a.total - b.total);
    const named = joined(
      found.map(({ argument }) => argument),
      ', ',
    );
    if (helpful.length === 0) return say`No single filter keeps them out: loosen more than one of ${named}.`;
    const each = helpful.map(({ argument, total }) => say`${total} without ${argument}`);
    return say`Leave out one filter to find more: ${joined(each, ', ')}.`;
  } catch {
    return undefined;
  }
}
