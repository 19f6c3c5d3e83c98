import type { ManageRecord } from '../../../src/manage/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import { amountTitle, countedUnits, money } from '../../../src/tool/index.ts';

/** Units behind a number. */
const SHORT = { hours: say`h`, incidents: say`incidents` } as const;

/** An adjustment in what its agreement counts: `-2 h`, `3 incidents`, `-150.00 USD`. */
export function adjusted(amount: unknown, agreement: ManageRecord): Clean {
  const units = countedUnits(agreement);
  return units === undefined ? money(amount, agreement.currency) : say`${Number(amount)} ${SHORT[units]}`;
}

/** What the amount of an adjustment is counted in: `h`, `incidents`, or the agreement's currency. */
export function adjustmentUnit(agreement: ManageRecord): unknown {
  const units = countedUnits(agreement);
  return units === undefined ? agreement.currency : SHORT[units];
}

/** The title of a column of adjustments, with their unit. */
export function adjustmentTitle(agreement: ManageRecord): Clean {
  const units = countedUnits(agreement);
  return units === undefined ? cleanLine(amountTitle('amount', agreement.currency)) : say`amount (${units})`;
}

/** A value of such a column, without the unit. */
export const adjustmentValue = (amount: unknown, agreement: ManageRecord): unknown =>
  countedUnits(agreement) === undefined ? money(amount) : Number(amount);
