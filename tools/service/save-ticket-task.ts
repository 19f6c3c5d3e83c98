import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { findTicket } from '../../src/names/index.ts';
import {
  createRecord,
  defineLegacyTool as defineTool,
  fragments,
  removeRecord,
  type LegacyToolContext as ToolContext,
  ToolInputError,
  updateRecord,
} from '../../src/tool/index.ts';

const LISTS = ['/service/tickets/{parentId}/tasks', '/project/tickets/{parentId}/tasks'] as const;
const MOST = 200;

const line = (task: ManageRecord, plain: ToolContext['plain']): string =>
  `${task.id}: [${task.closedFlag === true ? 'x' : ' '}] ${plain(task.notes)}`;

/** The task that is meant: by its id, its whole text, or words of it that no other has. */
function meant(given: string, tasks: readonly ManageRecord[], plain: ToolContext['plain']): ManageRecord {
  const text = given.trim().toLowerCase();
  const byId = tasks.find(({ id }) => String(id) === text.replace('#', ''));
  if (byId !== undefined) return byId;
  const called = (task: ManageRecord): string => plain(task.notes).toLowerCase();
  const whole = tasks.filter((task) => called(task) === text);
  const fits = whole.length > 0 ? whole : tasks.filter((task) => text !== '' && called(task).includes(text));
  const [only] = fits;
  if (only !== undefined && fits.length === 1) return only;
  throw new ToolInputError(
    'task',
    `task: ${fits.length > 1 ? 'several tasks fit' : 'no task of the ticket is'} ${JSON.stringify(given)}${fits.length > 1 ? '; send the id' : ''}.`,
    { allowed: (fits.length > 1 ? fits : tasks).map((task) => line(task, plain)) },
  );
}

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
    text: z.string().optional(),
    done: z.boolean().optional(),
    resolution: z.string().optional(),
    order: z.int().min(0).optional(),
    delete: z.boolean().optional(),
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
    const { manage, signal, plain } = context;
    const { ticketId, dryRun } = input;
    const { kind, record: ticket } = await findTicket(manage, ticketId, signal);
    const list = `/${kind}/tickets/{parentId}/tasks`;
    const under = { parentId: ticketId };
    const read = async (until?: AbortSignal): Promise<readonly ManageRecord[]> =>
      (await manage.page(`GET ${list}`, { path: under, pageSize: MOST, ...(until && { signal: until }) })).rows;
    const tasks = await read(signal);
    const members: ManageRecord = {
      ...(input.text !== undefined && { notes: input.text }),
      ...(input.done !== undefined && { closedFlag: input.done }),
      ...(input.resolution !== undefined && { resolution: input.resolution === '' ? null : input.resolution }),
      ...(input.order !== undefined && { priority: input.order }),
    };
    const of = `ticket ${ticketId}, ${plain(ticket.summary)}`;
    const describe = (task: ManageRecord): string => `task ${line(task, plain)}, ${of}`;
    if (input.text !== undefined && input.text.trim() === '') throw new ToolInputError('text', 'text is empty.');
    if (input.task !== undefined) {
      const before = meant(input.task, tasks, plain);
      const path = { ...under, id: Number(before.id) };
      if (input.delete)
        return removeRecord(context, {
          operation: `DELETE ${list}/{id}`,
          path,
          what: describe(before),
          dryRun,
          confirm: input.confirm,
        });
      return updateRecord(context, { operation: `PATCH ${list}/{id}`, path, before, members, dryRun, describe });
    }
    const { text } = input;
    if (text === undefined || input.delete)
      throw new ToolInputError(
        input.delete ? 'task' : 'text',
        'Send text for a new task, or task for the one to change.',
        { allowed: tasks.map((task) => line(task, plain)) },
      );
    const same = ({ notes, closedFlag }: ManageRecord): boolean => notes === text && closedFlag !== true;
    const twin = tasks.find(same);
    if (twin !== undefined)
      throw new ToolInputError(
        'text',
        `Ticket ${ticketId} has the open task ${line(twin, plain)} already. Send task: "${twin.id}" to change it.`,
      );
    const known = new Set(tasks.map(({ id }) => id));
    return createRecord(context, {
      operation: `POST ${list}`,
      path: under,
      body: members,
      dryRun,
      describe,
      settle: async (until) => (await read(until)).find(({ id, notes }) => notes === text && !known.has(id)),
    });
  },
});
