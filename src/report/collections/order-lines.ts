import type { ManageRecord } from '../../manage/index.ts';
import { all, field } from '../../query/index.ts';
import { BY_PLACE, type Collection, eachOf, ofItem, type Wanted } from '../collection.ts';
import { kept } from '../several-lists.ts';
import { type Columns, currency, day, number, reference, Table } from '../tables/table.ts';
import type { Reading } from '../tables/table-cache.ts';
import { OVERDUE } from './invoices.ts';

const ORDERS = 'GET /procurement/purchaseorders';
const LINES = 'GET /procurement/purchaseorders/{parentId}/lineitems';

const COLUMNS: Columns = {
  vendor: reference('vendorCompany'),
  status: reference('status'),
  location: number('locationId'),
  department: number('businessUnitId'),
  product: reference('product'),
  expected: day('expectedShipDate'),
  left: number('left'),
  cost: number('unitCost'),
  currency,
};

const ORDER_FIELDS = ['id', 'vendorCompany', 'status', 'locationId', 'businessUnitId', 'currency'];

/** Lines of purchase orders that are not closed, as far as they are not received; a request an order. */
async function readLines(wanted: Wanted, reading: Reading): Promise<Table> {
  const { manage, signal } = reading.context;
  const { narrowed } = wanted;
  return kept('order lines', wanted, reading, async () => {
    const conditions = all(field('closedFlag', '=', false), narrowed.conditions);
    const asked = { ...narrowed, conditions, fields: ORDER_FIELDS, signal };
    const orders = await manage.all<ManageRecord>(ORDERS, asked);
    const about = { what: 'open purchase orders, for their lines', wanted, reading };
    const lines = await eachOf(orders, about, ({ id }) =>
      manage.all<ManageRecord>(LINES, { path: { parentId: Number(id) }, signal }),
    );
    const table = new Table(COLUMNS);
    for (const [index, order] of orders.entries())
      for (const { product, quantity, receivedQuantity, unitCost, expectedShipDate, ...line } of lines[index] ?? []) {
        const left = Number(quantity ?? 0) - Number(receivedQuantity ?? 0);
        if (left > 0 && line.closedFlag !== true && line.canceledFlag !== true)
          table.add({ ...order, product, unitCost, expectedShipDate, left });
      }
    return table;
  });
}

/** What is ordered from vendors and not there. */
export const openOrderLines: Collection = {
  name: 'openOrderLines',
  noun: 'lines of open purchase orders',
  one: 'line of an open purchase order',
  schema: 'PurchaseOrder',
  columns: COLUMNS,
  hasCustomFields: false,
  age: OVERDUE,
  uses: [ORDERS, LINES],
  ways: {
    vendor: { column: 'vendor' },
    status: { column: 'status' },
    product: { column: 'product' },
    category: ofItem('category'),
    subcategory: ofItem('subcategory'),
    manufacturer: ofItem('manufacturer'),
    ...BY_PLACE,
    currency: { column: 'currency' },
  },
  paths: { vendor: 'vendorCompany/id', location: 'locationId', department: 'businessUnitId' },
  read: readLines,
};
