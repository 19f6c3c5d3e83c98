import { openInvoices } from '../collections/invoices.ts';
import { recurring } from '../collections/recurring.ts';
import { timeEntries } from '../collections/time.ts';
import { unbilledWork } from '../collections/unbilled.ts';
import { type Counted, type Derived, divided, percent } from '../measure.ts';
import type { Row } from '../tables/table.ts';
import { cashMeasures } from './cash.ts';
import { daysPast, daysSince, hasPassed } from './dates.ts';
import { billed, invoiceMeasures } from './invoiced.ts';
import { expiringAgreements, netMrr, prepaidMeasures, recurringMoves } from './recurring.ts';
import { workedHours } from './time.ts';

const marginOf = (labour: Counted): Derived => ({
  name: 'margin',
  aliases: ['gross margin', 'profit', 'gross profit', 'profitability'],
  says: 'billed - labourCost: invoices of the period, without tax, less hours at their cost; products and additions are not taken off',
  unit: 'money',
  of: [billed, labour],
  combine: ([amount, cost]) => minus(amount, cost),
});

const marginShareOf = (margin: Derived): Derived => ({
  name: 'marginShare',
  aliases: [
    'margin %',
    'gross margin %',
    'margin percent',
    'gross margin percent',
    'profit margin',
    'gross profit margin',
  ],
  says: 'margin (billed - labourCost) / billed, in percent',
  unit: 'percent',
  of: [margin, billed],
  combine: percent,
});

const whileRunning = {
  during: {
    from: (row: Row): number => row.number('from'),
    until: (row: Row): number => row.number('until'),
  },
};

const runs = (name: string, says: string, more: Partial<Counted>): Counted => ({
  name,
  says,
  unit: 'money',
  collection: recurring,
  fold: 'sum',
  when: whileRunning,
  ...more,
});

const mrr = runs(
  'mrr',
  'base amounts and billed additions of agreements that ran at the end of the period, to the month',
  {
    aliases: ['monthly recurring revenue', 'recurring revenue', 'recurring income'],
    value: (row) => row.number('monthly'),
    lacks: 'a billing cycle',
  },
);

const arr: Derived = {
  name: 'arr',
  aliases: ['annual recurring revenue', 'yearly recurring revenue'],
  says: 'mrr times 12',
  unit: 'money',
  of: [mrr],
  combine: ([monthly]) => (monthly === undefined ? undefined : monthly * 12),
};

const recurringCost = runs('recurringCost', 'cost of the additions that ran at the end of the period, to the month', {
  aliases: ['recurring costs', 'monthly cost', 'vendor cost', 'addition cost'],
  value: (row) => row.number('cost'),
  lacks: 'a billing cycle',
});

const seats = runs('seats', 'billed quantity of the additions that ran at the end of the period', {
  aliases: ['seats billed', 'billed seats', 'billed quantity', 'licences', 'licenses'],
  unit: 'number',
  counts: (row) => !row.flag('isBase'),
  value: (row) => row.number('quantity'),
});

const customers = runs('customers', 'different companies with an agreement that ran at the end of the period', {
  aliases: ['clients', 'customers under agreement', 'managed customers', 'number of customers'],
  unit: 'number',
  fold: 'distinct',
  value: (row) => row.number('company'),
  without: ['product'],
  isExplained: true,
});

const agreements = runs('agreements', 'agreements that ran at the end of the period', {
  aliases: ['contracts', 'active agreements', 'number of agreements'],
  unit: 'number',
  counts: (row) => row.flag('isBase'),
  without: ['product'],
});

const labourCost = (costOf: (member: number) => number): Counted => ({
  name: 'labourCost',
  aliases: ['labor cost', 'cost of labour', 'time cost', 'labour', 'labor'],
  says: 'hours of time entries at the hourly cost of the entry, else of its member; 0 counts as not set',
  unit: 'money',
  collection: timeEntries,
  fold: 'sum',
  when: { by: 'start' },
  value: (row) => row.number('hours') * (row.number('cost') || costOf(row.number('member'))),
  lacks: 'an hourly cost',
  needs: 'cost',
  without: ['currency'],
  inHomeCurrency: true,
});

