import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { FIND_TICKET_OPERATIONS, idOf, nameOf } from '../../src/names/index.ts';
import { all, field, wordsIn } from '../../src/query/index.ts';
import { billedIn, CUSTOMERS_CURRENCY, INVOICES_CURRENCY, invoicedIn } from '../../src/revenue/currency.ts';
import { worthOfProduct } from '../../src/revenue/unbilled.ts';
import { billingWords, defineTool, fragments, listOutput, listRecords } from '../../src/tool/index.ts';

/** What a product line is charged to. */
function chargedTo(row: ManageRecord): string {
  const ticket = idOf(row.ticket);
  if (ticket !== undefined) return `ticket ${ticket}`;
  const kind = (['project', 'opportunity', 'salesOrder', 'invoice'] as const).find((member) => row[member] != null);
  return kind === undefined ? '' : `${kind} ${nameOf(row[kind]) ?? idOf(row[kind])}`;
}

/** `10 (2 cancelled)`: what is cancelled is in the quantity, and not in the total. */
function quantityOf({ quantity, quantityCancelled }: ManageRecord): string {
  const cancelled = Number(quantityCancelled ?? 0);
  return cancelled === 0 ? String(quantity ?? '') : `${quantity} (${cancelled} cancelled)`;
}

export default defineTool({
  name: 'search_products',
  title: 'Search products',
  toolset: 'procurement',
  effect: 'read',
  uses: [
    'GET /procurement/products',
    'GET /procurement/products/count',
    CUSTOMERS_CURRENCY,
    INVOICES_CURRENCY,
    ...FIND_TICKET_OPERATIONS,
  ],
  description: 'Products sold or to be sold: lines on tickets, projects, opportunities, orders, invoices.',
  input: z.strictObject({
    text: z.string().optional(),
    ticketId: z.int().optional(),
    project: fragments.filterName('project', { of: 'company' }).optional(),
    opportunity: fragments.filterName('opportunity', { of: 'company' }).optional(),
    company: fragments.filterName('company').optional(),
    toPurchase: z.boolean().optional(),
    ...fragments.list,
  }),
  aliases: { query: 'text', product: 'text', ticket: 'ticketId', customer: 'company' },
  output: listOutput,
  async run(input, context) {
    const { text, ticketId, project, opportunity, company, toPurchase } = input;
    const conditions = all(
      text === undefined ? undefined : wordsIn('description', text, ['catalogItem/identifier']),
      ticketId === undefined ? undefined : field('ticket/id', '=', ticketId),
      company && field('company/id', '=', company.id),
      project && field('project/id', '=', project.id),
      opportunity && field('opportunity/id', '=', opportunity.id),
      toPurchase ? field('needToPurchaseFlag', '=', true) : undefined,
    );
    return listRecords(context, input, {
      list: 'GET /procurement/products',
      noun: 'products',
      columns: [
        { title: 'id', field: 'id' },
        { title: 'product', field: 'catalogItem/identifier' },
        { title: 'description', field: 'description' },
        { title: 'quantity', field: 'quantity', also: ['quantityCancelled'], show: quantityOf },
        { title: 'unit price', field: 'price' },
        {
          title: 'total',
          field: 'price',
          also: ['quantity', 'quantityCancelled'],
          as: 'money',
          show: worthOfProduct,
        },
        { title: 'billing', field: 'billableOption', show: ({ billableOption }) => billingWords(billableOption) },
        { title: 'company', field: 'company/name', also: ['company/id'] },
        { title: 'on', field: 'ticket/id', also: ['project', 'opportunity', 'salesOrder', 'invoice'], show: chargedTo },
      ],
      filteredBy: { description: 'text', ticket: 'ticketId', needToPurchaseFlag: 'toPurchase' },
      own: { conditions },
      ticketId,
      byDefault: { condition: field('cancelledFlag', '=', false), lifts: ['cancelledFlag'], says: 'active' },
      orderBy: ['id desc'],
      async currencyOf(rows) {
        const idsOf = (member: string): number[] => rows.flatMap((row) => idOf(row[member]) ?? []);
        const [customers, invoices] = await Promise.all([
          billedIn(idsOf('company'), context),
          invoicedIn(idsOf('invoice'), context),
        ]);
        return (row) => invoices.get(idOf(row.invoice) ?? 0) || customers.get(idOf(row.company) ?? 0);
      },
    });
  },
});
