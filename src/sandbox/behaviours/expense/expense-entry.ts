import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { invalidObject } from '../../contract/failure.ts';
import { expand, idOf, setDefault } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { expenseWorth } from '../finance/money.ts';
import { chargedTicket } from '../time/charged-to.ts';
import { ENTRIES, lockErrors, recount, reportOf } from './expense-report.ts';

const memberOf = (record: SandboxRecord, { store, caller }: HookContext): SandboxRecord | undefined =>
  store.collection('/system/members').get(idOf(record.member) ?? caller.memberId);

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
    setDefault(record, 'paymentMethod', 'PaymentMethodReference', context);
    const paid = store.collection('/expense/paymentTypes').get(idOf(record.paymentMethod) ?? 0);
    record.classification ??= paid?.classification;
    record.locationId ??= idOf(member?.defaultLocation) ?? 1;
    record.businessUnitId ??= idOf(member?.defaultDepartment) ?? 1;
  },

  validate(record, context) {
    const { previous } = context;
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

  beforeSave(record, context) {
    const member = memberOf(record, context);
    if (member === undefined) return;
    const report = reportOf(member, String(record.date), context);
    record.expenseReport = { id: report.id, name: report.name };
    record.status = report.status;
    const type = context.store.collection('/expense/types').get(idOf(record.type) ?? 0);
    record.invoiceAmount = record.billableOption === 'Billable' ? expenseWorth(type, Number(record.amount ?? 0)) : 0;
    const ticket = chargedTicket(record, context);
    if (ticket !== undefined) {
      record.ticket = { id: ticket.id, summary: ticket.summary };
      record.project = ticket.project ?? record.project;
      record.phase = ticket.phase ?? record.phase;
    } else delete record.ticket;
    // What is charged says whose it is.
    record.company = (ticket ?? chargeCodeOf(record, context))?.company ?? record.company;
  },

  afterSave(record, context) {
    const { previous } = context;
    for (const id of new Set([idOf(record.expenseReport), idOf(previous?.expenseReport)])) recount(id, context);
  },

  beforeDelete(record, context) {
    const errors = lockErrors(idOf(record.expenseReport), context);
    if (errors.length > 0) throw invalidObject('expenseEntry', errors);
    context.store.collection(ENTRIES).remove(record.id);
    recount(idOf(record.expenseReport), context);
    return 'keep';
  },
};
