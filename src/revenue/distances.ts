import type { ManageRecord } from '../manage/index.ts';
import { idOf, type Named, type Names } from '../names/index.ts';
import { type Clean, cleanLine } from '../text/index.ts';
import { currencyCode, type SummaryQuestion } from '../tool/index.ts';

/** Types of expenses whose amount is a distance, by id, with what it is counted in: `miles`. */
export type Distances = ReadonlyMap<number, Clean>;

/** Types for mileage: their amount is a distance, that of any other is money. None where the role may not read the types. */
async function mileageTypes(names: Names): Promise<readonly Named[]> {
  const types = await names.list('expenseType').catch(() => []);
  return types.filter(({ record }) => record.mileageFlag === true);
}

/** What the distances are counted in. Empty where the role may not read the types. */
export async function distancesOf(names: Names): Promise<Distances> {
  const types = await mileageTypes(names);
  return new Map(types.map(({ id, record }) => [id, cleanLine(String(record.amountCaption ?? 'miles').toLowerCase())]));
}

/** What a unit of each of those types is paid at: `miles x rate` is money. One without a rate comes to nothing. */
export async function ratesOf(names: Names): Promise<ReadonlyMap<number, number>> {
  const types = await mileageTypes(names);
  return new Map(types.map(({ id, record }) => [id, Number(record.reimbursementRate ?? 0)]));
}

/** Tells the amounts of expenses apart that cannot be added up: money, each currency by itself, and distances. */
export const byUnit = (distances: Distances): NonNullable<SummaryQuestion['apart']> => ({
  title: 'unit',
  fields: ['type/id', 'currency/currencyCode', 'currency/name'],
  isCalendar: false,
  of: (row: ManageRecord) => {
    const name = distances.get(idOf(row.type) ?? 0) ?? currencyCode(row.currency);
    return [{ id: name, label: name }];
  },
});
