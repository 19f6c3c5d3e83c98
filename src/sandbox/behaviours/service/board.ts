import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { type FieldError, missing } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { expand, idOf } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';

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

const BOARDS = '/service/boards';
/** What a board has of its own, and its copy gets as well. */
const BELOW = ['statuses', 'types', 'subtypes', 'items', 'teams'] as const;

/** Another board like this one, with statuses, types and teams of its own. What else the real server copies is not known. */
function copy({ body, operation }: ActionRequest, { store, caller, now }: HookContext): ActionAnswer {
  const { id, name } = (body ?? {}) as { id?: number; name?: string };
  const source = store.collection(BOARDS).get(Number(id));
  if (source === undefined) throw missing('Board', id);
  const written = { by: caller.identifier, at: now };
  const { id: _, _info, ...board } = source;
  const made = store.collection(BOARDS).put({ ...board, name: name ?? `Copy of ${String(board.name)}` }, written);
  for (const table of BELOW) {
    const rows = store.collection(`${BOARDS}/{parentId}/${table}`);
    for (const { id: __, _info: ___, ...row } of [...rows.all([source.id])])
      rows.put(
        { ...row, ...(row.boardId !== undefined && { boardId: made.id }) },
        { parentIds: [made.id], ...written },
      );
  }
  return { status: operation.response.status, body: made };
}

export const boardCopy: Behaviour = {
  collection: `${BOARDS}/{parentId}/copies`,
  actions: { [`POST ${BOARDS}/copy`]: copy },
};

/** Statuses of a board: one default, not deletable while tickets have them. */
export const boardStatus: Behaviour = {
  collection: '/service/boards/{parentId}/statuses',
  label: 'Service Status',
  afterSave(record, { store, parentIds }) {
    if (record.defaultFlag !== true) return;
    const statuses = store.collection('/service/boards/{parentId}/statuses');
    for (const other of [...statuses.all(parentIds)])
      if (other.id !== record.id && other.defaultFlag === true) statuses.put({ ...other, defaultFlag: false });
  },
  beforeDelete(record, { store, fail }) {
    const used = [...store.collection('/service/tickets').where('status/id', record.id)].length > 0;
    // The real server's words for this are not known.
    return used
      ? fail(409, { code: 'ObjectInUse', message: `Service Status ${record.id} is in use and cannot be deleted.` })
      : undefined;
  },
};
