import { z } from 'zod';
import { dateOnly, readPeriod } from '../../src/clock/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import { all, any, field } from '../../src/query/index.ts';
import { defineLegacyTool as defineTool, fragments, listRecords, tableOutput } from '../../src/tool/index.ts';

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
    company: z.string().optional(),
    contact: z.string().optional(),
    type: z.string().optional(),
    status: z.string().optional(),
    warrantyEnds: z.string().optional().describe('Period, e.g. 2026-11-01..2027-01-31'),
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
    const { names, now } = context;
    const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
    const contact = await resolveGiven(names, 'contact', input.contact, {
      argument: 'contact',
      ...(company && { companyId: company.id }),
    });
    const type = await resolveGiven(names, 'configurationType', input.type, { argument: 'type' });
    const status = await resolveGiven(names, 'configurationStatus', input.status, { argument: 'status' });
    const period =
      input.warrantyEnds === undefined
        ? undefined
        : readPeriod(input.warrantyEnds, { now: await now(), argument: 'warrantyEnds', direction: 'ahead' });
    const conditions = all(
      input.includeInactive ? undefined : field('activeFlag', '=', true),
      input.text === undefined
        ? undefined
        : any(...['name', 'serialNumber', 'tagNumber'].map((member) => field(member, 'contains', input.text ?? ''))),
      company && field('company/id', '=', company.id),
      contact && field('contact/id', '=', contact.id),
      type && field('type/id', '=', type.id),
      status && field('status/id', '=', status.id),
      period && field('warrantyExpirationDate', '>=', dateOnly(period.start)),
      period && field('warrantyExpirationDate', '<', dateOnly(period.end)),
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
      ...(conditions && { own: { conditions } }),
      orderBy: ['name asc'],
    });
  },
});
