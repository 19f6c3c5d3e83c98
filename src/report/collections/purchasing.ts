import type { ManageRecord } from '../../manage/index.ts';
import { idOf } from '../../names/index.ts';
import { all, field } from '../../query/index.ts';
import {
  BY_AGREEMENT,
  BY_COMPANY,
  BY_PLACE,
  type Collection,
  listed,
  ofItem,
  onDays,
  type Wanted,
} from '../collection.ts';
import { readOnce } from '../several-lists.ts';
import { type Columns, choice, currency, day, flag, number, reference, Table } from '../tables/table.ts';
import type { Reading } from '../tables/table-cache.ts';
import { ofInvoice } from './invoices.ts';

const shared = {
  list: 'GET /procurement/purchaseorders',
  // What is received changes them.
  follows: [],
  schema: 'PurchaseOrder',
  columns: {
    date: day('poDate'),
    vendor: reference('vendorCompany'),
    status: reference('status'),
    location: number('locationId'),
    department: number('businessUnitId'),
    isClosed: flag('closedFlag'),
    total: number('total'),
    currency,
  },
  ways: {
    vendor: { column: 'vendor' },
    status: { column: 'status' },
    ...BY_PLACE,
    currency: { column: 'currency' },
  },
  paths: { vendor: 'vendorCompany/id', location: 'locationId', department: 'businessUnitId' },
} as const;

/** Purchase orders by their date. */
export const purchaseOrders = listed({
  ...shared,
  name: 'purchaseOrders',
  noun: 'purchase orders',
  one: 'purchase order',
  within: (start, end) => onDays('poDate', start, end),
});

/** Purchase orders that are not closed. */
export const openPurchaseOrders = listed({
  ...shared,
  name: 'openPurchaseOrders',
  noun: 'open purchase orders',
  one: 'open purchase order',
  only: field('closedFlag', '=', false),
});

const INVOICES = 'GET /finance/invoices';
const PRODUCTS = 'GET /procurement/products';

const COLUMNS: Columns = {
  date: day('date'),
  company: reference('company'),
  agreement: { ...reference('agreement'), owner: ({ company }) => company },
  project: { ...reference('project'), owner: ({ company }) => company },
  product: reference('catalogItem'),
  vendor: reference('vendor'),
  class: choice('productClass'),
  location: number('locationId'),
  department: number('businessUnitId'),
  revenue: number('revenue'),
  cost: number('cost'),
  currency,
};

const FIELDS = [
  'id',
  'catalogItem',
  'vendor',
  'company',
  'agreement',
  'project',
  'productClass',
  'locationId',
  'businessUnitId',
  'invoice/id',
  'quantity',
  'quantityCancelled',
  'price',
  'cost',
];

/** The products on the invoices of the period, each at the date of its invoice. Those of credit memos count below zero. */
async function readSales(wanted: Wanted, reading: Reading): Promise<Table> {
  const { start, end, narrowed } = wanted;
  const { manage, signal } = reading.context;
  return readOnce('product sales', wanted, reading, async () => {
    const conditions = onDays('date', start, end);
    const fields = ['id', 'date', 'type', 'currency'];
    const invoices = await manage.all<ManageRecord>(INVOICES, { conditions, fields, signal });
    const byId = new Map(invoices.map((invoice) => [Number(invoice.id), invoice]));
    const table = new Table(COLUMNS);
    if (byId.size === 0) return table;
    const rows = await manage.all<ManageRecord>(PRODUCTS, {
      ...narrowed,
      conditions: all(field('invoice/id', 'in', [...byId.keys()]), narrowed.conditions),
      fields: FIELDS,
      signal,
    });
    for (const row of rows) {
      const invoice = byId.get(idOf(row.invoice) ?? 0);
      const left = Number(row.quantity ?? 0) - Number(row.quantityCancelled ?? 0);
      const amount = (each: unknown): number => ofInvoice(invoice?.type, left * Number(each ?? 0));
      table.add({
        ...row,
        date: invoice?.date,
        currency: invoice?.currency,
        revenue: amount(row.price),
        cost: amount(row.cost),
      });
    }
    return table;
  });
}

/** Products that customers were invoiced, by the date of the invoice. */
export const productSales: Collection = {
  name: 'productSales',
  noun: 'invoiced products',
  one: 'invoiced product',
  schema: 'ProductItem',
  columns: COLUMNS,
  hasCustomFields: false,
  uses: [INVOICES, PRODUCTS],
  ways: {
    ...BY_COMPANY,
    ...BY_AGREEMENT,
    project: { column: 'project' },
    product: { column: 'product' },
    vendor: { column: 'vendor' },
    type: ofItem('type'),
    category: ofItem('category'),
    subcategory: ofItem('subcategory'),
    manufacturer: ofItem('manufacturer'),
    productClass: { column: 'class' },
    ...BY_PLACE,
    currency: { column: 'currency' },
  },
  paths: {
    company: 'company/id',
    agreement: 'agreement/id',
    project: 'project/id',
    vendor: 'vendor/id',
    location: 'locationId',
    department: 'businessUnitId',
  },
  read: readSales,
};
