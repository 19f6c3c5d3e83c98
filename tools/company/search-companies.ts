import { z } from 'zod';
import { all, any, field, narrow, WhereSchema } from '../../src/query/index.ts';
import { nameOf, resolveGiven } from '../../src/reference/index.ts';
import { defineTool, fragments, readListPage, tableOutput, tableResult } from '../../src/tool/index.ts';

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
    status: z.string().optional(),
    type: z.string().optional(),
    city: z.string().optional(),
    where: WhereSchema.optional(),
    conditions: fragments.conditions,
    page: fragments.page,
    limit: fragments.limit,
  }),
  aliases: { name: 'text', query: 'text', search: 'text', company: 'text', customer: 'text', identifier: 'text' },
  output: tableOutput,
  async run(input, { manage, names, catalog, signal }) {
    const limit = input.limit ?? 25;
    const status = await resolveGiven(names, 'companyStatus', input.status, { argument: 'status' });
    const type = await resolveGiven(names, 'companyType', input.type, { argument: 'type' });
    const conditions = all(
      field('deletedFlag', '=', false),
      input.text === undefined
        ? undefined
        : any(field('name', 'contains', input.text), field('identifier', 'contains', input.text)),
      status && field('status/id', '=', status.id),
      input.city === undefined ? undefined : field('city', 'contains', input.city),
    );
    const childConditions = type && field('types/id', '=', type.id);
    const query = narrow({ ...(conditions && { conditions }), ...(childConditions && { childConditions }) }, input, {
      catalog,
      schema: 'Company',
    });
    const fields = ['id', 'identifier', 'name', 'status/name', 'city', 'phoneNumber', 'defaultContact/name'];
    const { rows, total } = await readListPage(manage, 'GET /company/companies', query, {
      fields,
      orderBy: ['name asc'],
      page: input.page,
      limit,
      signal,
    });
    const cells = rows.map((row) => [
      row.id,
      row.identifier,
      row.name,
      nameOf(row.status),
      row.city,
      row.phoneNumber,
      nameOf(row.defaultContact),
    ]);
    return tableResult({
      noun: 'companies',
      columns: ['id', 'identifier', 'name', 'status', 'city', 'phone', 'main contact'],
      rows: cells,
      total,
      page: input.page,
      pageSize: limit,
    });
  },
});
