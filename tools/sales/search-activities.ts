import { z } from 'zod';
import type { Named } from '../../src/names/index.ts';
import { all, field, pathsIn, within } from '../../src/query/index.ts';
import { cleanLine, say } from '../../src/text/index.ts';
import {
  datesFor,
  defineTool,
  fragments,
  listOutput,
  listRecords,
  narrowed,
  ToolInputError,
} from '../../src/tool/index.ts';
import { inState, STATE, stateOf } from './support/state.ts';

const SCHEMA = 'Activity';

export default defineTool({
  name: 'search_activities',
  title: 'Search activities',
  toolset: 'sales',
  effect: 'read',
  uses: ['GET /sales/activities', 'GET /sales/activities/count'],
  description:
    'Find sales activities (calls, follow-ups): mine and open by default; overdue, of a customer or opportunity.',
  input: z.strictObject({
    member: fragments.filterName('member', { description: 'Name, "me" or "all"' }).optional(),
    company: fragments.filterName('company').optional(),
    opportunity: fragments.filterName('opportunity', { of: 'company' }).optional(),
    due: fragments.period('ahead', 'Period').optional(),
    overdue: z.boolean().optional(),
    state: STATE.optional(),
    ...fragments.list,
  }),
  aliases: {
    ...datesFor('due'),
    assignTo: 'member',
    who: 'member',
    assignedTo: 'member',
    customer: 'company',
    period: 'due',
    when: 'due',
  },
  output: listOutput,
  async run({ company, opportunity, due, overdue, ...input }, context) {
    const { api, names, now } = context;
    const said = await narrowed(context, {}, input, SCHEMA);
    const paths = pathsIn(said.query.conditions);
    // "all" is given, and means nobody in particular.
    const isOpenToAll = 'member' in input || company !== undefined || opportunity !== undefined;
    const isMine = !isOpenToAll && !paths.some((path) => /^(assign|company|opportunity)/i.test(path));
    const member: Named | undefined = isMine
      ? await names.resolve('member', 'me', { argument: 'member' })
      : input.member;
    const state = stateOf({ state: input.state, elsewhere: paths.some((path) => /^status\b/i.test(path)) });
    if (overdue && input.state !== undefined && input.state !== 'open')
      throw new ToolInputError(
        'overdue',
        say`overdue is about open activities, and ${input.state === 'any' ? 'all' : 'closed ones'} are asked for: leave overdue or state out.`,
      );
    const conditions = all(
      member && field('assignTo/id', '=', member.id),
      company && field('company/id', '=', company.id),
      opportunity && field('opportunity/id', '=', opportunity.id),
      await inState(state, 'activityStatus', context),
      due && within('dateStart', due, { api, schema: SCHEMA }),
      overdue ? field('dateStart', '<', await now()) : undefined,
    );
    return listRecords(context, input, {
      list: 'GET /sales/activities',
      noun: state === 'any' ? 'activities' : `${state} activities`,
      columns: [
        { title: 'id', field: 'id' },
        { title: 'due', field: 'dateStart' },
        { title: 'name', field: 'name' },
        { title: 'type', field: 'type/name' },
        { title: 'status', field: 'status/name' },
        { title: 'company', field: 'company/name' },
        { title: 'contact', field: 'contact/name' },
        { title: 'member', field: 'assignTo/name' },
      ],
      filteredBy: { assignTo: 'member', dateStart: 'due', status: 'state' },
      own: { conditions },
      orderBy: ['dateStart asc', 'id asc'],
      head:
        isMine && member !== undefined
          ? say`Of ${cleanLine(member.label)} only; member: "all" shows everybody's.`
          : undefined,
    });
  },
});
