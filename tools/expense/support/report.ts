import type { DateTime } from 'luxon';
import { findSheet, isEditable, sheetPeriod } from '../../../src/approval/time-sheet.ts';
import { readDay, showDay } from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import type { Named } from '../../../src/names/index.ts';
import { all, field } from '../../../src/query/index.ts';
import { type LegacyToolContext as ToolContext, ToolInputError } from '../../../src/tool/index.ts';

/** Which report is meant: by id, or by a member's day. */
export interface ReportInput {
  readonly reportId?: number | undefined;
  readonly date?: string | undefined;
  readonly member?: string | undefined;
}

/** Operations that reading reports with their entries needs. */
export const REPORT_OPERATIONS = ['GET /expense/reports', 'GET /expense/reports/{id}', 'GET /expense/entries'] as const;

const MOST_ENTRIES = 200;

/**
 * A report of expenses. Manage makes one for each member and period with the first expense in it.
 * @throws {ToolInputError} when there is none for that day
 */
export async function readReport(
  { reportId, date, member: who }: ReportInput,
  { manage, names, signal, now, plain }: ToolContext,
): Promise<ManageRecord> {
  if (reportId !== undefined)
    return manage.get<ManageRecord>('GET /expense/reports/{id}', { path: { id: reportId }, signal });
  const present = await now();
  const day =
    date === undefined || /this week/i.test(date)
      ? present
      : /last week/i.test(date)
        ? present.minus({ weeks: 1 })
        : readDay(date, { now: present, direction: 'past', argument: 'date' }).at;
  const member = await names.resolve('member', who ?? 'me', { argument: 'member' });
  const report = await findSheet({ manage, signal }, { memberId: member.id, day, list: 'GET /expense/reports' });
  if (report !== undefined) return report;
  throw new ToolInputError(
    'date',
    `${plain(member.label)} has no expense report for ${showDay(day)}: nothing was logged in that period.`,
    { next: 'log_expense starts one; search_expenses finds older expenses.' },
  );
}

/** The expenses on a report, in order of their days. */
export async function reportEntries(
  report: ManageRecord,
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
): Promise<readonly ManageRecord[]> {
  const conditions = all(field('expenseReport/id', '=', Number(report.id)));
  const { rows } = await manage.page<ManageRecord>('GET /expense/entries', {
    conditions,
    orderBy: ['date asc'],
    pageSize: MOST_ENTRIES,
    signal,
  });
  return rows;
}

/** Whether an expense can be added on a day. @throws {ToolInputError} when the report that it would go to was submitted */
export async function checkReport(
  member: Named,
  day: DateTime,
  { manage, signal, plain }: Pick<ToolContext, 'manage' | 'signal' | 'plain'>,
): Promise<void> {
  const report = await findSheet({ manage, signal }, { memberId: member.id, day, list: 'GET /expense/reports' });
  if (report === undefined || isEditable(report)) return;
  throw new ToolInputError(
    'date',
    `The expense report of ${plain(member.label)} for ${sheetPeriod(report)} is ${report.status} and takes no more expenses.`,
    { next: 'submit_expense_report with reverse: true opens it again; a later date goes to another report.' },
  );
}
