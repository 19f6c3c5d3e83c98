import type { ManageRecord } from '../../../src/manage/index.ts';
import { idOf, type Named, nameOf } from '../../../src/names/index.ts';
import type { LegacyStep as Step, LegacyToolContext as ToolContext } from '../../../src/tool/index.ts';

/** A list inside a company or contact whose rows say what it belongs to: its types, its marketing groups. */
export interface Membership {
  /** As `/company/companies/{parentId}/typeAssociations`. */
  readonly list: string;
  readonly parentId: number;
  /** The member of a row that refers to the type or group. */
  readonly member: 'type' | 'group';
  /** The member of a row that refers to the record itself. */
  readonly owner: 'company' | 'contact';
}

/** The requests that make a record belong to exactly what is wanted: missing rows are added, others removed. */
export async function membershipSteps(
  { manage, signal, plain }: ToolContext,
  { list, parentId, member, owner }: Membership,
  wanted: readonly Named[],
): Promise<Step[]> {
  const path = { parentId };
  const read = async (): Promise<readonly ManageRecord[]> =>
    (await manage.page(`GET ${list}`, { path, pageSize: 1000, signal })).rows;
  const rows = await read();
  const added = wanted
    .filter(({ id }) => !rows.some((row) => idOf(row[member]) === id))
    .map(
      ({ id, label }): Step => ({
        operation: `POST ${list}`,
        request: {
          path,
          body: { [member]: { id }, [owner]: { id: parentId } },
          settle: async () => (await read()).find((row) => idOf(row[member]) === id),
        },
        does: `${member} ${plain(label)} added`,
      }),
    );
  const removed = rows
    .filter((row) => !wanted.some(({ id }) => id === idOf(row[member])))
    .map(
      (row): Step => ({
        operation: `DELETE ${list}/{id}`,
        request: { path: { ...path, id: Number(row.id) } },
        does: `${member} ${plain(nameOf(row[member]))} removed`,
      }),
    );
  return [...added, ...removed];
}
