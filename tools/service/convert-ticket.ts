import { z } from 'zod';
import { type ManageReader, type ManageRecord, NotFound } from '../../src/manage/index.ts';
import { findTicket, idOf, nameOf, type TicketKind } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import { type Clean, cleanLine, joined, say } from '../../src/text/index.ts';
import { assignedAs } from '../../src/tickets/assign.ts';
import { defineTool, fragments, type NameWithin, type ToolContext, ToolInputError } from '../../src/tool/index.ts';

const CONVERT = {
  service: 'POST /service/tickets/{parentId}/convert',
  project: 'POST /project/tickets/{parentId}/convert',
} as const;

interface Place {
  readonly body: ManageRecord;
  readonly says: Clean;
  /** Where the project is another customer's than the ticket. */
  readonly warning?: Clean | undefined;
}

/** Number of the next ticket of a phase: `2.5` after `2.4`. */
async function nextCode(phase: { id: number; code: unknown }, { manage, signal }: ToolContext): Promise<string> {
  const rows = await manage.all<ManageRecord>('GET /project/tickets', {
    conditions: field('phase/id', '=', phase.id),
    fields: ['id', 'wbsCode'],
    signal,
  });
  const last = rows.map(
    ({ wbsCode }) =>
      Number(
        String(wbsCode ?? '')
          .split('.')
          .at(-1),
      ) || 0,
  );
  return `${phase.code ?? phase.id}.${Math.max(0, ...last) + 1}`;
}

interface PlaceInput {
  readonly project?: NameWithin | undefined;
  readonly phase?: NameWithin | undefined;
  readonly issue?: boolean | undefined;
}

async function placeOf({ project, phase, issue }: PlaceInput, company: unknown, context: ToolContext): Promise<Place> {
  const companyId = idOf(company);
  if (project === undefined || phase === undefined)
    throw new ToolInputError(
      project === undefined ? 'project' : 'phase',
      say`Send project and phase: where the ticket goes.`,
      {
        next: say`search_projects finds projects; lookup_values {"table": "phases", "project": ...} lists the phases of one.`,
      },
    );
  // A customer's ticket goes to a project of that customer, unless an id says otherwise.
  const to = await project.within(/^#?\d+$/.test(project.given.trim()) ? {} : { companyId });
  const below = await phase.within({ projectId: to.id });
  const isOthers = companyId !== undefined && (idOf(to.record.company) ?? companyId) !== companyId;
  return {
    body: {
      recordType: issue ? 'ProjectIssue' : 'ProjectTicket',
      project: { id: to.id },
      phase: { id: below.id },
      wbsCode: await nextCode({ id: below.id, code: below.record.wbsCode }, context),
    },
    says: say`project ${cleanLine(to.label)}, phase ${cleanLine(below.label)}`,
    warning: isOthers
      ? say`The project is of ${cleanLine(nameOf(to.record.company))}, the ticket of ${cleanLine(nameOf(company))}.`
      : undefined,
  };
}

/** References of a ticket that the other kind, or its board, may not have. */
const CARRIED = 'type subType item team priority source agreement company contact site owner'.split(' ');

/** `type: Incident -> none; team: Service Team -> none`, of what the ticket had and has no more; empty where it has all. */
const lostOf = (before: ManageRecord, after: ManageRecord): Clean =>
  joined(
    CARRIED.filter(
      (member) => nameOf(before[member]) !== undefined && idOf(before[member]) !== idOf(after[member]),
    ).map(
      (member) =>
        say`${cleanLine(member.toLowerCase())}: ${cleanLine(nameOf(before[member]))} -> ${cleanLine(nameOf(after[member]) ?? 'none')}`,
    ),
    '; ',
  );

/** The ticket keeps its number, so a lost answer is settled by where it is now. */
const movedTo =
  (manage: ManageReader, kind: TicketKind, id: number) =>
  async (signal: AbortSignal): Promise<ManageRecord | undefined> =>
    manage.get<ManageRecord>(`GET /${kind}/tickets/{id}`, { path: { id }, signal }).catch((error: unknown) => {
      if (error instanceof NotFound) return undefined;
      throw error;
    });

export default defineTool({
  name: 'convert_ticket',
  title: 'Convert ticket',
  toolset: 'service',
  effect: 'update',
  uses: [...Object.values(CONVERT), 'GET /service/tickets/{id}', 'GET /project/tickets/{id}', 'GET /project/tickets'],
  description:
    'Make a service ticket a project ticket (send project, phase), or back. Its number stays; status and type change with the board.',
  input: z.strictObject({
    ticketId: z.int(),
    project: fragments.nameWithin('project').optional(),
    phase: fragments.nameWithin('phase').optional(),
    issue: z.boolean().optional(),
    dryRun: fragments.dryRun,
    confirm: fragments.confirm,
  }),
  aliases: { id: 'ticketId', ticket: 'ticketId', projectId: 'project', phaseId: 'phase' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, signal } = context;
    const { ticketId } = input;
    const { kind, record } = await findTicket(manage, ticketId, signal);
    if (kind === 'project' && (input.project ?? input.phase ?? input.issue) !== undefined)
      throw new ToolInputError(
        'project',
        say`Ticket ${ticketId} is already a project ticket, of ${cleanLine(nameOf(record.project))}. Leave project, phase and issue out to make it a service ticket.`,
      );
    const { body, says, warning }: Place =
      kind === 'service'
        ? await placeOf(input, record.company, context)
        : { body: { recordType: 'ServiceTicket' }, says: say`the service desk` };
    const to: TicketKind = kind === 'service' ? 'project' : 'service';
    const find = movedTo(manage, to, ticketId);
    const what = say`ticket ${ticketId}, ${cleanLine(record.summary)}`;
    const was = say`${cleanLine(nameOf(record.status))} on ${cleanLine(nameOf(record.board))}`;
    return context.send({
      steps: [
        {
          operation: CONVERT[kind],
          request: { path: { parentId: ticketId }, body },
          does: say`${what} made a ${to} ticket: ${says}`,
          settle: find,
        },
      ],
      dryRun: input.dryRun,
      confirm: input.confirm,
      question: say`Make ${what} a ${to} ticket: ${says}? Its number stays; status (${was}), type and board change.`,
      notes: [say`${what} goes to ${says}.`],
      warnings: [warning],
      async answer() {
        const after = await find(signal);
        if (after === undefined)
          throw new ToolInputError(
            'ticketId',
            say`Manage said that it was done, but ticket ${ticketId} is not a ${to} ticket. Read it with get_ticket before you go on.`,
          );
        const facts = {
          board: cleanLine(nameOf(after.board)),
          status: cleanLine(nameOf(after.status)),
          was: cleanLine(nameOf(record.status)),
          assigned: await assignedAs(after, context.names),
        };
        const changed = lostOf(record, after);
        return {
          structured: { id: ticketId, kind: cleanLine(to), ...facts, ...(changed !== '' && { changed }) },
          text: say`Ticket ${ticketId}, ${cleanLine(record.summary)}, is now a ${to} ticket: ${says}, board ${facts.board}, status ${facts.status} (was ${was}), assigned: ${facts.assigned === '' ? say`nobody` : facts.assigned}.${changed === '' ? say`` : say` Changed with it: ${changed}.`}`,
        };
      },
    });
  },
});
