import { z } from 'zod';
import { dateOnly, readPeriod } from '../../src/clock/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import { all, any, field } from '../../src/query/index.ts';
import { defineLegacyTool as defineTool, fragments, listOutput, listRecords } from '../../src/tool/index.ts';

export default defineTool({
  name: 'search_campaigns',
  title: 'Search campaigns',
  toolset: 'marketing',
  effect: 'read',
  uses: ['GET /marketing/campaigns', 'GET /marketing/campaigns/count'],
  description: 'Find marketing campaigns.',
  input: z.strictObject({
    text: z.string().optional(),
    type: z.string().optional(),
    status: z.string().optional(),
    period: z.string().optional().describe('Running in it'),
    page: fragments.page,
  }),
  aliases: { name: 'text', query: 'text', date: 'period', when: 'period' },
  output: listOutput,
  async run(input, context) {
    const { names, now } = context;
    const [type, status] = await Promise.all([
      resolveGiven(names, 'campaignType', input.type, { argument: 'type' }),
      resolveGiven(names, 'campaignStatus', input.status, { argument: 'status' }),
    ]);
    const period =
      input.period === undefined
        ? undefined
        : readPeriod(input.period, { now: await now(), argument: 'period', direction: 'ahead' });
    const conditions = all(
      input.text === undefined ? undefined : field('name', 'contains', input.text),
      type && field('type/id', '=', type.id),
      status && field('status/id', '=', status.id),
      // Days are kept as midnight UTC; a campaign without an end goes on.
      period && field('startDate', '<=', dateOnly(period.end.minus({ milliseconds: 1 }))),
      period && any(field('endDate', '>=', dateOnly(period.start)), field('endDate', '=', null)),
    );
    return listRecords(context, input, {
      list: 'GET /marketing/campaigns',
      noun: 'campaigns',
      columns: [
        { title: 'id', field: 'id' },
        { title: 'name', field: 'name' },
        { title: 'type', field: 'type/name' },
        { title: 'subtype', field: 'subType/name' },
        { title: 'status', field: 'status/name' },
        { title: 'starts', field: 'startDate', as: 'day' },
        { title: 'ends', field: 'endDate', as: 'day' },
        { title: 'audience', field: 'defaultGroup/name' },
        { title: 'member', field: 'member/name' },
        { title: 'sent', field: 'emailsSent' },
        { title: 'cost', field: 'actualCost', as: 'money' },
      ],
      ...(conditions && { own: { conditions } }),
      orderBy: ['startDate desc', 'id desc'],
    });
  },
});
