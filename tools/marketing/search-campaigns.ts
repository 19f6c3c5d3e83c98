import { z } from 'zod';
import { all, any, field, onDay, wordsIn } from '../../src/query/index.ts';
import { HOME_CURRENCY, homeCurrency } from '../../src/revenue/currency.ts';
import { defineTool, fragments, listOutput, listRecords } from '../../src/tool/index.ts';
import { campaignStatus } from './support/campaign-status.ts';

export default defineTool({
  name: 'search_campaigns',
  title: 'Search campaigns',
  toolset: 'marketing',
  effect: 'read',
  uses: ['GET /marketing/campaigns', 'GET /marketing/campaigns/count', HOME_CURRENCY],
  dressing: [HOME_CURRENCY],
  description: 'Find marketing campaigns.',
  input: z.strictObject({
    text: z.string().optional(),
    type: fragments.filterName('campaignType').optional(),
    status: fragments.filterName('campaignStatus').optional(),
    period: fragments.days('either', 'Running in it').optional(),
    page: fragments.page,
  }),
  aliases: { name: 'text', query: 'text', date: 'period', when: 'period' },
  output: listOutput,
  async run(input, context) {
    const { text, type, status, period } = input;
    const conditions = all(
      text === undefined ? undefined : wordsIn('name', text),
      type && field('type/id', '=', type.id),
      status && field('status/id', '=', status.id),
      // A campaign without an end goes on.
      period && onDay('startDate', '<=', period.end.minus(1)),
      period && any(onDay('endDate', '>=', period.start), field('endDate', '=', null)),
    );
    return listRecords(context, input, {
      list: 'GET /marketing/campaigns',
      noun: 'campaigns',
      columns: [
        { title: 'id', field: 'id' },
        { title: 'name', field: 'name' },
        { title: 'type', field: 'type/name' },
        { title: 'subtype', field: 'subType/name' },
        { title: 'status', field: 'status/name', also: ['inactive'], show: campaignStatus },
        { title: 'starts', field: 'startDate' },
        { title: 'ends', field: 'endDate' },
        { title: 'audience', field: 'defaultGroup/name' },
        { title: 'member', field: 'member/name' },
        { title: 'sent', field: 'emailsSent' },
        { title: 'cost', field: 'actualCost' },
      ],
      filteredBy: { name: 'text', startDate: 'period', endDate: 'period' },
      near: text === undefined ? undefined : { kind: 'campaign', name: text },
      own: { conditions },
      orderBy: ['startDate desc', 'id desc'],
      async currencyOf() {
        const code = await homeCurrency(context);
        return () => code;
      },
    });
  },
});
