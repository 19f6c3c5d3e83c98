import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  patchOf,
  ToolInputError,
} from '../../src/tool/index.ts';
import { findPurchaseOrder } from './support/purchase-orders.ts';

const LINES = '/procurement/purchaseorders/{parentId}/lineitems';

export default defineTool({
  name: 'receive_purchase_order',
  title: 'Receive purchase order',
  toolset: 'procurement',
  effect: 'update',
  idempotent: true,
  uses: [
    `PATCH ${LINES}/{id}`,
    `GET ${LINES}`,
    'GET /procurement/purchaseorders',
    'GET /procurement/purchaseorders/{id}',
  ],
  description: 'Record what has arrived: all open lines in full, or some with the quantity received.',
  input: z.strictObject({
    purchaseOrder: z.string().describe('Number or id'),
    lines: z.array(z.strictObject({ lineId: z.int(), received: z.int().min(0) })).optional(),
    packingSlip: z.string().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: { id: 'purchaseOrder', number: 'purchaseOrder', poNumber: 'purchaseOrder', items: 'lines' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, signal, plain } = context;
    const order = await findPurchaseOrder(context, input.purchaseOrder);
    const parentId = Number(order.id);
    const { rows } = await manage.page<ManageRecord>(`GET ${LINES}`, { path: { parentId }, pageSize: 1000, signal });
    const open = rows.filter(({ closedFlag, canceledFlag }) => closedFlag !== true && canceledFlag !== true);
    const wanted = input.lines ?? open.map((row) => ({ lineId: Number(row.id), received: Number(row.quantity ?? 0) }));
    if (wanted.length === 0)
      throw new ToolInputError(
        'purchaseOrder',
        `${plain(order.poNumber)} has no open line: all is received or cancelled.`,
      );
    const steps = wanted.map(({ lineId, received }) => {
      const line = open.find(({ id }) => id === lineId);
      if (line === undefined)
        throw new ToolInputError('lines', `Line ${lineId} is no open line of ${plain(order.poNumber)}.`, {
          allowed: open.map(({ id, product }) => `${id} (${plain(nameOf(product))})`),
        });
      const ordered = Number(line.quantity ?? 0);
      if (received > ordered)
        throw new ToolInputError('lines', `Line ${lineId} is for ${ordered}; ${received} cannot be received.`);
      const members = {
        receivedQuantity: received,
        receivedStatus: received === ordered ? 'FullyReceived' : 'PartiallyReceiveCloneRest',
        ...(input.packingSlip !== undefined && { packingSlip: input.packingSlip }),
      };
      return {
        what: `${received} x ${plain(nameOf(line.product))}`,
        lineId,
        request: { path: { parentId, id: lineId }, body: patchOf(members) },
      };
    });
    if (input.dryRun) return legacyPreview(steps.map(({ request }) => manage.preview(`PATCH ${LINES}/{id}`, request)));
    const done: string[] = [];
    for (const { what, lineId, request } of steps) {
      await manage.write(`PATCH ${LINES}/{id}`, { ...request, signal }).catch((error: unknown) => {
        const before = done.length > 0 ? ` Received before that: ${done.join('; ')}.` : '';
        const why = error instanceof Error ? plain(error.message) : 'unknown';
        throw new ToolInputError('lines', `Line ${lineId} failed: ${why}.${before}`);
      });
      done.push(what);
    }
    return {
      structured: { id: parentId, received: done },
      text: `Received on ${plain(order.poNumber)}: ${done.join('; ')}. The order's own status stays ${plain(nameOf(order.status))}.`,
    };
  },
});
