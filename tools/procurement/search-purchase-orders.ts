import { z } from 'zod';
import { all, field, onDay, wordsIn } from '../../src/query/index.ts';
import { cleanLine, say } from '../../src/text/index.ts';
import { defineTool, fragments, listOutput, listRecords, ToolInputError } from '../../src/tool/index.ts';

export default defineTool({
  name: 'search_purchase_orders',
  title: 'Search purchase orders',
  toolset: 'procurement',
  effect: 'read',
  uses: ['GET /procurement/purchaseorders', 'GET /procurement/purchaseorders/count'],
  description: 'Find purchase orders by number, vendor or status; open ones by default.',
  input: z.strictObject({
    text: z.string().optional().describe('Number'),
    vendor: fragments.filterName('company').optional(),
    status: fragments.filterName('purchaseOrderStatus').optional(),
    state: z.enum(['open', 'closed', 'any']).optional(),
    olderThanDays: fragments.rows(z.int().min(1).optional()),
    ...fragments.list,
  }),
  aliases: { number: 'text', poNumber: 'text', company: 'vendor', supplier: 'vendor' },
  output: listOutput,
  async run(input, context) {
    const { text, vendor, status, state, olderThanDays } = input;
    const closes = status?.record.closedFlag === true;
    if (status !== undefined && state !== undefined && state !== 'any' && closes !== (state === 'closed'))
      throw new ToolInputError(
        'state',
        say`Orders with the status ${cleanLine(status.label)} are ${closes ? 'closed' : 'open'}, so state: ${state} leaves none. Send one of the two.`,
      );
    const conditions = all(
      // "po1001" is PO-1001.
      text === undefined
        ? undefined
        : wordsIn([], text.replace(/^po[\s#-]*(?=\d)/i, ''), ['poNumber', 'vendorOrderNumber']),
      vendor && field('vendorCompany/id', '=', vendor.id),
      status && field('status/id', '=', status.id),
      state === 'closed' ? field('closedFlag', '=', true) : undefined,
      state === 'open' ? field('closedFlag', '=', false) : undefined,
      olderThanDays === undefined
        ? undefined
        : onDay('poDate', '<', (await context.now()).minus({ days: olderThanDays })),
    );
    return listRecords(context, input, {
      list: 'GET /procurement/purchaseorders',
      noun: state === 'open' || state === 'closed' ? `${state} purchase orders` : 'purchase orders',
      columns: [
        { title: 'id', field: 'id' },
        { title: 'number', field: 'poNumber' },
        { title: 'vendor', field: 'vendorCompany/name' },
        { title: 'status', field: 'status/name' },
        { title: 'date', field: 'poDate' },
        { title: 'total', field: 'total' },
        { title: 'tracking', field: 'trackingNumber', rare: true },
      ],
      filteredBy: { poNumber: 'text', vendorCompany: 'vendor', closedFlag: 'state', poDate: 'olderThanDays' },
      own: { conditions },
      byDefault:
        status !== undefined || state !== undefined
          ? undefined
          : {
              condition: field('closedFlag', '=', false),
              lifts: ['closedFlag', 'status', 'dateClosed'],
              says: 'open',
            },
      orderBy: olderThanDays === undefined ? ['poDate desc', 'id desc'] : ['poDate asc', 'id asc'],
    });
  },
});
