import { z } from 'zod';
import type { Named } from '../../src/names/index.ts';
import { all, field, within, wordsIn } from '../../src/query/index.ts';
import { say } from '../../src/text/index.ts';
import { defineTool, fragments, listRecords, tableOutput } from '../../src/tool/index.ts';

const ACTIVE = { condition: field('activeFlag', '=', true), lifts: ['activeFlag'], says: say`active` };

/** What is written on a device. */
const CODES = ['serialNumber', 'tagNumber'];

export default defineTool({
  name: 'search_configurations',
  title: 'Search configurations',
  toolset: 'company',
  core: true,
  effect: 'read',
  uses: ['GET /company/configurations', 'GET /company/configurations/count'],
  description:
    'Find configurations (assets, devices): by name, serial or tag, company, contact, type, status, or when the warranty ends.',
  input: z.strictObject({
    text: z.string().optional().describe('In name, serial number or tag'),
    company: fragments.filterName('company').optional(),
    contact: fragments.filterName('contact', { of: 'company' }).optional(),
    type: fragments.filterName('configurationType').optional(),
    status: fragments.filterName('configurationStatus').optional(),
    warrantyEnds: fragments.days('ahead', 'Period').optional(),
    includeInactive: z.boolean().optional(),
    ...fragments.list,
  }),
  aliases: {
    name: 'text',
    query: 'text',
    search: 'text',
    serialNumber: 'text',
    serial: 'text',
    tag: 'text',
    customer: 'company',
    warranty: 'warrantyEnds',
    user: 'contact',
  },
  output: tableOutput,
  async run(input, context) {
    const { text, company, contact, type, status, warrantyEnds } = input;
    const is = (path: string, named: Named | undefined) => named && field(path, '=', named.id);
    const conditions = all(
      text === undefined ? undefined : wordsIn(['name', ...CODES], text, ['name', ...CODES]),
      is('company/id', company),
      is('contact/id', contact),
      is('type/id', type),
      is('status/id', status),
      warrantyEnds &&
        within('warrantyExpirationDate', warrantyEnds, { api: context.api, schema: 'Company.Configuration' }),
    );
    return listRecords(context, input, {
      list: 'GET /company/configurations',
      noun: 'configurations',
      columns: [
        { title: 'id', field: 'id' },
        { title: 'name', field: 'name' },
        { title: 'type', field: 'type/name' },
        { title: 'company', field: 'company/name' },
        { title: 'contact', field: 'contact/name' },
        { title: 'serial', field: 'serialNumber' },
        { title: 'status', field: 'status/name' },
        { title: 'warranty ends', field: 'warrantyExpirationDate', as: 'day' },
      ],
      filteredBy: { name: 'text', warrantyExpirationDate: 'warrantyEnds' },
      own: { conditions },
      byDefault: input.includeInactive ? undefined : ACTIVE,
      orderBy: [warrantyEnds === undefined ? 'name asc' : 'warrantyExpirationDate asc', 'id asc'],
      near: text === undefined ? undefined : { kind: 'configuration', name: text, companyId: company?.id },
    });
  },
});
