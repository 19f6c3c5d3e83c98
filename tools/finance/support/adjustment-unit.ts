import type { ManageRecord } from '../../../src/manage/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import { amountTitle, money } from '../../../src/tool/index.ts';

/** Only these two are counted in something else than money. */
const isCounted = (units: unknown): units is 'Hours' | 'Incidents' => units === 'Hours' || units === 'Incidents';

/** An adjustment in what its agreement counts (`applicationUnits`): `-2 h`, `3 incidents`, `-150.00 USD`. */
export function adjusted(amount: unknown, { applicationUnits, currency }: ManageRecord): Clean {
  if (!isCounted(applicationUnits)) return money(amount, currency);
  return applicationUnits === 'Hours' ? say`${Number(amount)} h` : say`${Number(amount)} incidents`;
}

/** What the amount of an adjustment is counted in: `h`, `incidents`, or the agreement's currency. */
export function adjustmentUnit({ applicationUnits, currency }: ManageRecord): unknown {
  if (!isCounted(applicationUnits)) return currency;
  return applicationUnits === 'Hours' ? 'h' : 'incidents';
}

/** The title of a column of adjustments, with their unit. */
export const adjustmentTitle = ({ applicationUnits, currency }: ManageRecord): Clean =>
  isCounted(applicationUnits)
    ? say`amount (${cleanLine(applicationUnits.toLowerCase())})`
    : cleanLine(amountTitle('amount', currency));

/** A value of such a column, without the unit. */
export const adjustmentValue = (amount: unknown, { applicationUnits }: ManageRecord): unknown =>
  isCounted(applicationUnits) ? Number(amount) : money(amount);
