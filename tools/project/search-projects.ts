import { z } from 'zod';
import { all, field, within, wordsIn } from '../../src/query/index.ts';
import { cleanLine, say } from '../../src/text/index.ts';
import { defineTool, fragments, listOutput, listRecords, ToolInputError } from '../../src/tool/index.ts';

export default defineTool({
  name: 'search_projects',
  title: 'Search projects',
  toolset: 'project',
  effect: 'read',
  uses: ['GET /project/projects', 'GET /project/projects/count'],
  description:
    'Find projects by name, customer, manager, status, or when they end; hours against budget. Open ones by default.',
  input: z.strictObject({
    text: z.string().optional(),
    company: fragments.filterName('company').optional(),
    manager: fragments.filterName('member').optional(),
    status: fragments.filterName('projectStatus').optional(),
    state: z.enum(['open', 'closed', 'any']).optional(),
    ending: fragments.days('ahead', 'Period').optional(),
    ...fragments.list,
  }),
  aliases: { name: 'text', query: 'text', customer: 'company', member: 'manager', ends: 'ending' },
  output: listOutput,
  async run(input, context) {
    const { text, company, manager, status, state, ending } = input;
    const closes = status?.record.closedFlag === true;
    if (status !== undefined && state !== undefined && state !== 'any' && closes !== (state === 'closed'))
      throw new ToolInputError(
        'state',
        say`Projects with the status ${cleanLine(status.label)} are ${closes ? 'closed' : 'open'}, so state: ${state} leaves none. Send one of the two.`,
      );
    const conditions = all(
      text === undefined ? undefined : wordsIn('name', text),
      company && field('company/id', '=', company.id),
      manager && field('manager/id', '=', manager.id),
      status && field('status/id', '=', status.id),
      state === 'closed' ? field('closedFlag', '=', true) : undefined,
      state === 'open' ? field('closedFlag', '=', false) : undefined,
      ending && within('estimatedEnd', ending, { api: context.api, schema: 'Project' }),
    );
    return listRecords(context, input, {
      list: 'GET /project/projects',
      noun: state === 'open' || state === 'closed' ? `${state} projects` : 'projects',
      columns: [
        { title: 'id', field: 'id' },
        { title: 'name', field: 'name' },
        { title: 'company', field: 'company/name' },
        { title: 'manager', field: 'manager/name' },
        { title: 'status', field: 'status/name' },
        {
          title: 'hours',
          field: 'actualHours',
          also: ['budgetHours'],
          show: ({ actualHours = 0, budgetHours }) => `${actualHours}${budgetHours ? ` of ${budgetHours}` : ''}`,
        },
        {
          title: 'over budget',
          field: 'budgetHours',
          show: ({ actualHours, budgetHours }) =>
            Number(budgetHours ?? 0) > 0 && Number(actualHours ?? 0) > Number(budgetHours) ? 'yes' : '',
        },
        { title: 'ends', field: 'estimatedEnd' },
      ],
      filteredBy: { name: 'text', closedFlag: 'state', estimatedEnd: 'ending' },
      near: text === undefined ? undefined : { kind: 'project', name: text },
      own: { conditions },
      byDefault:
        status !== undefined || state !== undefined
          ? undefined
          : { condition: field('closedFlag', '=', false), lifts: ['closedFlag', 'status'], says: 'open' },
      orderBy: [ending === undefined ? 'name asc' : 'estimatedEnd asc', 'id asc'],
    });
  },
});
