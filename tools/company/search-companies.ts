import { z } from 'zod';
import { all, field, wordsIn } from '../../src/query/index.ts';
import { defineTool, fragments, listRecords, tableOutput } from '../../src/tool/index.ts';

/** Deleted companies are listed to who asks for them. */
const NOT_DELETED = { condition: field('deletedFlag', '=', false), lifts: ['deletedFlag'], says: '' };

export default defineTool({
  name: 'search_companies',
  title: 'Search companies',
  toolset: 'company',
  core: true,
  effect: 'read',
  uses: ['GET /company/companies', 'GET /company/companies/count'],
  description: 'Find customers and other companies by name, identifier, status, type or city.',
  input: z.strictObject({
    text: z.string().optional().describe('In name or identifier'),
    status: fragments.filterName('companyStatus').optional(),
    type: fragments.filterName('companyType').optional(),
    city: z.string().optional(),
    ...fragments.list,
  }),
  aliases: { name: 'text', query: 'text', search: 'text', company: 'text', customer: 'text', identifier: 'text' },
  output: tableOutput,
  async run(input, context) {
    const { text, status, type, city } = input;
    const conditions = all(
      text === undefined ? undefined : wordsIn(['name', 'identifier'], text, ['identifier']),
      status && field('status/id', '=', status.id),
      city === undefined ? undefined : wordsIn('city', city),
    );
    const childConditions = type && field('types/id', '=', type.id);
    return listRecords(context, input, {
      list: 'GET /company/companies',
      noun: 'companies',
      columns: [
        { title: 'id', field: 'id' },
        { title: 'identifier', field: 'identifier' },
        { title: 'name', field: 'name' },
        { title: 'status', field: 'status/name' },
        { title: 'city', field: 'city' },
        { title: 'phone', field: 'phoneNumber' },
        { title: 'main contact', field: 'defaultContact/name' },
      ],
      filteredBy: { name: 'text', types: 'type' },
      own: { conditions, childConditions },
      byDefault: NOT_DELETED,
      orderBy: ['name asc'],
      near: text === undefined ? undefined : { kind: 'company', name: text },
    });
  },
});
