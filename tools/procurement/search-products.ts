import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf, resolveGiven } from '../../src/names/index.ts';
import { all, any, field } from '../../src/query/index.ts';
import { defineLegacyTool as defineTool, fragments, listOutput, listRecords } from '../../src/tool/index.ts';

/** What a product line is charged to. */
function chargedTo(row: ManageRecord): string {
  const ticket = idOf(row.ticket);
  if (ticket !== undefined) return `ticket ${ticket}`;
  const kind = (['project', 'opportunity', 'salesOrder', 'invoice'] as const).find((member) => row[member] != null);
  return kind === undefined ? '' : `${kind} ${nameOf(row[kind]) ?? idOf(row[kind])}`;
}

export default defineTool({
  name: 'search_products',
  title: 'Search products',
  toolset: 'procurement',
  effect: 'read',
  uses: ['GET /procurement/products', 'GET /procurement/products/count'],
  description: 'Products sold or to be sold: lines on tickets, projects, opportunities, orders, invoices.',
  input: z.strictObject({
    text: z.string().optional(),
    ticketId: z.int().optional(),
    project: z.string().optional(),
    opportunity: z.string().optional(),
    company: z.string().optional(),
    toPurchase: z.boolean().optional(),
    ...fragments.list,
  }),
  aliases: { query: 'text', product: 'text', ticket: 'ticketId', customer: 'company' },
  output: listOutput,
  async run(input, context) {
    const { names } = context;
    const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
    const project = await resolveGiven(names, 'project', input.project, { argument: 'project' });
    const opportunity = await resolveGiven(names, 'opportunity', input.opportunity, { argument: 'opportunity' });
    const conditions = all(
      field('cancelledFlag', '=', false),
      input.text === undefined
        ? undefined
        : any(field('catalogItem/identifier', 'contains', input.text), field('description', 'contains', input.text)),
      input.ticketId === undefined ? undefined : field('ticket/id', '=', input.ticketId),
      company && field('company/id', '=', company.id),
      project && field('project/id', '=', project.id),
      opportunity && field('opportunity/id', '=', opportunity.id),
      input.toPurchase ? field('needToPurchaseFlag', '=', true) : undefined,
    );
    return listRecords(context, input, {
      list: 'GET /procurement/products',
      noun: 'products',
      columns: [
        { title: 'id', field: 'id' },
        { title: 'product', field: 'catalogItem/identifier' },
        { title: 'description', field: 'description' },
        { title: 'quantity', field: 'quantity' },
        { title: 'price', field: 'price', as: 'money' },
        { title: 'billing', field: 'billableOption' },
        { title: 'company', field: 'company/name' },
        { title: 'on', field: 'ticket/id', also: ['project', 'opportunity', 'salesOrder', 'invoice'], show: chargedTo },
      ],
      ...(conditions && { own: { conditions } }),
      orderBy: ['id desc'],
    });
  },
});
