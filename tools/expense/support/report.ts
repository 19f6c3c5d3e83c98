import type { DateTime } from 'luxon';
import { statusWords } from '../../../src/approval/approval-status.ts';
import { findSheet, isEditable, isOnSheet, sheetPeriod } from '../../../src/approval/time-sheet.ts';
import { daysOf, showDay } from '../../../src/clock/index.ts';
import type { ManageRecord, Whole } from '../../../src/manage/index.ts';
import { idOf, type Named, nameOf } from '../../../src/names/index.ts';
import { field } from '../../../src/query/index.ts';
import { type Clean, cleanLine, possessive, say } from '../../../src/text/index.ts';
import { dayOf, type ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import { ZONE_OPERATIONS } from '../../../src/working-time/member-zone.ts';
import { type DaysQuestion, daysOfMember, daysOfOwner } from '../../../src/working-time/said-days.ts';

/** Which report is meant: by id, or by a member's day or week. */
export interface ReportInput extends DaysQuestion {
  readonly reportId?: number | undefined;
}

/** Operations that reading reports with their entries needs. */
export const REPORT_OPERATIONS = [
  'GET /expense/reports',
  'GET /expense/reports/{id}',
  'GET /expense/entries',
  ...ZONE_OPERATIONS,
] as const;

/** Days that one report covers at most, as far as anybody says. */
const WEEK = 7;

/** The report of an id. @throws {ToolInputError} when it is another member's or of another time than was said */
async function reportById(id: number, { date, member }: ReportInput, context: ToolContext) {
  const { manage, names, signal } = context;
  const report = await manage.get<ManageRecord>('GET /expense/reports/{id}', { path: { id }, signal });
  const told = say`Expense report ${id} is ${possessive(cleanLine(nameOf(report.member)))}, of ${sheetPeriod(report)}. Send reportId alone.`;
  if (member !== undefined && member.id !== idOf(report.member)) throw new ToolInputError('member', told);
  if (date === undefined) return report;
  const owner =
    member ?? (await names.resolve('member', idOf(report.member) ?? 'me', { argument: 'member', inactive: true }));
  const { date: said } = await daysOfOwner({ date, member: owner }, context);
  if (said !== undefined && !isOnSheet(said, report)) throw new ToolInputError('date', told);
  return report;
}

/**
 * A report of expenses. Manage makes one for each member and period with the first expense in it.
 * @throws {ToolInputError} when there is none for that day, and for a time that no one report covers
 */
export async function readReport(input: ReportInput, context: ToolContext): Promise<ManageRecord> {
  const { reportId } = input;
  const { manage, signal } = context;
  if (reportId !== undefined) return reportById(reportId, input, context);
  // Reports are kept by the member's own calendar.
  const { member, present, date } = await daysOfMember(input, context);
  const isPresent = date === undefined || (date.start <= present && present < date.end);
  const day = isPresent ? present : date.start;
  const report = await findSheet({ manage, signal }, { memberId: member.id, day, list: 'GET /expense/reports' });
  const isLong = date !== undefined && date.end.diff(date.start, 'days').days > WEEK;
  const [first, last] = date === undefined ? ['', ''] : daysOf(date);
  if (isLong && (report === undefined || first < dayOf(report.dateStart) || last > dayOf(report.dateEnd)))
    throw new ToolInputError(
      'date',
      say`date: ${cleanLine(date.echo)} is more than one expense report. Send a day or a week, like "last week".`,
    );
  if (report === undefined)
    throw new ToolInputError(
      'date',
      say`${cleanLine(member.label)} has no expense report for ${cleanLine(showDay(day))}: nothing was logged in that period.`,
      { next: say`log_expense starts one. search_expenses finds older expenses.` },
    );
  return report;
}

/** All expenses on a report, in order of their days. */
export const reportEntries = (
  report: ManageRecord,
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
): Promise<Whole<ManageRecord>> =>
  manage.all('GET /expense/entries', {
    conditions: field('expenseReport/id', '=', Number(report.id)),
    orderBy: ['date asc', 'id asc'],
    signal,
  });

/** Whether an expense can be added on a day. @throws {ToolInputError} when the report that it would go to was submitted */
export async function checkReport(
  member: Named,
  day: DateTime,
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
): Promise<void> {
  const report = await findSheet({ manage, signal }, { memberId: member.id, day, list: 'GET /expense/reports' });
  if (report === undefined || isEditable(report)) return;
  throw new ToolInputError(
    'date',
    say`The expense report of ${cleanLine(member.label)} for ${sheetPeriod(report)} is ${cleanLine(report.status)} and takes no more expenses.`,
    { next: say`A later date goes to another report. submit_expense_report with reverse: true opens this one again.` },
  );
}

/** The report that an expense is on, with its status: of one that was rejected a new expense is rejected as well. */
export const reportSaid = ({ expenseReport, status }: ManageRecord): Clean => {
  const name = say`on the expense report ${cleanLine(nameOf(expenseReport))}`;
  return status === undefined ? name : say`${name} (${statusWords(status)})`;
};
