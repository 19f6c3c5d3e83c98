import type { ManageRecord } from '../../../src/manage/index.ts';
import { joined, lines, say } from '../../../src/text/index.ts';
import { doneWith } from '../../../src/tickets/open-tickets.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import { serviceTicket, serviceTickets, ticketFacts, ticketLabel } from './service-tickets.ts';

export const ATTACH_CHILDREN = 'POST /service/tickets/{parentId}/attachChildren';

export interface ChildrenInput {
  readonly parentId: number;
  readonly ids: readonly number[];
  readonly dryRun: boolean | undefined;
  readonly confirm: boolean | undefined;
}

/** Makes service tickets children of another, after a person agreed: the API cannot take that back. */
export async function attachChildren({ parentId, ids, dryRun, confirm }: ChildrenInput, context: ToolContext) {
  const { manage } = context;
  const [parent, given] = await Promise.all([
    serviceTicket(parentId, 'into', context),
    serviceTickets(ids, 'tickets', context),
  ]);
  if (given.some(({ id }) => id === parentId))
    throw new ToolInputError('tickets', say`Ticket ${parentId} cannot be its own child.`);
  const detaching = say`A child can be detached only in Manage's own screens, not through the API.`;
  const taken = given.find(({ parentTicketId: of }) => typeof of === 'number' && of !== parentId);
  if (taken !== undefined)
    throw new ToolInputError(
      'tickets',
      say`Ticket ${Number(taken.id)} is already a child of ticket ${Number(taken.parentTicketId)}. ${detaching}`,
    );
  if (given.some(({ id }) => id === parent.parentTicketId))
    throw new ToolInputError(
      'tickets',
      say`Ticket ${parentId} is itself a child of ticket ${Number(parent.parentTicketId)}. ${detaching}`,
    );
  const there = given.filter(({ parentTicketId: of }) => of === parentId);
  const fresh = given.filter((ticket) => !there.includes(ticket));
  const already = there.length > 0 ? say`Already children: ${joined(there.map(ticketLabel), ', ')}.` : say``;
  const childTicketIds = fresh.map(({ id }) => Number(id));
  const structured = { id: parentId, attached: childTicketIds };
  if (fresh.length === 0) return { structured, text: say`Nothing to do. ${already}` };
  const done = doneWith(parent);
  const labels = joined(fresh.map(ticketLabel), ', ');
  const path = { parentId };
  const attached = async (signal: AbortSignal): Promise<ManageRecord | undefined> => {
    const now = await Promise.all(
      childTicketIds.map((id) => manage.get<ManageRecord>('GET /service/tickets/{id}', { path: { id }, signal })),
    );
    return now.every(({ parentTicketId: of }) => of === parentId) ? now[0] : undefined;
  };
  return context.send({
    steps: [
      {
        operation: ATTACH_CHILDREN,
        request: { path, body: { childTicketIds } },
        does: say`${labels} attached to ticket ${ticketLabel(parent)}`,
        settle: attached,
      },
    ],
    dryRun,
    confirm,
    question: say`Make ticket ${labels} a child of ticket ${ticketLabel(parent)}?
${lines([parent, ...fresh].map(ticketFacts))}
${joined([done, detaching], ' ')}`,
    notes: [done, already],
    async answer() {
      if ((await attached(context.signal)) === undefined)
        throw new ToolInputError(
          'tickets',
          say`Manage said that it was done, but not all of them are children of ticket ${parentId}. Read them with get_ticket before you go on.`,
        );
      return {
        structured,
        text: joined([say`Ticket ${ticketLabel(parent)} has the new children ${labels}.`, already, done], '\n'),
      };
    },
  });
}
