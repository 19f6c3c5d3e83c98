import type { ActionAnswer, ActionRequest, Behaviour, HookContext } from '../behaviour.ts';
import { missing } from './missing.ts';

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
