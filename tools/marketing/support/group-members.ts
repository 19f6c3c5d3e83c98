import type { ManageRecord } from '../../../src/manage/index.ts';
import type { Named } from '../../../src/names/index.ts';
import { field } from '../../../src/query/index.ts';
import type { LegacyStep as Step, LegacyToolContext as ToolContext } from '../../../src/tool/index.ts';

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

/** The contacts or companies that are meant, each once. @throws for names that are unknown or fit several */
export async function readMembers(
  kind: MemberChange['kind'],
  given: readonly string[] | undefined,
  argument: string,
  { names }: ToolContext,
): Promise<Named[]> {
  const found = await Promise.all((given ?? []).map((name) => names.resolve(kind, name, { argument })));
  return [...new Map(found.map((named) => [named.id, named])).values()];
}

/**
 * The requests that add to a group who is not in it, and take out who is.
 * @returns the steps, and a line for each who needs none, cleaned
 */
export async function memberSteps(
  groupId: number,
  { kind, add, remove }: MemberChange,
  { manage, signal, plain }: ToolContext,
): Promise<{ steps: Step[]; says: string[] }> {
  const list = MEMBER_LISTS[kind];
  const path = { parentId: groupId };
  const ids = [...add, ...remove].map(({ id }) => id);
  if (ids.length === 0) return { steps: [], says: [] };
  const { rows } = await manage.page<ManageRecord>(`GET ${list}`, {
    path,
    conditions: field('id', 'in', ids),
    pageSize: 1000,
    signal,
  });
  const inside = new Set(rows.map(({ id }) => Number(id)));
  const isIn = ({ id }: Named): boolean => inside.has(id);
  const added = add
    .filter((named) => !isIn(named))
    .map(
      ({ id, label }): Step => ({
        operation: `POST ${list}`,
        request: {
          path,
          body: { id },
          settle: (after) => manage.first(`GET ${list}`, { path, conditions: field('id', '=', id), signal: after }),
        },
        does: `${kind} ${plain(label)} added`,
      }),
    );
  const removed = remove.filter(isIn).map(
    ({ id, label }): Step => ({
      operation: `DELETE ${list}/{id}`,
      request: { path: { ...path, id } },
      does: `${kind} ${plain(label)} removed`,
    }),
  );
  return {
    steps: [...added, ...removed],
    says: [
      ...add.filter(isIn).map(({ label }) => `${kind} ${plain(label)} is in it already`),
      ...remove.filter((named) => !isIn(named)).map(({ label }) => `${kind} ${plain(label)} is not in it`),
    ],
  };
}
