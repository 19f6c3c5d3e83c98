import { cents } from '../../records/currency.ts';
import { idOf } from '../../references.ts';
import type { SandboxRecord, Store } from '../../store/store.ts';

/** The rate of an hour: that of the work role, times what the work type makes of it. */
export function hourlyRate({ workRole, workType }: Partial<SandboxRecord>, store: Store): number {
  const role = store.collection('/time/workRoles').get(idOf(workRole) ?? 0);
  const type = store.collection('/time/workTypes').get(idOf(workType) ?? 0);
  return cents(Number(role?.hourlyRate ?? 0) * Number(type?.rate ?? 1));
}

/** What an hour of the member costs, as the text that time entries have: they keep what it was when they were entered. */
export const hourlyCost = (member: SandboxRecord | undefined): string => Number(member?.hourlyCost ?? 0).toFixed(2);

/** What an expense comes to: the amount of a type for mileage is a distance, each of which has a rate. */
export const expenseWorth = (type: SandboxRecord | undefined, amount: number): number =>
  type?.mileageFlag === true ? cents(amount * Number(type.reimbursementRate ?? 0)) : amount;

/** What the agreement takes over of billed hours: all of them, where it covers time at all. */
export function coveredByAgreement(
  { agreement, hourlyRate: rate }: Partial<SandboxRecord>,
  billed: number,
  store: Store,
): { agreementHours: number; agreementAmount: number } {
  const found = store.collection('/finance/agreements').get(idOf(agreement) ?? 0);
  const hours = found?.coverAgreementTime === true ? billed : 0;
  return { agreementHours: hours, agreementAmount: cents(hours * Number(rate ?? 0)) };
}
