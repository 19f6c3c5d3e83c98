import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { FIND_TICKET_OPERATIONS, idOf, type Named, nameOf } from '../../src/names/index.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import { identifiersIn } from '../../src/tickets/assign.ts';
import { doneWith } from '../../src/tickets/open-tickets.ts';
import {
  defineTool,
  fragments,
  type NameWithin,
  type Step,
  type ToolContext,
  ToolInputError,
  withSynonyms,
} from '../../src/tool/index.ts';
import { ATTACH_CHILDREN, attachChildren } from './support/children.ts';
import { serviceTicket, serviceTickets, ticketFacts, ticketLabel } from './support/service-tickets.ts';
import { closingStatus } from './support/ticket-status.ts';

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

/** The status that merged tickets of a board get: the one that was named, else the one in which the board closes its tickets. */
async function closingFor(boardId: number, status: NameWithin | undefined, { names }: ToolContext): Promise<Named> {
  if (status !== undefined) return status.within({ boardId });
  const statuses = await names.list('status', { boardId });
  const closing = closingStatus(statuses);
  if (closing !== undefined) return closing;
  throw new ToolInputError(
    'status',
    say`The board closes tickets in no status. Send the one that the merged tickets get.`,
    {
      allowed: statuses.map(({ label }) => cleanLine(label)),
    },
  );
}

const mergedAlready = ({ id, mergedParentTicket }: ManageRecord): Clean =>
  say`Ticket ${Number(id)} is already merged into ticket ${Number(idOf(mergedParentTicket))}.`;

/** What the ticket that stays lacks and a merged one has: Manage takes neither over. */
function lacks(parent: ManageRecord, merged: readonly ManageRecord[]): Clean | undefined {
  if (nameOf(parent.contact) !== undefined) return undefined;
  const having = merged.filter(({ contact }) => nameOf(contact) !== undefined);
  if (having.length === 0) return undefined;
  const each = having.map(({ id, contact }) => say`ticket ${Number(id)} has ${cleanLine(nameOf(contact))}`);
  return say`Ticket ${Number(parent.id)} has no contact, so nobody to answer to (${joined(each, ', ')}): set one with update_ticket.`;
}

/** What of the merged tickets goes with them, because the one that stays keeps its own: its priority, its contact, who is scheduled. */
function notTakenOver(parent: ManageRecord, merged: readonly ManageRecord[]): Clean | undefined {
  const there = identifiersIn(parent);
  const each = merged.flatMap((ticket) => {
    const [priority, contact] = ['priority', 'contact'].map((member) => {
      const has = nameOf(ticket[member]);
      return has === undefined || idOf(ticket[member]) === idOf(parent[member]) ? undefined : cleanLine(has);
    });
    const people = identifiersIn(ticket).filter((identifier) => !there.includes(identifier));
    const parts = [
      priority,
      // Where the other has none, that is said with what to do.
      contact !== undefined && nameOf(parent.contact) !== undefined && say`contact ${contact}`,
      people.length > 0 && say`the schedule of ${joined(people.map(cleanLine), ', ')}`,
    ];
    const said = joined(parts, ', ');
    return said === '' ? [] : [say`${said} (ticket ${Number(ticket.id)})`];
  });
  return each.length === 0 ? undefined : say`Ticket ${Number(parent.id)} does not take over: ${joined(each, '; ')}.`;
}

