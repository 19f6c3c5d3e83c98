import type { Schemas } from '../api/index.ts';
import type { ManageRecord } from '../manage/index.ts';
import { idOf, type Names } from '../names/index.ts';
import { all, type Expression, field, type TimeSpan, within } from '../query/index.ts';
import { ratesOf } from './distances.ts';

/** Where billable work that is on no invoice yet stands. */
export const UNBILLED = {
  time: {
    list: 'GET /time/entries',
    schema: 'TimeEntry',
    date: 'timeStart',
    fields: ['actualHours', 'hoursBilled', 'hourlyRate', 'agreementHours', 'agreementAmount'],
  },
  expenses: {
    list: 'GET /expense/entries',
    schema: 'ExpenseEntry',
    date: 'date',
    fields: [
      'currency/currencyCode',
      'currency/name',
      'type/id',
      'amount',
      'invoiceAmount',
      'billAmount',
      'agreementAmount',
    ],
  },
  // Products have neither a date of work nor a status.
  products: {
    list: 'GET /procurement/products',
    schema: 'ProductItem',
    date: undefined,
    fields: ['quantity', 'quantityCancelled', 'price', 'cancelledFlag', 'agreementAmount'],
  },
} as const;
export type UnbilledSource = keyof typeof UNBILLED;

/** Statuses of time and expenses that Manage does not bill any more, although some of them stand on no invoice. */
const DONE = ['Billed', 'BilledAgreement', 'WrittenOff'];

/** The condition for what is billable and on no invoice. @param period of the work; products have no date and are all found */
export function unbilledCondition(
  source: UnbilledSource,
  period: TimeSpan | undefined,
  api: Schemas,
): Expression | undefined {
  const { date, schema } = UNBILLED[source];
  return all(
    field('billableOption', '=', 'Billable'),
    field('invoice/id', '=', null),
    date && field('status', 'not in', DONE),
    period && date && within(date, period, { api, schema }),
  );
}

/** What a record comes to at its rate or price, and what an agreement covers of that: it is not invoiced beside it. */
export interface Worth {
  readonly worth: number;
  readonly covered: number;
  readonly hours: number;
  readonly coveredHours: number;
}

const numeric = (value: unknown): number => Number(value ?? 0);

/** What a line of products comes to: what was cancelled of it is still in its quantity. */
export const worthOfProduct = ({ quantity, quantityCancelled, price }: ManageRecord): number =>
  (numeric(quantity) - numeric(quantityCancelled)) * numeric(price);

/** What Manage has worked out for a billable expense; it leaves what it has not worked out yet at zero. */
const workedOut = ({ invoiceAmount, billAmount }: ManageRecord): number =>
  numeric(invoiceAmount) || numeric(billAmount);

/** Whether only the amount of an expense can say what it comes to: that takes the rates of mileage. */
export const isUnpriced = (source: UnbilledSource, row: ManageRecord): boolean =>
  source === 'expenses' && workedOut(row) === 0 && numeric(row.amount) !== 0;

/**
 * What a record that is not billed comes to; `undefined` for a product that was cancelled.
 * @param rates of the types whose amount is a distance, by id
 */
export function worthOf(
  source: UnbilledSource,
  row: ManageRecord,
  rates: ReadonlyMap<number, number> = new Map(),
): Worth | undefined {
  const covered = numeric(row.agreementAmount);
  if (source === 'products') {
    if (row.cancelledFlag === true) return undefined;
    return { worth: worthOfProduct(row), covered, hours: 0, coveredHours: 0 };
  }
  if (source === 'expenses') {
    const worth = workedOut(row) || numeric(row.amount) * (rates.get(idOf(row.type) ?? 0) ?? 1);
    return { worth, covered, hours: 0, coveredHours: 0 };
  }
  const hours = numeric(row.hoursBilled ?? row.actualHours);
  const coveredHours = numeric(row.agreementHours);
  const rate = numeric(row.hourlyRate);
  return { worth: hours * rate, covered: numeric(row.agreementAmount ?? coveredHours * rate), hours, coveredHours };
}

/** `worthOf` for the records of a list: the rates of mileage are read once, where one of them takes them. */
export function worths(names: Names): (source: UnbilledSource, row: ManageRecord) => Promise<Worth | undefined> {
  let rates: ReturnType<typeof ratesOf> | undefined;
  const known = () => {
    rates ??= ratesOf(names);
    return rates;
  };
  return async (source, row) => worthOf(source, row, isUnpriced(source, row) ? await known() : undefined);
}
