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

/** What no argument asks for, so that nobody can leave it out: a default without a name among it. */
const NOT_ASKED = /^(deletedFlag)?$/;

/** Filters that are tried without, each with a request. */
const MOST = 8;

const termsOf = (conditions: Expression): readonly Expression[] =>
  conditions.kind === 'and' ? conditions.terms.flatMap(termsOf) : [conditions];

const PARAMETERS = ['conditions', 'childConditions', 'customFieldConditions'] as const;

/** Conditions that the caller wrote, and the arguments that they came in. */
export interface Asked {
  readonly query: Conditions;
  readonly where?: unknown;
  readonly conditions?: unknown;
}

/** What a condition of the caller is left out by: its argument, with the field where that tells one from another. */
function askedName(member: string, { where, conditions }: Asked): string {
  if (where === undefined) return 'conditions';
  const argument = conditions === undefined ? 'where' : 'where or conditions';
  return Array.isArray(where) && where.length > 1 ? `${argument} on ${member}` : argument;
}

/** One filter for each name that its terms have, in the order of their first mention. */
function filtersNamed(query: Conditions, nameOf: (member: string, term: Expression) => string): Filter[] {
  const found = new Map<string, { name: string; parameter: keyof Conditions; terms: Expression[] }>();
  for (const parameter of PARAMETERS) {
    const condition = query[parameter];
    if (condition === undefined) continue;
    // A caption and a value belong together.
    const terms = parameter === 'customFieldConditions' ? [condition] : termsOf(condition);
    for (const term of terms) {
      const [path = ''] = pathsIn(term);
      const member = parameter === 'customFieldConditions' ? 'customFields' : (path.split('/')[0] ?? path);
      const name = nameOf(member, term);
      const known = found.get(`${parameter} ${name}`);
      if (known === undefined) found.set(`${parameter} ${name}`, { name, parameter, terms: [term] });
      else known.terms.push(term);
    }
  }
  return [...found.values()].map(({ name, parameter, terms }) => ({
    argument: name,
    condition: all(...terms) as Expression,
    parameter,
  }));
}

/**
 * Conditions that all have to hold, as one filter for each argument: the tool's own by the field that they compare, those that the
 * caller wrote by `where` or `conditions`.
 * @param called arguments that filter by a field of another name
 * @param byDefault a filter that nobody asked for, and what it is called
 */
export function filtersOf(
  own: Conditions,
  asked: Asked,
  called: Readonly<Record<string, string>> = {},
  byDefault?: { readonly condition: Expression; readonly says: string },
): Filter[] {
  return [
    ...(byDefault === undefined
      ? []
      : [{ argument: byDefault.says && `the default "${byDefault.says}"`, condition: byDefault.condition }]),
    ...filtersNamed(own, (member) => called[member] ?? member),
    ...filtersNamed(asked.query, (member) => askedName(member, asked)),
  ];
}

/**
 * Which filter keeps everything out of an empty list: how many records there are without each of them.
 * @param count counts under conditions, without the filter that it gets; its failures leave the hint out
 */
export async function whatToLoosen(
  filters: readonly Filter[],
  count: (conditions: Conditions, left: Filter) => Promise<number>,
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
      filters
        .filter(({ argument }) => !NOT_ASKED.test(argument))
        .slice(0, MOST)
        .map(async (filter) => ({
          argument: filter.argument,
          total: await count(without(filter), filter),
        })),
    );
    return loosened(found);
  } catch {
    return undefined;
  }
}

/** How many there are without a filter, under the name that the caller knows it by. */
export interface Without {
  readonly argument: string;
  readonly total: number;
}

/** Which filter to leave out of a list that has nothing, from what there is without each of them; nothing where there is no filter. */
export function loosened(found: readonly Without[]): Clean | undefined {
  if (found.length === 0) return undefined;
  const helpful = found.filter(({ total }) => total > 0).sort((a, b) => a.total - b.total);
  const named = joined(
    found.map(({ argument }) => cleanLine(argument)),
    ', ',
  );
  if (helpful.length === 0)
    return found.length === 1
      ? say`There are none without ${named} either.`
      : say`No single filter keeps them out: loosen more than one of ${named}.`;
  const each = helpful.map(
    ({ argument, total }) => say`without ${cleanLine(argument)} there ${total === 1 ? say`is` : say`are`} ${total}`,
  );
  return say`To find more, leave out one filter: ${joined(each, ', ')}.`;
}
