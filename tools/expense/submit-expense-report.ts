import { z } from 'zod';
import { isEditable, sheetPeriod } from '../../src/approval/time-sheet.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { type Clean, cleanLine, counted, joined, say } from '../../src/text/index.ts';
import { defineTool, fragments, money, type ToolContext, ToolInputError } from '../../src/tool/index.ts';
import { RECEIPT_OPERATIONS, receiptsOf } from './support/entries.ts';
import { REPORT_OPERATIONS, readReport, reportEntries } from './support/report.ts';

/** What this version of the API cannot do. */
const APPROVAL = say`Approving or rejecting it is done in Manage; the API does that from 2025.1 on.`;

/** States from which a submission can be taken back. */
const REVERSIBLE: ReadonlySet<string> = new Set([
  'PendingApproval',
  'PendingProjectApproval',
  'ApprovedByTierOne',
  'ApprovedByTierTwo',
]);

const idsOf = (expenses: readonly ManageRecord[]): Clean =>
  joined(
    expenses.map(({ id }) => cleanLine(id)),
    ', ',
  );

/** What an approver would ask about. */
async function lacks(entries: readonly ManageRecord[], context: ToolContext): Promise<Clean[]> {
  const receipts = await receiptsOf(entries, context);
  const without = entries.filter(({ id }) => receipts?.get(Number(id)) === 0);
  const silent = entries.filter(({ notes }) => notes === undefined || notes === '');
  return [
    ...(without.length > 0 ? [say`No receipt on ${without.length} of ${entries.length}: ${idsOf(without)}.`] : []),
    ...(silent.length > 0 ? [say`No notes on ${idsOf(silent)}.`] : []),
    ...(receipts === undefined ? [say`Receipts cannot be seen with this role.`] : []),
  ];
}

const readById = (id: number, { manage }: ToolContext, signal: AbortSignal): Promise<ManageRecord> =>
  manage.get('GET /expense/reports/{id}', { path: { id }, signal });

export default defineTool({
  name: 'submit_expense_report',
  title: 'Submit expense report',
  toolset: 'expense',
  effect: 'update',
  uses: [
    'POST /expense/reports/{id}/submit',
    'POST /expense/reports/{id}/reverse',
    ...REPORT_OPERATIONS,
    ...RECEIPT_OPERATIONS,
  ],
  description: 'Submit an expense report, or reverse that. Says first what lacks a receipt.',
  input: z.strictObject({
    date: fragments.period('past').optional(),
    member: fragments.name('member', { inactive: true }).optional(),
    reportId: z.int().optional(),
    reverse: z.boolean().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { id: 'reportId', day: 'date', week: 'date', period: 'date', undo: 'reverse' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(given, context) {
    const { reverse = false } = given;
    const report = await readReport(given, context);
    const id = Number(report.id);
    const period = sheetPeriod(report);
    const status = cleanLine(report.status);
    const fits = reverse ? REVERSIBLE.has(status) : isEditable(report);
    if (!fits)
      throw new ToolInputError(
        given.reportId === undefined ? 'date' : 'reportId',
        reverse
          ? say`The expense report of ${period} is ${status} and cannot be reversed.`
          : say`The expense report of ${period} is already ${status}.`,
      );
    const entries = await reportEntries(report, context);
    if (entries.length === 0 && !reverse)
      throw new ToolInputError('date', say`The expense report of ${period} has no expenses.`);
    const count = counted(entries.length, 'expense');
    const what = say`the expense report of ${cleanLine(nameOf(report.member))} for ${period}, ${money(report.total, report.currency)} in ${count}`;
    const missing = reverse ? [] : await lacks(entries, context);
    const lack = missing.length > 0 ? joined(missing, ' ') : say`All have receipts and notes.`;
    return context.send({
      dryRun: given.dryRun,
      confirm: given.confirm,
      question: reverse
        ? say`Take back the submission of ${what}?`
        : say`Submit ${what}? ${lack} Its expenses cannot be changed afterwards.`,
      steps: [
        {
          operation: reverse ? 'POST /expense/reports/{id}/reverse' : 'POST /expense/reports/{id}/submit',
          request: { path: { id } },
          does: reverse ? say`take back the submission of ${what}` : say`submit ${what}`,
          async settle(signal) {
            const current = await readById(id, context, signal);
            return isEditable(current) === reverse ? current : undefined;
          },
        },
      ],
      async answer() {
        const after = await readById(id, context, context.signal);
        const now = cleanLine(after.status);
        return {
          structured: { id, status: now, total: Number(after.total ?? 0), missing },
          text: reverse
            ? say`Reversed ${what}. Its status is now ${now}.`
            : say`Submitted ${what}. Its status is now ${now}. ${lack} ${APPROVAL}`,
        };
      },
    });
  },
});
