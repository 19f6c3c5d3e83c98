import type { ToolDefinition } from '../../src/tool/index.ts';
import deleteExpense from './delete-expense.ts';
import getExpenseReport from './get-expense-report.ts';
import logExpense from './log-expense.ts';
import searchExpenses from './search-expenses.ts';
import submitExpenseReport from './submit-expense-report.ts';

/** Expense entries and reports, with their receipts. */
export const expense: readonly ToolDefinition[] = [
  searchExpenses,
  logExpense,
  deleteExpense,
  getExpenseReport,
  submitExpenseReport,
];
