import { z } from 'zod';
import { sheetPeriod } from '../../src/approval/time-sheet.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { dayOf, defineLegacyTool as defineTool, money, recordView } from '../../src/tool/index.ts';
import { amountsOf, chargesOf, RECEIPT_OPERATIONS, receiptsOf } from './support/entries.ts';
import { REPORT_OPERATIONS, readReport, reportEntries } from './support/report.ts';

/** Rows by what a key gives. */
function grouped(
  rows: readonly ManageRecord[],
  key: (row: ManageRecord) => string,
): ReadonlyMap<string, ManageRecord[]> {
  const groups = new Map<string, ManageRecord[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}

export default defineTool({
  name: 'get_expense_report',
  title: 'Get expense report',
  toolset: 'expense',
  effect: 'read',
  uses: [...REPORT_OPERATIONS, ...RECEIPT_OPERATIONS],
  description: 'An expense report (default: my present one) with totals and receipts.',
  input: z.strictObject({
    date: z.string().optional(),
    member: z.string().optional(),
    reportId: z.int().optional(),
  }),
  aliases: { id: 'reportId', day: 'date', week: 'date', period: 'date', technician: 'member' },
  output: z.looseObject({ id: z.int() }),
  async run(input, context) {
    const { manage, names, signal } = context;
    const report = await readReport(input, context);
    const entries = await reportEntries(report, context);
    const [amounts, on, receipts] = await Promise.all([
      amountsOf(names),
      chargesOf(names),
      receiptsOf(
        manage,
        entries.map(({ id }) => Number(id)),
        signal,
      ),
    ]);
    const sums = (key: (row: ManageRecord) => string): string =>
      [...grouped(entries, key)].map(([name, rows]) => `${name} ${amounts.sum(rows)}`).join('; ');
    return recordView({
      id: Number(report.id),
      title: `Expense report ${report.id} of ${nameOf(report.member)}, ${sheetPeriod(report)}`,
      facts: [
        ['status', report.status],
        ['total', money(report.total)],
        ['due', dayOf(report.dueDate)],
        ['by type', sums((row) => nameOf(row.type) ?? '')],
        ['by billing', sums((row) => String(row.billableOption ?? ''))],
        ['paid by', sums((row) => nameOf(row.paymentMethod) ?? 'not said')],
      ],
      sections: [
        {
          key: 'expenses',
          title: 'Expenses',
          columns: ['id', 'date', 'amount', 'type', 'on', 'company', 'billable', 'receipts', 'notes'],
          rows: entries.map((row) => [
            row.id,
            dayOf(row.date),
            amounts.show(row),
            nameOf(row.type),
            on(row),
            nameOf(row.company),
            row.billableOption,
            receipts?.get(Number(row.id)) ?? '?',
            String(row.notes ?? '').slice(0, 80),
          ]),
        },
      ],
    });
  },
});
