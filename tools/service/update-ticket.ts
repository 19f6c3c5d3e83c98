import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { findTicket, idOf, type Named, nameOf } from '../../src/names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../src/text/index.ts';
import {
  ASSIGN_OPERATIONS,
  assigneeOf,
  assignStep,
  isAssigned,
  isBooked,
  notAssigned,
  saysNobody,
  stillBooked,
  unassigning,
} from '../../src/tickets/assign.ts';
import { checkBoardKind } from '../../src/tickets/boards.ts';
import { refuseMerged } from '../../src/tickets/merged.ts';
import { isClosed } from '../../src/tickets/open-tickets.ts';
import {
  defineTool,
  fragments,
  howToEmpty,
  inThePast,
  type Step,
  switchFor,
  type ToolContext,
  ToolInputError,
  together,
  update,
  withCustomFields,
} from '../../src/tool/index.ts';
import { lookUps } from './support/changed-ticket-names.ts';
import { CLEARABLE, cleared } from './support/cleared.ts';
import { dueAt, dueToManage, isDueDay, timeTaken } from './support/due-day.ts';
import { NOTE_OPERATIONS, notesOf } from './support/notes.ts';
import { alreadyOpen, nothingToDo } from './support/nothing-to-do.ts';
import { carriedOver, placeArguments, placeOnBoard, referenceTo, summaryOf } from './support/place.ts';
import { OF_COMPANY } from './support/recipients.ts';
import { statusFor } from './support/ticket-status.ts';

const input = z.strictObject({
  ticketId: z.int(),
  summary: fragments.prose().optional(),
  board: fragments.name('board', { description: 'Moving needs a status of the new board' }).optional(),
  ...placeArguments,
  priority: fragments.name('priority').optional(),
  severity: fragments.level.optional(),
  impact: fragments.level.optional(),
  company: fragments.name('company').optional(),
  contact: fragments.nameWithin('contact').optional(),
  site: fragments.nameWithin('site').optional(),
  serviceLocation: fragments.name('serviceLocation', { description: 'On-site, remote' }).optional(),
  owner: fragments.name('member').optional(),
  assignTo: fragments.nameWithin('member', 'Works on it too').optional(),
  unassign: z.boolean().optional().describe('Take everybody else off'),
  dueDate: fragments.moment('ahead', { dayMeans: '17:00' }).optional(),
  budgetHours: fragments.hours(z.number().min(0).optional()),
  close: z.boolean().optional().describe('false reopens'),
  resolution: fragments.prose('Resolution note').optional(),
  internalNote: fragments.prose().optional(),
  customFields: fragments.customFields,
  clear: fragments.clear(CLEARABLE),
  dryRun: fragments.dryRun,
  confirm: fragments.confirm,
});
type Input = z.output<typeof input>;

/**
 * A contact and a site belong to a company: with another company the ticket gets that one's own. An agreement goes, too: the work
 * would be billed to the old customer.
 */
function ofCompany(company: Named | undefined, record: ManageRecord): ManageRecord {
  if (company === undefined || company.id === idOf(record.company)) return {};
  if (record.project != null)
    throw new ToolInputError('company', say`A project ticket belongs to its project's customer; leave company out.`);
  const { defaultContact, site } = company.record;
  const agreement = record.agreement === undefined ? undefined : null;
  return { contact: defaultContact ?? null, site: site ?? null, agreement };
}

interface Change {
  /** The members to change, references with their names. */
  readonly members: ManageRecord;
  /** What somebody may not expect of it, as sentences: a person has to agree. */
  readonly warnings: readonly Clean[];
  /** The contact that the ticket gets with another company. */
  readonly defaults: Clean | undefined;
  /** Whether it closes the ticket. */
  readonly closes: boolean;
}

async function changeOf(input: Input, record: ManageRecord, context: ToolContext): Promise<Change> {
  const { names, now } = context;
  const { board, company, dueDate, type, subtype, item, team } = input;
  const boardId = board?.id ?? idOf(record.board);
  const moves = board !== undefined && board.id !== idOf(record.board);
  if (moves)
    await checkBoardKind(board, record.project === undefined ? 'service' : 'project', {
      names,
      next: say`convert_ticket makes a service ticket a project ticket, or back.`,
    });
  await together(lookUps(input, record));
  const companyId = company?.id ?? idOf(record.company);
  const place = await placeOnBoard({ type, subtype, item, team }, boardId, names);
  const status =
    boardId === undefined
      ? undefined
      : await statusFor({ status: input.status, close: input.close, record, boardId, moves }, names);
  const carried = moves ? await carriedOver(record, board.id, names) : undefined;
  const own = ofCompany(company, record);
  const members = {
    summary: input.summary === undefined ? undefined : summaryOf(input.summary),
    board: referenceTo(board),
    status: referenceTo(status),
    ...carried?.members,
    ...place,
    company: referenceTo(company),
    priority: referenceTo(input.priority),
    contact: referenceTo(await input.contact?.within({ companyId })) ?? own.contact,
    site: referenceTo(await input.site?.within({ companyId })) ?? own.site,
    serviceLocation: referenceTo(input.serviceLocation),
    agreement: own.agreement,
    owner: referenceTo(input.owner),
    severity: input.severity,
    impact: input.impact,
    requiredDate: dueDate && dueToManage(dueAt(dueDate, record.requiredDate)),
    budgetHours: input.budgetHours,
    customFields: input.customFields && (await withCustomFields(context, record, input.customFields)),
    ...cleared(input, record),
  };
  const lost = [...(carried?.lost ?? [])].filter(([member]) => !(member in place)).map(([, what]) => what);
  const goes = say`${cleanLine(board?.label)} does not have ${joined(lost, ', ')}: the ticket goes there without.`;
  return {
    members,
    defaults:
      own.contact && input.contact === undefined && !input.clear?.includes('contact')
        ? say`contact: ${cleanLine(nameOf(own.contact))} (${OF_COMPANY})`
        : undefined,
    warnings: [...(lost.length > 0 ? [goes] : []), ...inThePast({ dueDate }, await now())],
    closes: status !== undefined && isClosed(status) && record.closedFlag !== true,
  };
}

