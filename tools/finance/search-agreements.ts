import { z } from 'zod';
import { dateOnly, readPeriod } from '../../src/clock/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { defineLegacyTool as defineTool, fragments, listOutput, listRecords } from '../../src/tool/index.ts';

export default defineTool({
  name: 'search_agreements',
  title: 'Search agreements',
  toolset: 'finance',
  effect: 'read',
  uses: ['GET /finance/agreements', 'GET /finance/agreements/count'],
  description: 'Find agreements (contracts) by customer, type, status, or when they end. Active ones by default.',
  input: z.strictObject({
    text: z.string().optional(),
    company: z.string().optional(),
    type: z.string().optional(),
    status: z.enum(['Active', 'Cancelled', 'Expired', 'Inactive', 'any']).default('Active'),
    ending: z.string().optional().describe('Period, e.g. "next 90 days"'),
    ...fragments.list,
  }),
  aliases: { name: 'text', query: 'text', customer: 'company', ends: 'ending', endDate: 'ending' },
  output: listOutput,
  async run(input, context) {
    const { names, now } = context;
    const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
    const type = await resolveGiven(names, 'agreementType', input.type, { argument: 'type' });
    const period =
      input.ending === undefined
        ? undefined
        : readPeriod(input.ending, { now: await now(), argument: 'ending', direction: 'ahead' });
    const conditions = all(
      input.text === undefined ? undefined : field('name', 'contains', input.text),
      company && field('company/id', '=', company.id),
      type && field('type/id', '=', type.id),
      input.status === 'any' ? undefined : field('agreementStatus', '=', input.status),
      period && field('endDate', '>=', dateOnly(period.start)),
      period && field('endDate', '<', dateOnly(period.end)),
    );
    return listRecords(context, input, {
      list: 'GET /finance/agreements',
      noun: input.status === 'any' ? 'agreements' : `${input.status.toLowerCase()} agreements`,
      columns: [
        { title: 'id', field: 'id' },
        { title: 'name', field: 'name' },
        { title: 'company', field: 'company/name' },
        { title: 'type', field: 'type/name' },
        { title: 'status', field: 'agreementStatus' },
        { title: 'ends', field: 'endDate', as: 'day' },
        { title: 'amount', field: 'billAmount', as: 'money' },
        { title: 'next invoice', field: 'nextInvoiceDate', as: 'day' },
      ],
      ...(conditions && { own: { conditions } }),
      orderBy: [period === undefined ? 'company/name asc' : 'endDate asc', 'id asc'],
    });
  },
});
