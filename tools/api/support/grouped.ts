import { isMoney } from '../../../src/api/meanings.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { ofInvoice } from '../../../src/report/collections/invoices.ts';
import { byCustomersCurrency } from '../../../src/revenue/currency.ts';
import { byUnit, distancesOf } from '../../../src/revenue/distances.ts';
import { lines, say } from '../../../src/text/index.ts';
import { summarize, type ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import type { OperationCall } from '../../../src/tool/operations/operation-call.ts';
import { nothingFound } from './nothing-found.ts';

interface Asked {
  readonly groupBy?: readonly string[] | undefined;
  readonly sum?: readonly string[] | undefined;
}

/** Invoices whose sums are those that customers owe: a credit memo's amounts are below zero, however it is stored. */
async function* asOwed(invoices: AsyncIterable<ManageRecord>, sum: readonly string[]): AsyncGenerator<ManageRecord> {
  for await (const invoice of invoices) {
    const amounts = sum.flatMap((name) =>
      typeof invoice[name] === 'number' ? [[name, ofInvoice(invoice.type, invoice[name])] as const] : [],
    );
    yield { ...invoice, ...Object.fromEntries(amounts) };
  }
}

/**
 * The rows of a list counted and added up by groups. Amounts of expenses that are distances are kept apart from money.
 * @throws {ToolInputError} for fields, which groups do not have
 */
export async function grouped(call: OperationCall, { groupBy = [], sum = [] }: Asked, context: ToolContext) {
  const { manage, names, signal } = context;
  const { path, conditions, rest } = call;
  if (call.fields !== undefined)
    throw new ToolInputError(
      'query.fields',
      say`query.fields belongs to rows, and groupBy and sum give groups without any. Leave out one of the two.`,
    );
  const { schema = '' } = call.operation.response;
  const isInvoices = schema === 'Invoice' && sum.length > 0;
  const hasDistances = schema === 'ExpenseEntry' && sum.includes('amount');
  const hasAmounts = sum.some((name) => isMoney(context.api, schema, name));
  const fields = context.api.schema(schema)?.fields;
  const isInCustomers = fields?.get('company')?.type === 'reference' && !fields.has('currency');
  const summary = await summarize(context, {
    noun: 'records',
    schema,
    groupBy,
    sum,
    apart: hasDistances ? byUnit(await distancesOf(names)) : undefined,
    currency: hasAmounts && isInCustomers ? await byCustomersCurrency(context) : undefined,
    limit: call.paged ? call.pageSize : undefined,
    page: call.page,
    orderBy: call.orderBy?.join(','),
    read: (fields) => {
      const read = (of: readonly string[]) =>
        manage.stream(call.name, { path, ...conditions, query: rest, fields: of, signal });
      return isInvoices ? asOwed(read([...new Set([...fields, 'type'])]), sum) : read(fields);
    },
    head: lines([...call.notes, call.name, isInvoices ? say`Credit memos are taken off.` : say``]),
  });
  const why = summary.structured?.total === 0 ? await nothingFound(call, context) : undefined;
  if (why === undefined) return summary;
  return { ...summary, structured: { ...summary.structured, hint: why }, text: lines([summary.text, why]) };
}
