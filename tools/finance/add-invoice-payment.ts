import { z } from 'zod';
import { dayToManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { all, field, onDay } from '../../src/query/index.ts';
import { cleanLine, say } from '../../src/text/index.ts';
import { create, dayOf, defineTool, fragments, money, ToolInputError } from '../../src/tool/index.ts';

const PAYMENTS = '/finance/invoices/{parentId}/payments';

export default defineTool({
  name: 'add_invoice_payment',
  title: 'Add invoice payment',
  toolset: 'finance',
  effect: 'create',
  uses: [`POST ${PAYMENTS}`, `GET ${PAYMENTS}`, 'GET /finance/invoices', 'GET /finance/invoices/{id}'],
  description: 'Record a payment of an invoice. Refuses more than its balance, and the same payment twice.',
  input: z.strictObject({
    invoice: fragments.name('invoice', { description: 'Number or id' }),
    amount: fragments.money(z.number().min(0.01), { inCents: true }),
    date: fragments.day('past', 'Default today', { only: true }).optional(),
    type: z.string().optional(),
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: { id: 'invoice', invoiceId: 'invoice', invoiceNumber: 'invoice', number: 'invoice', paymentDate: 'date' },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ invoice: { id }, amount, date, type, allowDuplicate, dryRun }, context) {
    const { manage, signal, now } = context;
    const path = { parentId: id };
    const list = `GET ${PAYMENTS}`;
    const [invoice, last] = await Promise.all([
      manage.get<ManageRecord>('GET /finance/invoices/{id}', { path: { id }, signal }),
      manage.first(list, { path, fields: ['id'], orderBy: ['id desc'], signal }),
    ]);
    const { currency } = invoice;
    const what = say`invoice ${cleanLine(invoice.invoiceNumber)} (id ${id}) of ${cleanLine(nameOf(invoice.company))}`;
    const day = date?.at ?? (await now());
    const same = all(field('amount', '=', amount), onDay('paymentDate', '=', day));
    const known = allowDuplicate ? undefined : await manage.first(list, { path, conditions: same, signal });
    // A payment that was recorded already may be why the balance is too small.
    if (known === undefined && amount > Number(invoice.balance ?? 0) + 0.005)
      throw new ToolInputError(
        'amount',
        say`The balance of ${what} is ${money(invoice.balance ?? 0, currency)}; ${money(amount, currency)} is more.`,
      );
    return create(context, {
      operation: `POST ${PAYMENTS}`,
      path,
      members: { amount, paymentDate: dayToManage(day), type },
      currency,
      dryRun,
      notes: [say`On ${what}, balance ${money(invoice.balance ?? 0, currency)}.`],
      describe: (created) =>
        say`payment ${Number(created.id)}: ${money(created.amount, currency)} on ${what}, ${dayOf(created.paymentDate)}`,
      find: (within) =>
        manage.first(list, { path, conditions: all(field('id', '>', Number(last?.id ?? 0)), same), signal: within }),
      duplicate: allowDuplicate
        ? undefined
        : {
            find: (within) => manage.first(list, { path, conditions: same, signal: within }),
            argument: 'amount',
            says: (duplicate) =>
              say`Payment ${Number(duplicate.id)} of ${money(duplicate.amount, currency)} on ${dayOf(duplicate.paymentDate)} is already recorded on ${what}. If this is another one, send allowDuplicate: true.`,
          },
    });
  },
});
