import { byUnit, distancesOf } from '../../../src/revenue/distances.ts';
import { lines } from '../../../src/text/index.ts';
import { summarize, type ToolContext } from '../../../src/tool/index.ts';
import type { OperationCall } from '../../../src/tool/operations/operation-call.ts';

interface Asked {
  readonly groupBy?: readonly string[] | undefined;
  readonly sum?: readonly string[] | undefined;
}

/** The rows of a list counted and added up by groups. Amounts of expenses that are distances are kept apart from money. */
export async function grouped(call: OperationCall, { groupBy = [], sum = [] }: Asked, context: ToolContext) {
  const { manage, names, signal } = context;
  const { path, conditions, rest } = call;
  const { schema = '' } = call.operation.response;
  const hasDistances = schema === 'ExpenseEntry' && sum.includes('amount');
  return summarize(context, {
    noun: 'records',
    schema,
    groupBy,
    sum,
    apart: hasDistances ? byUnit(await distancesOf(names)) : undefined,
    limit: call.paged ? call.pageSize : undefined,
    page: call.page,
    orderBy: call.orderBy?.join(','),
    read: (fields) => manage.stream(call.name, { path, ...conditions, query: rest, fields, signal }),
    head: lines([...call.notes, call.name]),
  });
}