interface People {
  readonly steps: readonly Step[];
  /** Who is on the ticket already: a second booking for today would be made up. */
  readonly there: readonly Clean[];
  /** Who was to go and stays. */
  staying(ticket: ManageRecord): readonly Clean[];
}

const NOBODY_ELSE = { steps: [], staying: () => [] };

/** Who comes on the ticket, and who goes. */
async function peopleOf(
  { ticketId, assignTo, unassign }: Input,
  record: ManageRecord,
  context: ToolContext,
): Promise<People> {
  if (assignTo === undefined && unassign !== true) return { ...NOBODY_ELSE, there: [] };
  const isNobody = saysNobody(assignTo?.given);
  const member = await assigneeOf(assignTo);
  const isThere = member !== undefined && isAssigned(member, record) && (await isBooked(ticketId, member, context));
  const { steps, staying } = isNobody || unassign ? await unassigning(ticketId, member, context) : NOBODY_ELSE;
  return {
    steps: [...(member === undefined || isThere ? [] : [await assignStep(ticketId, member, context)]), ...steps],
    there: isThere ? [say`${cleanLine(member.label)} is already assigned`] : [],
    staying,
  };
}

const LOGGED = { instead: 'log_time logs time on a ticket.' };

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
    ...NOTE_OPERATIONS,
    ...ASSIGN_OPERATIONS,
  ],
  tables: ({ status, close }) => ((status ?? close) === undefined ? [] : ['status']),
  description:
    'Change a ticket, several things at once: edit, move, assign, escalate, reopen, close with a resolution.',
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
    location: 'serviceLocation',
    remote: switchFor('serviceLocation', 'Remote'),
    onSite: switchFor('serviceLocation', 'On-Site'),
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
    reopen: switchFor('close', false, true),
    deadline: 'dueDate',
    ticketNumber: 'ticketId',
    state: 'status',
    remove: 'clear',
    unset: 'clear',
    clearFields: 'clear',
    fields: { instead: 'Send each field as an argument of its own.' },
    hours: LOGGED,
    timeSpent: LOGGED,
    escalate: { instead: 'Send the new priority, board or assignTo.' },
  },
  searchWords:
    'amend revise correct modify alter bump raise lower reassign reopen close move fix rename ticket priority status',
  output: z.looseObject({ id: z.int().optional() }),
  looksUp({ ticketId, ...read }, { manage, signal }, refused) {
    if (ticketId === undefined) return [];
    return [findTicket(manage, ticketId, signal).then(({ record }) => together(lookUps(read, record, refused)))];
  },
  async run(input, context) {
    const { manage, signal, api } = context;
    const { ticketId } = input;
    const { kind, record } = await findTicket(manage, ticketId, signal);
    refuseMerged(record);
    const serviceOnly = input.severity ?? input.impact ?? input.team ?? input.clear?.find((field) => field === 'team');
    if (kind === 'project' && serviceOnly !== undefined)
      throw new ToolInputError(
        'ticketId',
        say`${ticketId} is a project ticket; those have no severity, impact or team.`,
      );
    const { members, warnings, defaults, closes } = await changeOf(input, record, context);
    const booked = closes && input.unassign !== true ? await stillBooked(ticketId, context) : undefined;
    const { steps: people, there: assigned, staying } = await peopleOf(input, record, context);
    const notes = await notesOf(input, kind, context);
    const present = [...assigned, ...notes.there];
    const there = [...present, ...staying({ ...record, ...(members.owner !== undefined && { owner: members.owner }) })];
    const named = Object.keys(members).filter((member) => members[member] !== undefined);
    if (named.length + people.length + notes.steps.length === 0)
      throw new ToolInputError('arguments', nothingToDo(input, record, there), {
        next: there.length === 0 ? howToEmpty(() => true) : undefined,
      });
    const label = say`${kind === 'project' ? say`project ticket` : say`ticket`} ${ticketId}`;
    const does = [...notes.steps, ...people].map((step) => step.does);
    const what = joined([joined(named.map(cleanLine), ', '), ...does], '; ');
    const dueTime = timeTaken(input.dueDate);
    const open = members.status === undefined ? alreadyOpen(input, record) : undefined;
    const owned = input.assignTo === undefined ? notAssigned(input, record) : undefined;
    return update(context, {
      operation: `PATCH /${kind}/tickets/{id}`,
      path: { id: ticketId },
      before: record,
      members,
      first: notes.steps,
      also: people,
      shows: ['status', 'resources', 'closedFlag'],
      watches: ['closedFlag'],
      dryRun: input.dryRun,
      confirm: input.confirm,
      warnings,
      question: joined(
        [
          say`Change ${label}, ${cleanLine(record.summary)} (${what})?`,
          ...people.filter(({ link }) => link === false).map((step) => say`${step.does}.`),
        ],
        ' ',
      ),
      notes: [defaults, dueTime, open, ...there, booked, owned],
      describe: (after) => say`${label}: ${cleanLine(after.summary)}`,
      // On a site that keeps days alone there is no time that was taken.
      says: (after) => [
        defaults,
        isDueDay(after, api) ? undefined : dueTime,
        open,
        ...present,
        ...staying(after),
        booked,
        owned,
      ],
    });
  },
});
