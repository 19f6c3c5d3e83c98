import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf, resolveGiven } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import {
  createRecord,
  defineLegacyTool as defineTool,
  fragments,
  removeRecord,
  ToolInputError,
} from '../../src/tool/index.ts';

const TEAM = '/project/projects/{parentId}/teamMembers';

export default defineTool({
  name: 'set_project_team',
  title: 'Set project team',
  toolset: 'project',
  effect: 'update',
  idempotent: true,
  uses: [`POST ${TEAM}`, `GET ${TEAM}`, `DELETE ${TEAM}/{id}`],
  description: 'Put a member on the team of a project in a role, or take one off (the person has to agree).',
  input: z.strictObject({
    project: z.string(),
    member: z.string(),
    role: z.string().optional().describe('Project role'),
    hours: z.number().min(0).optional(),
    remove: z.boolean().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { projectId: 'project', projectRole: 'role', technician: 'member' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, plain } = context;
    const project = await names.resolve('project', input.project, { argument: 'project' });
    const member = await names.resolve('member', input.member, { argument: 'member' });
    const path = { parentId: project.id };
    const find = (): Promise<ManageRecord | undefined> =>
      manage.first(`GET ${TEAM}`, { path, conditions: field('member/id', '=', member.id), signal });
    const own = await find();
    const who = `${plain(member.label)} on ${plain(project.label)}`;
    if (input.remove) {
      if (own === undefined)
        throw new ToolInputError('member', `${plain(member.label)} is not on the team of ${plain(project.label)}.`);
      return removeRecord(context, {
        operation: `DELETE ${TEAM}/{id}`,
        path: { ...path, id: Number(own.id) },
        what: `team member ${own.id}: ${who}`,
        dryRun: input.dryRun,
        confirm: input.confirm,
      });
    }
    if (own !== undefined)
      throw new ToolInputError(
        'member',
        `${who}: is on the team already as ${plain(nameOf(own.projectRole))} (team member ${own.id}).`,
      );
    const roles = await names.list('projectRole');
    const role =
      (await resolveGiven(names, 'projectRole', input.role, { argument: 'role' })) ??
      (roles.length === 1 ? roles[0] : undefined);
    if (role === undefined)
      throw new ToolInputError('role', 'Say in which role.', { allowed: roles.map(({ label }) => label) });
    return createRecord(context, {
      operation: `POST ${TEAM}`,
      path,
      body: {
        member: { id: member.id },
        projectRole: { id: role.id },
        ...(input.hours !== undefined && { hours: input.hours }),
      },
      dryRun: input.dryRun,
      describe: (created) => `team member ${created.id}: ${who} as ${plain(nameOf(created.projectRole) ?? role.label)}`,
      settle: async () => {
        const now = await find();
        return idOf(now?.member) === member.id ? now : undefined;
      },
    });
  },
});
