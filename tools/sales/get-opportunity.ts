import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf, resolveGiven } from '../../src/names/index.ts';
import {
  dayOf,
  defineLegacyTool as defineTool,
  money,
  readablePart,
  recordView,
  shownCustomFields,
} from '../../src/tool/index.ts';
import { FORECAST_OPERATIONS, readForecast } from './support/forecast.ts';

const OF = '/sales/opportunities/{parentId}';

export default defineTool({
  name: 'get_opportunity',
  title: 'Get opportunity',
  toolset: 'sales',
  effect: 'read',
  uses: [
    'GET /sales/opportunities/{id}',
    ...FORECAST_OPERATIONS,
    `GET ${OF}/notes`,
    `GET ${OF}/team`,
    `GET ${OF}/contacts`,
  ],
  description: 'An opportunity with its forecast lines and totals, notes, team and contacts.',
  input: z.strictObject({ opportunity: z.string().describe('Name or id'), company: z.string().optional() }),
  aliases: { id: 'opportunity', opportunityId: 'opportunity', name: 'opportunity', customer: 'company' },
  output: z.looseObject({ id: z.int() }),
  async run(input, context) {
    const { manage, names, signal, quote } = context;
    const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
    const { id } = await names.resolve('opportunity', input.opportunity, {
      argument: 'opportunity',
      ...(company && { companyId: company.id }),
    });
    const path = { parentId: id };
    const part = (list: string) =>
      readablePart(manage.page<ManageRecord>(`GET ${OF}/${list}`, { path, pageSize: 50, signal }));
    const [record, items, notes, team, contacts] = await Promise.all([
      manage.get<ManageRecord>('GET /sales/opportunities/{id}', { path: { id }, signal }),
      readForecast(manage, id, signal),
      part('notes'),
      part('team'),
      part('contacts'),
    ]);
    const cents = (member: string): number =>
      items.reduce(
        (sum, item) => sum + (item.includeFlag === false ? 0 : Math.round(Number(item[member] ?? 0) * 100)),
        0,
      );
    return recordView({
      id,
      title: `Opportunity ${id}: ${record.name}`,
      facts: [
        ['company', nameOf(record.company)],
        ['contact', nameOf(record.contact)],
        ['stage', nameOf(record.stage)],
        ['status', nameOf(record.status)],
        ['probability', nameOf(record.probability)],
        ['type', nameOf(record.type)],
        ['sales rep', nameOf(record.primarySalesRep)],
        ['closes', dayOf(record.expectedCloseDate)],
        ['closed', dayOf(record.closedDate)],
        ['revenue', money(cents('revenue') / 100)],
        ['recurring', money(cents('recurringRevenue') / 100)],
        ['cost', money(cents('cost') / 100)],
        ['source', record.source],
        ['campaign', nameOf(record.campaign)],
        ...shownCustomFields(record),
      ],
      sections: [
        {
          key: 'forecast',
          title: 'Forecast',
          columns: ['id', 'type', 'what', 'quantity', 'revenue', 'cost', 'included'],
          rows: items.map((item) => [
            item.id,
            item.forecastType,
            item.forecastDescription ?? item.productDescription ?? nameOf(item.catalogItem),
            item.quantity,
            money(item.revenue),
            money(item.cost),
            item.includeFlag === false ? 'no' : 'yes',
          ]),
        },
        {
          key: 'team',
          title: 'Team',
          columns: ['id', 'member'],
          rows: team.map((row) => [row.id, nameOf(row.member) ?? nameOf(row.salesTeam)]),
        },
        {
          key: 'contacts',
          title: 'Contacts',
          columns: ['id', 'contact', 'role'],
          rows: contacts.map((row) => [row.id, nameOf(row.contact), nameOf(row.role)]),
        },
      ],
      notes: [record.notes, ...notes.map(({ text }) => text)].some(Boolean)
        ? quote([record.notes, ...notes.map(({ text }) => text)].filter(Boolean).join('\n---\n'))
        : '',
    });
  },
});
