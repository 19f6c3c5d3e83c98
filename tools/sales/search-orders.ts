import { z } from 'zod';
import { readPeriod } from '../../src/clock/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import { all, any, field, within } from '../../src/query/index.ts';
import { defineLegacyTool as defineTool, fragments, listOutput, listRecords } from '../../src/tool/index.ts';

export default defineTool({
  name: 'search_orders',
  title: 'Search sales orders',
  toolset: 'sales',
  effect: 'read',
  uses: ['GET /sales/orders', 'GET /sales/orders/count'],
  description: 'Find sales orders by customer, status, PO number or order date.',
  input: z.strictObject({
    text: z.string().optional().describe('PO number or description'),
    company: z.string().optional(),
    status: z.string().optional(),
    ordered: z.string().optional().describe('Period'),
    ...fragments.list,
  }),
  aliases: { query: 'text', customer: 'company', orderDate: 'ordered', period: 'ordered' },
  output: listOutput,
  async run(input, context) {
    const { names, now } = context;
    const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
    const status = await resolveGiven(names, 'orderStatus', input.status, { argument: 'status' });
    const period =
      input.ordered === undefined
        ? undefined
        : readPeriod(input.ordered, { now: await now(), direction: 'past', argument: 'ordered' });
    const { text } = input;
    const conditions = all(
      text === undefined ? undefined : any(field('poNumber', 'contains', text), field('description', 'contains', text)),
      company && field('company/id', '=', company.id),
      status && field('status/id', '=', status.id),
      period && within('orderDate', period, { api: context.api, schema: 'Order' }),
    );
    return listRecords(context, input, {
      list: 'GET /sales/orders',
      noun: 'sales orders',
      columns: [
        { title: 'id', field: 'id' },
        { title: 'company', field: 'company/name' },
        { title: 'status', field: 'status/name' },
        { title: 'ordered', field: 'orderDate', as: 'day' },
        { title: 'due', field: 'dueDate', as: 'day' },
        { title: 'PO', field: 'poNumber' },
        { title: 'total', field: 'total', as: 'money' },
        { title: 'rep', field: 'salesRep/name' },
      ],
      ...(conditions && { own: { conditions } }),
      orderBy: ['orderDate desc', 'id desc'],
    });
  },
});
