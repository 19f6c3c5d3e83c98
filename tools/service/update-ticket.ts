import { z } from 'zod';
import { fromManage, showMoment } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { findTicket, idOf, type Named, nameOf, resolveGiven, type TicketKind } from '../../src/names/index.ts';
import { ASSIGN_OPERATIONS, assign, assignmentBody, serviceType, unassign } from '../../src/tickets/assign.ts';
import {
  type Change,
  legacyChangeLines as changeLines,
  changes,
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  PartlyDone,
  patchOf,
  type LegacyStep as Step,
  type LegacyToolContext as ToolContext,
  ToolInputError,
  withCustomFields,
  writeSteps,
} from '../../src/tool/index.ts';
import { author } from './support/author.ts';
import { readDue } from './support/due-date.ts';
import { saysNobody } from './support/nobody.ts';
import { carriedOver, checkSummary, placeOnBoard, reference } from './support/place.ts';
import { statusFor } from './support/ticket-status.ts';

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
  severity: fragments.level.optional(),
  impact: fragments.level.optional(),
  company: z.string().optional(),
  contact: z.string().optional(),
  site: z.string().optional(),
  owner: z.string().optional(),
  assignTo: z.string().optional().describe('Member to add'),
  unassign: z.boolean().optional().describe('Take everybody else off'),
  dueDate: z.string().optional(),
  budgetHours: z.number().min(0).optional(),
  close: z.boolean().optional().describe('false reopens'),
  resolution: z.string().optional().describe('Resolution note'),
  internalNote: z.string().optional(),
  customFields: fragments.customFields,
  dryRun: fragments.dryRun,
});
type Input = z.output<typeof input>;

/** A contact and a site belong to a company: with another company the ticket gets that one's own. */
function ofCompany(company: Named, record: ManageRecord): ManageRecord {
  if (company.id === idOf(record.company)) return {};
  const { defaultContact, site } = company.record;
  return { contact: defaultContact ?? null, site: site ?? null };
}

