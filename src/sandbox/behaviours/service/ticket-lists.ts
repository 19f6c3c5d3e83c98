import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { expand, idOf } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { documentParents } from '../system/document.ts';

type Side = 'service' | 'project';
type Rows = (ticketId: number, context: HookContext) => readonly SandboxRecord[];

/** What hangs on a ticket, by the list under it: where the records are, and the schema of a reference to one. */
const LISTS: Readonly<Record<string, readonly [collection: string, schema: string, rows: Rows]>> = {
  activities: [
    '/sales/activities',
    'ActivityReference',
    (id, { store }) => store.collection('/sales/activities').where('ticket/id', id),
  ],
  documents: [
    '/system/documents',
    'DocumentReference',
    (id, { store }) => [...store.collection('/system/documents').all(documentParents('Ticket', id))],
  ],
  products: [
    '/procurement/products',
    'ProductReference',
    (id, { store }) => store.collection('/procurement/products').where('ticket/id', id),
  ],
  scheduleentries: [
    '/schedule/entries',
    'ScheduleEntryReference',
    (id, { store }) =>
      store
        .collection('/schedule/entries')
        .where('objectId', id)
        .filter(({ type }) => idOf(type) === 4),
  ],
  timeentries: [
    '/time/entries',
    'TimeEntryReference',
    (id, { store }) =>
      store
        .collection('/time/entries')
        .where('chargeToId', id)
        .filter(({ chargeToType }) => String(chargeToType).endsWith('Ticket')),
  ],
};

/** Lists that hold references only, and their counters; the records themselves are asked for where they live. */
export function ticketReferences(side: Side): NonNullable<Behaviour['actions']> {
  const actions = Object.entries(LISTS).flatMap(([list, [collection, schema, rows]]) => {
    const answer = ({ list: listed }: ActionRequest, context: HookContext): ActionAnswer =>
      listed(
        rows(context.parentIds[0] ?? 0, context).map((row) => ({
          ...expand(row, schema, collection, context.api),
          ...(schema === 'DocumentReference' && { name: row.title }),
        })),
        { schema },
      );
    const path = `GET /${side}/tickets/{parentId}/${list}`;
    return [
      [path, answer],
      [`${path}/count`, answer],
    ] as const;
  });
  return Object.fromEntries(actions);
}

/** Where what hangs on a ticket is found, as Manage links it: the queries are its own, the spaces encoded so that the links open as they are. */
export const ticketLinks =
  (side: 'service' | 'project') =>
  (id: number): Readonly<Record<string, string>> => ({
    activities_href: `/sales/activities?conditions=ticket/id=${id}`,
    scheduleentries_href: `/schedule/entries?conditions=type/id=4%20AND%20objectId=${id}`,
    documents_href: `/system/documents?recordType=Ticket&recordId=${id}`,
    configurations_href: `/${side}/tickets/${id}/configurations`,
    tasks_href: `/${side}/tickets/${id}/tasks`,
    notes_href: `/${side}/tickets/${id}/notes`,
    products_href: `/procurement/products?conditions=chargeToType='Ticket'%20AND%20chargeToId=${id}`,
    timeentries_href: `/time/entries?conditions=(chargeToType='ServiceTicket'%20OR%20chargeToType='ProjectTicket')%20AND%20chargeToId=${id}`,
    expenseEntries_href: `/expense/entries?conditions=(chargeToType='ServiceTicket'%20OR%20chargeToType='ProjectTicket')%20AND%20chargeToId=${id}`,
  });
