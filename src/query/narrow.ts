import type { Conditions, Expression } from './ast.ts';
import { all } from './build.ts';
import { check, type QueryProblem } from './check.ts';
import { type CompileOptions, compileWhere } from './compile.ts';
import { WhereError } from './errors.ts';
import { parse } from './parse.ts';
import { withCalendarDates } from './times.ts';
import type { WhereEntry } from './where.ts';

export interface NarrowInput {
  readonly where?: readonly WhereEntry[] | undefined;
  /** A query in the raw language. */
  readonly conditions?: string | undefined;
}

/**
 * Everything that narrows a list, joined: a tool's own filters, structured ones, and a raw query. All of them hold. The raw query
 * is checked against the description first and stays inside its own parentheses, so that its OR cannot widen what the tool asked
 * for. Date-only fields are compared with calendar dates in `options.zone`.
 *
 * Several conditions on custom fields are sent in parentheses, joined by AND: our inference is that each may hold for a custom
 * field of its own.
 * @throws {QuerySyntaxError} or {WhereError}
 */
export function narrow(own: Conditions, input: NarrowInput, options: CompileOptions): Conditions {
  const where = input.where === undefined ? {} : compileWhere(input.where, options);
  return {
    conditions: all(own.conditions, where.conditions, rawConditions(input.conditions, options)),
    childConditions: all(own.childConditions, where.childConditions),
    customFieldConditions: all(own.customFieldConditions, where.customFieldConditions),
  };
}

function rawConditions(text: string | undefined, options: CompileOptions): Expression | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const { api, schema } = options;
  const expression = parse(text);
  // Nothing is known of the records.
  if (api.schema(schema) === undefined) return expression;
  const [problem] = check(expression, { api, schema, parameter: 'conditions' });
  if (problem !== undefined) throw new WhereError('conditions', problemText(problem), problem.closest ?? []);
  return withCalendarDates(expression, options);
}

function problemText({ field, message, closest = [], allowed, use }: QueryProblem): string {
  const near = closest.length > 0 ? ` Did you mean ${closest.join(' or ')}?` : '';
  const values = allowed === undefined ? '' : ` Allowed: ${allowed.join(', ')}.`;
  const isElsewhere = use !== undefined && use !== 'conditions';
  const instead = isElsewhere ? ` Use where: [{"field": ${JSON.stringify(field)}, ...}], which sends it there.` : '';
  return `conditions: ${field} ${message}.${near}${values}${instead}`;
}

/** The field paths that a query compares, in the order of their first mention; none without a query. */
export function pathsIn(expression: Expression | undefined): string[] {
  if (expression === undefined) return [];
  if (expression.kind === 'comparison') return [expression.path.join('/')];
  return [...new Set(expression.terms.flatMap(pathsIn))];
}
