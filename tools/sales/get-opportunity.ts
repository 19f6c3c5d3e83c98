import { z } from 'zod';
import { fromManage, showDay } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf } from '../../src/names/index.ts';
import { FORECAST, forecastSum, readForecast } from '../../src/revenue/forecast.ts';
import { cleanLine, say } from '../../src/text/index.ts';
import {
  amountTitle,
  dayOf,
  defineTool,
  fragments,
  money,
  readable,
  recordView,
  shownCustomFields,
} from '../../src/tool/index.ts';

/** Rows of a part that are shown. */
const MOST = 50;

const OF = 'GET /sales/opportunities/{parentId}';

export default defineTool({
  name: 'get_opportunity',
  title: 'Get opportunity',
  toolset: 'sales',
  effect: 'read',
  uses: [
    'GET /sales/opportunities/{id}',
    FORECAST,
    ...['notes', 'team', 'contacts'].flatMap((list) => [`${OF}/${list}`, `${OF}/${list}/count`]),
  ],
  description: 'An opportunity with its forecast lines and totals, notes, team and contacts.',
  input: z.strictObject({
    opportunity: fragments.name('opportunity', { of: 'company', description: 'Name or id' }),
    company: fragments.name('company').optional(),
  }),
  aliases: { id: 'opportunity', opportunityId: 'opportunity', name: 'opportunity', customer: 'company' },
  output: z.looseObject({ id: z.int() }),
  async run({ opportunity: { id } }, context) {
    const { manage, signal, quote } = context;
    const part = (list: string) =>
      readable(manage.list(`${OF}/${list}`, { path: { parentId: id }, limit: MOST, signal }));
    const [record, items, notes, team, contacts, zone] = await Promise.all([
      manage.get<ManageRecord>('GET /sales/opportunities/{id}', { path: { id }, signal }),
      readForecast(manage, id, signal),
      part('notes'),
      part('team'),
      part('contacts'),
      context.zone(),
    ]);
    const { currency } = record;
    const closed = fromManage(record.closedDate, zone);
    const texts = [record.notes, ...(notes?.rows ?? []).map(({ text }) => text)].filter(Boolean);
    const unread = (notes?.total ?? 0) - (notes?.rows.length ?? 0);
    if (unread > 0) texts.push(`(${unread} more notes are not shown)`);
    return recordView({
      id,
      title: say`Opportunity ${id}: ${cleanLine(record.name)}`,
      facts: [
        ['company', nameOf(record.company)],
        ['contact', nameOf(record.contact)],
        ['stage', nameOf(record.stage)],
        ['status', nameOf(record.status)],
        ['probability', nameOf(record.probability)],
        ['type', nameOf(record.type)],
        ['sales rep', nameOf(record.primarySalesRep)],
        ['closes', dayOf(record.expectedCloseDate)],
        ['closed', closed && showDay(closed)],
        ['revenue', money(forecastSum(items, 'revenue'), currency)],
        ['recurring', money(forecastSum(items, 'recurringRevenue'), currency)],
        ['cost', money(forecastSum(items, 'cost'), currency)],
        ['source', record.source],
        ['campaign', nameOf(record.campaign)],
        ...shownCustomFields(record),
      ],
      sections: [
        {
          key: 'forecast',
          title: 'Forecast',
          columns: [
            'id',
            'type',
            'what',
            'quantity',
            amountTitle('revenue', currency),
            amountTitle('cost', currency),
            'included',
          ],
          total: items.length,
          rows: items
            .slice(0, MOST)
            .map((item) => [
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
          total: team?.total,
          rows: team?.rows.map((row) => [row.id, nameOf(row.member) ?? nameOf(row.salesTeam)]),
        },
        {
          key: 'contacts',
          title: 'Contacts',
          columns: ['id', 'contact', 'role'],
          total: contacts?.total,
          rows: contacts?.rows.map((row) => [row.id, nameOf(row.contact), nameOf(row.role)]),
        },
      ],
      notes: texts.length === 0 ? undefined : quote(texts.join('\n---\n')),
    });
  },
});
