import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import {
  createRecord,
  defineLegacyTool as defineTool,
  fragments,
  money,
  newCustomFields,
} from '../../src/tool/index.ts';
import { productTarget, TARGET_OPERATIONS } from './support/charged-to.ts';

export default defineTool({
  name: 'add_product',
  title: 'Add product',
  toolset: 'procurement',
  effect: 'create',
  uses: ['POST /procurement/products', 'GET /procurement/products', ...TARGET_OPERATIONS],
  description: 'Put a catalog item on a ticket, project, opportunity or invoice. Refuses one that is there already.',
  input: z.strictObject({
    product: z.string().describe('Catalog identifier, name or id'),
    ticketId: z.int().optional(),
    project: z.string().optional(),
    opportunity: z.string().optional(),
    invoiceId: z.int().optional(),
    quantity: z.number().min(0).default(1),
    price: z.number().optional(),
    cost: z.number().optional(),
    description: z.string().optional(),
    billing: z.enum(['Billable', 'DoNotBill', 'NoCharge']).default('Billable'),
    customFields: fragments.customFields,
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: {
    item: 'product',
    catalogItem: 'product',
    ticket: 'ticketId',
    invoice: 'invoiceId',
    billableOption: 'billing',
    unitPrice: 'price',
    unitCost: 'cost',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, plain } = context;
    const target = await productTarget(input, context);
    const item = await names.resolve('catalogItem', input.product, { argument: 'product' });
    const find = (signal: AbortSignal): Promise<ManageRecord | undefined> => {
      const conditions = all(
        field('catalogItem/id', '=', item.id),
        field(target.path, '=', target.id),
        field('cancelledFlag', '=', false),
      );
      return manage.first('GET /procurement/products', { conditions, signal });
    };
    return createRecord(context, {
      operation: 'POST /procurement/products',
      body: {
        catalogItem: { id: item.id },
        ...target.members,
        quantity: input.quantity,
        price: input.price ?? Number(item.record.price ?? 0),
        cost: input.cost ?? Number(item.record.cost ?? 0),
        ...(input.description !== undefined && { description: input.description }),
        billableOption: input.billing,
        ...(await newCustomFields(context, 'GET /procurement/products', input.customFields)),
      },
      dryRun: input.dryRun,
      describe: (created) =>
        `product ${created.id}: ${created.quantity} x ${plain(nameOf(created.catalogItem) ?? item.label)} at ${money(created.price)} on ${plain(target.label)}, ${plain(created.billableOption)}`,
      twin: input.allowDuplicate
        ? undefined
        : {
            find,
            argument: 'product',
            says: (twin) =>
              `${plain(target.label)} has ${plain(item.label)} already: product ${twin.id}, quantity ${twin.quantity}. Change it with update_product, or send allowDuplicate: true.`,
          },
    });
  },
});
