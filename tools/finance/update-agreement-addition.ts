import { z } from 'zod';
import { dayToManage } from '../../src/clock/index.ts';
import { type ManageRecord, NotFound } from '../../src/manage/index.ts';
import { type Named, nameOf } from '../../src/names/index.ts';
import { cleanLine, joined, say } from '../../src/text/index.ts';
import {
  cleared,
  dayOf,
  defineTool,
  fragments,
  inThePast,
  type ToolContext,
  ToolInputError,
  update,
  withCustomFields,
} from '../../src/tool/index.ts';
import { agreementLabel } from './support/agreement-label.ts';

const ADDITIONS = '/finance/agreements/{parentId}/additions';
const ADDITION = `${ADDITIONS}/{id}` as const;

/** Additions that an error lists. */
const MOST_LISTED = 20;

/** Says which additions an agreement has, of an id that is none of them. */
async function notOfIt(agreement: Named, id: number, { manage, signal }: ToolContext): Promise<ToolInputError> {
  const { rows, complete } = await manage.list<ManageRecord>(`GET ${ADDITIONS}`, {
    path: { parentId: agreement.id },
    orderBy: ['id asc'],
    limit: MOST_LISTED,
    signal,
  });
  const own = rows.map((row) => say`${Number(row.id)} ${cleanLine(nameOf(row.product) ?? row.description)}`);
  const has = own.length === 0 ? say`It has none.` : say`It has: ${joined(own, ', ')}${complete ? '' : ' and more'}.`;
  return new ToolInputError('additionId', say`${agreementLabel(agreement)} has no addition ${id}. ${has}`);
}

export default defineTool({
  name: 'update_agreement_addition',
  title: 'Update agreement addition',
  toolset: 'finance',
  effect: 'update',
  idempotent: true,
  uses: [`PATCH ${ADDITION}`, `GET ${ADDITION}`, `GET ${ADDITIONS}`],
  description:
    'Change quantity, price or billing of an addition, or cancel it as of a day. get_agreement lists the ids.',
  input: z.strictObject({
    agreement: fragments.name('agreement'),
    additionId: z.int(),
    quantity: fragments.items(z.number().optional(), { orNone: true }),
    unitPrice: fragments.money(z.number().optional()),
    unitCost: fragments.cost(z.number().optional()),
    billing: z.enum(['Billable', 'DoNotBill', 'NoCharge']).optional(),
    cancelFrom: fragments.day('ahead', 'Day').optional(),
    clear: fragments.clear(['cancelFrom']),
    customFields: fragments.customFields,
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
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
    const { manage, signal } = context;
    const { agreement, additionId, cancelFrom } = input;
    const path = { parentId: agreement.id, id: additionId };
    const before = await manage.get<ManageRecord>(`GET ${ADDITION}`, { path, signal }).catch(async (error: unknown) => {
      throw error instanceof NotFound ? await notOfIt(agreement, additionId, context) : error;
    });
    const from = dayOf(before.effectiveDate);
    if (cancelFrom !== undefined && cancelFrom.day < from)
      throw new ToolInputError(
        'cancelFrom',
        say`The addition takes effect on ${from}; it cannot be cancelled before. quantity: 0 keeps it from being billed.`,
      );
    return update(context, {
      operation: `PATCH ${ADDITION}`,
      path,
      before,
      members: {
        quantity: input.quantity,
        unitPrice: input.unitPrice,
        unitCost: input.unitCost,
        billCustomer: input.billing,
        customFields: input.customFields && (await withCustomFields(context, before, input.customFields)),
        cancelledDate: cancelFrom && dayToManage(cancelFrom),
        ...cleared(input, { cancelFrom: 'cancelledDate' }),
      },
      currency: agreement.record.currency,
      dryRun: input.dryRun,
      confirm: input.confirm,
      warnings: inThePast({ cancelFrom }, await context.now()),
      question: say`Change addition ${additionId} (${cleanLine(nameOf(before.product))}) on ${agreementLabel(agreement)}?`,
      notes: [
        say`Addition ${additionId} (${cleanLine(nameOf(before.product))}) on ${agreementLabel(agreement)}.`,
        // Manage keeps such an addition: people count seats down to none and up again.
        ...(input.quantity === 0 ? [say`With quantity 0 it stays and bills nothing; cancelFrom ends it.`] : []),
      ],
      describe: (after) =>
        say`addition ${additionId} (${cleanLine(nameOf(after.product))}) on ${agreementLabel(agreement)}`,
    });
  },
});
