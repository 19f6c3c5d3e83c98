import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf } from '../../src/names/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  type LegacyStep as Step,
  ToolInputError,
  writeSteps,
} from '../../src/tool/index.ts';
import { ATTACH_CHILDREN, attachChildren } from './support/children.ts';
import { FIND_OPERATIONS, serviceTickets } from './support/service-tickets.ts';

const MERGE = 'POST /service/tickets/{parentId}/merge';

/** Tickets by the board that they are on: a status belongs to one. */
function byBoard(tickets: readonly ManageRecord[]): Map<number, ManageRecord[]> {
  const boards = new Map<number, ManageRecord[]>();
  for (const ticket of tickets) {
    const board = idOf(ticket.board) ?? 0;
    boards.set(board, [...(boards.get(board) ?? []), ticket]);
  }
  return boards;
}

export default defineTool({
  name: 'merge_tickets',
  title: 'Merge tickets',
  toolset: 'service',
  effect: 'update',
  uses: [MERGE, ATTACH_CHILDREN, ...FIND_OPERATIONS],
  description:
    'Merge service tickets into one, or attach them as its children. The API undoes neither; the person has to agree.',
  input: z.strictObject({
    into: z.int(),
    tickets: z.array(z.int()),
    as: z.enum(['merged', 'children']).default('merged'),
    status: z.string().optional().describe('Of the merged ones'),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: {
    parent: 'into',
    parentTicketId: 'into',
    parentId: 'into',
    ticketId: 'into',
    target: 'into',
    keep: 'into',
    ticketIds: 'tickets',
    mergeTicketIds: 'tickets',
    duplicates: 'tickets',
    children: 'tickets',
    childTicketIds: 'tickets',
    how: 'as',
    kind: 'as',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ into, tickets, as, status, dryRun, confirm }, context) {
    const { manage, names, signal, plain } = context;
    if (as === 'children') return attachChildren({ parentId: into, ids: tickets, dryRun, confirm }, context);
    if (status === undefined)
      throw new ToolInputError(
        'status',
        'Send status: the one that the merged tickets get, such as Closed. To keep them as children send as: "children".',
      );
    const [[parent], children] = await Promise.all([
      serviceTickets([into], 'into', context),
      serviceTickets(tickets, 'tickets', context),
    ]);
    if (children.some(({ id }) => id === into))
      throw new ToolInputError('tickets', `Ticket ${into} cannot be merged into itself.`);
    const merged = [...children, parent].find((ticket) => idOf(ticket?.mergedParentTicket) !== undefined);
    if (merged !== undefined)
      throw new ToolInputError(
        merged.id === into ? 'into' : 'tickets',
        `Ticket ${merged.id} is merged into ticket ${idOf(merged.mergedParentTicket)} already.`,
      );
    const boards = await Promise.all(
      [...byBoard(children)].map(async ([boardId, of]) => ({
        of,
        status: await names.resolve('status', status, { argument: 'status', boardId }),
      })),
    );
    const label = (ticket: ManageRecord | undefined): string =>
      `${ticket?.id} (${plain(ticket?.summary)}, ${plain(nameOf(ticket?.company))})`;
    const steps = boards.map(
      ({ of, status: closing }): Step => ({
        operation: MERGE,
        request: {
          path: { parentId: into },
          body: { mergeTicketIds: of.map(({ id }) => Number(id)), status: { id: closing.id } },
          settle: async () => {
            const now = await Promise.all(
              of.map(({ id }) => manage.get<ManageRecord>('GET /service/tickets/{id}', { path: { id: Number(id) } })),
            );
            return now.every((ticket) => idOf(ticket.mergedParentTicket) === into) ? now[0] : undefined;
          },
        },
        does: `ticket ${of.map(label).join(', ')} merged with status ${plain(closing.label)}`,
      }),
    );
    if (dryRun)
      return legacyPreview(
        steps.map(({ operation, request }) => manage.preview(operation, request)),
        [],
        `Into ticket ${label(parent)}`,
      );
    const strangers = children.filter(({ company }) => idOf(company) !== idOf(parent?.company));
    await context.confirm({
      question: `Merge ticket ${children.map(label).join(', ')} into ticket ${label(parent)}?${strangers.length > 0 ? ' They are not all of the same company.' : ''} This cannot be undone.`,
      ...(confirm !== undefined && { given: confirm }),
    });
    await writeSteps(context, steps);
    const ids = children.map(({ id }) => Number(id));
    const after = await serviceTickets(ids, 'tickets', { manage, signal });
    return {
      structured: { id: into, merged: ids },
      text: [
        `Merged into ticket ${label(parent)}:`,
        ...after.map((ticket) => `- ${label(ticket)}, now ${plain(nameOf(ticket.status))}`),
      ].join('\n'),
    };
  },
});
