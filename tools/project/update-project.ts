import { z } from 'zod';
import { dayToManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { referenceTo } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { type Clean, cleanLine, counted, say } from '../../src/text/index.ts';
import {
  cleared,
  dayOf,
  defineTool,
  fragments,
  inThePast,
  namesake,
  readable,
  type ToolContext,
  ToolInputError,
  update,
  withCustomFields,
} from '../../src/tool/index.ts';

/** Says how many tickets of a project that is closed stay open. */
async function openTickets(id: number, { manage, signal }: ToolContext): Promise<Clean | undefined> {
  const conditions = all(field('project/id', '=', id), field('closedFlag', '=', false));
  const open = await readable(manage.count('GET /project/tickets/count', { conditions, signal }));
  return open === undefined || open === 0
    ? undefined
    : say`${counted(open, 'ticket')} of it ${open === 1 ? say`stays` : say`stay`} open.`;
}

export default defineTool({
  name: 'update_project',
  title: 'Update project',
  toolset: 'project',
  effect: 'update',
  idempotent: true,
  uses: [
    'PATCH /project/projects/{id}',
    'GET /project/projects/{id}',
    'GET /project/projects',
    'GET /project/tickets/count',
  ],
  description: "Change a project's name, status, manager, dates, budget, description or custom fields.",
  input: z.strictObject({
    project: fragments.name('project'),
    name: z.string().optional(),
    status: fragments.name('projectStatus').optional(),
    manager: fragments.name('member').optional(),
    start: fragments.day('ahead').optional(),
    end: fragments.day('ahead', undefined, { after: 'start' }).optional(),
    budgetHours: fragments.hours(z.number().min(0).optional()),
    description: fragments.prose().optional(),
    customFields: fragments.customFields,
    clear: fragments.clear(['manager', 'budgetHours', 'description']),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { id: 'project', projectId: 'project', estimatedStart: 'start', estimatedEnd: 'end' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, signal } = context;
    const { status, manager, start, end, budgetHours } = input;
    const { id } = input.project;
    const path = { id };
    const before = await manage.get<ManageRecord>('GET /project/projects/{id}', { path, signal });
    const estimatedStart = start && dayToManage(start);
    const estimatedEnd = end && dayToManage(end);
    const [first, last] = [dayOf(estimatedStart ?? before.estimatedStart), dayOf(estimatedEnd ?? before.estimatedEnd)];
    if ((start ?? end) !== undefined && last !== '' && last < first)
      throw new ToolInputError(
        end === undefined ? 'start' : 'end',
        say`The project would end (${last}) before it starts (${first}).`,
      );
    const empties = input.clear?.includes('budgetHours') ?? false;
    const alike = await namesake(context, {
      list: 'GET /project/projects',
      id,
      company: before.company,
      name: input.name,
      noun: say`Project`,
    });
    const closes = status?.record.closedFlag === true && before.closedFlag !== true;
    const left = closes ? await openTickets(id, context) : undefined;
    return update(context, {
      operation: 'PATCH /project/projects/{id}',
      path,
      before,
      members: {
        name: input.name,
        status: referenceTo(status),
        manager: referenceTo(manager),
        estimatedStart,
        estimatedEnd,
        budgetHours,
        budgetFlag: budgetHours === undefined && !empties ? undefined : !empties,
        description: input.description,
        customFields: input.customFields && (await withCustomFields(context, before, input.customFields)),
        ...cleared(input, { manager: 'manager', budgetHours: 'budgetHours', description: 'description' }),
      },
      // A status can close it.
      shows: ['closedFlag'],
      notes: [left],
      says: () => [alike, left],
      dryRun: input.dryRun,
      confirm: input.confirm,
      warnings: [alike, ...inThePast({ end }, await context.now())],
      question: say`Change project ${id}, ${cleanLine(before.name)}?`,
      describe: (after) => say`project ${id}: ${cleanLine(after.name)}`,
    });
  },
});
