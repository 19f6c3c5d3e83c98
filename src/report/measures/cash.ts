import { expenses } from '../collections/expenses.ts';
import { openOrderLines } from '../collections/order-lines.ts';
import { payments } from '../collections/payments.ts';
import { openPurchaseOrders, productSales, purchaseOrders } from '../collections/purchasing.ts';
import { type Counted, type Derived, divided, less, percent } from '../measure.ts';
import type { Row } from '../tables/table.ts';
import { daysPast } from './dates.ts';
import { billed } from './invoiced.ts';

const paid: Counted = {
  name: 'payments',
  aliases: ['payments received', 'paid', 'cash received', 'cash collected', 'collections', 'collected', 'amount paid'],
  says: 'payments by their date, on the invoices of the period and of the year before it; a request for each of these invoices',
  unit: 'money',
  collection: payments,
  fold: 'sum',
  when: { by: 'date' },
  value: (row) => row.number('amount'),
  lacks: 'an amount',
  isExplained: true,
};

const daysToPay: Counted = {
  ...paid,
  name: 'daysToPay',
  aliases: ['days to pay', 'payment days', 'time to pay', 'average days to pay', 'payment time', 'how long to pay'],
  says: 'average of the days from the date of the invoice to each payment of the period',
  unit: 'days',
  fold: 'average',
  value: (row) => row.number('days'),
  lacks: 'a date of the invoice',
};

const sold = (name: string, says: string, column: string, aliases: readonly string[]): Counted => ({
  name,
  aliases,
  says,
  unit: 'money',
  collection: productSales,
  fold: 'sum',
  when: { by: 'date' },
  value: (row) => row.number(column),
  lacks: 'a price',
  isExplained: true,
});
const productRevenue = sold(
  'productRevenue',
  'quantity times price of the products on invoices, by the date of the invoice; additions of agreements are not among them',
  'revenue',
  ['product revenue', 'product sales', 'hardware sales', 'hardware revenue', 'products sold'],
);
const productCost = sold('productCost', 'quantity times cost of the same products', 'cost', [
  'product costs',
  'cost of goods',
  'cogs',
  'hardware cost',
]);
const productMargin: Derived = {
  name: 'productMargin',
  aliases: ['product profit', 'hardware margin', 'margin on products', 'product gross profit'],
  says: 'productRevenue - productCost',
  unit: 'money',
  of: [productRevenue, productCost],
  combine: less,
};
const productMarginShare: Derived = {
  name: 'productMarginShare',
  aliases: ['product margin percent', 'product margin %', 'hardware margin percent'],
  says: 'productMargin / productRevenue, in percent',
  unit: 'percent',
  of: [productMargin, productRevenue],
  combine: percent,
};

/** What members spent, and how far they drove: the amount of an expense by the mile is a distance, and no money. */
function spentOf(distances: ReadonlySet<number>): readonly Counted[] {
  const isDistance = (row: Row): boolean => distances.has(row.number('type'));
  const spent: Counted = {
    name: 'expenses',
    aliases: ['expense amount', 'expense entries', 'spend', 'reimbursements', 'travel expenses', 'employee expenses'],
    says: 'amounts of expense entries by their date, whether they are billed or not; those by the mile are in mileage',
    unit: 'money',
    collection: expenses,
    fold: 'sum',
    when: { by: 'date' },
    value: (row) => (isDistance(row) ? Number.NaN : row.number('amount')),
    lacks: 'an amount of money (they count miles, which the measure mileage adds up)',
    needs: 'distances',
  };
  const mileage: Counted = {
    ...spent,
    name: 'mileage',
    aliases: ['miles', 'miles driven', 'distance', 'distance driven', 'kilometers', 'kilometres'],
    says: 'distances of the expense entries that are by the mile, by their date, billed or not',
    unit: 'number',
    counts: isDistance,
    value: (row) => row.number('amount'),
    lacks: 'a distance',
  };
  return [spent, mileage];
}

const purchases: Counted = {
  name: 'purchases',
  aliases: ['purchase orders', 'purchased', 'purchasing', 'ordered from vendors', 'vendor spend', 'po total'],
  says: 'totals of purchase orders by their date, cancelled ones included',
  unit: 'money',
  collection: purchaseOrders,
  fold: 'sum',
  when: { by: 'date' },
  value: (row) => row.number('total'),
  lacks: 'a total',
  isExplained: true,
};

const openPurchases: Counted = {
  ...purchases,
  name: 'openPurchases',
  aliases: ['open purchase orders', 'open pos', 'outstanding purchase orders', 'on order'],
  says: 'totals of purchase orders that are not closed, received lines included',
  collection: openPurchaseOrders,
  when: 'now',
};

/** What is ordered and not there. @param dayOf the number of the calendar day of a moment, in the zone of the report */
function unreceivedOf(dayOf: (moment: number) => number): readonly Counted[] {
  const value: Counted = {
    ...openPurchases,
    name: 'unreceived',
    aliases: ['not received', 'unreceived value', 'awaiting delivery', 'outstanding deliveries'],
    says: 'what is not received of the lines of open purchase orders, at unit cost',
    collection: openOrderLines,
    value: (row) => row.number('left') * row.number('cost'),
    age: daysPast('expected', dayOf),
    ages: 'days past the expected ship date',
    lacks: 'a unit cost',
  };
  const items: Counted = {
    ...value,
    name: 'unreceivedItems',
    aliases: ['items not received', 'unreceived quantity', 'items on order', 'quantity not received'],
    says: 'quantity that is not received of the lines of open purchase orders',
    unit: 'number',
    value: (row) => row.number('left'),
    lacks: 'a quantity',
  };
  return [value, items];
}

/** What the definitions of cash need to know of the site and the report, as `Setting` says. */
interface CashSetting {
  readonly distances: ReadonlySet<number>;
  dayOf(moment: number): number;
  days(): number;
}

/** What comes in and goes out. @param balance what is still to be paid */
export function cashMeasures(
  balance: Counted,
  { distances, dayOf, days }: CashSetting,
): readonly (Counted | Derived)[] {
  const dso: Derived = {
    name: 'dso',
    aliases: ['days sales outstanding', 'collection period'],
    says: 'balance now / billed in the period x days of the period',
    unit: 'days',
    of: [balance, billed],
    combine: ([owed, amount]) => {
      const share = divided(owed, amount);
      return share === undefined ? undefined : share * days();
    },
  };
  return [
    paid,
    daysToPay,
    dso,
    productRevenue,
    productCost,
    productMargin,
    productMarginShare,
    ...spentOf(distances),
    purchases,
    openPurchases,
    ...unreceivedOf(dayOf),
  ];
}
