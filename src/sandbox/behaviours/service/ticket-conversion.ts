import type { HookContext } from '../../contract/behaviour.ts';
import { invalidObject, missing } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { shapedAs } from '../../operations/conform.ts';
import { expand, idOf } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { boardDefaults } from './board.ts';
import { followStatus } from './ticket-status.ts';

type Side = 'service' | 'project';
const BELOW = ['notes', 'tasks', 'configurations'] as const;
/** What belongs to the board that the ticket leaves. */
const SCOPED = ['status', 'type', 'subType', 'item', 'team'] as const;

const phaseRequired = () =>
  invalidObject('convertToProject', [
    { code: 'MissingRequiredField', message: 'The phase/id field is required.', field: 'phase' },
  ]);

/** Project and phase that the ticket goes to. */
function placeOf(body: Record<string, unknown>, { store, api }: HookContext): Record<string, unknown> {
  const id = idOf(body.phase);
  if (id === undefined) throw phaseRequired();
  const phases = store.collection('/project/projects/{parentId}/phases');
  const phase = phases.get(id);
  const project = store.collection('/project/projects').get(phases.parentsOf(id)[0] ?? 0);
  if (phase === undefined || project === undefined)
    throw invalidObject('convertToProject', [
      { code: 'NotFound', message: `phase ${id} not found`, field: 'phase/id' },
    ]);
  return {
    project: expand(project, 'ProjectReference', '/project/projects', api),
    phase: { id: phase.id, name: phase.description },
    board: project.board,
    isIssueFlag: body.recordType === 'ProjectIssue',
    ...(body.wbsCode !== undefined && { wbsCode: body.wbsCode }),
  };
}

function moveBelow(from: Side, to: Side, id: number, { store }: HookContext): void {
  if (from === to) return;
  for (const table of BELOW) {
    const source = store.collection(`/${from}/tickets/{parentId}/${table}`);
    const target = store.collection(`/${to}/tickets/{parentId}/${table}`);
    for (const row of [...source.all([id])]) {
      source.remove(row.id);
      // They get ids of their new table.
      const { id: _, ...rest } = row;
      target.put(rest, { parentIds: [id] });
    }
  }
  const chargeToType = to === 'project' ? 'ProjectTicket' : 'ServiceTicket';
  const entries = store.collection('/time/entries');
  for (const entry of [...entries.where('chargeToId', id)])
    if (String(entry.chargeToType).endsWith('Ticket')) entries.put({ ...entry, chargeToType });
}

/** Makes a service ticket one of a project, a project ticket one of service, or a project ticket an issue. The ticket keeps its id. */
export const convertTicket =
  (from: Side) =>
  ({ body }: ActionRequest, context: HookContext): ActionAnswer => {
    const { store, api, caller, now } = context;
    const id = context.parentIds[0] ?? 0;
    const ticket = store.collection(`/${from}/tickets`).get(id);
    if (ticket === undefined) throw missing(from === 'service' ? 'Service Ticket' : 'Project Ticket', id);
    const wanted = (body ?? {}) as Record<string, unknown>;
    const to: Side = (wanted.recordType ?? 'ProjectTicket') === 'ServiceTicket' ? 'service' : 'project';
    const { _info, ...facts } = ticket;
    const draft: SandboxRecord = { ...facts, id };
    if (to === 'project' && !(from === 'project' && wanted.phase === undefined))
      Object.assign(draft, placeOf(wanted, context));
    if (to === 'project' && from === 'project') draft.isIssueFlag = wanted.recordType === 'ProjectIssue';
    if (to === 'service' && from === 'project') {
      const [board] = store.collection('/service/boards').all();
      if (board !== undefined) draft.board = expand(board, 'BoardReference', '/service/boards', api);
      for (const member of ['project', 'phase', 'wbsCode']) delete draft[member];
      draft.recordType = 'ServiceTicket';
    }
    if (idOf(draft.board) !== idOf(ticket.board)) for (const member of SCOPED) delete draft[member];
    boardDefaults(draft, context, to === 'service');
    followStatus(draft, ticket, context);
    const shaped = shapedAs(api, to === 'project' ? 'ProjectTicket' : 'Ticket', draft);
    store.collection(`/${from}/tickets`).remove(id);
    store.collection(`/${to}/tickets`).put({ ...shaped, id, _info }, { by: caller.identifier, at: now });
    moveBelow(from, to, id, context);
    return { status: 200, body: { success: true, message: '' } };
  };
