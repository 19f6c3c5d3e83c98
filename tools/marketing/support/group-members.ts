import type { ManageRecord } from '../../../src/manage/index.ts';
import type { Named } from '../../../src/names/index.ts';
import { field } from '../../../src/query/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import type { Step, ToolContext } from '../../../src/tool/index.ts';

/** Who can be in a marketing group; rows of these lists go by the ids of contacts and companies. */
export const MEMBER_LISTS = {
  contact: '/marketing/groups/{parentId}/contacts',
  company: '/marketing/groups/{parentId}/companies',
} as const;

/** Operations that changing who is in a group needs. */
export const MEMBER_OPERATIONS = Object.values(MEMBER_LISTS).flatMap((list) => [
  `GET ${list}`,
  `POST ${list}`,
  `DELETE ${list}/{id}`,
]);

export interface MemberChange {
  readonly kind: keyof typeof MEMBER_LISTS;
  readonly add: readonly Named[];
  readonly remove: readonly Named[];
}

const memberOf = (kind: MemberChange['kind'], { label, id }: Named): Clean =>
  say`${kind} ${cleanLine(label)} (id ${id})`;

/** The ids of all contacts or companies in a group. */
export async function memberIds(
  groupId: number,
  kind: MemberChange['kind'],
  { manage, signal }: ToolContext,
): Promise<readonly number[]> {
  const path = { parentId: groupId };
  const rows = await manage.all<ManageRecord>(`GET ${MEMBER_LISTS[kind]}`, { path, fields: ['id'], signal });
  return rows.map(({ id }) => Number(id));
}

/** The request that adds a member to a group, which may be one that an earlier step makes. */
export function addition(
  kind: MemberChange['kind'],
  member: Named,
  groupId: number | 'made',
  context: ToolContext,
): Step {
  const { manage } = context;
  const list = MEMBER_LISTS[kind];
  const pathOf = (made: readonly ManageRecord[]) => ({
    parentId: groupId === 'made' ? (made[0]?.id as number) : groupId,
  });
  const look: Step['find'] = (signal, made) =>
    manage.first(`GET ${list}`, { path: pathOf(made), conditions: field('id', '=', member.id), signal });
  return {
    operation: `POST ${list}`,
    request: (made) => ({ path: pathOf(made), body: { id: member.id } }),
    // Who is in a group that is there was looked up before.
    ...(groupId === 'made' ? { find: look } : { settle: look }),
    does: say`${memberOf(kind, member)} added`,
  };
}

/**
 * The requests that add to a group who is not in it, and take out who is.
 * @returns the steps, and a line for each member who needs none
 */
export async function memberSteps(
  groupId: number,
  { kind, add, remove }: MemberChange,
  context: ToolContext,
): Promise<{ steps: Step[]; says: Clean[] }> {
  const { manage, signal } = context;
  const list = MEMBER_LISTS[kind];
  const path = { parentId: groupId };
  const ids = [...add, ...remove].map(({ id }) => id);
  if (ids.length === 0) return { steps: [], says: [] };
  const rows = await manage.all<ManageRecord>(`GET ${list}`, { path, conditions: field('id', 'in', ids), signal });
  const inside = new Set(rows.map(({ id }) => Number(id)));
  const isIn = ({ id }: Named): boolean => inside.has(id);
  const removals = remove.filter(isIn).map(
    (member): Step => ({
      operation: `DELETE ${list}/{id}`,
      request: { path: { ...path, id: member.id } },
      does: say`${memberOf(kind, member)} removed`,
      link: true,
    }),
  );
  return {
    steps: [
      ...add.filter((member) => !isIn(member)).map((member) => addition(kind, member, groupId, context)),
      ...removals,
    ],
    says: [
      ...add.filter(isIn).map((member) => say`${memberOf(kind, member)} is already in it`),
      ...remove.filter((member) => !isIn(member)).map((member) => say`${memberOf(kind, member)} is not in it`),
    ],
  };
}
