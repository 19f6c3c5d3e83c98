import type { ManageRecord } from '../../../src/manage/index.ts';
import { idOf, type Named, type NameKind, type Names, nameOf } from '../../../src/names/index.ts';
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

/** Names to records, each of them once. @throws for names that are unknown or fit several */
export async function resolveAll(
  names: Names,
  kind: NameKind,
  given: readonly string[],
  argument: string,
): Promise<readonly Named[]> {
  const found = await Promise.all(given.map((name) => names.resolve(kind, name, { argument })));
  return found.filter(({ id }, index) => found.findIndex((other) => other.id === id) === index);
}

/** The requests that make a record belong to exactly what is wanted: rows that lack are added, rows that are too many go. */
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
