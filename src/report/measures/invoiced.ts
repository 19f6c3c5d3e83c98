import { invoices } from '../collections/invoices.ts';
import { type Counted, type Derived, divided } from '../measure.ts';

export const billed: Counted = {
  name: 'billed',
  aliases: ['revenue', 'invoiced', 'billings', 'amount billed', 'sales revenue', 'turnover'],
  says: 'totals of invoices by their date, without sales tax; credit memos count below zero',
  unit: 'money',
  collection: invoices,
  fold: 'sum',
  when: { by: 'date' },
  value: (row) => row.number('total') - (row.has('tax') ? row.number('tax') : 0),
  lacks: 'a total',
};

/** One kind of amount on invoices, as Manage totals it. */
const kindOf = (name: string, column: string, what: string, aliases: readonly string[]): Counted => ({
  ...billed,
  name,
  aliases,
  says: `${what} on invoices, by the invoice's date, without sales tax; credit memos count below zero`,
  value: (row) => row.number(column),
  lacks: 'such a total',
});

const invoiceCount: Counted = {
  ...billed,
  name: 'invoices',
  aliases: ['invoice count', 'number of invoices', 'invoices sent'],
  says: 'number of invoices and credit memos by their date',
  unit: 'number',
  value: () => 1,
};

const averageInvoice: Derived = {
  name: 'averageInvoice',
  aliases: ['average invoice value', 'average invoice amount', 'invoice size'],
  says: 'billed / invoices: totals without sales tax over the number of invoices and credit memos',
  unit: 'money',
  of: [billed, invoiceCount],
  combine: ([amount, count]) => divided(amount, count),
};

/** What invoices come to, by what is on them. */
export const invoiceMeasures: readonly (Counted | Derived)[] = [
  kindOf('billedServices', 'services', 'time and fixed fees (serviceTotal)', [
    'service revenue',
    'services billed',
    'labor billed',
    'labour billed',
  ]),
  kindOf('billedProducts', 'products', 'products (productTotal)', ['products billed', 'product billings']),
  kindOf('billedExpenses', 'expenses', 'expenses (expenseTotal)', ['expenses billed']),
  kindOf('billedAgreements', 'agreements', 'base amounts of agreements (agreementAmount)', [
    'agreement revenue',
    'agreements billed',
    'recurring billed',
  ]),
  {
    ...billed,
    name: 'tax',
    aliases: ['sales tax', 'tax collected', 'vat', 'gst'],
    says: 'sales tax on invoices, by their date; credit memos count below zero',
    value: (row) => row.number('tax'),
    lacks: 'a tax',
  },
  invoiceCount,
  averageInvoice,
];
