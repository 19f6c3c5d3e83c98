import { z } from 'zod';
import { all, field, wordsIn } from '../../src/query/index.ts';
import { defineTool, fragments, listOutput, listRecords } from '../../src/tool/index.ts';

/** Where the words of a search may stand. */
const TEXTS = ['summary', 'productDescription', 'problemDescription'];
const CODES = ['product/identifier', 'serialNumber'];

export default defineTool({
  name: 'search_rmas',
  title: 'Search RMAs',
  toolset: 'procurement',
  effect: 'read',
  uses: ['GET /procurement/rmaTags', 'GET /procurement/rmaTags/count'],
  description: 'Find returns (RMA tags) by product, serial number, customer or status.',
  input: z.strictObject({
    text: z.string().optional(),
    company: fragments.filterName('company').optional(),
    status: fragments.filterName('rmaStatus').optional(),
    ...fragments.list,
  }),
  aliases: { query: 'text', serialNumber: 'text', product: 'text', customer: 'company' },
  output: listOutput,
  async run(input, context) {
    const { text, company, status } = input;
    const conditions = all(
      text === undefined ? undefined : wordsIn(TEXTS, text, CODES),
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
      filteredBy: {
        returnedCompany: 'company',
        ...Object.fromEntries([...TEXTS, ...CODES].map((path) => [path, 'text'])),
      },
      own: { conditions },
      orderBy: ['id desc'],
    });
  },
});
