import { z } from 'zod';
import { dateOnly } from '../../src/clock/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { defineLegacyTool as defineTool, fragments, listOutput, listRecords } from '../../src/tool/index.ts';

export default defineTool({
  name: 'search_purchase_orders',
  title: 'Search purchase orders',
  toolset: 'procurement',
  effect: 'read',
  uses: ['GET /procurement/purchaseorders', 'GET /procurement/purchaseorders/count'],
  description: 'Find purchase orders by number, vendor or status; open ones by default.',
  input: z.strictObject({
    text: z.string().optional().describe('Number'),
    vendor: z.string().optional(),
    status: z.string().optional(),
    state: z.enum(['open', 'closed', 'any']).default('open'),
    olderThanDays: z.int().min(1).optional(),
    ...fragments.list,
  }),
  aliases: { number: 'text', poNumber: 'text', company: 'vendor', supplier: 'vendor' },
  output: listOutput,
  async run(input, context) {
    const { names, now } = context;
    const vendor = await resolveGiven(names, 'company', input.vendor, { argument: 'vendor' });
    const status = await resolveGiven(names, 'purchaseOrderStatus', input.status, { argument: 'status' });
    const state = input.state === 'any' ? undefined : field('closedFlag', '=', input.state === 'closed');
    const conditions = all(
      input.text === undefined ? undefined : field('poNumber', 'contains', input.text),
      vendor && field('vendorCompany/id', '=', vendor.id),
      status ? field('status/id', '=', status.id) : state,
      input.olderThanDays === undefined
        ? undefined
        : field('poDate', '<', dateOnly((await now()).minus({ days: input.olderThanDays }))),
    );
    return listRecords(context, input, {
      list: 'GET /procurement/purchaseorders',
      noun: `${input.state === 'any' || status ? '' : `${input.state} `}purchase orders`,
      columns: [
        { title: 'id', field: 'id' },
        { title: 'number', field: 'poNumber' },
        { title: 'vendor', field: 'vendorCompany/name' },
        { title: 'status', field: 'status/name' },
        { title: 'date', field: 'poDate', as: 'day' },
        { title: 'total', field: 'total', as: 'money' },
        { title: 'tracking', field: 'trackingNumber' },
      ],
      ...(conditions && { own: { conditions } }),
      orderBy: ['poDate desc'],
    });
  },
});
