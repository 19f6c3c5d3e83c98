import type { DateTime } from 'luxon';
import { z } from 'zod';
import { readPeriod } from '../../src/clock/index.ts';
import { all, any, field, narrow, WhereSchema } from '../../src/query/index.ts';
import { nameOf, resolveGiven } from '../../src/reference/index.ts';
import { defineTool, fragments, readListPage, tableOutput, tableResult } from '../../src/tool/index.ts';

/** Dates without a time are kept as midnight UTC, whatever the zone. */
const dateOnly = (day: DateTime): DateTime => day.startOf('day').setZone('utc', { keepLocalTime: true });

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
    where: WhereSchema.optional(),
    conditions: fragments.conditions,
    page: fragments.page,
    limit: fragments.limit,
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
  async run(input, { manage, names, catalog, signal, now }) {
    const limit = input.limit ?? 25;
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
        : readPeriod(input.warrantyEnds, { now: await now(), argument: 'warrantyEnds', prefer: 'future' });
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
    const query = narrow({ ...(conditions && { conditions }) }, input, { catalog, schema: 'Company.Configuration' });
    const fields = [
      'id',
      'name',
      'type/name',
      'company/name',
      'contact/name',
      'serialNumber',
      'status/name',
      'warrantyExpirationDate',
    ];
    const { rows, total } = await readListPage(manage, 'GET /company/configurations', query, {
      fields,
      orderBy: ['name asc'],
      page: input.page,
      limit,
      signal,
    });
    // A date without a time: its day is the one that is stored, in no zone.
    const cells = rows.map((row) => [
      row.id,
      row.name,
      nameOf(row.type),
      nameOf(row.company),
      nameOf(row.contact),
      row.serialNumber,
      nameOf(row.status),
      String(row.warrantyExpirationDate ?? '').slice(0, 10),
    ]);
    return tableResult({
      noun: 'configurations',
      columns: ['id', 'name', 'type', 'company', 'contact', 'serial', 'status', 'warranty ends'],
      rows: cells,
      total,
      page: input.page,
      pageSize: limit,
    });
  },
});
