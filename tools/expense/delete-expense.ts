import { z } from 'zod';
import { defineTool, fragments, remove } from '../../src/tool/index.ts';
import { amountsOf, chargesOf, EXPENSE_OPERATIONS, editableExpense, expenseLine } from './support/entries.ts';

export default defineTool({
  name: 'delete_expense',
  title: 'Delete expense',
  toolset: 'expense',
  effect: 'delete',
  idempotent: true,
  uses: ['DELETE /expense/entries/{id}', ...EXPENSE_OPERATIONS],
  description: 'Delete an expense that is not submitted.',
  input: z.strictObject({ expenseId: z.int(), dryRun: fragments.dryRun, confirm: fragments.confirm }),
  aliases: { id: 'expenseId', entryId: 'expenseId', expense: 'expenseId' },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ expenseId, dryRun, confirm }, context) {
    const { names } = context;
    const record = await editableExpense(expenseId, context);
    const [amounts, on] = await Promise.all([amountsOf(names), chargesOf(names)]);
    return remove(context, {
      operation: 'DELETE /expense/entries/{id}',
      path: { id: expenseId },
      what: expenseLine(record, amounts, on(record)),
      dryRun,
      confirm,
    });
  },
});
