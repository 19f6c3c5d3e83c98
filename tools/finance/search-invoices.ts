import { z } from 'zod';
import { showDay } from '../../src/clock/index.ts';
import { all, any, field, onDay, within, wordsIn } from '../../src/query/index.ts';
import { datesFor, defineTool, fragments, listOutput, listRecords } from '../../src/tool/index.ts';

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
    company: fragments.filterName('company').optional(),
    type: z.enum(['Agreement', 'CreditMemo', 'DownPayment', 'Miscellaneous', 'Progress', 'Standard']).optional(),
    status: fragments.filterName('billingStatus').optional(),
    dated: fragments.days('past', 'Period').optional(),
    only: z.enum(['unpaid', 'overdue']).optional(),
    ...fragments.list,
  }),
  aliases: {
    ...datesFor('dated'),
    number: 'text',
    invoiceNumber: 'text',
    customer: 'company',
    period: 'dated',
    date: 'dated',
    invoiceDate: 'dated',
  },
  output: listOutput,
  async run({ text, company, type, status, dated, only, ...input }, context) {
    const today = await context.now();
    // People write what is printed around a number: "Invoice 10126", "#10126".
    const number = text?.replace(/^\s*(?:invoice|inv)?\.?\s*(?:no|number)?\.?\s*#?\s*(?=\d+\s*$)/i, '').trim();
    const conditions = all(
      number === undefined
        ? undefined
        : any(wordsIn([], number, ['invoiceNumber']), wordsIn('reference', text ?? number)),
      company && field('company/id', '=', company.id),
      status && field('status/id', '=', status.id),
      type && field('type', '=', type),
      dated && within('date', dated, { api: context.api, schema: 'Invoice' }),
      only && field('balance', '>', 0),
      only === 'overdue' ? onDay('dueDate', '<', today) : undefined,
    );
    return listRecords(context, input, {
      list: 'GET /finance/invoices',
      noun: only === undefined ? 'invoices' : `${only} invoices`,
      columns: [
        { title: 'id', field: 'id' },
        { title: 'number', field: 'invoiceNumber' },
        { title: 'company', field: 'company/name' },
        { title: 'type', field: 'type' },
        { title: 'status', field: 'status/name' },
        { title: 'date', field: 'date' },
        { title: 'due', field: 'dueDate' },
        { title: 'total', field: 'total' },
        { title: 'balance', field: 'balance' },
      ],
      filteredBy: { invoiceNumber: 'text', date: 'dated', balance: 'only', dueDate: 'only' },
      own: { conditions },
      // The longest overdue first: that is where somebody calls.
      orderBy: only === 'overdue' ? ['dueDate asc', 'id asc'] : ['date desc', 'id desc'],
      head: only === 'overdue' ? `due before ${showDay(today)}` : undefined,
    });
  },
});
