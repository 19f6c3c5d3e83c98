import type { ManageRecord } from '../../../src/manage/index.ts';
import { idOf, type Named, nameOf } from '../../../src/names/index.ts';
import { cleanLine, say } from '../../../src/text/index.ts';
import type { Step, ToolContext } from '../../../src/tool/index.ts';

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

/**
 * The requests that make a record belong to exactly what is wanted: missing rows are added, others removed. None when nothing is
 * wanted of it.
 */
export async function membershipSteps(
  { manage, signal }: ToolContext,
  { list, parentId, member, owner }: Membership,
  wanted: readonly Named[] | undefined,
): Promise<Step[]> {
  if (wanted === undefined) return [];
  const path = { parentId };
  const read = () => manage.all<ManageRecord>(`GET ${list}`, { path, signal });
  const rows = await read();
  const added = wanted
    .filter(({ id }) => !rows.some((row) => idOf(row[member]) === id))
    .map(
      ({ id, label }): Step => ({
        operation: `POST ${list}`,
        request: { path, body: { [member]: { id }, [owner]: { id: parentId } } },
        settle: async () => (await read()).find((row) => idOf(row[member]) === id),
        does: say`${member} ${cleanLine(label)} added`,
      }),
    );
  const removed = rows
    .filter((row) => !wanted.some(({ id }) => id === idOf(row[member])))
    .map(
      (row): Step => ({
        operation: `DELETE ${list}/{id}`,
        request: { path: { ...path, id: Number(row.id) } },
        link: true,
        does: say`${member} ${cleanLine(nameOf(row[member]))} removed`,
      }),
    );
  return [...added, ...removed];
}
