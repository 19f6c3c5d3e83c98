import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { findTicket, type TicketKind } from '../../src/names/index.ts';
import { type Clean, cleanLine, say } from '../../src/text/index.ts';
import { refuseMerged } from '../../src/tickets/merged.ts';
import { create, defineTool, fragments, remove, saysSame, ToolInputError, update } from '../../src/tool/index.ts';
import { partMeant } from './support/part-meant.ts';

const LISTS = ['/service/tickets/{parentId}/tasks', '/project/tickets/{parentId}/tasks'] as const;

const CLEARABLE = ['resolution'] as const;

const line = ({ id, closedFlag, notes }: ManageRecord): Clean =>
  say`${Number(id)}: [${closedFlag === true ? 'x' : ' '}] ${cleanLine(notes)}`;

export default defineTool({
  name: 'save_ticket_task',
  title: 'Save ticket task',
  toolset: 'service',
  effect: 'update',
  uses: [
    'GET /service/tickets/{id}',
    'GET /project/tickets/{id}',
    ...LISTS.flatMap((list) => [
      `GET ${list}`,
      `POST ${list}`,
      `GET ${list}/{id}`,
      `PATCH ${list}/{id}`,
      `DELETE ${list}/{id}`,
    ]),
  ],
  description: 'Add a task to a ticket (send text), or with task complete, reopen, edit or delete one.',
  input: z.strictObject({
    ticketId: z.int(),
    task: z.string().optional().describe('Id or words of it'),
    text: fragments.prose().optional(),
    done: z.boolean().optional(),
    resolution: fragments.prose().optional(),
    order: z.int().min(0).optional(),
    delete: z.boolean().optional(),
    clear: fragments.clear(CLEARABLE),
    allowDuplicate: z.boolean().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: {
    id: 'ticketId',
    ticket: 'ticketId',
    taskId: 'task',
    notes: 'text',
    name: 'text',
    description: 'text',
    closed: 'done',
    closedFlag: 'done',
    complete: 'done',
    completed: 'done',
    priority: 'order',
    remove: 'delete',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, signal } = context;
    const { ticketId, text, dryRun, confirm } = input;
    const under = { parentId: ticketId };
    const tasksAs = (kind: TicketKind, until: AbortSignal) =>
      manage.all<ManageRecord>(`GET /${kind}/tickets/{parentId}/tasks`, { path: under, signal: until });
    // Most are service tickets: their tasks are read beside the question which it is.
    const ofService = tasksAs('service', signal);
    ofService.catch(() => undefined);
    const { kind, record: ticket } = await findTicket(manage, ticketId, signal);
    refuseMerged(ticket);
    const list = `/${kind}/tickets/{parentId}/tasks`;
    const read = (until: AbortSignal) => tasksAs(kind, until);
    const tasks = await (kind === 'service' ? ofService : read(signal));
    const members: ManageRecord = {
      notes: text,
      closedFlag: input.done,
      resolution: input.clear === undefined ? input.resolution : null,
      priority: input.order,
    };
    const describe = (task: ManageRecord): Clean =>
      say`task ${line(task)}, ticket ${ticketId}, ${cleanLine(ticket.summary)}`;
    if (input.task !== undefined) {
      const before = partMeant(input.task, tasks, { argument: 'task', text: ({ notes }) => notes, line });
      const path = { ...under, id: Number(before.id) };
      if (!input.delete)
        return update(context, { operation: `PATCH ${list}/{id}`, path, before, members, dryRun, confirm, describe });
      if (Object.values(members).some((value) => value !== undefined))
        throw new ToolInputError('delete', say`delete removes the task; leave out what would change in it.`);
      return remove(context, { operation: `DELETE ${list}/{id}`, path, what: describe(before), dryRun, confirm });
    }
    if (text === undefined || input.delete)
      throw new ToolInputError(
        input.delete ? 'task' : 'text',
        say`Send text for a new task, or task for the one to change.`,
        { allowed: tasks.map(line) },
      );
    const known = new Set(tasks.map(({ id }) => id));
    const same = ({ notes, closedFlag }: ManageRecord): boolean => saysSame(notes, text) && closedFlag !== true;
    return create(context, {
      operation: `POST ${list}`,
      path: under,
      members,
      dryRun,
      confirm,
      describe,
      notes: [say`On ticket ${ticketId}, ${cleanLine(ticket.summary)}`],
      duplicate: input.allowDuplicate
        ? undefined
        : {
            // They were just read.
            find: async () => tasks.find((task) => same(task)),
            argument: 'text',
            says: (task) =>
              say`Ticket ${ticketId} already has the open task ${line(task)}. Send task: "${Number(task.id)}" to change it, or allowDuplicate: true.`,
          },
      find: async (until) => (await read(until)).find((task) => same(task) && !known.has(task.id)),
    });
  },
});
