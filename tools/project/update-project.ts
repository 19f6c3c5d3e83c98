import { z } from 'zod';
import { dateOnly, readDay, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { resolveGiven } from '../../src/names/index.ts';
import { defineLegacyTool as defineTool, fragments, updateRecord, withCustomFields } from '../../src/tool/index.ts';

export default defineTool({
  name: 'update_project',
  title: 'Update project',
  toolset: 'project',
  effect: 'update',
  idempotent: true,
  uses: ['PATCH /project/projects/{id}', 'GET /project/projects/{id}'],
  description: "Change a project's name, status, manager, dates, budget, description or custom fields.",
  input: z.strictObject({
    project: z.string(),
    name: z.string().optional(),
    status: z.string().optional(),
    manager: z.string().optional(),
    start: z.string().optional(),
    end: z.string().optional(),
    budgetHours: z.number().min(0).optional(),
    description: z.string().optional(),
    customFields: fragments.customFields,
    dryRun: fragments.dryRun,
  }),
  aliases: { id: 'project', projectId: 'project', estimatedStart: 'start', estimatedEnd: 'end' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, now, plain } = context;
    const { id } = await names.resolve('project', input.project, { argument: 'project' });
    const path = { id };
    const before = await manage.get<ManageRecord>('GET /project/projects/{id}', { path, signal });
    const status = await resolveGiven(names, 'projectStatus', input.status, { argument: 'status' });
    const manager = await resolveGiven(names, 'member', input.manager, { argument: 'manager' });
    const present = await now();
    const day = (argument: 'start' | 'end'): string | undefined => {
      const said = input[argument];
      return said === undefined
        ? undefined
        : toManage(dateOnly(readDay(said, { now: present, argument, direction: 'ahead' }).at));
    };
    const [start, end] = [day('start'), day('end')];
    return updateRecord(context, {
      operation: 'PATCH /project/projects/{id}',
      path,
      before,
      members: {
        ...(input.name !== undefined && { name: input.name }),
        ...(status && { status: { id: status.id } }),
        ...(manager && { manager: { id: manager.id } }),
        ...(start !== undefined && { estimatedStart: start }),
        ...(end !== undefined && { estimatedEnd: end }),
        ...(input.budgetHours !== undefined && { budgetHours: input.budgetHours, budgetFlag: true }),
        ...(input.description !== undefined && { description: input.description }),
        ...(input.customFields && { customFields: withCustomFields(before, input.customFields) }),
      },
      dryRun: input.dryRun,
      describe: (after) => `project ${id}: ${plain(after.name)}`,
    });
  },
});
