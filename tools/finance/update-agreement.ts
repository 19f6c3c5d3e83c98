import { z } from 'zod';
import { dateOnly, readDay, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import {
  dayOf,
  defineLegacyTool as defineTool,
  fragments,
  ToolInputError,
  updateRecord,
  withCustomFields,
} from '../../src/tool/index.ts';

export default defineTool({
  name: 'update_agreement',
  title: 'Update agreement',
  toolset: 'finance',
  effect: 'update',
  idempotent: true,
  uses: ['GET /finance/agreements/{id}', 'PATCH /finance/agreements/{id}'],
  description:
    'Change name, type, end, amount, billing or contact of an agreement; extend it, or cancel it as of a day, which asks first.',
  input: z.strictObject({
    agreement: z.string().describe('Name or id'),
    company: z.string().optional(),
    name: z.string().optional(),
    type: z.string().optional(),
    contact: z.string().optional(),
    ends: z.string().optional().describe('Day, or "never"'),
    amount: z.number().min(0).optional(),
    billingCycle: z.string().optional(),
    purchaseOrder: z.string().optional().describe("The customer's PO"),
    cancelFrom: z.string().optional().describe('Day'),
    cancelReason: z.string().optional(),
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
    const { manage, names, signal, plain, now } = context;
    const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
    const { id } = await names.resolve('agreement', input.agreement, {
      argument: 'agreement',
      ...(company && { companyId: company.id }),
    });
    const before = await manage.get<ManageRecord>('GET /finance/agreements/{id}', { path: { id }, signal });
    const companyId = Number((before.company as { id?: unknown } | undefined)?.id);
    const [type, contact, billingCycle] = await Promise.all([
      resolveGiven(names, 'agreementType', input.type, { argument: 'type' }),
      resolveGiven(names, 'contact', input.contact, { argument: 'contact', companyId }),
      resolveGiven(names, 'billingCycle', input.billingCycle, { argument: 'billingCycle' }),
    ]);
    const present = await now();
    const day = (text: string, argument: string): string =>
      toManage(dateOnly(readDay(text, { now: present, argument, direction: 'ahead' }).at));
    if (input.cancelReason !== undefined && input.cancelFrom === undefined)
      throw new ToolInputError('cancelFrom', 'cancelReason belongs to a cancellation: send cancelFrom with its day.');
    const never = /^(never|none|open|open-ended|no end)$/i.test(input.ends?.trim() ?? '');
    const ends = input.ends === undefined || never ? undefined : day(input.ends, 'ends');
    if (ends !== undefined && ends.slice(0, 10) < dayOf(before.startDate))
      throw new ToolInputError('ends', `The agreement begins on ${dayOf(before.startDate)}; it cannot end before.`);
    const what = `agreement ${id}: ${plain(before.name)}`;
    if (input.cancelFrom !== undefined && !input.dryRun)
      await context.confirm({
        question: `Cancel ${what} as of ${day(input.cancelFrom, 'cancelFrom').slice(0, 10)}? Manage stops billing it.`,
        given: input.confirm,
      });
    return updateRecord(context, {
      operation: 'PATCH /finance/agreements/{id}',
      path: { id },
      before,
      members: {
        ...(input.name !== undefined && { name: input.name }),
        ...(type && { type: { id: type.id, name: type.label } }),
        ...(contact && { contact: { id: contact.id, name: contact.label } }),
        ...(never && { noEndingDateFlag: true, ...(before.endDate !== undefined && { endDate: null }) }),
        ...(ends !== undefined && { endDate: ends, noEndingDateFlag: false }),
        ...(input.amount !== undefined && { billAmount: input.amount }),
        ...(billingCycle && { billingCycle: { id: billingCycle.id, name: billingCycle.label } }),
        ...(input.purchaseOrder !== undefined && { customerPO: input.purchaseOrder }),
        ...(input.cancelFrom !== undefined && {
          cancelledFlag: true,
          dateCancelled: day(input.cancelFrom, 'cancelFrom'),
          ...(input.cancelReason !== undefined && { reasonCancelled: input.cancelReason }),
        }),
        ...(input.customFields && { customFields: withCustomFields(before, input.customFields) }),
      },
      dryRun: input.dryRun,
      describe: (after) => `agreement ${id}: ${plain(after.name)} (${plain(after.agreementStatus)})`,
    });
  },
});
