import { z } from 'zod';
import { isEditable, sheetPeriod } from '../../src/approval/time-sheet.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  money,
  type LegacyToolContext as ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';
import { RECEIPT_OPERATIONS, receiptsOf } from './support/entries.ts';
import { REPORT_OPERATIONS, readReport, reportEntries } from './support/report.ts';

/** What this version of the API cannot do. */
const APPROVAL = 'Approving or rejecting it is done in Manage; the API does that from 2025.1 on.';

/** States from which a submission can be taken back. */
const REVERSIBLE: ReadonlySet<string> = new Set([
  'PendingApproval',
  'PendingProjectApproval',
  'ApprovedByTierOne',
  'ApprovedByTierTwo',
]);

/** What an approver would ask about. */
async function lacks(entries: readonly ManageRecord[], { manage, signal }: ToolContext): Promise<string[]> {
  const ids = entries.map(({ id }) => Number(id));
  const receipts = await receiptsOf(manage, ids, signal);
  const without = receipts === undefined ? [] : ids.filter((id) => (receipts.get(id) ?? 0) === 0);
  const silent = entries.filter(({ notes }) => notes === undefined || notes === '').map(({ id }) => Number(id));
  return [
    ...(without.length > 0 ? [`No receipt on ${without.length} of ${ids.length}: ${without.join(', ')}.`] : []),
    ...(silent.length > 0 ? [`No notes on ${silent.join(', ')}.`] : []),
    ...(receipts === undefined ? ['Receipts cannot be seen with this role.'] : []),
  ];
}

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
  description: 'Submit an expense report, or reverse that. Says first what lacks a receipt; the person has to agree.',
  input: z.strictObject({
    date: z.string().optional(),
    member: z.string().optional(),
    reportId: z.int().optional(),
    reverse: z.boolean().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { id: 'reportId', day: 'date', week: 'date', period: 'date', undo: 'reverse' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, signal, plain } = context;
    const report = await readReport(input, context);
    const id = Number(report.id);
    const verb = input.reverse ? 'reverse' : 'submit';
    const fits = input.reverse ? REVERSIBLE.has(String(report.status)) : isEditable(report);
    if (!fits)
      throw new ToolInputError(
        input.reportId === undefined ? 'date' : 'reportId',
        `The expense report of ${sheetPeriod(report)} is ${report.status}${input.reverse ? ' and cannot be reversed.' : ' already.'}`,
      );
    const entries = await reportEntries(report, context);
    if (entries.length === 0 && !input.reverse)
      throw new ToolInputError('date', `The expense report of ${sheetPeriod(report)} has no expenses.`);
    const what = `the expense report of ${plain(nameOf(report.member))} for ${sheetPeriod(report)}, ${money(report.total)} in ${entries.length} expenses`;
    const missing = input.reverse ? [] : await lacks(entries, context);
    const lack = missing.join(' ') || (input.reverse ? '' : 'All have receipts and notes.');
    const operation = `POST /expense/reports/{id}/${verb}`;
    const request = { path: { id } };
    if (input.dryRun) return legacyPreview([manage.preview(operation, request)], [], `${what}. ${lack}`.trim());
    await context.confirm({
      question: input.reverse
        ? `Take back the submission of ${what}?`
        : `Submit ${what}? ${lack} Its expenses cannot be changed afterwards.`,
      given: input.confirm,
    });
    const read = () => manage.get<ManageRecord>('GET /expense/reports/{id}', { path: { id } });
    const settle = async (): Promise<ManageRecord | undefined> => {
      const current = await read();
      return isEditable(current) === (input.reverse === true) ? current : undefined;
    };
    await manage.write(operation, { ...request, settle, signal });
    const after = await read();
    return {
      structured: { id, status: String(after.status), total: Number(after.total ?? 0), missing },
      text: `${input.reverse ? 'Reversed' : 'Submitted'} ${what}. Its status is now ${after.status}. ${lack}${input.reverse ? '' : ` ${APPROVAL}`}`.trim(),
    };
  },
});
