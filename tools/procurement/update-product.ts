import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  ToolInputError,
  updateRecord,
  withCustomFields,
} from '../../src/tool/index.ts';

export default defineTool({
  name: 'update_product',
  title: 'Update product',
  toolset: 'procurement',
  effect: 'update',
  idempotent: true,
  uses: ['PATCH /procurement/products/{id}', 'GET /procurement/products/{id}'],
  description: 'Change quantity, price, billing or description of a product line, or cancel it.',
  input: z.strictObject({
    productId: z.int(),
    quantity: z.number().min(0).optional(),
    price: z.number().optional(),
    cost: z.number().optional(),
    description: z.string().optional(),
    billing: z.enum(['Billable', 'DoNotBill', 'NoCharge']).optional(),
    cancel: z.string().optional().describe('Reason'),
    customFields: fragments.customFields,
    dryRun: fragments.dryRun,
  }),
  aliases: { id: 'productId', billableOption: 'billing', cancelledReason: 'cancel' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, signal, plain } = context;
    const path = { id: input.productId };
    const before = await manage.get<ManageRecord>('GET /procurement/products/{id}', { path, signal });
    if (before.invoice != null)
      throw new ToolInputError(
        'productId',
        `Product ${input.productId} is on invoice ${plain(nameOf(before.invoice))} already and cannot be changed.`,
      );
    return updateRecord(context, {
      operation: 'PATCH /procurement/products/{id}',
      path,
      before,
      members: {
        ...(input.quantity !== undefined && { quantity: input.quantity }),
        ...(input.price !== undefined && { price: input.price }),
        ...(input.cost !== undefined && { cost: input.cost }),
        ...(input.description !== undefined && { description: input.description }),
        ...(input.billing !== undefined && { billableOption: input.billing }),
        ...(input.cancel !== undefined && {
          cancelledFlag: true,
          cancelledReason: input.cancel,
          quantityCancelled: Number(before.quantity ?? 0),
        }),
        ...(input.customFields && { customFields: withCustomFields(before, input.customFields) }),
      },
      dryRun: input.dryRun,
      describe: (after) => `product ${input.productId}: ${plain(nameOf(after.catalogItem))}`,
    });
  },
});
