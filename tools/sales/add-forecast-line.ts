import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, resolveGiven } from '../../src/names/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  money,
  ToolInputError,
} from '../../src/tool/index.ts';
import { FORECAST_OPERATIONS, readForecast } from './support/forecast.ts';

const FORECAST = '/sales/opportunities/{parentId}/forecast';

export default defineTool({
  name: 'add_forecast_line',
  title: 'Add forecast line',
  toolset: 'sales',
  effect: 'create',
  uses: [`POST ${FORECAST}`, ...FORECAST_OPERATIONS, 'GET /sales/opportunities/{id}'],
  description:
    'Add a line to the forecast of an opportunity: expected revenue and cost of a product, service or agreement.',
  input: z.strictObject({
    opportunity: z.string(),
    type: z.enum(['Product', 'Service', 'Agreement', 'Other1', 'Other2']).default('Product'),
    product: z.string().optional().describe('Catalog item'),
    description: z.string().optional(),
    quantity: z.number().min(0).default(1),
    revenue: z.number(),
    cost: z.number().default(0),
    dryRun: fragments.dryRun,
  }),
  aliases: { opportunityId: 'opportunity', id: 'opportunity', amount: 'revenue', forecastType: 'type' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, plain } = context;
    const opportunity = await names.resolve('opportunity', input.opportunity, { argument: 'opportunity' });
    const item = await resolveGiven(names, 'catalogItem', input.product, { argument: 'product' });
    if (item === undefined && input.description === undefined)
      throw new ToolInputError('description', 'Say what the line is for: product or description.');
    const path = { parentId: opportunity.id };
    const [record, before] = await Promise.all([
      manage.get<ManageRecord>('GET /sales/opportunities/{id}', { path: { id: opportunity.id }, signal }),
      readForecast(manage, opportunity.id, signal),
    ]);
    const line: ManageRecord = {
      forecastDescription: input.description ?? item?.label,
      opportunity: { id: opportunity.id },
      quantity: input.quantity,
      status: { id: idOf(record.status) },
      ...(item && { catalogItem: { id: item.id } }),
      revenue: input.revenue,
      cost: input.cost,
      forecastType: input.type,
      includeFlag: true,
    };
    const body = { forecastItems: [line] };
    if (input.dryRun) return legacyPreview([manage.preview(`POST ${FORECAST}`, { path, body })]);
    const fresh = async (): Promise<ManageRecord | undefined> =>
      (await readForecast(manage, opportunity.id, signal)).find(({ id }) => !before.some((known) => known.id === id));
    await manage.write(`POST ${FORECAST}`, { path, body, settle: fresh, signal });
    const now = await readForecast(manage, opportunity.id, signal);
    const added = now.find(({ id }) => !before.some((known) => known.id === id));
    const total = now.reduce((sum, { revenue }) => sum + Math.round(Number(revenue ?? 0) * 100), 0);
    return {
      structured: { ...(added && { id: Number(added.id) }), opportunityId: opportunity.id, lines: now.length },
      text: `Added forecast line ${added?.id ?? ''}: ${input.quantity} x ${plain(input.description ?? item?.label)} at ${money(input.revenue)} to ${plain(opportunity.label)}; ${now.length} lines, ${money(total / 100)} in all`,
    };
  },
});
