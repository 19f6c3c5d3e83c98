import type { ManageRecord } from '../../manage/index.ts';
import { field } from '../../query/index.ts';
import { BY_AGREEMENT, BY_COMPANY, BY_PLACE, type Listed, listed, onDays } from '../collection.ts';
import { type Column, choice, currency, day, number, reference } from '../tables/table.ts';

/** Days overdue up to which each group reaches. */
export const OVERDUE = [0, 30, 60, 90] as const;

/** An amount of an invoice of some type; those of credit memos count below zero, however they are stored. */
export const ofInvoice = (type: unknown, amount: number): number =>
  type === 'CreditMemo' ? -Math.abs(amount) : amount;

const signed = (member: string): Column => ({
  kind: 'number',
  fields: [member, 'type'],
  of: ({ type, ...record }: ManageRecord) => {
    const value = record[member];
    return value === undefined || value === null ? undefined : ofInvoice(type, Number(value));
  },
});

const shared = {
  noun: 'invoices',
  one: 'invoice',
  list: 'GET /finance/invoices',
  // A payment changes the balance.
  follows: [],
  schema: 'Invoice',
  columns: {
    invoice: {
      kind: 'reference',
      fields: ['id', 'invoiceNumber', 'company/name'],
      of: ({ id, invoiceNumber }: ManageRecord) => ({ id, name: String(invoiceNumber ?? id) }),
      owner: ({ company }: ManageRecord) => company,
    },
    date: day('date'),
    due: day('dueDate'),
    company: reference('company'),
    agreement: reference('agreement', 'company'),
    project: reference('project', 'company'),
    type: choice('type'),
    status: reference('status'),
    location: number('locationId'),
    department: number('departmentId'),
    currency,
    total: signed('total'),
    tax: signed('salesTax'),
    balance: signed('balance'),
    services: signed('serviceTotal'),
    products: signed('productTotal'),
    expenses: signed('expenseTotal'),
    agreements: signed('agreementAmount'),
  },
  age: OVERDUE,
  ways: {
    ...BY_COMPANY,
    ...BY_AGREEMENT,
    project: { column: 'project' },
    invoice: { column: 'invoice' },
    type: { column: 'type' },
    status: { column: 'status' },
    ...BY_PLACE,
    currency: { column: 'currency' },
  },
  paths: {
    company: 'company/id',
    agreement: 'agreement/id',
    project: 'project/id',
    location: 'locationId',
    department: 'departmentId',
  },
} as const satisfies Partial<Listed>;

/** Invoices by their date. */
export const invoices = listed({
  ...shared,
  name: 'invoices',
  within: (start, end) => onDays('date', start, end),
});

/** Invoices with something left to pay, or to give back. */
export const openInvoices = listed({
  ...shared,
  name: 'openInvoices',
  noun: 'open invoices',
  one: 'open invoice',
  only: field('balance', '!=', 0),
});
