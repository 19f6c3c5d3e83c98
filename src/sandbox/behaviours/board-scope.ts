import type { FieldError, HookContext } from '../behaviour.ts';
import { expand } from '../references.ts';
import type { SandboxRecord } from '../store/store.ts';

export const idOf = (reference: unknown): number | undefined => {
  const id = typeof reference === 'object' && reference !== null ? (reference as { id?: unknown }).id : undefined;
  return typeof id === 'number' ? id : undefined;
};

/** What of a ticket belongs to its board: member, table under the board, Manage's word for it, reference schema. */
const SCOPED = [
  ['status', 'statuses', 'Service Status', 'ServiceStatusReference'],
  ['type', 'types', 'Service Type', 'ServiceTypeReference'],
  ['subType', 'subtypes', 'Service SubType', 'ServiceSubTypeReference'],
  ['item', 'items', 'Service Item', 'ServiceItemReference'],
  ['team', 'teams', 'Service Team', 'ServiceTeamReference'],
] as const;

/** Statuses, types and teams that belong to another board than the ticket's. */
export function boardErrors(record: SandboxRecord, { store }: HookContext): FieldError[] {
  const board = idOf(record.board);
  if (board === undefined) return [];
  return SCOPED.flatMap(([member, table, word]) => {
    const id = idOf(record[member]);
    if (id === undefined) return [];
    const owner = store.collection(`/service/boards/{parentId}/${table}`).parentsOf(id)[0];
    return owner === board
      ? []
      : [{ code: 'NotFound', message: `${word} ${id} not found for Service Board ${board}`, field: `${member}/id` }];
  });
}

/** The default status, and the default team, of the ticket's board where it has none. */
export function boardDefaults(record: SandboxRecord, { store, api }: HookContext, withTeam: boolean): void {
  const board = idOf(record.board);
  if (board === undefined) return;
  for (const [member, table, , schema] of SCOPED) {
    const wanted = member === 'status' || (member === 'team' && withTeam);
    if (!wanted || record[member] !== undefined) continue;
    const rows = [...store.collection(`/service/boards/{parentId}/${table}`).all([board])];
    const chosen = rows.find(({ defaultFlag }) => defaultFlag === true);
    if (chosen !== undefined) record[member] = expand(chosen, schema, `/service/boards/{parentId}/${table}`, api);
  }
}

export const statusOf = (record: SandboxRecord, { store }: HookContext): SandboxRecord | undefined =>
  store.collection('/service/boards/{parentId}/statuses').get(idOf(record.status) ?? 0);
