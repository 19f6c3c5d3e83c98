import { DateTime } from 'luxon';
import type { ActionAnswer, ActionRequest, Behaviour, FieldError, HookContext } from '../behaviour.ts';
import { invalidObject } from '../failure.ts';
import { expand } from '../references.ts';
import type { SandboxRecord } from '../store/store.ts';
import { idOf } from './board-scope.ts';
import { missing } from './missing.ts';
import { chargedTicket } from './time-entry.ts';
import { isLocked } from './time-sheet.ts';

const ENTRIES = '/expense/entries';
const REPORTS = '/expense/reports';

const cents = (amount: number): number => Math.round(amount * 100) / 100;
const day = (moment: DateTime): string => `${moment.toISODate()}T00:00:00Z`;

/** The weekly report of a member for a day, made by the system when there is none yet. Expense dates are days without a zone. */
function reportOf(member: SandboxRecord, date: string, { store, api }: HookContext): SandboxRecord {
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

function recount(reportId: number | undefined, { store }: HookContext): void {
  const reports = store.collection(REPORTS);
  const report = reports.get(reportId ?? 0);
  if (report === undefined) return;
  const entries = [...store.collection(ENTRIES).where('expenseReport/id', report.id)];
  reports.put({ ...report, total: cents(entries.reduce((sum, { amount }) => sum + Number(amount ?? 0), 0)) });
}

/** How the real server words a locked report is not known. */
function lockErrors(reportId: number | undefined, { store }: HookContext): FieldError[] {
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

const memberOf = (record: SandboxRecord, { store, caller }: HookContext): SandboxRecord | undefined =>
  store.collection('/system/members').get(idOf(record.member) ?? caller.memberId);

/** The row of a table that is its default. */
const defaultOf = (template: string, { store }: HookContext): SandboxRecord | undefined =>
  [...store.collection(template).all()].find(({ defaultFlag }) => defaultFlag === true);

const chargeCodeOf = (record: SandboxRecord, { store }: HookContext): SandboxRecord | undefined =>
  record.chargeToType === 'ChargeCode'
    ? store.collection('/time/chargeCodes').get(Number(record.chargeToId))
    : undefined;

export const expenseEntry: Behaviour = {
  collection: ENTRIES,
  resource: 'expenseEntry',
  label: 'Expense Entry',
  derived: ['expenseReport', 'status', 'invoice', 'ticket'],

  defaults(record, context) {
    const { store, api } = context;
    const member = memberOf(record, context);
    if (member !== undefined) record.member ??= expand(member, 'MemberReference', '/system/members', api);
    const code = chargeCodeOf(record, context);
    const project = store.collection('/project/projects').get(idOf(record.project) ?? 0);
    record.company ??= (chargedTicket(record, context) ?? code ?? project)?.company;
    const type = store.collection('/expense/types').get(idOf(record.type) ?? 0);
    record.billableOption ??= code?.billTime ?? type?.billExpenses ?? 'Billable';
    const payment = defaultOf('/expense/paymentTypes', context);
    if (payment !== undefined)
      record.paymentMethod ??= expand(payment, 'PaymentMethodReference', '/expense/paymentTypes', api);
    const paid = store.collection('/expense/paymentTypes').get(idOf(record.paymentMethod) ?? 0);
    record.classification ??= paid?.classification;
    record.locationId ??= idOf(member?.defaultLocation) ?? 1;
    record.businessUnitId ??= idOf(member?.defaultDepartment) ?? 1;
  },

  validate(record, previous, context) {
    const errors = lockErrors(idOf(previous?.expenseReport), context);
    if (errors.length > 0) return errors;
    const isTicket = String(record.chargeToType).endsWith('Ticket');
    if (isTicket && record.chargeToId !== undefined && chargedTicket(record, context) === undefined)
      return [
        { code: 'NotFound', message: `${record.chargeToType} ${record.chargeToId} not found`, field: 'chargeToId' },
      ];
    const code = chargeCodeOf(record, context);
    if (record.chargeToType === 'ChargeCode' && code?.expenseEntryFlag !== true)
      return [{ code: 'InvalidField', message: 'The charge code does not allow expenses.', field: 'chargeToId' }];
    if (record.company === undefined && record.chargeToId === undefined)
      return [{ code: 'MissingRequiredField', message: 'The company/id field is required.', field: 'company' }];
    const member = memberOf(record, context);
    return member === undefined ? [] : lockErrors(reportOf(member, String(record.date), context).id, context);
  },

  beforeSave(record, previous, context) {
    const member = memberOf(record, context);
    if (member === undefined) return;
    const report = reportOf(member, String(record.date), context);
    record.expenseReport = { id: report.id, name: report.name };
    record.status = report.status;
    record.invoiceAmount = record.billableOption === 'Billable' ? record.amount : 0;
    const ticket = chargedTicket(record, context);
    if (ticket !== undefined) {
      record.ticket = { id: ticket.id, summary: ticket.summary };
      record.project = ticket.project ?? record.project;
      record.phase = ticket.phase ?? record.phase;
    } else delete record.ticket;
    // What is charged says whose it is.
    record.company = (ticket ?? chargeCodeOf(record, context))?.company ?? record.company;
    before.set(context, idOf(previous?.expenseReport));
  },

  afterSave(record, _, context) {
    for (const id of new Set([idOf(record.expenseReport), before.get(context)])) recount(id, context);
  },

  beforeDelete(record, context) {
    const errors = lockErrors(idOf(record.expenseReport), context);
    if (errors.length > 0) throw invalidObject('expenseEntry', errors);
    context.store.collection(ENTRIES).remove(record.id);
    recount(idOf(record.expenseReport), context);
    return 'keep';
  },
};

/** The report that an entry was on before the request, which loses its amount when the entry moves. */
const before = new WeakMap<HookContext, number | undefined>();

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
  },
};
