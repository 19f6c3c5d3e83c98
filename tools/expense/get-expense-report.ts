import { z } from 'zod';
import { sheetPeriod } from '../../src/approval/time-sheet.ts';
import type { ManageRecord, Whole } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../src/text/index.ts';
import { billingWords, dayOf, defineTool, fragments, recordView } from '../../src/tool/index.ts';
import { type Amounts, amountsOf, briefNotes, chargesOf, RECEIPT_OPERATIONS, receiptsOf } from './support/entries.ts';
import { REPORT_OPERATIONS, readReport, reportEntries } from './support/report.ts';

/** Sums of expenses by what a key gives: `Meals 23.50; Mileage 47 miles`. */
function sumsBy(entries: Whole<ManageRecord>, amounts: Amounts, key: (row: ManageRecord) => Clean): Clean {
  const keys = [...new Set([...entries].map(key))];
  return joined(
    keys.map((name) => say`${name} ${amounts.sum(entries.filter((row) => key(row) === name))}`),
    '; ',
  );
}

export default defineTool({
  name: 'get_expense_report',
  title: 'Get expense report',
  toolset: 'expense',
  effect: 'read',
  uses: [...REPORT_OPERATIONS, ...RECEIPT_OPERATIONS],
  description: 'An expense report (default: my present one) with totals and receipts.',
  input: z.strictObject({
    date: fragments.days('past').optional(),
    member: fragments.name('member', { inactive: true }).optional(),
    reportId: z.int().optional(),
  }),
  aliases: { id: 'reportId', day: 'date', week: 'date', period: 'date', technician: 'member', who: 'member' },
  output: z.looseObject({ id: z.int() }),
  async run(given, context) {
    const { names } = context;
    const report = await readReport(given, context);
    const entries = await reportEntries(report, context);
    const [amounts, on, receipts] = await Promise.all([
      amountsOf(names),
      chargesOf(names),
      receiptsOf(entries, context),
    ]);
    return recordView({
      id: Number(report.id),
      title: say`Expense report ${Number(report.id)} of ${cleanLine(nameOf(report.member))}, ${sheetPeriod(report)}`,
      facts: [
        ['status', report.status],
        ['total', amounts.total(report, entries)],
        ['due', dayOf(report.dueDate)],
        ['by type', sumsBy(entries, amounts, (row) => cleanLine(nameOf(row.type)))],
        ['by billing', sumsBy(entries, amounts, (row) => billingWords(row.billableOption))],
        ['paid by', sumsBy(entries, amounts, (row) => cleanLine(nameOf(row.paymentMethod) ?? 'not said'))],
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
            billingWords(row.billableOption),
            receipts?.get(Number(row.id)) ?? '?',
            briefNotes(row),
          ]),
        },
      ],
    });
  },
});
