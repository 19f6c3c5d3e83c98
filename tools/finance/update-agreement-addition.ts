import { z } from 'zod';
import { dateOnly, readDay, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { defineLegacyTool as defineTool, fragments, updateRecord, withCustomFields } from '../../src/tool/index.ts';

export default defineTool({
  name: 'update_agreement_addition',
  title: 'Update agreement addition',
  toolset: 'finance',
  effect: 'update',
  idempotent: true,
  uses: ['PATCH /finance/agreements/{parentId}/additions/{id}', 'GET /finance/agreements/{parentId}/additions/{id}'],
  description:
    'Change quantity, price or billing of an addition, or cancel it as of a day. get_agreement lists the ids.',
  input: z.strictObject({
    agreement: z.string(),
    additionId: z.int(),
    quantity: z.number().min(0).optional(),
    unitPrice: z.number().optional(),
    unitCost: z.number().optional(),
    billing: z.enum(['Billable', 'DoNotBill', 'NoCharge']).optional(),
    cancelFrom: z.string().optional().describe('Day'),
    customFields: fragments.customFields,
    dryRun: fragments.dryRun,
  }),
  aliases: {
    agreementId: 'agreement',
    id: 'additionId',
    addition: 'additionId',
    price: 'unitPrice',
    cost: 'unitCost',
    cancelledDate: 'cancelFrom',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, plain, now } = context;
    const agreement = await names.resolve('agreement', input.agreement, { argument: 'agreement' });
    const path = { parentId: agreement.id, id: input.additionId };
    const before = await manage.get<ManageRecord>('GET /finance/agreements/{parentId}/additions/{id}', {
      path,
      signal,
    });
    const cancelled =
      input.cancelFrom === undefined
        ? undefined
        : readDay(input.cancelFrom, { now: await now(), argument: 'cancelFrom', direction: 'ahead' }).at;
    return updateRecord(context, {
      operation: 'PATCH /finance/agreements/{parentId}/additions/{id}',
      path,
      before,
      members: {
        ...(input.quantity !== undefined && { quantity: input.quantity }),
        ...(input.unitPrice !== undefined && { unitPrice: input.unitPrice }),
        ...(input.unitCost !== undefined && { unitCost: input.unitCost }),
        ...(input.billing !== undefined && { billCustomer: input.billing }),
        ...(input.customFields && { customFields: withCustomFields(before, input.customFields) }),
        ...(cancelled && { cancelledDate: toManage(dateOnly(cancelled)) }),
      },
      dryRun: input.dryRun,
      describe: (after) =>
        `addition ${input.additionId} (${plain(nameOf(after.product))}) on ${plain(agreement.label)}`,
    });
  },
});
