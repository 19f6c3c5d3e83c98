import type { ActionAnswer, ActionRequest, Behaviour, HookContext } from '../behaviour.ts';
import { expand } from '../references.ts';
import type { SandboxRecord } from '../store/store.ts';
import { idOf } from './board-scope.ts';
import { documentParents } from './document.ts';

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
