import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { invalidObject, notFound } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { expand, idOf } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { convertTicket } from './ticket-conversion.ts';
import { ticketReferences } from './ticket-lists.ts';
import { followStatus } from './ticket-status.ts';

const done: ActionAnswer = { status: 200, body: { success: true, message: '' } };

const listOfIds = (body: unknown, member: string): number[] => {
  const list = (body as Record<string, unknown> | undefined)?.[member];
  return Array.isArray(list) ? list.map(Number) : [];
};

function ticketsOf(ids: readonly number[], { store }: HookContext): SandboxRecord[] {
  return ids.map((id) => {
    const found = store.collection('/service/tickets').get(id);
    if (found === undefined) throw notFound(`Service Ticket ${id} not found`);
    return found;
  });
}

function merge({ body }: ActionRequest, context: HookContext): ActionAnswer {
  const parentId = context.parentIds[0] ?? 0;
  const [parent] = ticketsOf([parentId], context);
  const tickets = context.store.collection('/service/tickets');
  const status = (body as { status?: Record<string, unknown> } | undefined)?.status;
  if (status?.id === undefined)
    throw invalidObject('ticketMerge', [
      { code: 'MissingRequiredField', message: 'The status/id field is required.', field: 'status' },
    ]);
  const statuses = context.store.collection('/service/boards/{parentId}/statuses');
  const closing = statuses.get(Number(status.id));
  const children = ticketsOf(listOfIds(body, 'mergeTicketIds'), context);
  if (closing === undefined || children.some(({ id }) => id === parentId))
    throw invalidObject('ticketMerge', [
      closing === undefined
        ? { code: 'NotFound', message: `Service Status ${status.id} not found`, field: 'status/id' }
        : { code: 'InvalidField', message: 'A ticket cannot be merged into itself.', field: 'mergeTicketIds' },
    ]);
  for (const child of children) {
    // A child of another board has no such status: it gets that board's of the same name, and else keeps its own.
    const board = idOf(child.board) ?? 0;
    const own = [...statuses.all([board])].find(({ id, name }) => id === closing.id || name === closing.name);
    const next: SandboxRecord = {
      ...child,
      mergedParentTicket: { id: parentId, summary: parent?.summary },
      ...(own && {
        status: expand(own, 'ServiceStatusReference', '/service/boards/{parentId}/statuses', context.api),
      }),
    };
    followStatus(next, child, context);
    tickets.put(next, { by: context.caller.identifier, at: context.now });
  }
  if (parent !== undefined)
    tickets.put({ ...parent, hasMergedChildTicketFlag: true }, { by: context.caller.identifier, at: context.now });
  return done;
}

function attachChildren({ body }: ActionRequest, context: HookContext): ActionAnswer {
  const parentId = context.parentIds[0] ?? 0;
  const tickets = context.store.collection('/service/tickets');
  for (const child of ticketsOf(listOfIds(body, 'childTicketIds'), context))
    tickets.put({ ...child, parentTicketId: parentId }, { by: context.caller.identifier, at: context.now });
  const [parent] = ticketsOf([parentId], context);
  if (parent !== undefined)
    tickets.put({ ...parent, hasChildTicket: true }, { by: context.caller.identifier, at: context.now });
  return done;
}

export const ticketActions: NonNullable<Behaviour['actions']> = {
  'POST /service/tickets/{parentId}/merge': merge,
  'POST /service/tickets/{parentId}/attachChildren': attachChildren,
  'POST /service/tickets/{parentId}/convert': convertTicket('service'),
  ...ticketReferences('service'),
};
