import { z } from 'zod';
import { readPeriod } from '../../src/clock/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import { all, field, within } from '../../src/query/index.ts';
import { defineLegacyTool as defineTool, fragments, listOutput, listRecords } from '../../src/tool/index.ts';

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
    company: z.string().optional(),
    manager: z.string().optional(),
    status: z.string().optional(),
    state: z.enum(['open', 'closed', 'any']).default('open'),
    ending: z.string().optional().describe('Period'),
    ...fragments.list,
  }),
  aliases: { name: 'text', query: 'text', customer: 'company', member: 'manager', ends: 'ending' },
  output: listOutput,
  async run(input, context) {
    const { names, now } = context;
    const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
    const manager = await resolveGiven(names, 'member', input.manager, { argument: 'manager' });
    const status = await resolveGiven(names, 'projectStatus', input.status, { argument: 'status' });
    const period =
      input.ending === undefined
        ? undefined
        : readPeriod(input.ending, { now: await now(), argument: 'ending', direction: 'ahead' });
    const state = input.state === 'any' ? undefined : field('closedFlag', '=', input.state === 'closed');
    const conditions = all(
      input.text === undefined ? undefined : field('name', 'contains', input.text),
      company && field('company/id', '=', company.id),
      manager && field('manager/id', '=', manager.id),
      status ? field('status/id', '=', status.id) : state,
      period && within('estimatedEnd', period, { api: context.api, schema: 'Project' }),
    );
    return listRecords(context, input, {
      list: 'GET /project/projects',
      noun: `${input.state === 'any' || status ? '' : `${input.state} `}projects`,
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
        { title: 'ends', field: 'estimatedEnd', as: 'day' },
      ],
      ...(conditions && { own: { conditions } }),
      orderBy: [period === undefined ? 'name asc' : 'estimatedEnd asc', 'id asc'],
    });
  },
});
