import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { FIND_OPERATIONS, serviceTickets } from '../../src/ticketing/service-tickets.ts';
import { defineTool, fragments, previewResult, ToolInputError } from '../../src/tool/index.ts';

const ATTACH = 'POST /service/tickets/{parentId}/attachChildren';

export default defineTool({
  name: 'attach_child_tickets',
  title: 'Attach child tickets',
  toolset: 'service',
  effect: 'update',
  uses: [ATTACH, ...FIND_OPERATIONS],
  description:
    "Make service tickets children of another. Only Manage's own screens detach them; the person has to agree.",
  input: z.strictObject({
    parent: z.int(),
    children: z.array(z.int()),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: {
    parentTicketId: 'parent',
    parentId: 'parent',
    ticketId: 'parent',
    into: 'parent',
    childTicketIds: 'children',
    child: 'children',
    tickets: 'children',
    ticketIds: 'children',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run({ parent: parentId, children: ids, dryRun, confirm }, context) {
    const { manage, signal, plain } = context;
    const [[parent], given] = await Promise.all([
      serviceTickets([parentId], 'parent', context),
      serviceTickets(ids, 'children', context),
    ]);
    if (given.some(({ id }) => id === parentId))
      throw new ToolInputError('children', `Ticket ${parentId} cannot be its own child.`);
    const detaching = "A child can be detached only in Manage's own screens, not through the API.";
    const taken = given.find(({ parentTicketId: of }) => typeof of === 'number' && of !== parentId);
    if (taken !== undefined)
      throw new ToolInputError(
        'children',
        `Ticket ${taken.id} is a child of ticket ${taken.parentTicketId} already. ${detaching}`,
      );
    if (given.some(({ id }) => id === parent?.parentTicketId))
      throw new ToolInputError(
        'children',
        `Ticket ${parentId} is itself a child of ticket ${parent?.parentTicketId}. ${detaching}`,
      );
    const label = (ticket: ManageRecord | undefined): string => `${ticket?.id} (${plain(ticket?.summary)})`;
    const there = given.filter(({ parentTicketId: of }) => of === parentId);
    const fresh = given.filter((ticket) => !there.includes(ticket));
    const note = there.length > 0 ? `Children already: ${there.map(label).join(', ')}.` : '';
    const path = { parentId };
    const childTicketIds = fresh.map(({ id }) => Number(id));
    const structured = { id: parentId, attached: childTicketIds };
    if (fresh.length === 0) return { structured, text: `Nothing to do. ${note}` };
    if (dryRun) return previewResult([manage.preview(ATTACH, { path, body: { childTicketIds } })], [], note);
    await context.confirm({
      question: `Make ticket ${fresh.map(label).join(', ')} a child of ticket ${label(parent)}? ${detaching}`,
      ...(confirm !== undefined && { given: confirm }),
    });
    await manage.write(ATTACH, {
      path,
      body: { childTicketIds },
      signal,
      settle: async () => {
        const now = await Promise.all(
          childTicketIds.map((id) => manage.get<ManageRecord>('GET /service/tickets/{id}', { path: { id } })),
        );
        return now.every(({ parentTicketId: of }) => of === parentId) ? now[0] : undefined;
      },
    });
    return {
      structured,
      text: [`Ticket ${label(parent)} has the new children ${fresh.map(label).join(', ')}.`, note]
        .filter(Boolean)
        .join('\n'),
    };
  },
});
