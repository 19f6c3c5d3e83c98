import { z } from 'zod';
import { all, field, within, wordsIn } from '../../src/query/index.ts';
import { datesFor, defineTool, fragments, listOutput, listRecords } from '../../src/tool/index.ts';

export default defineTool({
  name: 'search_orders',
  title: 'Search sales orders',
  toolset: 'sales',
  effect: 'read',
  uses: ['GET /sales/orders', 'GET /sales/orders/count'],
  description: 'Find sales orders by customer, status, PO number or order date.',
  input: z.strictObject({
    text: z.string().optional().describe('PO number or description'),
    company: fragments.filterName('company').optional(),
    status: fragments.filterName('orderStatus').optional(),
    ordered: fragments.days('past', 'Period').optional(),
    ...fragments.list,
  }),
  aliases: { ...datesFor('ordered'), query: 'text', customer: 'company', orderDate: 'ordered', period: 'ordered' },
  output: listOutput,
  async run({ text, company, status, ordered, ...input }, context) {
    const conditions = all(
      text === undefined ? undefined : wordsIn(['description', 'notes'], text, ['poNumber']),
      company && field('company/id', '=', company.id),
      status && field('status/id', '=', status.id),
      ordered && within('orderDate', ordered, { api: context.api, schema: 'Order' }),
    );
    return listRecords(context, input, {
      list: 'GET /sales/orders',
      noun: 'sales orders',
      columns: [
        { title: 'id', field: 'id' },
        { title: 'company', field: 'company/name' },
        { title: 'status', field: 'status/name' },
        { title: 'ordered', field: 'orderDate' },
        { title: 'due', field: 'dueDate' },
        { title: 'PO', field: 'poNumber' },
        { title: 'total', field: 'total' },
        { title: 'rep', field: 'salesRep/name' },
      ],
      filteredBy: { poNumber: 'text', description: 'text', notes: 'text', orderDate: 'ordered' },
      own: { conditions },
      orderBy: ['orderDate desc', 'id desc'],
    });
  },
});
