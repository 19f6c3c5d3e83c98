import { z } from 'zod';
import { dateOnly, readDay, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { all, field } from '../../src/query/index.ts';
import {
  createRecord,
  dayOf,
  defineLegacyTool as defineTool,
  fragments,
  money,
  ToolInputError,
} from '../../src/tool/index.ts';

export default defineTool({
  name: 'add_invoice_payment',
  title: 'Add invoice payment',
  toolset: 'finance',
  effect: 'create',
  uses: [
    'POST /finance/invoices/{parentId}/payments',
    'GET /finance/invoices/{parentId}/payments',
    'GET /finance/invoices',
    'GET /finance/invoices/{id}',
  ],
  description: 'Record a payment of an invoice. Refuses more than its balance, and the same payment twice.',
  input: z.strictObject({
    invoice: z.string().describe('Number or id'),
    amount: z.number().min(0.01),
    date: z.string().optional().describe('Default today'),
    type: z.string().optional(),
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: { id: 'invoice', invoiceId: 'invoice', invoiceNumber: 'invoice', number: 'invoice', paymentDate: 'date' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, now, plain } = context;
    const { id } = await names.resolve('invoice', input.invoice, { argument: 'invoice', signal });
    const path = { parentId: id };
    const invoice = await manage.get<ManageRecord>('GET /finance/invoices/{id}', {
      path: { id },
      signal,
    });
    if (input.amount > Number(invoice.balance ?? 0) + 0.005)
      throw new ToolInputError(
        'amount',
        `The balance of invoice ${plain(invoice.invoiceNumber)} is ${money(invoice.balance ?? 0)}; ${money(input.amount)} is more.`,
      );
    const present = await now();
    const day =
      input.date === undefined
        ? present
        : readDay(input.date, { now: present, direction: 'past', argument: 'date' }).at;
    const paid = dateOnly(day);
    const find = (signal: AbortSignal): Promise<ManageRecord | undefined> => {
      const conditions = all(field('amount', '=', input.amount), field('paymentDate', '=', paid));
      return manage.first('GET /finance/invoices/{parentId}/payments', { path, conditions, signal });
    };
    return createRecord(context, {
      operation: 'POST /finance/invoices/{parentId}/payments',
      path,
      body: {
        amount: input.amount,
        paymentDate: toManage(paid),
        ...(input.type !== undefined && { type: input.type }),
      },
      dryRun: input.dryRun,
      describe: (created) =>
        `payment ${created.id}: ${money(created.amount)} on invoice ${plain(invoice.invoiceNumber)}, ${dayOf(created.paymentDate)}`,
      twin: input.allowDuplicate
        ? undefined
        : {
            find,
            argument: 'amount',
            says: (twin) =>
              `Payment ${twin.id} of ${money(twin.amount)} on ${dayOf(twin.paymentDate)} is recorded already. If this is another one, send allowDuplicate: true.`,
          },
    });
  },
});
