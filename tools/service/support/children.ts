import type { ManageRecord } from '../../../src/manage/index.ts';
import { legacyPreview, type LegacyToolContext as ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import { serviceTickets } from './service-tickets.ts';

export const ATTACH_CHILDREN = 'POST /service/tickets/{parentId}/attachChildren';

export interface ChildrenInput {
  readonly parentId: number;
  readonly ids: readonly number[];
  readonly dryRun: boolean | undefined;
  readonly confirm: boolean | undefined;
}

/** Makes service tickets children of another, after a person agreed: the API cannot take that back. */
export async function attachChildren({ parentId, ids, dryRun, confirm }: ChildrenInput, context: ToolContext) {
  const { manage, signal, plain } = context;
  const [[parent], given] = await Promise.all([
    serviceTickets([parentId], 'into', context),
    serviceTickets(ids, 'tickets', context),
  ]);
  if (given.some(({ id }) => id === parentId))
    throw new ToolInputError('tickets', `Ticket ${parentId} cannot be its own child.`);
  const detaching = "A child can be detached only in Manage's own screens, not through the API.";
  const taken = given.find(({ parentTicketId: of }) => typeof of === 'number' && of !== parentId);
  if (taken !== undefined)
    throw new ToolInputError(
      'tickets',
      `Ticket ${taken.id} is a child of ticket ${taken.parentTicketId} already. ${detaching}`,
    );
  if (given.some(({ id }) => id === parent?.parentTicketId))
    throw new ToolInputError(
      'tickets',
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
  if (dryRun) return legacyPreview([manage.preview(ATTACH_CHILDREN, { path, body: { childTicketIds } })], [], note);
  await context.confirm({
    question: `Make ticket ${fresh.map(label).join(', ')} a child of ticket ${label(parent)}? ${detaching}`,
    ...(confirm !== undefined && { given: confirm }),
  });
  await manage.write(ATTACH_CHILDREN, {
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
}
