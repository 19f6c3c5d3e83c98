import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { dayOf, defineLegacyTool as defineTool, money, recordView, shownCustomFields } from '../../src/tool/index.ts';
import { findPurchaseOrder } from './support/purchase-orders.ts';

export default defineTool({
  name: 'get_purchase_order',
  title: 'Get purchase order',
  toolset: 'procurement',
  effect: 'read',
  uses: [
    'GET /procurement/purchaseorders',
    'GET /procurement/purchaseorders/{id}',
    'GET /procurement/purchaseorders/{parentId}/lineitems',
  ],
  description: 'A purchase order with its lines: ordered, received, cost.',
  input: z.strictObject({ purchaseOrder: z.string().describe('Number or id') }),
  aliases: {
    id: 'purchaseOrder',
    number: 'purchaseOrder',
    poNumber: 'purchaseOrder',
    purchaseOrderId: 'purchaseOrder',
  },
  output: z.looseObject({ id: z.int() }),
  async run(input, context) {
    const { manage, signal } = context;
    const record = await findPurchaseOrder(context, input.purchaseOrder);
    const id = Number(record.id);
    const { rows, more } = await manage.page<ManageRecord>('GET /procurement/purchaseorders/{parentId}/lineitems', {
      path: { parentId: id },
      orderBy: ['lineNumber asc'],
      pageSize: 100,
      signal,
    });
    return recordView({
      id,
      title: `Purchase order ${record.poNumber} (id ${id})`,
      facts: [
        ['vendor', nameOf(record.vendorCompany)],
        ['status', nameOf(record.status)],
        ['date', dayOf(record.poDate)],
        ['terms', nameOf(record.terms)],
        ['ship to', nameOf(record.customerCompany) ?? nameOf(record.warehouse)],
        ['tracking', record.trackingNumber],
        ['vendor order', record.vendorOrderNumber],
        ['subtotal', money(record.subTotal)],
        ['total', money(record.total)],
        ['currency', nameOf(record.currency)],
        ['lines', more ? 'more than 100' : ''],
        ...shownCustomFields(record),
      ],
      sections: [
        {
          key: 'lines',
          title: 'Lines',
          columns: ['id', 'product', 'description', 'quantity', 'received', 'state', 'unit cost', 'expected'],
          rows: rows.map((row) => [
            row.id,
            nameOf(row.product),
            row.description,
            row.quantity,
            row.receivedQuantity ?? (row.receivedStatus === 'FullyReceived' ? row.quantity : 0),
            row.canceledFlag === true ? 'cancelled' : row.receivedStatus,
            money(row.unitCost),
            dayOf(row.expectedShipDate),
          ]),
        },
      ],
    });
  },
});