/** The members to change, references with their names. */
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
  const status = boardId === undefined ? undefined : await statusFor(input, record, boardId, moves, names);
  const due = input.dueDate === undefined ? undefined : await readDue(input.dueDate, 'dueDate', context);
  return {
    ...(input.summary !== undefined && { summary: input.summary.trim().replace(/\s+/g, ' ') }),
    ...(board && { board: reference(board) }),
    ...(status && { status: reference(status) }),
    ...(moves && boardId !== undefined && (await carriedOver(record, boardId, names))),
    ...place,
    ...(company && { company: reference(company), ...ofCompany(company, record) }),
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

/** Times among before and after, on the wall clock. */
const localTimes = (zone: string) => (value: unknown) => {
  const moment = /^\d{4}-\d\d-\d\dT/.test(String(value)) ? fromManage(value, zone) : undefined;
  return moment === undefined ? value : showMoment(moment);
};

/** Notes that are added with the change. The resolution goes before it: some boards refuse to close without one. */
async function noteSteps(input: Input, kind: TicketKind, context: ToolContext): Promise<Step[]> {
  const given = [
    [input.resolution, 'resolutionFlag', 'resolution note added'],
    [input.internalNote, 'internalAnalysisFlag', 'internal note added'],
  ] as const;
  const written = given.filter(([text]) => text !== undefined);
  const by = written.length === 0 ? {} : await author(context);
  return written.map(([text, flag, does]) => ({
    operation: `POST /${kind}/tickets/{parentId}/notes`,
    request: {
      path: { parentId: input.ticketId },
      body: { text, [flag]: true, ...by, processNotifications: false },
    },
    does,
  }));
}

/** Who comes on the ticket, and who goes. */
async function people(input: Input, { names }: ToolContext): Promise<{ member?: Named; unassign: boolean }> {
  if (saysNobody(input.assignTo)) return { unassign: true };
  const member = await resolveGiven(names, 'member', input.assignTo, { argument: 'assignTo' });
  return { ...(member && { member }), unassign: input.unassign === true };
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
    note: 'internalNote',
    notes: 'internalNote',
    comment: 'internalNote',
    assign: 'assignTo',
    addResource: 'assignTo',
    technician: 'assignTo',
    member: 'assignTo',
    closed: 'close',
    closedFlag: 'close',
    complete: 'close',
    reopen: { argument: 'close', as: (value) => (/^(true|yes)$/i.test(String(value)) ? false : undefined) },
    deadline: 'dueDate',
    ticketNumber: 'ticketId',
    state: 'status',
    hours: { instead: 'log_time logs time on a ticket.' },
    timeSpent: { instead: 'log_time logs time on a ticket.' },
    escalate: { instead: 'Send the new priority, board or assignTo.' },
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, names, signal, plain } = context;
    const { ticketId } = input;
    const { kind, record } = await findTicket(manage, ticketId, signal);
    if (kind === 'project' && (input.severity ?? input.impact ?? input.team) !== undefined)
      throw new ToolInputError('ticketId', `${ticketId} is a project ticket; those have no severity, impact or team.`);
    const members = await changesOf(input, record, context);
    const { member, unassign: takeOff } = await people(input, context);
    const notes = await noteSteps(input, kind, context);
    const body = patchOf(members);
    const path = { id: ticketId };
    const patch: Step[] =
      body.length === 0
        ? []
        : [
            {
              operation: `PATCH /${kind}/tickets/{id}`,
              request: { path, body },
              does: Object.keys(members).join(', '),
            },
          ];
    if (patch.length + notes.length === 0 && member === undefined && !takeOff) {
      const why =
        input.close === false
          ? `Ticket ${ticketId} is open already (${nameOf(record.status)}).`
          : 'Nothing to change: send at least one field beside ticketId.';
      throw new ToolInputError('arguments', why);
    }
    const local = localTimes(await context.zone());
    const shownAs = ({ field, before, after }: Change): Change => ({
      field,
      before: plain(local(before)),
      after: plain(local(after)),
    });
    if (input.dryRun) {
      const requests = [...notes, ...patch].map((step) => manage.preview(step.operation, step.request));
      if (member !== undefined)
        requests.push(
          manage.preview('POST /schedule/entries', {
            body: assignmentBody(ticketId, member.id, await serviceType(names)),
          }),
        );
      const who = [
        member === undefined ? '' : `assigned: ${plain(member.label)}`,
        takeOff ? 'everybody else is taken off' : '',
      ];
      const list = changes(record, members, Object.keys(members)).map(shownAs);
      return legacyPreview(requests, list, who.filter((line) => line !== '').join('\n'));
    }
    await writeSteps(context, [...notes, ...patch]);
    const done = [...notes, ...patch].map(({ does }) => does);
    const assigning = async (): Promise<void> => {
      if (member !== undefined) await assign(manage, names, ticketId, member.id, signal);
      if (takeOff) await unassign(manage, names, ticketId, member?.id, signal);
    };
    await assigning().catch((error: unknown) => {
      if (done.length === 0) throw error;
      throw new PartlyDone(done, member === undefined ? 'unassigning' : `assigning ${member.label}`, error);
    });
    // Read again: assigning changes the ticket, and Manage may have changed more than was asked.
    const { record: after } = await findTicket(manage, ticketId, signal);
    const shownFields = new Set([
      ...Object.keys(members).filter((field) => field !== 'customFields'),
      'status',
      'resources',
      'closedFlag',
    ]);
    const differences = changes(record, after, shownFields).map(shownAs);
    const lines = [
      `Updated ${kind === 'project' ? 'project ticket' : 'ticket'} ${ticketId}: ${plain(after.summary)}`,
      changeLines(differences) || 'Nothing differs from before.',
      ...notes.map(({ does }) => does),
      ...(input.customFields === undefined ? [] : [`custom fields set: ${Object.keys(input.customFields).join(', ')}`]),
      ...(input.close && after.closedFlag !== true
        ? [`The status is now ${plain(nameOf(after.status))}, which this board does not count as closed.`]
        : []),
    ];
    return { structured: { id: ticketId, changes: differences }, text: lines.join('\n') };
  },
});
