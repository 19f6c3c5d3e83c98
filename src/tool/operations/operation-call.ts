import { z } from 'zod';
import type { ApiDescription, Operation } from '../../api/index.ts';
import { type Conditions, orderKeys, parse, QuerySyntaxError, type WhereEntry } from '../../query/index.ts';
import type { Clean } from '../../text/index.ts';
import type { ToolContext } from '../context.ts';
import { ToolInputError } from '../errors.ts';
import { narrowed } from '../results/narrowed.ts';
import { namedOperation } from './named-operation.ts';

/** Arguments that both executors take. */
export const operationInput = {
  operation: z.string().describe('"GET /finance/agreements/{id}", or with the id in it'),
  path: z.looseObject({}).optional().describe('{id: 12}'),
  query: z
    .looseObject({})
    .optional()
    .describe('where, conditions, childConditions, customFieldConditions, fields, orderBy, page, pageSize, ...'),
} as const;

export interface OperationInput {
  readonly operation: string;
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
}

/** A call as the client takes it. */
export interface OperationCall {
  readonly operation: Operation;
  readonly name: string;
  readonly path: Readonly<Record<string, string | number>>;
  readonly conditions: Conditions;
  /** How words of time in `where` were read. */
  readonly understood: Clean | undefined;
  readonly fields: readonly string[] | undefined;
  readonly orderBy: readonly string[] | undefined;
  readonly page: number;
  readonly pageSize: number;
  /** Parameters that this operation has beside those of every list. */
  readonly rest: Readonly<Record<string, string | number | boolean>>;
}

const list = (value: unknown): string[] | undefined => {
  if (value === undefined) return undefined;
  return (Array.isArray(value) ? value.map(String) : String(value).split(','))
    .map((part) => part.trim())
    .filter((part) => part !== '');
};

function whole(query: Readonly<Record<string, unknown>>, name: string, fallback: number, most: number): number {
  const value = query[name] === undefined ? fallback : Number(query[name]);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new ToolInputError(`query.${name}`, `query.${name} has to be a whole number from 1 to ${most}.`);
}

/** Conditions for lists inside records and for custom fields; those of the record itself are checked by `narrow`. */
function other(query: Readonly<Record<string, unknown>>, name: 'childConditions' | 'customFieldConditions') {
  const text = query[name];
  if (text === undefined) return undefined;
  try {
    return parse(String(text));
  } catch (error) {
    if (error instanceof QuerySyntaxError) throw new ToolInputError(`query.${name}`, `query.${name}: ${error.message}`);
    throw error;
  }
}

/** Reads what a caller sent for an operation; nothing is guessed, and nothing is sent yet. */
export async function readOperationCall(
  context: Pick<ToolContext, 'api' | 'search' | 'zone' | 'now'>,
  input: OperationInput,
): Promise<OperationCall> {
  const { api } = context;
  const { operation, pathValues } = namedOperation(context, input.operation);
  const query = input.query ?? {};
  const {
    where,
    conditions,
    childConditions: _,
    customFieldConditions: __,
    fields,
    orderBy,
    page: ___,
    pageSize: ____,
    ...rest
  } = query;
  const schema = listedSchema(api, operation);
  if (where !== undefined && isReport(operation))
    throw new ToolInputError('query.where', 'The columns of a report are not in the catalog: send query.conditions.', {
      next: 'run_report filters reports by where.',
    });
  const child = other(query, 'childConditions');
  const custom = other(query, 'customFieldConditions');
  const { query: conditionsOf, understood } = await narrowed(
    context,
    { childConditions: child, customFieldConditions: custom },
    {
      where: where === undefined ? undefined : ((Array.isArray(where) ? where : [where]) as WhereEntry[]),
      conditions: conditions === undefined ? undefined : String(conditions),
    },
    schema,
  );
  return {
    operation,
    name: `${operation.method} ${operation.path}`,
    path: { ...pathValues, ...(input.path as Record<string, string | number> | undefined) },
    conditions: conditionsOf,
    understood,
    fields: list(fields),
    orderBy:
      orderBy === undefined || schema === ''
        ? list(orderBy)
        : orderKeys(Array.isArray(orderBy) ? orderBy.join(',') : String(orderBy), { api, schema }),
    page: whole(query, 'page', 1, 1_000_000),
    pageSize: whole(query, 'pageSize', 25, 1_000),
    rest: rest as Record<string, string | number | boolean>,
  };
}

const isReport = ({ path }: Operation): boolean => /^\/system\/reports\/\{/i.test(path);

/** Schema of the records that are listed or counted; none for reports, whose columns only the server knows. */
function listedSchema(api: ApiDescription, operation: Operation): string {
  if (isReport(operation)) return '';
  if (operation.response.schema !== 'Count') return operation.response.schema ?? '';
  return api.find(`GET ${operation.path.replace(/\/count\/?$/i, '')}`)?.response.schema ?? '';
}
