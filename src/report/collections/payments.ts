import type { ManageRecord } from '../../manage/index.ts';
import { all, field } from '../../query/index.ts';
import { dayOf } from '../../tool/index.ts';
import { BY_AGREEMENT, BY_COMPANY, BY_PLACE, type Collection, eachOf, onDays, type Wanted } from '../collection.ts';
import { kept } from '../several-lists.ts';
import { type Columns, choice, currency, DAY, day, number, reference, Table } from '../tables/table.ts';
import type { Reading } from '../tables/table-cache.ts';

const INVOICES = 'GET /finance/invoices';
const PAYMENTS = 'GET /finance/invoices/{parentId}/payments';

/** Payments are looked for on invoices of this time before the period, because Manage has no list of payments. */
const BACK = { years: 1 };

const COLUMNS: Columns = {
  date: day('paymentDate'),
  company: reference('company'),
  agreement: reference('agreement', 'company'),
  type: choice('type'),
  location: number('locationId'),
  department: number('departmentId'),
  amount: number('amount'),
  days: number('days'),
  currency,
};

const daysBetween = (from: unknown, until: unknown): number =>
  (Date.parse(dayOf(until)) - Date.parse(dayOf(from))) / DAY;

/** What was paid in the period on invoices of the year before its start, or of the period. */
async function readPayments(wanted: Wanted, reading: Reading): Promise<Table> {
  const { context } = reading;
  const { manage, signal } = context;
  const { start, end, narrowed } = wanted;
  // A later period looks for payments on fewer invoices.
  return kept(`payments from ${+start}`, wanted, reading, async () => {
    const conditions = all(onDays('date', start.minus(BACK), end), field('payments', '!=', 0), narrowed.conditions);
    const fields = ['id', 'date', 'type', 'company', 'agreement', 'locationId', 'departmentId', 'currency'];
    const invoices = await manage.all<ManageRecord>(INVOICES, { ...narrowed, conditions, fields, signal });
    const lists = await eachOf(invoices, { what: 'invoices, for their payments', wanted, reading }, ({ id }) =>
      manage.all<ManageRecord>(PAYMENTS, { path: { parentId: Number(id) }, signal }),
    );
    const table = new Table(COLUMNS);
    for (const [index, invoice] of invoices.entries())
      for (const { id, amount, paymentDate } of lists[index] ?? [])
        if (paymentDate !== undefined)
          table.add({ ...invoice, id, amount, paymentDate, days: daysBetween(invoice.date, paymentDate) });
    return table;
  });
}

/** Payments by their date; a request for each invoice that something was paid on. */
export const payments: Collection = {
  name: 'payments',
  noun: 'payments',
  one: 'payment',
  schema: 'Invoice',
  columns: COLUMNS,
  hasCustomFields: false,
  uses: [INVOICES, PAYMENTS],
  ways: {
    ...BY_COMPANY,
    ...BY_AGREEMENT,
    type: { column: 'type' },
    ...BY_PLACE,
    currency: { column: 'currency' },
  },
  paths: { company: 'company/id', agreement: 'agreement/id', location: 'locationId', department: 'departmentId' },
  read: readPayments,
};
