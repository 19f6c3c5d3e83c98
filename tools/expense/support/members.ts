import { dateOnly, readDay, toManage } from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { type Named, resolveGiven } from '../../../src/names/index.ts';
import { money, type LegacyToolContext as ToolContext, ToolInputError } from '../../../src/tool/index.ts';

/** What an expense holds besides its type and what it is charged to. */
export interface ExpenseInput {
  readonly amount?: number | undefined;
  readonly date?: string | undefined;
  readonly notes?: string | undefined;
  readonly billable?: string | undefined;
  readonly paymentMethod?: string | undefined;
  readonly taxes?: Readonly<Record<string, unknown>> | undefined;
}

export const BILLABLE = ['Billable', 'DoNotBill', 'NoCharge', 'NoDefault'] as const;

async function taxesOf(
  taxes: Readonly<Record<string, unknown>>,
  amount: number | undefined,
  { names }: ToolContext,
): Promise<ManageRecord[]> {
  const rows = await Promise.all(
    Object.entries(taxes).map(async ([name, value]) => {
      const tax = typeof value === 'number' ? value : Number.parseFloat(String(value));
      if (!Number.isFinite(tax) || tax < 0)
        throw new ToolInputError('taxes', `The tax ${JSON.stringify(name)} needs an amount, like {"${name}": 3.75}.`);
      const type = await names.resolve('expenseTaxType', name, { argument: 'taxes' });
      return { type: { id: type.id }, amount: tax };
    }),
  );
  const sum = rows.reduce((total, row) => total + row.amount, 0);
  if (amount !== undefined && sum >= amount)
    throw new ToolInputError(
      'taxes',
      `The taxes (${money(sum)}) are part of the amount (${money(amount)}), so they are less.`,
    );
  return rows;
}

/** Members of an expense as they are to be; only those that were said. The date is a day, kept as midnight UTC. */
export async function expenseMembers(input: ExpenseInput, amount: number, context: ToolContext): Promise<ManageRecord> {
  const { names } = context;
  const now = await context.now();
  const payment: Named | undefined = await resolveGiven(names, 'paymentMethod', input.paymentMethod, {
    argument: 'paymentMethod',
  });
  return {
    ...(input.amount !== undefined && { amount: input.amount }),
    ...(input.date !== undefined && {
      date: toManage(dateOnly(readDay(input.date, { now, direction: 'past', argument: 'date' }).at)),
    }),
    ...(payment && { paymentMethod: { id: payment.id, name: payment.label } }),
    ...(input.billable !== undefined && { billableOption: input.billable }),
    ...(input.notes !== undefined && { notes: input.notes === '' ? null : input.notes }),
    ...(input.taxes && { taxes: await taxesOf(input.taxes, amount, context) }),
  };
}
