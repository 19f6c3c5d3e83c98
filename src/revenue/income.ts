import type { DateTime } from 'luxon';
import { type ManageRecord, sumOf, type Whole } from '../manage/index.ts';
import { type CallNames, idOf } from '../names/index.ts';
import { dayOf, readable, type ToolContext } from '../tool/index.ts';

/** The additions of an agreement: what is billed beside its base amount. */
export const ADDITIONS = 'GET /finance/agreements/{parentId}/additions';

/** Members of an agreement that its income is worked out from. */
export const INCOME_FIELDS = ['billAmount', 'billingCycle/id', 'billingCycle/name'] as const;

/** What an agreement brings in. */
export interface Income {
  /** Base amount and billable additions that run today, in the agreement's currency. */
  readonly perCycle: number;
  /** The same a month; `undefined` for an agreement that is billed once or has no billing cycle. */
  readonly perMonth: number | undefined;
  /** What the additions that run today cost, per cycle. */
  readonly cost: number;
}

/** Months in a billing cycle, by Manage's own words for it. */
const MONTHS: Readonly<Record<string, number>> = {
  Weekly: 12 / 52,
  BiWeekly: 12 / 26,
  Monthly: 1,
  BiMonthly: 2,
  Quarterly: 3,
  SemiAnnual: 6,
  Yearly: 12,
};

/** All additions of an agreement; `undefined` where the role may not read them. */
export const additionsOf = (
  agreementId: number,
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
): Promise<Whole<ManageRecord> | undefined> =>
  readable(manage.all(ADDITIONS, { path: { parentId: agreementId }, signal }));

/** Months in each billing cycle, by its id. */
export async function monthsOfCycles(names: CallNames, signal: AbortSignal): Promise<ReadonlyMap<number, number>> {
  const cycles = (await readable(names.list('billingCycle', { signal }))) ?? [];
  return new Map(
    cycles.flatMap(({ id, record }) => {
      const months = MONTHS[String(record.billingOptions)];
      return months === undefined ? [] : [[id, months]];
    }),
  );
}

/** Whether an addition is billed on a day: it has begun and is not cancelled from that day or before. */
export function runsOn(today: DateTime, { effectiveDate, cancelledDate }: ManageRecord): boolean {
  const day = today.toISODate() ?? '';
  const cancelled = dayOf(cancelledDate);
  return dayOf(effectiveDate) <= day && (cancelled === '' || cancelled > day);
}

/** How many of an addition are billed: what is included in the base amount is not. */
export const billedQuantity = ({ quantity, lessIncluded, billedQuantity }: ManageRecord): number =>
  Number(billedQuantity ?? Math.max(0, Number(quantity ?? 0) - Number(lessIncluded ?? 0)));

/**
 * What an agreement brings in today.
 * @param months in each billing cycle, by its id
 */
export function incomeOf(
  agreement: ManageRecord,
  additions: Whole<ManageRecord>,
  { today, months }: { today: DateTime; months: ReadonlyMap<number, number> },
): Income {
  const running = additions.filter((row) => runsOn(today, row));
  const billed = running.filter(({ billCustomer }) => billCustomer === 'Billable');
  const perCycle =
    Number(agreement.billAmount ?? 0) + sumOf(billed, (row) => billedQuantity(row) * Number(row.unitPrice ?? 0));
  const cycle = months.get(idOf(agreement.billingCycle) ?? 0);
  return {
    perCycle,
    perMonth: cycle === undefined ? undefined : perCycle / cycle,
    cost: sumOf(running, (row) => Number(row.quantity ?? 0) * Number(row.unitCost ?? 0)),
  };
}
