import type { Behaviour } from '../../contract/behaviour.ts';

/** Tasks of service and of project tickets: open, and behind those that are there, unless somebody says otherwise. */
export const ticketTasks: readonly Behaviour[] = (['service', 'project'] as const).map((side) => ({
  collection: `/${side}/tickets/{parentId}/tasks`,
  resource: 'task',
  label: 'Task',
  defaults(record, { store, parentIds }) {
    record.ticketId = parentIds[0];
    record.closedFlag ??= false;
    const before = [...store.collection(`/${side}/tickets/{parentId}/tasks`).all(parentIds)];
    record.priority ??= Math.max(0, ...before.map(({ priority }) => Number(priority ?? 0))) + 1;
  },
}));
