import { z } from 'zod';
import { readPeriod } from '../../src/clock/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { defineLegacyTool as defineTool, fragments, listOutput, listRecords } from '../../src/tool/index.ts';

export default defineTool({
  name: 'search_activities',
  title: 'Search activities',
  toolset: 'sales',
  effect: 'read',
  uses: ['GET /sales/activities', 'GET /sales/activities/count'],
  description:
    'Find sales activities (calls, follow-ups): mine and open by default; overdue ones, of a customer or opportunity.',
  input: z.strictObject({
    member: z.string().optional().describe('Name, "me" or "all"'),
    company: z.string().optional(),
    opportunity: z.string().optional(),
    due: z.string().optional().describe('Period'),
    overdue: z.boolean().optional(),
    state: z.enum(['open', 'closed', 'any']).default('open'),
    ...fragments.list,
  }),
  aliases: { assignTo: 'member', assignedTo: 'member', customer: 'company', period: 'due', when: 'due' },
  output: listOutput,
  async run(input, context) {
    const { names, now } = context;
    const present = await now();
    const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
    const opportunity = await resolveGiven(names, 'opportunity', input.opportunity, { argument: 'opportunity' });
    const who = input.member ?? (company === undefined && opportunity === undefined ? 'me' : 'all');
    const member = /^(all|everyone|any)$/i.test(who)
      ? undefined
      : await names.resolve('member', who, { argument: 'member' });
    const closed = (await names.list('activityStatus'))
      .filter(({ record }) => record.closedFlag === true)
      .map(({ id }) => id);
    const period =
      input.due === undefined
        ? undefined
        : readPeriod(input.due, { now: present, argument: 'due', direction: 'ahead' });
    const conditions = all(
      member && field('assignTo/id', '=', member.id),
      company && field('company/id', '=', company.id),
      opportunity && field('opportunity/id', '=', opportunity.id),
      input.state === 'any' || closed.length === 0
        ? undefined
        : field('status/id', input.state === 'closed' ? 'in' : 'not in', closed),
      period && field('dateStart', '>=', period.start),
      period && field('dateStart', '<', period.end),
      input.overdue ? field('dateStart', '<', present) : undefined,
    );
    return listRecords(context, input, {
      list: 'GET /sales/activities',
      noun: `${input.state === 'any' ? '' : `${input.state} `}activities`,
      columns: [
        { title: 'id', field: 'id' },
        { title: 'due', field: 'dateStart', as: 'local' },
        { title: 'name', field: 'name' },
        { title: 'type', field: 'type/name' },
        { title: 'status', field: 'status/name' },
        { title: 'company', field: 'company/name' },
        { title: 'contact', field: 'contact/name' },
        { title: 'member', field: 'assignTo/name' },
      ],
      ...(conditions && { own: { conditions } }),
      orderBy: ['dateStart asc', 'id asc'],
    });
  },
});