const minus = (left: number | undefined, right: number | undefined): number | undefined =>
  right === undefined ? undefined : (left ?? 0) - right;

const effectiveRate = (leave: ReadonlySet<number>): Derived => ({
  name: 'effectiveRate',
  aliases: ['effective hourly rate', 'ehr', 'effective rate', 'revenue per hour'],
  says: 'billed / hours worked: invoices of the period, without tax, over all hours in it but time off',
  unit: 'money',
  of: [billed, workedHours(leave)],
  combine: ([amount, time]) => divided(amount, time),
});

const balanceOf = (dayOf: (moment: number) => number): Counted => ({
  name: 'balance',
  aliases: [
    'receivables',
    'accounts receivable',
    'ar',
    'outstanding',
    'open balance',
    'unpaid',
    'owed',
    'ar aging',
    'accounts receivable aging',
    'outstanding balance',
    'outstanding invoices',
    'unpaid invoices',
  ],
  says: 'what is still to be paid of all invoices now',
  unit: 'money',
  collection: openInvoices,
  fold: 'sum',
  when: 'now',
  value: (row) => row.number('balance'),
  age: daysPast('due', dayOf),
  ages: 'days overdue',
});

const overdueOf = (dayOf: (moment: number) => number): Counted => ({
  ...balanceOf(dayOf),
  name: 'overdue',
  aliases: ['overdue invoices', 'past due', 'past due invoices', 'overdue balance', 'late payments'],
  says: 'what is still to be paid of invoices whose due date has passed',
  counts: hasPassed('due', dayOf),
});

const work = (name: string, says: string, value: (row: Row) => number, more: Partial<Counted>): Counted => ({
  name,
  says,
  unit: 'money',
  collection: unbilledWork,
  fold: 'sum',
  when: { by: 'date' },
  value,
  age: daysSince('date'),
  ages: 'days since the work',
  openEnded: true,
  undated: true,
  ...more,
});

const unbilled = work(
  'unbilled',
  'billable time, expenses and products that are on no invoice, less what agreements cover, as find_unbilled counts',
  (row) => row.number('worth') - row.number('covered'),
  { aliases: ['to invoice', 'not billed', 'uninvoiced', 'unbilled amount'] },
);

const wip = work(
  'wip',
  'billable time, expenses and products that are on no invoice, with what agreements cover',
  (row) => row.number('worth'),
  { aliases: ['work in progress', 'work in process'] },
);

const unbilledHours = work('unbilledHours', 'billable hours that are on no invoice', (row) => row.number('hours'), {
  aliases: ['hours unbilled', 'hours not billed'],
  unit: 'hours',
});

/** What the definitions of money need to know of the site and the report, as `Setting` says. */
interface MoneySetting {
  readonly leave: ReadonlySet<number>;
  costOf(member: number): number;
  readonly distances: ReadonlySet<number>;
  dayOf(moment: number): number;
  days(): number;
}

export function moneyMeasures(setting: MoneySetting): readonly (Counted | Derived)[] {
  const { leave, costOf, dayOf } = setting;
  const balance = balanceOf(dayOf);
  const labour = labourCost(costOf);
  const margin = marginOf(labour);
  const recurringMargin: Derived = {
    name: 'recurringMargin',
    aliases: ['mrr margin', 'agreement margin'],
    says: 'mrr - recurringCost, a month',
    unit: 'money',
    of: [mrr, recurringCost],
    combine: ([amount, cost]) => minus(amount, cost),
  };
  return [
    billed,
    mrr,
    arr,
    recurringCost,
    recurringMargin,
    labour,
    margin,
    marginShareOf(margin),
    effectiveRate(leave),
    unbilled,
    unbilledHours,
    wip,
    balance,
    overdueOf(dayOf),
    seats,
    agreements,
    customers,
    ...recurringMoves,
    netMrr,
    ...expiringAgreements,
    ...prepaidMeasures,
    ...invoiceMeasures,
    ...cashMeasures(balance, setting),
  ];
}