export default defineTool({
  name: 'merge_tickets',
  title: 'Merge tickets',
  toolset: 'service',
  core: true,
  effect: 'update',
  uses: [MERGE, ATTACH_CHILDREN, ...FIND_TICKET_OPERATIONS],
  searchWords: 'duplicate duplicates double combine join',
  askedAs: /\b(?:duplicates?|doubles?|duplicated)\b.*\b(?:tickets?|incidents?)\b|\btickets?\b.*\bduplicates?\b/i,
  description:
    'Merge service tickets into one, or attach them as its children. The API undoes neither; the person has to agree.',
  input: z.strictObject({
    into: fragments.id(z.int()),
    tickets: z.array(fragments.id(z.int())),
    as: withSynonyms(z.enum(['merged', 'children']), { child: 'children', merge: 'merged' }).default('merged'),
    status: fragments.nameWithin('status', 'Of the merged ones; default closed').optional(),
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
    const { manage, signal } = context;
    if (as === 'children') {
      if (status !== undefined)
        throw new ToolInputError('status', say`Children keep their status; leave status out, or send as: "merged".`);
      return attachChildren({ parentId: into, ids: tickets, dryRun, confirm }, context);
    }
    const [parent, children] = await Promise.all([
      serviceTicket(into, 'into', context),
      serviceTickets(tickets, 'tickets', context),
    ]);
    if (children.some(({ id }) => id === into))
      throw new ToolInputError('tickets', say`Ticket ${into} cannot be merged into itself.`);
    if (idOf(parent.mergedParentTicket) !== undefined) throw new ToolInputError('into', mergedAlready(parent));
    // What an interrupted call merged is done; the rest follows.
    const there = children.filter((ticket) => idOf(ticket.mergedParentTicket) === into);
    const elsewhere = children.find((ticket) => (idOf(ticket.mergedParentTicket) ?? into) !== into);
    const unmerged = children.filter((ticket) => !there.includes(ticket));
    const refused = elsewhere ?? (unmerged.length === 0 ? there[0] : undefined);
    if (refused !== undefined) throw new ToolInputError('tickets', mergedAlready(refused));
    const boards = await Promise.all(
      [...byBoard(unmerged)].map(async ([boardId, of]) => ({
        of,
        closing: await closingFor(boardId, status, context),
      })),
    );
    const areMerged = async (of: readonly ManageRecord[], until: AbortSignal): Promise<ManageRecord | undefined> => {
      const now = await Promise.all(
        of.map(({ id }) =>
          manage.get<ManageRecord>('GET /service/tickets/{id}', { path: { id: Number(id) }, signal: until }),
        ),
      );
      return now.every((ticket) => idOf(ticket.mergedParentTicket) === into) ? now[0] : undefined;
    };
    const steps = boards.map(
      ({ of, closing }): Step => ({
        operation: MERGE,
        request: {
          path: { parentId: into },
          body: { mergeTicketIds: of.map(({ id }) => Number(id)), status: { id: closing.id } },
        },
        does: say`ticket ${joined(of.map(ticketLabel), ', ')} merged with status ${cleanLine(closing.label)}`,
        settle: (until) => areMerged(of, until),
      }),
    );
    const lacking = lacks(parent, unmerged);
    const lost = notTakenOver(parent, unmerged);
    const done = doneWith(parent);
    const stays = say`Notes, time and files stay on the merged ${unmerged.length === 1 ? 'ticket' : 'tickets'}.`;
    const mail = say`Nobody is mailed, unless a board itself mails at this status.`;
    const isOfOthers = children.some(({ company }) => idOf(company) !== idOf(parent.company));
    const statuses = joined([...new Set(boards.map(({ closing }) => cleanLine(closing.label)))], ', ');
    return context.send({
      steps,
      dryRun,
      confirm,
      question: lines([
        say`Merge ticket ${joined(unmerged.map(ticketLabel), ', ')} into ticket ${ticketLabel(parent)}, with status ${statuses}?`,
        ...[parent, ...unmerged].map(ticketFacts),
        joined(
          [
            isOfOthers ? say`They are not all of the same company.` : undefined,
            done,
            lacking,
            lost,
            stays,
            mail,
            say`This cannot be undone.`,
          ],
          ' ',
        ),
      ]),
      notes: [
        there.length > 0 ? say`Already merged: ${joined(there.map(ticketLabel), ', ')}` : undefined,
        done,
        lacking,
        lost,
        stays,
        mail,
      ],
      async answer() {
        const ids = children.map(({ id }) => Number(id));
        const after = await serviceTickets(ids, 'tickets', { manage, signal });
        const left = after.filter((ticket) => idOf(ticket.mergedParentTicket) !== into);
        if (left.length > 0)
          throw new ToolInputError(
            'tickets',
            say`Manage said that it was done, but not merged: ${joined(left.map(ticketLabel), ', ')}. Read them with get_ticket before you go on.`,
          );
        return {
          structured: { id: into, merged: ids },
          text: lines([
            say`Merged into ticket ${ticketLabel(parent)}:`,
            ...after.map((ticket) => say`- ${ticketLabel(ticket)}, now ${cleanLine(nameOf(ticket.status))}`),
            done,
            lacking,
            lost,
          ]),
        };
      },
    });
  },
});
