import { DateTime } from 'luxon';
import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { type FieldError, invalidObject, missing } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { cents } from '../../records/currency.ts';
import { expand } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { isLocked } from '../time/time-sheet.ts';

export const ENTRIES = '/expense/entries';
export const REPORTS = '/expense/reports';

export const day = (moment: DateTime): string => `${moment.toISODate()}T00:00:00Z`;

/** The weekly report of a member for a day, made by the system when it does not exist yet. Expense dates are days without a zone. */
export function reportOf(member: SandboxRecord, date: string, { store, api }: HookContext): SandboxRecord {
  const reports = store.collection(REPORTS);
  const start = DateTime.fromISO(date.slice(0, 10), { zone: 'utc' }).startOf('week');
  const dateStart = day(start);
  for (const report of reports.where('member/id', member.id)) if (report.dateStart === dateStart) return report;
  return reports.put({
    name: `${start.toISODate()} to ${start.plus({ days: 6 }).toISODate()}`,
    member: expand(member, 'MemberReference', '/system/members', api),
    year: start.weekYear,
    period: start.weekNumber,
    dateStart,
    dateEnd: day(start.plus({ days: 6 })),
    dueDate: day(start.plus({ days: 9 })),
    status: 'Open',
    total: 0,
  });
}

export function recount(reportId: number | undefined, { store }: HookContext): void {
  const reports = store.collection(REPORTS);
  const report = reports.get(reportId ?? 0);
  if (report === undefined) return;
  const entries = [...store.collection(ENTRIES).where('expenseReport/id', report.id)];
  reports.put({ ...report, total: cents(entries.reduce((sum, { amount }) => sum + Number(amount ?? 0), 0)) });
}

/** How the real server words a locked report is not known. */
export function lockErrors(reportId: number | undefined, { store }: HookContext): FieldError[] {
  const report = store.collection(REPORTS).get(reportId ?? 0);
  return isLocked(report)
    ? [
        {
          code: 'InvalidField',
          message: `The expense report ${report?.name} is ${report?.status} and cannot be changed.`,
          field: 'expenseReport',
        },
      ]
    : [];
}

function move(from: readonly string[], to: string, verb: string) {
  return ({ pathValues }: ActionRequest, context: HookContext): ActionAnswer => {
    const { store, caller, now } = context;
    const reports = store.collection(REPORTS);
    const report = reports.get(Number(pathValues.id));
    if (report === undefined) throw missing('Expense Report', pathValues.id);
    // How Manage words this is not known.
    if (!from.includes(String(report.status)))
      throw invalidObject('expenseReport', [
        {
          code: 'InvalidStatus',
          message: `The expense report cannot be ${verb}. Its status is ${String(report.status)}.`,
          field: 'status',
        },
      ]);
    const written = { by: caller.identifier, at: now };
    reports.put({ ...report, status: to }, written);
    const entries = store.collection(ENTRIES);
    for (const entry of entries.where('expenseReport/id', report.id)) entries.put({ ...entry, status: to }, written);
    return { status: 200, body: { success: true, message: '' } };
  };
}

/** Weekly collections of a member's expenses: the system makes them, a member submits them. */
export const expenseReport: Behaviour = {
  collection: REPORTS,
  label: 'Expense Report',
  // The name is shown in references only.
  present: ({ name: _, ...report }) => report as SandboxRecord,
  actions: {
    'POST /expense/reports/{id}/submit': move(['Open', 'Rejected', 'ErrorsCorrected'], 'PendingApproval', 'submitted'),
    'POST /expense/reports/{id}/reverse': move(
      ['PendingApproval', 'ApprovedByTierOne', 'ApprovedByTierTwo'],
      'Open',
      'reversed',
    ),
    'POST /expense/reports/{id}/approve': (request, context) => {
      const { approvalType } = (request.body ?? {}) as { approvalType?: unknown };
      const to = approvalType === 'Tier2Update' ? 'ApprovedByTierTwo' : 'ApprovedByTierOne';
      return move(['PendingApproval', 'ApprovedByTierOne'], to, 'approved')(request, context);
    },
    'POST /expense/reports/{id}/reject': move(['PendingApproval', 'ApprovedByTierOne'], 'Rejected', 'rejected'),
  },
};
