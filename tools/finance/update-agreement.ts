import { z } from 'zod';
import { dayToManage, readDay } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf } from '../../src/names/index.ts';
import { cleanLine, lines, say } from '../../src/text/index.ts';
import {
  cleared,
  dayOf,
  defineTool,
  fragments,
  inThePast,
  ToolInputError,
  update,
  withCustomFields,
} from '../../src/tool/index.ts';

/** A cancellation that is taken back. */
const BILLED_AGAIN = { cancelledFlag: false, reasonCancelled: null };

const NEVER = /^(never|none|open|open-ended|no end)$/i;

export default defineTool({
  name: 'update_agreement',
  title: 'Update agreement',
  toolset: 'finance',
  effect: 'update',
  idempotent: true,
  uses: ['GET /finance/agreements/{id}', 'PATCH /finance/agreements/{id}'],
  description: 'Change name, type, end, amount, billing or contact of an agreement: extend it; cancelling asks first.',
  input: z.strictObject({
    agreement: fragments.name('agreement', { of: 'company', inactive: true, description: 'Name or id' }),
    company: fragments.name('company').optional(),
    name: z.string().optional(),
    type: fragments.name('agreementType').optional(),
    contact: fragments.nameWithin('contact').optional(),
    ends: z.string().optional().describe('Day, or "never"'),
    amount: fragments.money(z.number().min(0).optional(), { inCents: true }),
    billingCycle: fragments.name('billingCycle').optional(),
    purchaseOrder: z.string().optional().describe("The customer's PO"),
    cancelFrom: fragments.day('ahead', 'Day').optional(),
    cancelReason: fragments.prose().optional(),
    clear: fragments.clear(['purchaseOrder', 'cancelFrom']),
    customFields: fragments.customFields,
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: {
    id: 'agreement',
    agreementId: 'agreement',
    customer: 'company',
    endDate: 'ends',
    end: 'ends',
    billAmount: 'amount',
    price: 'amount',
    customerPO: 'purchaseOrder',
    cancel: 'cancelFrom',
    cancelDate: 'cancelFrom',
    dateCancelled: 'cancelFrom',
    reason: 'cancelReason',
    reasonCancelled: 'cancelReason',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, signal, now } = context;
    const { type, billingCycle, cancelFrom, cancelReason } = input;
    const { id } = input.agreement;
    const before = await manage.get<ManageRecord>('GET /finance/agreements/{id}', { path: { id }, signal });
    const contact = await input.contact?.within({ companyId: idOf(before.company) });
    if (cancelReason !== undefined && cancelFrom === undefined)
      throw new ToolInputError(
        'cancelFrom',
        say`cancelReason belongs to a cancellation: send cancelFrom with its day.`,
      );
    if (cancelFrom !== undefined && cancelFrom.day < dayOf(before.startDate))
      throw new ToolInputError(
        'cancelFrom',
        say`The agreement begins on ${dayOf(before.startDate)}; it cannot be cancelled before.`,
      );
    const never = NEVER.test(input.ends?.trim() ?? '');
    const ends =
      input.ends === undefined || never
        ? undefined
        : readDay(input.ends, { now: await now(), argument: 'ends', direction: 'ahead' });
    if (ends !== undefined && ends.day < dayOf(before.startDate))
      throw new ToolInputError('ends', say`The agreement begins on ${dayOf(before.startDate)}; it cannot end before.`);
    const isOther = ends === undefined ? never : ends.day !== cancelFrom?.day;
    if (cancelFrom !== undefined && isOther)
      throw new ToolInputError(
        'ends',
        say`ends changes when the agreement runs out, and cancelFrom (${cleanLine(cancelFrom.day)}) ends its billing. Send one of the two.`,
      );
    const isBack = input.clear?.includes('cancelFrom') === true;
    const over =
      before.cancelledFlag === true && !isBack
        ? say`The agreement is cancelled as of ${dayOf(before.dateCancelled)}; clear: ["cancelFrom"] takes that back.`
        : undefined;
    const name = say`agreement ${id}: ${cleanLine(before.name)} of ${cleanLine(nameOf(before.company))}`;
    const endMembers =
      ends === undefined
        ? { endDate: never && before.endDate !== undefined ? null : undefined, noEndingDateFlag: never || undefined }
        : { endDate: dayToManage(ends), noEndingDateFlag: false };
    return update(context, {
      operation: 'PATCH /finance/agreements/{id}',
      path: { id },
      before,
      members: {
        name: input.name,
        type: type && { id: type.id, name: type.label },
        contact: contact && { id: contact.id, name: contact.label },
        ...endMembers,
        billAmount: input.amount,
        billingCycle: billingCycle && { id: billingCycle.id, name: billingCycle.label },
        customerPO: input.purchaseOrder,
        cancelledFlag: cancelFrom && true,
        dateCancelled: cancelFrom && dayToManage(cancelFrom),
        reasonCancelled: cancelReason,
        customFields: input.customFields && (await withCustomFields(context, before, input.customFields)),
        ...cleared(input, { purchaseOrder: 'customerPO', cancelFrom: 'dateCancelled' }),
        ...(isBack && before.cancelledFlag === true && BILLED_AGAIN),
      },
      dryRun: input.dryRun,
      confirm: input.confirm,
      asks: cancelFrom !== undefined || (isBack && before.cancelledFlag === true),
      notes: [over],
      says: () => [over],
      warnings: inThePast({ cancelFrom, ends }, await now()),
      question:
        cancelFrom === undefined
          ? say`Change ${name}?${isBack ? say` Manage bills it again.` : say``}`
          : lines([
              say`Cancel ${name} as of ${cleanLine(cancelFrom.day)}? Manage stops billing it.`,
              cancelReason === undefined ? undefined : say`Reason: ${cleanLine(cancelReason)}`,
            ]),
      describe: (after) => say`agreement ${id}: ${cleanLine(after.name)} (${cleanLine(after.agreementStatus)})`,
    });
  },
});
