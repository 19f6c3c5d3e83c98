import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf } from '../../src/names/index.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import { defineTool, fragments, patchOf, type Step, ToolInputError } from '../../src/tool/index.ts';

const LINES = '/procurement/purchaseorders/{parentId}/lineitems';

const isOpen = ({ closedFlag, canceledFlag }: ManageRecord): boolean => closedFlag !== true && canceledFlag !== true;

/** `4 x LT-14 (line 12)`. */
const receiptOf = (quantity: number, line: ManageRecord): Clean =>
  say`${quantity} x ${cleanLine(nameOf(line.product))} (line ${Number(line.id)})`;

export default defineTool({
  name: 'receive_purchase_order',
  title: 'Receive purchase order',
  toolset: 'procurement',
  effect: 'update',
  idempotent: true,
  uses: [
    `PATCH ${LINES}/{id}`,
    `GET ${LINES}/{id}`,
    `GET ${LINES}`,
    'GET /procurement/purchaseorders',
    'GET /procurement/purchaseorders/{id}',
  ],
  description: 'Record what has arrived: all open lines in full, or some with the quantity received.',
  input: z.strictObject({
    purchaseOrder: fragments.name('purchaseOrder', { description: 'Number or id' }),
    lines: z.array(z.strictObject({ lineId: z.int(), received: fragments.items(z.int()) })).optional(),
    packingSlip: z.string().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: { id: 'purchaseOrder', number: 'purchaseOrder', poNumber: 'purchaseOrder', items: 'lines' },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ purchaseOrder, lines: given, packingSlip, dryRun }, { manage, send, signal }) {
    const parentId = purchaseOrder.id;
    const [order, all] = await Promise.all([
      manage.get<ManageRecord>('GET /procurement/purchaseorders/{id}', { path: { id: parentId }, signal }),
      manage.all<ManageRecord>(`GET ${LINES}`, { path: { parentId }, signal }),
    ]);
    const number = cleanLine(order.poNumber);
    const open = all.filter(isOpen);
    const wanted = given ?? open.map((line) => ({ lineId: Number(line.id), received: Number(line.quantity ?? 0) }));
    const done: Clean[] = [];
    const steps: Step[] = [];
    for (const { lineId, received } of wanted) {
      if (wanted.filter((one) => one.lineId === lineId).length > 1)
        throw new ToolInputError('lines', say`Line ${lineId} is said twice; send it once, with all that has arrived.`);
      const line = all.find(({ id }) => id === lineId);
      const ordered = Number(line?.quantity ?? 0);
      const before = Number(line?.receivedQuantity ?? 0);
      const isDone = line?.receivedStatus === 'FullyReceived' ? received === ordered : before === received;
      // Calling again finishes what a lost answer left half done.
      if (line !== undefined && isDone && received > 0) {
        const more =
          given === undefined || received === ordered ? say`` : say`; if more has come, send the sum of all that has`;
        const slip = packingSlip === undefined ? say`` : say`, and its packing slip stays as it is`;
        done.push(say`${receiptOf(received, line)} was already received${slip}${more}`);
        continue;
      }
      if (line === undefined || !isOpen(line))
        throw new ToolInputError('lines', say`${number} has no open line ${lineId}.`, {
          allowed: open.map(({ id, product }) => say`${Number(id)} (${cleanLine(nameOf(product))})`),
        });
      if (received > ordered)
        throw new ToolInputError('lines', say`Line ${lineId} is for ${ordered}; ${received} cannot be received.`);
      if (received < before)
        throw new ToolInputError(
          'lines',
          say`${before} of line ${lineId} have arrived before; received counts everything that has arrived.`,
        );
      const members = {
        receivedQuantity: received,
        receivedStatus: received === ordered ? 'FullyReceived' : 'PartiallyReceiveCloneRest',
        packingSlip,
      };
      steps.push({
        operation: `PATCH ${LINES}/{id}`,
        request: { path: { parentId, id: lineId }, body: patchOf(members) },
        does:
          before > 0
            ? say`${receiptOf(received - before, line)}, ${received} of ${ordered} in all`
            : receiptOf(received, line),
      });
    }
    if (steps.length === 0)
      throw new ToolInputError(
        'purchaseOrder',
        done.length > 0
          ? say`Nothing to receive on ${number}: ${joined(done, '; ')}.`
          : say`${number} has no open line: everything is received or cancelled.`,
      );
    const receipts = steps.map(({ does }) => does);
    return send({
      steps,
      dryRun,
      notes: [say`Receives on ${number} (id ${parentId}): ${joined(receipts, '; ')}`, ...done],
      async answer() {
        const after = await manage.get<ManageRecord>('GET /procurement/purchaseorders/{id}', {
          path: { id: parentId },
          signal,
        });
        const status = cleanLine(nameOf(after.status));
        const stays = idOf(after.status) === idOf(order.status) ? say`stays` : say`is now`;
        return {
          structured: { id: parentId, received: receipts, status },
          text: lines([
            say`Received on ${number} (id ${parentId}): ${joined(receipts, '; ')}. The order's own status ${stays} ${status}.`,
            ...done,
          ]),
        };
      },
    });
  },
});
