import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import {
  amountTitle,
  dayOf,
  defineTool,
  exactMoney,
  fragments,
  money,
  recordView,
  shownCustomFields,
} from '../../src/tool/index.ts';

/** Lines that are shown. */
const MOST = 100;

const STATES: Readonly<Record<string, string>> = {
  FullyReceived: 'received',
  PartiallyReceiveCloneRest: 'partly received',
  PartiallyReceiveCancelRest: 'partly received, rest cancelled',
};

/** How far a line has come, in words; Manage's own for what has none. */
const stateOf = ({ receivedStatus }: ManageRecord): unknown => STATES[String(receivedStatus)] ?? receivedStatus;

/** What of a line has arrived; lines of older records hold only whether all of it has. */
const received = ({ receivedQuantity, receivedStatus, quantity }: ManageRecord): unknown =>
  receivedQuantity ?? (receivedStatus === 'FullyReceived' ? quantity : 0);

export default defineTool({
  name: 'get_purchase_order',
  title: 'Get purchase order',
  toolset: 'procurement',
  effect: 'read',
  uses: [
    'GET /procurement/purchaseorders',
    'GET /procurement/purchaseorders/{id}',
    'GET /procurement/purchaseorders/{parentId}/lineitems',
    'GET /procurement/purchaseorders/{parentId}/lineitems/count',
  ],
  description: 'A purchase order with its lines: ordered, received, cost.',
  input: z.strictObject({ purchaseOrder: fragments.name('purchaseOrder', { description: 'Number or id' }) }),
  aliases: {
    id: 'purchaseOrder',
    number: 'purchaseOrder',
    poNumber: 'purchaseOrder',
    purchaseOrderId: 'purchaseOrder',
  },
  output: z.looseObject({ id: z.int() }),
  async run({ purchaseOrder: { id } }, { manage, signal }) {
    const [record, lines] = await Promise.all([
      manage.get<ManageRecord>('GET /procurement/purchaseorders/{id}', { path: { id }, signal }),
      manage.list<ManageRecord>('GET /procurement/purchaseorders/{parentId}/lineitems', {
        path: { parentId: id },
        orderBy: ['lineNumber asc'],
        limit: MOST,
        signal,
      }),
    ]);
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
        ['notes', record.internalNotes],
        ['subtotal', money(record.subTotal, record.currency)],
        ['total', money(record.total, record.currency)],
        ...shownCustomFields(record),
      ],
      sections: [
        {
          key: 'lines',
          title: 'Lines',
          columns: [
            'id',
            'product',
            'description',
            'quantity',
            'received',
            'state',
            amountTitle('unit cost', record.currency),
            'expected',
          ],
          rows: lines.rows.map((row) => [
            row.id,
            nameOf(row.product),
            row.description,
            row.quantity,
            received(row),
            row.canceledFlag === true ? 'cancelled' : stateOf(row),
            exactMoney(row.unitCost),
            dayOf(row.expectedShipDate),
          ]),
          total: lines.total,
        },
      ],
    });
  },
});
