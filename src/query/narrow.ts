import type { Schemas } from '../api/index.ts';
import type { Conditions, Expression } from './ast.ts';
import { all } from './build.ts';
import { check } from './check.ts';
import { compileWhere } from './compile.ts';
import { WhereError } from './errors.ts';
import { parse } from './parse.ts';
import type { WhereEntry } from './where.ts';

export interface NarrowInput {
  readonly where?: readonly WhereEntry[] | undefined;
  /** A query in the raw language. */
  readonly conditions?: string | undefined;
}

/**
 * Everything that narrows a list, joined: a tool's own filters, structured ones, and a raw query. The raw query is checked
 * against the catalog first and stays inside its own parentheses, so that its OR cannot widen what the tool asked for.
 * @throws {QuerySyntaxError} or {WhereError}
 */
export function narrow(own: Conditions, input: NarrowInput, options: { api: Schemas; schema: string }): Conditions {
  const where = input.where === undefined ? {} : compileWhere(input.where, options);
  const raw = rawConditions(input.conditions, options);
  const conditions = all(own.conditions, where.conditions, raw);
  const childConditions = all(own.childConditions, where.childConditions);
  const customFieldConditions = own.customFieldConditions ?? where.customFieldConditions;
  return {
    ...(conditions && { conditions }),
    ...(childConditions && { childConditions }),
    ...(customFieldConditions && { customFieldConditions }),
  };
}

function rawConditions(
  text: string | undefined,
  { api, schema }: { api: Schemas; schema: string },
): Expression | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const expression = parse(text);
  // Nothing is known of the records.
  if (api.schema(schema) === undefined) return expression;
  const [problem] = check(expression, { api, schema, parameter: 'conditions' });
  if (problem === undefined) return expression;
  const near =
    problem.closest !== undefined && problem.closest.length > 0 ? ` Did you mean ${problem.closest.join(' or ')}?` : '';
  const allowed = problem.allowed === undefined ? '' : ` Allowed: ${problem.allowed.join(', ')}.`;
  const instead =
    problem.use === undefined || problem.use === 'conditions'
      ? ''
      : ` Use where: [{"field": ${JSON.stringify(problem.field)}, ...}], which sends it there.`;
  throw new WhereError(
    'conditions',
    `conditions: ${problem.field} ${problem.message}.${near}${allowed}${instead}`,
    problem.closest ?? [],
  );
}
