import { z } from 'zod';
import { dateOnly, readDay, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf, resolveGiven } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import {
  createRecord,
  dayOf,
  defineLegacyTool as defineTool,
  fragments,
  newCustomFields,
  ToolInputError,
} from '../../src/tool/index.ts';

export default defineTool({
  name: 'create_project',
  title: 'Create project',
  toolset: 'project',
  effect: 'create',
  uses: ['POST /project/projects', 'GET /project/projects'],
  description: 'Start a project of a customer. Refuses a name that the customer has already.',
  input: z.strictObject({
    name: z.string(),
    company: z.string(),
    start: z.string().describe('Day'),
    end: z.string().describe('Day'),
    board: z.string().optional().describe('Project board'),
    manager: z.string().optional(),
    billingMethod: z.enum(['ActualRates', 'FixedFee', 'NotToExceed', 'OverrideRate']).default('ActualRates'),
    budgetHours: z.number().min(0).optional(),
    description: z.string().optional(),
    customFields: fragments.customFields,
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: {
    customer: 'company',
    title: 'name',
    estimatedStart: 'start',
    estimatedEnd: 'end',
    projectManager: 'manager',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, now, plain } = context;
    if (input.name.length > 100)
      throw new ToolInputError('name', `name has ${input.name.length} characters; Manage takes 100.`);
    const company = await names.resolve('company', input.company, { argument: 'company' });
    const manager = await resolveGiven(names, 'member', input.manager, { argument: 'manager' });
    const boards = (await names.list('board')).filter(({ record }) => record.projectFlag === true);
    const board = (await resolveGiven(names, 'board', input.board, { argument: 'board' })) ?? boards[0];
    if (board?.record.projectFlag !== true)
      throw new ToolInputError(
        'board',
        `${board === undefined ? 'There is no project board here' : `${board.label} is no project board`}.`,
        {
          allowed: boards.map(({ label }) => label),
        },
      );
    const present = await now();
    const start = readDay(input.start, { now: present, argument: 'start', direction: 'ahead' }).at;
    // "Monday" to "Friday" is the Friday after that Monday.
    const endFrom = (from: typeof present) => readDay(input.end, { now: from, argument: 'end', direction: 'ahead' }).at;
    const soon = endFrom(present);
    const end = soon < start ? endFrom(start) : soon;
    if (end < start)
      throw new ToolInputError('end', `end (${end.toISODate()}) is before start (${start.toISODate()}).`);
    const find = (signal: AbortSignal): Promise<ManageRecord | undefined> => {
      const conditions = all(field('company/id', '=', company.id), field('name', '=', input.name));
      return manage.first('GET /project/projects', { conditions, signal });
    };
    return createRecord(context, {
      operation: 'POST /project/projects',
      body: {
        name: input.name,
        company: { id: company.id },
        board: { id: board.id },
        ...(manager && { manager: { id: manager.id } }),
        estimatedStart: toManage(dateOnly(start)),
        estimatedEnd: toManage(dateOnly(end)),
        billingMethod: input.billingMethod,
        ...(input.budgetHours !== undefined && { budgetHours: input.budgetHours, budgetFlag: true }),
        ...(input.description !== undefined && { description: input.description }),
        ...(await newCustomFields(context, 'GET /project/projects', input.customFields)),
      },
      dryRun: input.dryRun,
      describe: (created) =>
        `project ${created.id}: ${plain(created.name)} for ${plain(nameOf(created.company))} on ${plain(nameOf(created.board))}, ${dayOf(created.estimatedStart)} to ${dayOf(created.estimatedEnd)}`,
      twin: input.allowDuplicate
        ? undefined
        : {
            find,
            argument: 'name',
            says: (twin) =>
              `${plain(company.label)} has project ${twin.id} "${plain(twin.name)}" (${plain(nameOf(twin.status))}) already. Use that one, or send allowDuplicate: true.`,
          },
    });
  },
});
