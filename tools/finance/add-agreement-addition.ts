import { z } from 'zod';
import { dayToManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { all, any, field, onDay } from '../../src/query/index.ts';
import { cleanLine, say } from '../../src/text/index.ts';
import {
  create,
  dayOf,
  defineTool,
  exactMoney,
  fragments,
  money,
  newCustomFields,
  quantityMeant,
  ToolInputError,
} from '../../src/tool/index.ts';
import { agreementLabel } from './support/agreement-label.ts';

const ADDITIONS = '/finance/agreements/{parentId}/additions';

/** An amount of the product catalog; nothing where the item has none. */
const listed = (amount: unknown): number | undefined => (typeof amount === 'number' && amount > 0 ? amount : undefined);

export default defineTool({
  name: 'add_agreement_addition',
  title: 'Add agreement addition',
  toolset: 'finance',
  effect: 'create',
  uses: [`POST ${ADDITIONS}`, `GET ${ADDITIONS}`, 'GET /finance/agreements/{id}'],
  description: 'Put a product on an agreement. Refuses one already on it.',
  input: z.strictObject({
    agreement: fragments.name('agreement'),
    product: fragments.name('catalogItem', { description: 'Catalog identifier, name or id' }),
    quantity: fragments.items(z.number().optional()),
    unitPrice: fragments.money(z.number().optional().describe("Default the catalog's")),
    unitCost: fragments.cost(z.number().optional()),
    billing: z.enum(['Billable', 'DoNotBill', 'NoCharge']).default('Billable'),
    from: fragments.day('ahead', 'Day; default today').optional(),
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
    const { manage, names, signal, now } = context;
    const { agreement, product } = input;
    const quantity = quantityMeant({ names, argument: 'product', as: 'quantity', quantity: input.quantity }) ?? 1;
    const today = (await now()).startOf('day');
    const path = { parentId: agreement.id };
    const { billStartDate, startDate, endDate, currency } = await manage.get<ManageRecord>(
      'GET /finance/agreements/{id}',
      {
        path: { id: agreement.id },
        signal,
      },
    );
    const from = input.from?.at ?? today;
    const billedFrom = dayOf(billStartDate ?? startDate);
    if (billedFrom !== '' && from.toISODate() < billedFrom)
      throw new ToolInputError(
        'from',
        say`The agreement is billed from ${billedFrom}; an addition cannot begin before.`,
      );
    const lastDay = dayOf(endDate);
    if (lastDay !== '' && from.toISODate() > lastDay)
      throw new ToolInputError(
        'from',
        say`The agreement ended or ends on ${lastDay}; an addition from ${cleanLine(from.toISODate())} would never be billed.`,
        { next: say`update_agreement with ends extends it.` },
      );
    // Manage itself stores 0 where no price is sent.
    const unitPrice = input.unitPrice ?? listed(product.record.price);
    if (unitPrice === undefined && input.billing === 'Billable')
      throw new ToolInputError(
        'unitPrice',
        say`The catalog has no price for ${cleanLine(product.label)}: send unitPrice, or billing: "NoCharge" when it costs nothing.`,
      );
    const isListed = input.unitPrice === undefined && unitPrice !== undefined;
    return create(context, {
      operation: `POST ${ADDITIONS}`,
      path,
      members: {
        product: { id: product.id, name: product.label },
        quantity,
        billCustomer: input.billing,
        effectiveDate: dayToManage(from),
        unitPrice,
        unitCost: input.unitCost ?? listed(product.record.cost),
        ...(await newCustomFields(context, `GET ${ADDITIONS}`, input.customFields, path)),
      },
      currency,
      dryRun: input.dryRun,
      notes: [
        say`${quantity} x ${cleanLine(product.label)} on ${agreementLabel(agreement)}, from ${cleanLine(from.toISODate())}.`,
        isListed
          ? say`The price is the catalog's, ${exactMoney(unitPrice, currency)} each: ${money(quantity * unitPrice, currency)} per billing cycle.`
          : undefined,
      ],
      describe: (created) => {
        const price = isListed
          ? say`${exactMoney(created.unitPrice ?? 0, currency)}, the catalog's price,`
          : money(created.unitPrice ?? 0, currency);
        return say`addition ${Number(created.id)}: ${Number(created.quantity)} x ${cleanLine(nameOf(created.product) ?? product.label)} at ${price} on ${agreementLabel(agreement)}, from ${dayOf(created.effectiveDate)}`;
      },
      duplicate: input.allowDuplicate
        ? undefined
        : {
            find: (within) =>
              manage.first(`GET ${ADDITIONS}`, {
                path,
                conditions: all(
                  field('product/id', '=', product.id),
                  any(field('cancelledDate', '=', null), onDay('cancelledDate', '>', today)),
                ),
                signal: within,
              }),
            argument: 'product',
            says: (duplicate) =>
              say`${agreementLabel(agreement)} already has ${cleanLine(product.label)}: addition ${Number(duplicate.id)}, quantity ${Number(duplicate.quantity)}. Change it with update_agreement_addition, or send allowDuplicate: true.`,
          },
    });
  },
});
