import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, type Named, nameOf, referenceTo } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import { type Clean, cleanLine, joined, say } from '../../src/text/index.ts';
import { create, defineTool, fragments, type ToolContext, ToolInputError, update } from '../../src/tool/index.ts';

const TEAM = '/project/projects/{parentId}/teamMembers';

/** Who is meant, on which project, and the place that they have on its team already. */
interface Place {
  readonly project: Named;
  readonly member: Named;
  readonly own: ManageRecord | undefined;
  /** `Alex Chen on the team of Office move`. */
  readonly who: Clean;
}

/** The role that was named, or the only one there is. @throws {ToolInputError} with the roles */
async function roleOf(role: Named | undefined, { names }: ToolContext): Promise<Named> {
  if (role !== undefined) return role;
  const roles = await names.list('projectRole');
  const [only, ...others] = roles;
  if (only !== undefined && others.length === 0) return only;
  throw new ToolInputError('role', say`Say in which role.`, { allowed: roles.map(({ label }) => cleanLine(label)) });
}

/**
 * The place of a member on a team that is meant: the one in the role that was said, else the only one.
 * @param mustFit whether a role that the member does not have is an error: of who is taken off
 * @throws {ToolInputError} where the member has several, or another one
 */
function placeMeant(
  places: readonly ManageRecord[],
  { member, role }: { readonly member: Named; readonly role: Named | undefined },
  mustFit: boolean,
): ManageRecord | undefined {
  const [only, other] = places;
  const inRole = places.find(({ projectRole }) => role !== undefined && idOf(projectRole) === role.id);
  if (inRole !== undefined || only === undefined) return inRole;
  if (other === undefined && (role === undefined || !mustFit)) return only;
  const roles = joined(
    places.map(({ projectRole }) => cleanLine(nameOf(projectRole))),
    ', ',
  );
  throw new ToolInputError(
    'role',
    say`${cleanLine(member.label)} is on the team as ${roles}: say which role is meant.`,
  );
}

/** Takes a member off. That is a link which this tool sets again, so nobody is asked. */
function takeOff({ project, member, own, who }: Place, dryRun: boolean | undefined, { send }: ToolContext) {
  if (own === undefined)
    throw new ToolInputError(
      'member',
      say`${cleanLine(member.label)} is not on the team of ${cleanLine(project.label)}.`,
    );
  const id = Number(own.id);
  const what = say`team member ${id}: ${who} as ${cleanLine(nameOf(own.projectRole))}`;
  return send({
    steps: [
      {
        operation: `DELETE ${TEAM}/{id}`,
        request: { path: { parentId: project.id, id } },
        does: say`remove ${what}`,
        link: true,
      },
    ],
    notes: [say`Removes ${what}`],
    dryRun,
    answer: () => ({ structured: { id, removed: true }, text: say`Removed ${what}.` }),
  });
}

export default defineTool({
  name: 'set_project_team',
  title: 'Set project team',
  toolset: 'project',
  effect: 'update',
  idempotent: true,
  uses: [`POST ${TEAM}`, `GET ${TEAM}`, `GET ${TEAM}/{id}`, `PATCH ${TEAM}/{id}`, `DELETE ${TEAM}/{id}`],
  description: 'Put a member on the team of a project in a role, change role or hours, or take one off.',
  input: z.strictObject({
    project: fragments.name('project'),
    member: fragments.name('member'),
    role: fragments.name('projectRole', { description: 'Project role' }).optional(),
    hours: fragments.hours(z.number().min(0).optional()),
    remove: z.boolean().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { projectId: 'project', projectRole: 'role', technician: 'member' },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ project, member, role, hours, remove, dryRun }, context) {
    const { manage, signal } = context;
    const path = { parentId: project.id };
    const isMember = field('member/id', '=', member.id);
    const find = (until: AbortSignal): Promise<ManageRecord | undefined> =>
      manage.first(`GET ${TEAM}`, { path, conditions: isMember, signal: until });
    const places = await manage.all<ManageRecord>(`GET ${TEAM}`, { path, conditions: isMember, signal });
    if (remove && hours !== undefined)
      throw new ToolInputError('hours', say`remove takes the member off the team: leave hours out.`);
    const own = placeMeant(places, { member, role }, remove === true);
    const who = say`${cleanLine(member.label)} on the team of ${cleanLine(project.label)} (id ${project.id})`;
    if (remove) return takeOff({ project, member, own, who }, dryRun, context);
    const describe = (row: ManageRecord): Clean =>
      say`team member ${Number(row.id)}: ${who} as ${cleanLine(nameOf(row.projectRole) ?? role?.label)}`;
    const isNews =
      (role !== undefined && role.id !== idOf(own?.projectRole)) ||
      (hours !== undefined && hours !== Number(own?.hours ?? 0));
    if (own !== undefined && isNews)
      return update(context, {
        operation: `PATCH ${TEAM}/{id}`,
        path: { ...path, id: Number(own.id) },
        before: own,
        members: { projectRole: referenceTo(role), hours },
        dryRun,
        describe,
      });
    if (own !== undefined)
      throw new ToolInputError(
        'member',
        say`${cleanLine(member.label)} is already on the team as ${cleanLine(nameOf(own.projectRole))} (team member ${Number(own.id)}).`,
      );
    return create(context, {
      operation: `POST ${TEAM}`,
      path,
      members: {
        member: referenceTo(member),
        projectRole: referenceTo(await roleOf(role, context)),
        hours,
      },
      duplicate: {
        find,
        argument: 'member',
        says: (row) => say`${describe(row)} is already there.`,
      },
      dryRun,
      describe,
    });
  },
});
