import { z } from 'zod';
import { readMoment, toManage } from '../../src/clock/index.ts';
import type { ManageRecord, PatchOperation } from '../../src/manage/index.ts';
import { findTicket, idOf, nameOf, resolveGiven, type TicketKind } from '../../src/reference/index.ts';
import { ASSIGN_OPERATIONS, assign, assignmentBody, serviceType, unassign } from '../../src/ticketing/assign.ts';
import { author } from '../../src/ticketing/author.ts';
import { carriedOver, checkSummary, placeOnBoard, reference } from '../../src/ticketing/place.ts';
import {
  changeLines,
  changes,
  defineTool,
  fragments,
  previewResult,
  type ToolContext,
  ToolInputError,
  withCustomFields,
} from '../../src/tool/index.ts';

const input = z.strictObject({
  ticketId: z.int(),
  summary: z.string().optional(),
  board: z.string().optional().describe('Moving needs a status of the new board'),
  status: z.string().optional(),
  type: z.string().optional(),
  subtype: z.string().optional(),
  item: z.string().optional(),
  team: z.string().optional(),
  priority: z.string().optional(),
  severity: z.enum(['Low', 'Medium', 'High']).optional(),
  impact: z.enum(['Low', 'Medium', 'High']).optional(),
  company: z.string().optional(),
  contact: z.string().optional(),
  site: z.string().optional(),
  owner: z.string().optional(),
  assignTo: z.string().optional().describe('Member to add'),
  unassign: z.boolean().optional().describe('Take everybody else off'),
  dueDate: z.string().optional().describe('Local time or ISO'),
  budgetHours: z.number().min(0).optional(),
  close: z.boolean().optional().describe("To the board's closed status"),
  resolution: z.string().optional().describe('Resolution note'),
  customFields: fragments.customFields,
  dryRun: fragments.dryRun,
});
type Input = z.output<typeof input>;

/** The status that a ticket gets: the one named, the board's closed one, or, on a move, the same name on the new board. */
async function statusFor(
  input: Input,
  record: ManageRecord,
  boardId: number,
  moves: boolean,
  { names }: ToolContext,
): Promise<{ id: number } | undefined> {
  if (input.status !== undefined)
    return reference(await names.resolve('status', input.status, { argument: 'status', boardId })) as { id: number };
  const statuses = await names.list('status', { boardId });
  if (input.close) {
    const closed = statuses.filter(({ record: status }) => status.closedStatus === true);
    const chosen = closed.find(({ label }) => /^(closed|completed|done|resolved)$/i.test(label)) ?? closed[0];
    if (chosen !== undefined) return { id: chosen.id };
    throw new ToolInputError('close', 'This board has no closed status. Send status with the one that is meant.', {
      allowed: statuses.map(({ label }) => label),
    });
  }
  if (!moves) return undefined;
  const same = statuses.find(({ label }) => label.toLowerCase() === nameOf(record.status)?.toLowerCase());
  if (same !== undefined) return { id: same.id };
  throw new ToolInputError('status', `The new board has no status "${nameOf(record.status)}". Send status as well.`, {
    allowed: statuses.map(({ label }) => label),
  });
}

/** The members to change, as they will be sent. */
async function changesOf(input: Input, record: ManageRecord, context: ToolContext): Promise<ManageRecord> {
  const { names } = context;
  checkSummary(input.summary);
  const board = await resolveGiven(names, 'board', input.board, { argument: 'board' });
  const boardId = board?.id ?? idOf(record.board);
  const moves = board !== undefined && board.id !== idOf(record.board);
  const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
  const companyId = company?.id ?? idOf(record.company);
  const one = async (kind: 'priority' | 'contact' | 'site', given: string | undefined): Promise<ManageRecord> =>
    given === undefined
      ? {}
      : {
          [kind]: reference(
            await names.resolve(kind, given, { argument: kind, ...(companyId !== undefined && { companyId }) }),
          ),
        };
  const owner = await resolveGiven(names, 'member', input.owner, { argument: 'owner' });
  const { status: _, ...place } = await placeOnBoard({ ...input, status: undefined }, boardId, names);
  const status = boardId === undefined ? undefined : await statusFor(input, record, boardId, moves, context);
  const due =
    input.dueDate === undefined
      ? undefined
      : toManage(readMoment(input.dueDate, { now: await context.now(), argument: 'dueDate', prefer: 'future' }));
  return {
    ...(input.summary !== undefined && { summary: input.summary.trim() }),
    ...(board && { board: reference(board) }),
    ...(status && { status }),
    ...(moves && boardId !== undefined && (await carriedOver(record, boardId, names))),
    ...place,
    ...(company && { company: reference(company) }),
    ...(await one('priority', input.priority)),
    ...(await one('contact', input.contact)),
    ...(await one('site', input.site)),
    ...(owner && { owner: reference(owner) }),
    ...(input.severity !== undefined && { severity: input.severity }),
    ...(input.impact !== undefined && { impact: input.impact }),
    ...(due !== undefined && { requiredDate: due }),
    ...(input.budgetHours !== undefined && { budgetHours: input.budgetHours }),
    ...(input.customFields !== undefined && { customFields: withCustomFields(record, input.customFields) }),
  };
}

