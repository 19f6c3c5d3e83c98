import { z } from 'zod';
import type { ApiDescription } from '../../src/api/index.ts';
import { operationLacking } from '../../src/api/versions.ts';
import { sheetPeriod } from '../../src/approval/time-sheet.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { type Clean, cleanLine, counted, joined, say } from '../../src/text/index.ts';
import { defineTool, fragments, type ToolContext, ToolInputError } from '../../src/tool/index.ts';
import { amountsOf, RECEIPT_OPERATIONS, receiptsOf } from './support/entries.ts';
import { REPORT_OPERATIONS, readReport, reportEntries } from './support/report.ts';

const PENDING = ['PendingApproval', 'PendingProjectApproval'];

/** What can be done with a report: in which words, from which states, and to which. */
const ACTS = {
  submit: { do: 'submit', done: 'Submitted', from: ['Open', 'Rejected', 'ErrorsCorrected'], to: /^(Pending|Approved)/ },
  reverse: {
    do: 'take back the submission of',
    done: 'Reversed',
    from: [...PENDING, 'ApprovedByTierOne', 'ApprovedByTierTwo'],
    to: /^(Open|Rejected|ErrorsCorrected)/,
  },
  approve: { do: 'approve', done: 'Approved', from: [...PENDING, 'ApprovedByTierOne'], to: /^Approved/ },
  reject: { do: 'reject', done: 'Rejected', from: [...PENDING, 'ApprovedByTierOne'], to: /^Rejected/ },
} as const;
type Act = keyof typeof ACTS;

const operationOf = (act: Act): string => `POST /expense/reports/{id}/${act}`;
const capital = (text: string): Clean => cleanLine(`${text.charAt(0).toUpperCase()}${text.slice(1)}`);

/** What comes after a submission. Sites before 2025.1 have no approval in the API. */
const approvalText = (api: ApiDescription): Clean =>
  operationLacking(api, operationOf('approve')) === undefined
    ? say`decision: "approve" or "reject" decides on it.`
    : say`Approving or rejecting it is done in Manage; the API does that from 2025.1 on.`;

/** @throws {ToolInputError} for a decision on a site that has none in its API, or beside `reverse` */
function actOf(
  { reverse, decision }: { reverse?: boolean; decision?: 'approve' | 'reject' },
  api: ApiDescription,
): Act {
  if (decision === undefined) return reverse ? 'reverse' : 'submit';
  if (reverse) throw new ToolInputError('decision', say`Send decision or reverse, not both.`);
  const why = operationLacking(api, operationOf(decision));
  if (why === undefined) return decision;
  throw new ToolInputError('decision', say`decision ${cleanLine(why)}.`, {
    next: say`Expense reports are approved on Manage's own screens there.`,
  });
}

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
    'POST /expense/reports/{id}/approve',
    'POST /expense/reports/{id}/reject',
    ...REPORT_OPERATIONS,
    ...RECEIPT_OPERATIONS,
  ],
  description: 'Submit, reverse or decide on an expense report.',
  input: z.strictObject({
    date: fragments.days('past').optional(),
    member: fragments.name('member', { inactive: true }).optional(),
    reportId: z.int().optional(),
    reverse: z.boolean().optional(),
    decision: z.enum(['approve', 'reject']).optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { id: 'reportId', day: 'date', week: 'date', period: 'date', undo: 'reverse' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(given, context) {
    const act = actOf(given, context.api);
    const words = ACTS[act];
    const report = await readReport(given, context);
    const id = Number(report.id);
    const period = sheetPeriod(report);
    const status = cleanLine(report.status);
    if (!(words.from as readonly string[]).includes(status))
      throw new ToolInputError(
        given.reportId === undefined ? 'date' : 'reportId',
        act === 'submit'
          ? say`The expense report of ${period} is already ${status}.`
          : say`The expense report of ${period} is ${status} and cannot be ${cleanLine(words.done.toLowerCase())}.`,
      );
    const entries = await reportEntries(report, context);
    if (entries.length === 0 && act === 'submit')
      throw new ToolInputError('date', say`The expense report of ${period} has no expenses.`);
    const count = counted(entries.length, 'expense');
    const what = say`the expense report of ${cleanLine(nameOf(report.member))} for ${period}, ${(await amountsOf(context.names)).total(report, entries)} in ${count}`;
    const missing = act === 'submit' || act === 'approve' ? await lacks(entries, context) : [];
    const lack = missing.length > 0 ? joined(missing, ' ') : say`All have receipts and notes.`;
    return context.send({
      dryRun: given.dryRun,
      confirm: given.confirm,
      question:
        act === 'submit'
          ? say`Submit ${what}? ${lack} Its expenses cannot be changed afterwards.`
          : say`${capital(words.do)} ${what}?${act === 'approve' ? say` ${lack}` : say``}`,
      steps: [
        {
          operation: operationOf(act),
          request: {
            path: { id },
            body:
              act === 'approve'
                ? { approvalType: status === 'ApprovedByTierOne' ? 'Tier2Update' : 'Tier1Update' }
                : undefined,
          },
          does: say`${words.do} ${what}`,
          async settle(signal) {
            const current = await readById(id, context, signal);
            const isDone = words.to.test(String(current.status)) && current.status !== report.status;
            return isDone ? current : undefined;
          },
        },
      ],
      async answer() {
        const after = await readById(id, context, context.signal);
        const now = cleanLine(after.status);
        return {
          structured: { id, status: now, total: Number(after.total ?? 0), missing },
          text:
            act === 'submit'
              ? say`Submitted ${what}. Its status is now ${now}. ${lack} ${approvalText(context.api)}`
              : say`${words.done} ${what}. Its status is now ${now}.`,
        };
      },
    });
  },
});
