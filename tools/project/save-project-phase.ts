import { z } from 'zod';
import { dateOnly, readDay, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf, resolveGiven } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import {
  createRecord,
  defineLegacyTool as defineTool,
  fragments,
  newCustomFields,
  ToolInputError,
  updateRecord,
  withCustomFields,
} from '../../src/tool/index.ts';

const PHASES = '/project/projects/{parentId}/phases';

export default defineTool({
  name: 'save_project_phase',
  title: 'Save project phase',
  toolset: 'project',
  effect: 'update',
  uses: [`POST ${PHASES}`, `PATCH ${PHASES}/{id}`, `GET ${PHASES}`, `GET ${PHASES}/{id}`],
  description: 'Add a phase to a project, or with phase change one: name, parent, status, budget, deadline.',
  input: z.strictObject({
    project: z.string(),
    phase: z.string().optional().describe('To change: name, WBS code or id'),
    name: z.string().optional(),
    under: z.string().optional().describe('Parent phase'),
    status: z.string().optional(),
    budgetHours: z.number().min(0).optional(),
    deadline: z.string().optional(),
    notes: z.string().optional(),
    customFields: fragments.customFields,
    dryRun: fragments.dryRun,
  }),
  aliases: { id: 'phase', phaseId: 'phase', description: 'name', parentPhase: 'under', deadlineDate: 'deadline' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, now, plain } = context;
    const project = await names.resolve('project', input.project, { argument: 'project' });
    const scope = { projectId: project.id };
    const parent = await resolveGiven(names, 'phase', input.under, { argument: 'under', ...scope });
    const status = await resolveGiven(names, 'phaseStatus', input.status, { argument: 'status' });
    const deadline =
      input.deadline === undefined
        ? undefined
        : readDay(input.deadline, { now: await now(), argument: 'deadline', direction: 'ahead' }).at;
    const members: ManageRecord = {
      ...(input.name !== undefined && { description: input.name }),
      ...(parent && { parentPhase: { id: parent.id } }),
      ...(status && { status: { id: status.id } }),
      ...(input.budgetHours !== undefined && { budgetHours: input.budgetHours }),
      ...(deadline && { deadlineDate: toManage(dateOnly(deadline)) }),
      ...(input.notes !== undefined && { notes: input.notes }),
    };
    const describe = (row: ManageRecord): string =>
      `phase ${row.id}: ${plain(row.wbsCode)} ${plain(row.description)} of ${plain(project.label)}${row.parentPhase == null ? '' : `, under ${plain(nameOf(row.parentPhase))}`}`;
    if (input.phase !== undefined) {
      const phase = await names.resolve('phase', input.phase, { argument: 'phase', ...scope });
      const path = { parentId: project.id, id: phase.id };
      const before = await manage.get<ManageRecord>(`GET ${PHASES}/{id}`, { path, signal });
      return updateRecord(context, {
        operation: `PATCH ${PHASES}/{id}`,
        path,
        before,
        members: {
          ...members,
          ...(input.customFields && { customFields: withCustomFields(before, input.customFields) }),
        },
        dryRun: input.dryRun,
        describe,
      });
    }
    const { name } = input;
    if (name === undefined)
      throw new ToolInputError('name', 'Send name for a new phase, or phase for the one to change.');
    const path = { parentId: project.id };
    const find = (signal: AbortSignal): Promise<ManageRecord | undefined> =>
      manage.first(`GET ${PHASES}`, { path, conditions: field('description', '=', name), signal });
    return createRecord(context, {
      operation: `POST ${PHASES}`,
      path,
      body: { ...members, ...(await newCustomFields(context, `GET ${PHASES}`, input.customFields, path)) },
      dryRun: input.dryRun,
      describe,
      twin: {
        find,
        argument: 'name',
        says: (twin) =>
          `${plain(project.label)} has the phase ${twin.id} "${plain(twin.description)}" already. Send phase to change it.`,
      },
    });
  },
});
