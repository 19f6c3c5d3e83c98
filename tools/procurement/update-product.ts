import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf } from '../../src/names/index.ts';
import { CUSTOMERS_CURRENCY, currencyOf } from '../../src/revenue/currency.ts';
import { cleanLine, say } from '../../src/text/index.ts';
import { defineTool, exactMoney, fragments, ToolInputError, update, withCustomFields } from '../../src/tool/index.ts';

export default defineTool({
  name: 'update_product',
  title: 'Update product',
  toolset: 'procurement',
  effect: 'update',
  idempotent: true,
  uses: ['PATCH /procurement/products/{id}', 'GET /procurement/products/{id}', CUSTOMERS_CURRENCY],
  description: 'Change quantity, price, billing or description of a product line, or cancel it.',
  input: z.strictObject({
    productId: z.int(),
    quantity: fragments.items(z.number().optional()),
    price: fragments.money(z.number().optional()),
    cost: fragments.cost(z.number().optional()),
    description: fragments.prose().optional(),
    billing: z.enum(['Billable', 'DoNotBill', 'NoCharge']).optional(),
    cancel: fragments.prose('Reason').optional(),
    customFields: fragments.customFields,
    dryRun: fragments.dryRun,
  }),
  aliases: {
    id: 'productId',
    billableOption: 'billing',
    cancelledReason: 'cancel',
    unitPrice: 'price',
    unitCost: 'cost',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, signal } = context;
    const { productId, quantity, price, cost, description, cancel } = input;
    const path = { id: productId };
    const before = await manage.get<ManageRecord>('GET /procurement/products/{id}', { path, signal });
    if (before.invoice != null)
      throw new ToolInputError(
        'productId',
        say`Product ${productId} is on invoice ${cleanLine(nameOf(before.invoice))} already and cannot be changed.`,
      );
    if (before.cancelledFlag === true)
      throw new ToolInputError(
        'productId',
        say`Product ${productId} is cancelled and stays as it is. add_product adds a new line.`,
      );
    if (cancel !== undefined && /^\W*(?:yes|no|y|n|on|off)\W*$/i.test(cancel))
      throw new ToolInputError(
        'cancel',
        say`cancel takes the reason in words, and takes the line off. Leave it out to keep it.`,
      );
    if (cancel !== undefined && quantity !== undefined)
      throw new ToolInputError(
        'cancel',
        say`cancel takes all ${Number(before.quantity ?? 0)} off. Send quantity alone to keep a part.`,
      );
    const cancelled: ManageRecord =
      cancel === undefined
        ? {}
        : { cancelledFlag: true, cancelledReason: cancel, quantityCancelled: Number(before.quantity ?? 0) };
    const currency = await currencyOf(idOf(before.company), context);
    return update(context, {
      operation: 'PATCH /procurement/products/{id}',
      path,
      before,
      members: {
        quantity,
        price,
        cost,
        description,
        billableOption: input.billing,
        ...cancelled,
        customFields: input.customFields && (await withCustomFields(context, before, input.customFields)),
      },
      currency,
      dryRun: input.dryRun,
      describe: (after) =>
        say`product ${productId}: ${Number(after.quantity ?? 0)} x ${cleanLine(nameOf(after.catalogItem))}${after.price === undefined ? say`` : say` at ${exactMoney(after.price, currency)} each`}`,
    });
  },
});
