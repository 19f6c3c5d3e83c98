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
  newCustomFields,
} from '../../src/tool/index.ts';

export default defineTool({
  name: 'create_invoice',
  title: 'Create invoice',
  toolset: 'finance',
  effect: 'create',
  uses: ['POST /finance/invoices', 'GET /finance/invoices'],
  description:
    'Start a miscellaneous, credit or other invoice of a customer; lines are added with add_product. Agreement invoices are made by Manage itself.',
  input: z.strictObject({
    company: z.string(),
    type: z.enum(['Miscellaneous', 'CreditMemo', 'DownPayment', 'Progress', 'Standard']).default('Miscellaneous'),
    reference: z.string().optional(),
    date: z.string().optional().describe('Default today'),
    ticketId: z.int().optional().describe('What a Standard invoice is for'),
    customFields: fragments.customFields,
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: { customer: 'company', ticket: 'ticketId', invoiceDate: 'date' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, plain, now } = context;
    const company = await names.resolve('company', input.company, { argument: 'company' });
    const present = await now();
    const day = dateOnly(
      input.date === undefined
        ? present
        : readDay(input.date, { now: present, direction: 'past', argument: 'date' }).at,
    );
    const find = (signal: AbortSignal): Promise<ManageRecord | undefined> => {
      const conditions = all(
        field('company/id', '=', company.id),
        field('type', '=', input.type),
        field('date', '=', day),
        input.reference === undefined ? undefined : field('reference', '=', input.reference),
      );
      return manage.first('GET /finance/invoices', { conditions, signal });
    };
    return createRecord(context, {
      operation: 'POST /finance/invoices',
      body: {
        company: { id: company.id },
        type: input.type,
        date: toManage(day),
        ...(input.reference !== undefined && { reference: input.reference }),
        ...(input.ticketId !== undefined && { applyToType: 'Ticket', applyToId: input.ticketId }),
        ...(await newCustomFields(context, 'GET /finance/invoices', input.customFields)),
      },
      dryRun: input.dryRun,
      describe: (created) =>
        `${plain(created.type)} invoice ${plain(created.invoiceNumber)} (id ${created.id}) for ${plain(nameOf(created.company))}, ${dayOf(created.date)}`,
      twin: input.allowDuplicate
        ? undefined
        : {
            find,
            argument: 'company',
            says: (twin) =>
              `${plain(company.label)} has ${input.type} invoice ${plain(twin.invoiceNumber)} (id ${twin.id}) of ${dayOf(twin.date)} already. Use that one, or send allowDuplicate: true.`,
          },
    });
  },
});
