import { z } from 'zod';
import { resolveGiven } from '../../src/names/index.ts';
import { all, any, field } from '../../src/query/index.ts';
import { defineLegacyTool as defineTool, fragments, listOutput, listRecords } from '../../src/tool/index.ts';

export default defineTool({
  name: 'search_rmas',
  title: 'Search RMAs',
  toolset: 'procurement',
  effect: 'read',
  uses: ['GET /procurement/rmaTags', 'GET /procurement/rmaTags/count'],
  description: 'Find returns (RMA tags) by product, serial number, customer or status.',
  input: z.strictObject({
    text: z.string().optional(),
    company: z.string().optional(),
    status: z.string().optional(),
    ...fragments.list,
  }),
  aliases: { query: 'text', serialNumber: 'text', customer: 'company' },
  output: listOutput,
  async run(input, context) {
    const { names } = context;
    const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
    const status = await resolveGiven(names, 'rmaStatus', input.status, { argument: 'status' });
    const { text } = input;
    const conditions = all(
      text === undefined
        ? undefined
        : any(...['summary', 'productDescription', 'serialNumber'].map((member) => field(member, 'contains', text))),
      company && field('returnedCompany/id', '=', company.id),
      status && field('status/id', '=', status.id),
    );
    return listRecords(context, input, {
      list: 'GET /procurement/rmaTags',
      noun: 'RMAs',
      columns: [
        { title: 'id', field: 'id' },
        { title: 'product', field: 'product/identifier' },
        { title: 'serial', field: 'serialNumber' },
        { title: 'company', field: 'returnedCompany/name' },
        { title: 'status', field: 'status/name' },
        { title: 'disposition', field: 'rmaDisposition/name' },
        { title: 'problem', field: 'problemDescription' },
        { title: 'ticket', field: 'serviceTicket/id' },
      ],
      ...(conditions && { own: { conditions } }),
      orderBy: ['id desc'],
    });
  },
});
