import { z } from 'zod';
import { dateOnly, readPeriod, showDay } from '../../src/clock/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import { all, any, field } from '../../src/query/index.ts';
import { defineLegacyTool as defineTool, fragments, listOutput, listRecords } from '../../src/tool/index.ts';

export default defineTool({
  name: 'search_invoices',
  title: 'Search invoices',
  toolset: 'finance',
  effect: 'read',
  uses: ['GET /finance/invoices', 'GET /finance/invoices/count'],
  description:
    'Find invoices by number, customer, type, status or date; unpaid or overdue ones. For sums: call_read_operation with groupBy.',
  input: z.strictObject({
    text: z.string().optional().describe('Number or reference'),
    company: z.string().optional(),
    type: z.enum(['Agreement', 'CreditMemo', 'DownPayment', 'Miscellaneous', 'Progress', 'Standard']).optional(),
    status: z.string().optional(),
    dated: z.string().optional().describe('Period'),
    only: z.enum(['unpaid', 'overdue']).optional(),
    ...fragments.list,
  }),
  aliases: {
    number: 'text',
    invoiceNumber: 'text',
    customer: 'company',
    period: 'dated',
    date: 'dated',
    invoiceDate: 'dated',
  },
  output: listOutput,
  async run(input, context) {
    const { names, now } = context;
    const present = await now();
    const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
    const status = await resolveGiven(names, 'billingStatus', input.status, { argument: 'status' });
    const period =
      input.dated === undefined
        ? undefined
        : readPeriod(input.dated, { now: present, direction: 'past', argument: 'dated' });
    const conditions = all(
      input.text === undefined
        ? undefined
        : any(field('invoiceNumber', 'contains', input.text), field('reference', 'contains', input.text)),
      company && field('company/id', '=', company.id),
      status && field('status/id', '=', status.id),
      input.type === undefined ? undefined : field('type', '=', input.type),
      period && field('date', '>=', dateOnly(period.start)),
      period && field('date', '<', dateOnly(period.end)),
      input.only === undefined ? undefined : field('balance', '>', 0),
      input.only === 'overdue' ? field('dueDate', '<', dateOnly(present)) : undefined,
    );
    return listRecords(context, input, {
      list: 'GET /finance/invoices',
      noun: `${input.only === undefined ? '' : `${input.only} `}invoices`,
      columns: [
        { title: 'id', field: 'id' },
        { title: 'number', field: 'invoiceNumber' },
        { title: 'company', field: 'company/name' },
        { title: 'type', field: 'type' },
        { title: 'status', field: 'status/name' },
        { title: 'date', field: 'date', as: 'day' },
        { title: 'due', field: 'dueDate', as: 'day' },
        { title: 'total', field: 'total', as: 'money' },
        { title: 'balance', field: 'balance', as: 'money' },
      ],
      ...(conditions && { own: { conditions } }),
      orderBy: ['date desc', 'id desc'],
      ...(input.only === 'overdue' && { head: `due before ${showDay(present)}` }),
    });
  },
});
