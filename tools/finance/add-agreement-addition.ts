import { z } from 'zod';
import { dateOnly, readDay, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import {
  createRecord,
  dayOf,
  defineLegacyTool as defineTool,
  fragments,
  money,
  newCustomFields,
  ToolInputError,
} from '../../src/tool/index.ts';

export default defineTool({
  name: 'add_agreement_addition',
  title: 'Add agreement addition',
  toolset: 'finance',
  effect: 'create',
  uses: [
    'POST /finance/agreements/{parentId}/additions',
    'GET /finance/agreements/{parentId}/additions',
    'GET /finance/agreements/{id}',
  ],
  description: 'Put a product on an agreement with a quantity and price. Refuses one that is on it already.',
  input: z.strictObject({
    agreement: z.string(),
    product: z.string().describe('Catalog identifier, name or id'),
    quantity: z.number().min(0).default(1),
    unitPrice: z.number().optional(),
    unitCost: z.number().optional(),
    billing: z.enum(['Billable', 'DoNotBill', 'NoCharge']).default('Billable'),
    from: z.string().optional().describe('Day; default today'),
    customFields: fragments.customFields,
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: {
    agreementId: 'agreement',
    effectiveDate: 'from',
    price: 'unitPrice',
    cost: 'unitCost',
    billCustomer: 'billing',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, plain, now } = context;
    const agreement = await names.resolve('agreement', input.agreement, { argument: 'agreement' });
    const product = await names.resolve('catalogItem', input.product, { argument: 'product' });
    const record = await manage.get<ManageRecord>('GET /finance/agreements/{id}', {
      path: { id: agreement.id },
      signal,
    });
    const present = await now();
    const from =
      input.from === undefined
        ? present
        : readDay(input.from, { now: present, argument: 'from', direction: 'ahead' }).at;
    const billedFrom = dayOf(record.billStartDate ?? record.startDate);
    if (billedFrom !== '' && from.toISODate() < billedFrom)
      throw new ToolInputError('from', `The agreement is billed from ${billedFrom}; an addition cannot begin before.`);
    const path = { parentId: agreement.id };
    const find = (signal: AbortSignal): Promise<ManageRecord | undefined> => {
      const conditions = all(field('product/id', '=', product.id), field('cancelledDate', '=', null));
      return manage.first('GET /finance/agreements/{parentId}/additions', { path, conditions, signal });
    };
    return createRecord(context, {
      operation: 'POST /finance/agreements/{parentId}/additions',
      path,
      body: {
        product: { id: product.id },
        quantity: input.quantity,
        billCustomer: input.billing,
        effectiveDate: toManage(dateOnly(from)),
        ...(input.unitPrice !== undefined && { unitPrice: input.unitPrice }),
        ...(input.unitCost !== undefined && { unitCost: input.unitCost }),
        ...(await newCustomFields(context, 'GET /finance/agreements/{parentId}/additions', input.customFields, path)),
      },
      dryRun: input.dryRun,
      describe: (created) =>
        `addition ${created.id}: ${created.quantity} x ${plain(nameOf(created.product) ?? product.label)} at ${money(created.unitPrice ?? 0)} on ${plain(agreement.label)}, from ${dayOf(created.effectiveDate)}`,
      twin: input.allowDuplicate
        ? undefined
        : {
            find,
            argument: 'product',
            says: (twin) =>
              `${plain(agreement.label)} has ${plain(product.label)} already: addition ${twin.id}, quantity ${twin.quantity}. Change it with update_agreement_addition, or send allowDuplicate: true.`,
          },
    });
  },
});
