import { z } from 'zod';
import { dayToManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { type Named, nameOf, referenceTo } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import { type Clean, cleanLine, joined, say } from '../../src/text/index.ts';
import {
  cleared,
  create,
  type Duplicate,
  defineTool,
  fragments,
  inThePast,
  newCustomFields,
  sameText,
  type ToolContext,
  ToolInputError,
  update,
  withCustomFields,
} from '../../src/tool/index.ts';

const PHASES = '/project/projects/{parentId}/phases';

/** Whether a phase is under another, by their WBS codes: 1.2.1 is under 1.2. */
const isBelow = (one: Named | undefined, other: Named): boolean =>
  one !== undefined && String(one.record.wbsCode ?? '').startsWith(`${String(other.record.wbsCode ?? '?')}.`);

/**
 * The code of the next place under a phase: Manage places phases by their code, and a parent alone moves none. Nothing where the phase
 * is there already.
 * @throws {ToolInputError} for a phase that has others under it, whose codes would name a place that is gone
 */
async function placeUnder(
  { manage, signal }: ToolContext,
  { phase, under, projectId }: { phase: Named; under: Named; projectId: number },
): Promise<string | undefined> {
  const parent = String(under.record.wbsCode ?? '');
  const isDirectly = (code: unknown): boolean => /^(.*)\./.exec(String(code ?? ''))?.[1] === parent;
  if (parent === '' || isDirectly(phase.record.wbsCode)) return undefined;
  const phases = await manage.all<ManageRecord>(`GET ${PHASES}`, {
    path: { parentId: projectId },
    fields: ['id', 'description', 'wbsCode'],
    signal,
  });
  const below = phases.filter(({ wbsCode }) => String(wbsCode).startsWith(`${String(phase.record.wbsCode)}.`));
  if (below.length > 0)
    throw new ToolInputError(
      'under',
      say`under: ${cleanLine(phase.label)} has phases of its own, which would lose it: ${joined(
        below.map((row) => cleanLine(row.description)),
        ', ',
      )}. Move these first.`,
    );
  const taken = phases
    .filter(({ wbsCode }) => isDirectly(wbsCode))
    .map(({ wbsCode }) => Number(String(wbsCode).split('.').at(-1)));
  return `${parent}.${Math.max(0, ...taken.filter(Number.isFinite)) + 1}`;
}

export default defineTool({
  name: 'save_project_phase',
  title: 'Save project phase',
  toolset: 'project',
  effect: 'update',
  uses: [`POST ${PHASES}`, `PATCH ${PHASES}/{id}`, `GET ${PHASES}`, `GET ${PHASES}/{id}`],
  description: 'Add a phase to a project, or with phase change one: name, parent, status, budget, deadline.',
  input: z.strictObject({
    project: fragments.name('project'),
    phase: fragments.name('phase', { of: 'project', description: 'To change: name, WBS code or id' }).optional(),
    name: z.string().optional(),
    under: fragments.name('phase', { of: 'project', description: 'Parent phase' }).optional(),
    status: fragments.name('phaseStatus').optional(),
    budgetHours: fragments.hours(z.number().min(0).optional()),
    deadline: fragments.day('ahead').optional(),
    notes: fragments.prose().optional(),
    customFields: fragments.customFields,
    clear: fragments.clear(['budgetHours', 'deadline', 'notes']),
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { id: 'phase', phaseId: 'phase', description: 'name', parentPhase: 'under', deadlineDate: 'deadline' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, signal } = context;
    const { project, phase, name, under, status, deadline } = input;
    const label = say`project ${cleanLine(project.label)} (id ${project.id})`;
    const members: ManageRecord = {
      description: name,
      parentPhase: referenceTo(under),
      status: referenceTo(status),
      budgetHours: input.budgetHours,
      deadlineDate: deadline && dayToManage(deadline),
      notes: input.notes,
    };
    const consent = {
      dryRun: input.dryRun,
      confirm: input.confirm,
      warnings: inThePast({ deadline }, await context.now()),
      question: say`Save the phase ${cleanLine(name ?? phase?.label)} of ${label}?`,
    };
    const describe = (row: ManageRecord): Clean => {
      const parent = row.parentPhase == null ? say`` : say`, under ${cleanLine(nameOf(row.parentPhase))}`;
      return say`phase ${Number(row.id)}: ${cleanLine(row.wbsCode)} ${cleanLine(row.description)} of ${label}${parent}`;
    };
    const duplicate: Duplicate | undefined =
      input.allowDuplicate || name === undefined
        ? undefined
        : {
            find: (until) =>
              sameText(
                context,
                {
                  list: `GET ${PHASES}`,
                  path: { parentId: project.id },
                  member: 'description',
                  text: name,
                  conditions: phase && field('id', '!=', phase.id),
                },
                until,
              ),
            argument: 'name',
            says: (row) =>
              say`${label} already has the phase ${Number(row.id)} "${cleanLine(row.description)}". Send phase to change it, or allowDuplicate: true.`,
          };
    if (phase !== undefined) {
      if (under?.id === phase.id || isBelow(under, phase))
        throw new ToolInputError('under', say`under: a phase is not under itself or one of its own.`);
      const path = { parentId: project.id, id: phase.id };
      const before = await manage.get<ManageRecord>(`GET ${PHASES}/{id}`, { path, signal });
      const wbsCode = under && (await placeUnder(context, { phase, under, projectId: project.id }));
      return update(context, {
        operation: `PATCH ${PHASES}/{id}`,
        path,
        before,
        members: {
          ...members,
          wbsCode,
          customFields: input.customFields && (await withCustomFields(context, before, input.customFields)),
          ...cleared(input, { budgetHours: 'budgetHours', deadline: 'deadlineDate', notes: 'notes' }),
        },
        duplicate,
        ...consent,
        describe,
      });
    }
    if (name === undefined)
      throw new ToolInputError('name', say`Send name for a new phase, or phase for the one to change.`);
    const path = { parentId: project.id };
    return create(context, {
      operation: `POST ${PHASES}`,
      path,
      members: { ...members, ...(await newCustomFields(context, `GET ${PHASES}`, input.customFields, path)) },
      duplicate,
      ...consent,
      describe,
    });
  },
});