const operationsOf = (members: ManageRecord): PatchOperation[] =>
  Object.entries(members).map(([path, value]) =>
    value === null ? { op: 'remove', path } : { op: 'replace', path, value },
  );

async function addResolution(kind: TicketKind, ticketId: number, text: string, context: ToolContext): Promise<void> {
  const { manage, signal } = context;
  await manage.write(`POST /${kind}/tickets/{parentId}/notes`, {
    path: { parentId: ticketId },
    body: { text, resolutionFlag: true, ...(await author(context)), processNotifications: false },
    signal,
  });
}

export default defineTool({
  name: 'update_ticket',
  title: 'Update ticket',
  toolset: 'service',
  core: true,
  effect: 'update',
  idempotent: true,
  uses: [
    'GET /service/tickets/{id}',
    'GET /project/tickets/{id}',
    'PATCH /service/tickets/{id}',
    'PATCH /project/tickets/{id}',
    'POST /service/tickets/{parentId}/notes',
    'POST /project/tickets/{parentId}/notes',
    ...ASSIGN_OPERATIONS,
  ],
  description:
    'Change a ticket, several things at once: edit, move, assign, escalate, reopen, close with a resolution. Answers with before and after.',
  input,
  aliases: {
    id: 'ticketId',
    ticket: 'ticketId',
    title: 'summary',
    subject: 'summary',
    assignedTo: 'assignTo',
    assignee: 'assignTo',
    resource: 'assignTo',
    customer: 'company',
    requiredDate: 'dueDate',
    due: 'dueDate',
    subType: 'subtype',
    resolutionNote: 'resolution',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, plain } = context;
    const { ticketId } = input;
    const { kind, record } = await findTicket(manage, ticketId, signal);
    if (kind === 'project' && (input.severity ?? input.impact ?? input.team) !== undefined)
      throw new ToolInputError('ticketId', `${ticketId} is a project ticket; those have no severity, impact or team.`);
    const members = await changesOf(input, record, context);
    const member = await resolveGiven(names, 'member', input.assignTo, { argument: 'assignTo' });
    if (
      Object.keys(members).length === 0 &&
      member === undefined &&
      !input.unassign &&
      input.resolution === undefined
    ) {
      throw new ToolInputError('arguments', 'Nothing to change: send at least one field beside ticketId.');
    }
    const patch = `PATCH /${kind}/tickets/{id}`;
    const body = operationsOf(members);
    if (input.dryRun) {
      const requests = [
        ...(body.length > 0 ? [manage.preview(patch, { path: { id: ticketId }, body })] : []),
        ...(member
          ? [
              manage.preview('POST /schedule/entries', {
                body: assignmentBody(ticketId, member.id, await serviceType(names)),
              }),
            ]
          : []),
        ...(input.resolution === undefined
          ? []
          : [
              manage.preview(`POST /${kind}/tickets/{parentId}/notes`, {
                path: { parentId: ticketId },
                body: { text: input.resolution, resolutionFlag: true, processNotifications: false },
              }),
            ]),
      ];
      return previewResult(requests, changes(record, members, Object.keys(members)));
    }
    // The resolution first: some boards refuse to close without one.
    if (input.resolution !== undefined) await addResolution(kind, ticketId, input.resolution, context);
    if (body.length > 0) await manage.write(patch, { path: { id: ticketId }, body, signal });
    if (member !== undefined) await assign(manage, names, ticketId, member.id, signal);
    if (input.unassign) await unassign(manage, names, ticketId, member?.id, signal);
    // Read again: assigning changes the ticket, and Manage may have changed more than was asked.
    const { record: after } = await findTicket(manage, ticketId, signal);
    const shownFields = new Set([
      ...Object.keys(members).filter((field) => field !== 'customFields'),
      'status',
      'resources',
      'closedFlag',
    ]);
    const differences = changes(record, after, shownFields).map(({ field, before, after: now }) => ({
      field,
      before: plain(before),
      after: plain(now),
    }));
    const lines = [
      `Updated ${kind === 'project' ? 'project ticket' : 'ticket'} ${ticketId}: ${plain(after.summary)}`,
      changeLines(differences) || 'Nothing differs from before.',
      ...(input.resolution === undefined ? [] : ['resolution note added']),
      ...(input.customFields === undefined ? [] : [`custom fields set: ${Object.keys(input.customFields).join(', ')}`]),
      ...(input.close && after.closedFlag !== true
        ? [`The status is now ${plain(nameOf(after.status))}, which this board does not count as closed.`]
        : []),
    ];
    return { structured: { id: ticketId, changes: differences }, text: lines.join('\n') };
  },
});
