import type { ManageRecord } from '../../manage/index.ts';
import { idOf } from '../../names/index.ts';
import { ADDITIONS, additionsOf, billedQuantity, INCOME_FIELDS, monthsOfCycles } from '../../revenue/income.ts';
import { BY_COMPANY, type Collection, eachOf, type Wanted } from '../collection.ts';
import { kept } from '../several-lists.ts';
import { type Columns, currency, DAY, day, flag, number, reference, Table } from '../tables/table.ts';
import type { Reading } from '../tables/table-cache.ts';

const AGREEMENTS = 'GET /finance/agreements';

const COLUMNS: Columns = {
  agreement: { ...reference('agreement'), owner: ({ company }) => company },
  company: reference('company'),
  type: reference('type'),
  location: reference('location'),
  department: reference('department'),
  product: reference('product'),
  from: day('from'),
  until: number('until'),
  ends: day('ends'),
  last: day('last'),
  isBase: flag('isBase'),
  monthly: number('monthly'),
  cost: number('cost'),
  quantity: number('quantity'),
  currency,
};

const FIELDS = [
  'id',
  'name',
  'company',
  'type',
  'location',
  'department',
  'startDate',
  'endDate',
  'noEndingDateFlag',
  'cancelledFlag',
  'dateCancelled',
  'agreementStatus',
  'currency',
  ...INCOME_FIELDS,
];

const dayIn = (value: unknown): number => (typeof value === 'string' ? Date.parse(value) : Number.NaN);

/** From its first day, up to the day after its last one, in milliseconds of UTC. */
function spanOf(agreement: ManageRecord): { from: number; until: number } {
  const { startDate, endDate, noEndingDateFlag, cancelledFlag, dateCancelled } = agreement;
  const start = dayIn(startDate);
  const from = Number.isNaN(start) ? Number.NEGATIVE_INFINITY : start;
  const ends = [Number.POSITIVE_INFINITY];
  if (noEndingDateFlag !== true && endDate !== undefined) ends.push(dayIn(endDate) + DAY);
  // Without a date it is not known when it was cancelled: it counts nowhere.
  if (cancelledFlag === true) ends.push(dateCancelled === undefined ? from : dayIn(dateCancelled));
  return { from, until: Math.min(...ends) };
}

const until = (value: number): number => (value === Number.POSITIVE_INFINITY ? Number.MAX_SAFE_INTEGER : value);

/** The first day on which a line is not there any more; none for one that ran on no day at all. */
const firstDayWithout = ({ from, until: end }: { from: number; until: number }): string | undefined =>
  Number.isFinite(end) && end > from ? new Date(end).toISOString() : undefined;

/** That day and the one before it, the last that it runs on. */
function endsOf(span: { from: number; until: number }) {
  const ends = firstDayWithout(span);
  return { ends, last: ends && new Date(Date.parse(ends) - DAY).toISOString() };
}

/** A row for the base amount of each agreement and one for each of its additions, each with the days on which it runs. */
async function readRecurring(wanted: Wanted, reading: Reading): Promise<Table> {
  const { context } = reading;
  const { manage, names, signal } = context;
  const { start, end, narrowed } = wanted;
  return kept('recurring', wanted, reading, async () => {
    const [rows, months] = await Promise.all([
      manage.all<ManageRecord>(AGREEMENTS, { ...narrowed, fields: FIELDS, signal }),
      monthsOfCycles(names, signal),
    ]);
    const running = rows.filter((row) => {
      const span = spanOf(row);
      return span.from <= end.toMillis() + DAY && span.until >= start.toMillis() - DAY;
    });
    const table = new Table(COLUMNS);
    const additions = await eachOf(
      running,
      { what: 'agreements, for their additions', wanted, reading },
      async (row) => (await additionsOf(Number(row.id), context)) ?? [],
    );
    for (const [index, agreement] of running.entries()) {
      const { company, type, location, department, currency: money } = agreement;
      const span = spanOf(agreement);
      const cycle = months.get(idOf(agreement.billingCycle) ?? 0);
      const monthly = (amount: number): number | undefined => (cycle === undefined ? undefined : amount / cycle);
      const common = { agreement, company, type, location, department, currency: money };
      const rowFrom = (from: number) => new Date(Math.max(from, 0)).toISOString();
      table.add({
        ...common,
        product: { id: 0, name: 'base amount' },
        from: rowFrom(span.from),
        until: until(span.until),
        ...endsOf(span),
        isBase: true,
        monthly: monthly(Number(agreement.billAmount ?? 0)),
        cost: 0,
        quantity: 0,
      });
      for (const addition of additions[index] ?? []) {
        const billed = addition.billCustomer === 'Billable' ? billedQuantity(addition) : 0;
        const cancelled = dayIn(addition.cancelledDate);
        const own = {
          from: Math.max(span.from, dayIn(addition.effectiveDate) || Number.NEGATIVE_INFINITY),
          until: Math.min(span.until, Number.isNaN(cancelled) ? Number.POSITIVE_INFINITY : cancelled),
        };
        table.add({
          ...common,
          product: addition.product,
          from: rowFrom(own.from),
          until: until(own.until),
          ...endsOf(own),
          isBase: false,
          monthly: monthly(billed * Number(addition.unitPrice ?? 0)),
          cost: monthly(Number(addition.quantity ?? 0) * Number(addition.unitCost ?? 0)),
          quantity: billed,
        });
      }
    }
    return table;
  });
}

/** What agreements bring in and cost again and again. */
export const recurring: Collection = {
  name: 'recurring',
  noun: 'agreement lines',
  one: 'agreement line',
  schema: 'Agreement',
  columns: COLUMNS,
  hasCustomFields: false,
  uses: [AGREEMENTS, ADDITIONS, 'GET /finance/billingCycles'],
  ways: {
    ...BY_COMPANY,
    agreement: { column: 'agreement' },
    agreementType: { column: 'type' },
    type: { column: 'type' },
    product: { column: 'product' },
    location: { column: 'location' },
    department: { column: 'department' },
    currency: { column: 'currency' },
  },
  paths: {
    company: 'company/id',
    agreement: 'id',
    agreementType: 'type/id',
    location: 'location/id',
    department: 'department/id',
  },
  read: readRecurring,
};
