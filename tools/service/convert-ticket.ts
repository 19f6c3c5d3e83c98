import { z } from 'zod';
import { type ManageClient, type ManageRecord, NotFound } from '../../src/manage/index.ts';
import { findTicket, idOf, nameOf, type TicketKind } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  type LegacyToolContext as ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';

const CONVERT = {
  service: 'POST /service/tickets/{parentId}/convert',
  project: 'POST /project/tickets/{parentId}/convert',
} as const;

interface Place {
  readonly body: ManageRecord;
  readonly says: string;
}

/** Number of the next ticket of a phase: `2.5` after `2.4`. */
async function nextCode(phase: { id: number; code: unknown }, { manage, signal }: ToolContext): Promise<string> {
  const { rows } = await manage.page<ManageRecord>('GET /project/tickets', {
    conditions: field('phase/id', '=', phase.id),
    fields: ['id', 'wbsCode'],
    pageSize: 1000,
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

async function placeOf(
  { project, phase, issue }: { project?: string | undefined; phase?: string | undefined; issue?: boolean | undefined },
  companyId: number | undefined,
  context: ToolContext,
): Promise<Place> {
  const { names, plain } = context;
  if (project === undefined || phase === undefined)
    throw new ToolInputError(
      project === undefined ? 'project' : 'phase',
      'Send project and phase: where the ticket goes.',
      {
        next: 'search_projects finds projects; lookup_values {"table": "phases", "project": ...} lists the phases of one.',
      },
    );
  // A customer's ticket goes to a project of that customer, unless an id says otherwise.
  const scope = companyId !== undefined && !/^#?\d+$/.test(project.trim()) ? { companyId } : {};
  const to = await names.resolve('project', project, { argument: 'project', ...scope });
  const below = await names.resolve('phase', phase, { argument: 'phase', projectId: to.id });
  return {
    body: {
      recordType: issue ? 'ProjectIssue' : 'ProjectTicket',
      project: { id: to.id },
      phase: { id: below.id },
      wbsCode: await nextCode({ id: below.id, code: below.record.wbsCode }, context),
    },
    says: `project ${plain(to.label)}, phase ${plain(below.label)}`,
  };
}

/** The ticket keeps its number, so a lost answer is settled by where it is now. */
const movedTo =
  (manage: ManageClient, kind: TicketKind, id: number) =>
  async (signal?: AbortSignal): Promise<ManageRecord | undefined> =>
    manage
      .get<ManageRecord>(`GET /${kind}/tickets/{id}`, { path: { id }, ...(signal && { signal }) })
      .catch((error: unknown) => {
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
    project: z.string().optional(),
    phase: z.string().optional(),
    issue: z.boolean().optional(),
    dryRun: fragments.dryRun,
  }),
  aliases: { id: 'ticketId', ticket: 'ticketId', projectId: 'project', phaseId: 'phase' },
  output: z.looseObject({ id: z.int().optional() }),
  async run(input, context) {
    const { manage, signal, plain } = context;
    const { ticketId, dryRun } = input;
    const { kind, record } = await findTicket(manage, ticketId, signal);
    if (kind === 'project' && (input.project ?? input.phase) !== undefined)
      throw new ToolInputError(
        'project',
        `Ticket ${ticketId} is a project ticket already, of ${plain(nameOf(record.project))}. Leave project and phase out to make it a service ticket.`,
      );
    const place: Place =
      kind === 'service'
        ? await placeOf(input, idOf(record.company), context)
        : { body: { recordType: 'ServiceTicket' }, says: 'the service desk' };
    const to: TicketKind = kind === 'service' ? 'project' : 'service';
    const path = { parentId: ticketId };
    const { body } = place;
    if (dryRun) return legacyPreview([manage.preview(CONVERT[kind], { path, body })], [], `Goes to ${place.says}.`);
    const find = movedTo(manage, to, ticketId);
    await manage.write(CONVERT[kind], { path, body, signal, settle: find });
    const after = await find(signal);
    const facts = {
      board: plain(nameOf(after?.board)),
      status: plain(nameOf(after?.status)),
      was: plain(nameOf(record.status)),
    };
    return {
      structured: { id: ticketId, kind: to, ...facts },
      text: `Ticket ${ticketId}, ${plain(record.summary)}, is now a ${to} ticket: ${place.says}, board ${facts.board}, status ${facts.status} (was ${facts.was} on ${plain(nameOf(record.board))}).`,
    };
  },
});
