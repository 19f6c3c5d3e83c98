import { z } from 'zod';
import { fromManage, showMoment } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, type Named, nameOf, resolveGiven } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { ASSIGN_OPERATIONS, assign } from '../../src/tickets/assign.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  legacyPreview,
  newCustomFields,
  sentBody,
  type LegacyToolContext as ToolContext,
  ToolInputError,
} from '../../src/tool/index.ts';
import { readDue } from './support/due-date.ts';
import { saysNobody } from './support/nobody.ts';
import { checkSummary, placeOnBoard, reference } from './support/place.ts';
import { TEMPLATE_OPERATION, templateBody } from './support/template.ts';

const name = (what: string): z.ZodOptional<z.ZodString> => z.string().optional().describe(what);

const input = z.strictObject({
  summary: z.string().optional().describe('At most 100 characters'),
  company: name("Default: the contact's"),
  template: z.string().optional(),
  contact: name('Name or e-mail'),
  site: z.string().optional(),
  description: name('Customer-visible first note'),
  internalNote: z.string().optional(),
  board: name("Default: Manage's"),
  status: z.string().optional(),
  type: z.string().optional(),
  subtype: z.string().optional(),
  item: z.string().optional(),
  team: z.string().optional(),
  priority: z.string().optional(),
  severity: fragments.level.optional(),
  impact: fragments.level.optional(),
  source: z.string().optional(),
  serviceLocation: name('On-site, remote...; not the office'),
  assignTo: name('Member'),
  project: name('For a project ticket, with phase'),
  phase: z.string().optional(),
  parentTicketId: z.int().optional(),
  dueDate: z.string().optional(),
  customFields: fragments.customFields,
  notify: z.boolean().optional().describe('E-mail the contact'),
  allowDuplicate: z.boolean().optional(),
  dryRun: fragments.dryRun,
  confirm: fragments.confirm,
});
type Input = z.output<typeof input>;

/** A ticket of the same customer with the same summary within this time is taken for a repetition. */
const REPEAT_HOURS = 24;

/** Whose ticket it is: the company that was named, else the contact's. */
async function companyOf(input: Input, { names }: ToolContext): Promise<Named> {
  if (input.company !== undefined) return names.resolve('company', input.company, { argument: 'company' });
  const contact = await resolveGiven(names, 'contact', input.contact, { argument: 'contact' });
  const id = idOf(contact?.record.company);
  if (id !== undefined) return names.resolve('company', id, { argument: 'company' });
  throw new ToolInputError('company', 'company is missing: say whose ticket it is, or name the contact by e-mail.', {
    next: 'search_companies and search_contacts find both.',
  });
}

async function bodyOf(input: Input, company: Named, context: ToolContext): Promise<ManageRecord> {
  const { manage, names, signal } = context;
  const companyId = company.id;
  const one = async (
    kind: 'contact' | 'site' | 'priority' | 'source' | 'serviceLocation',
    given: string | undefined,
  ): Promise<Record<string, unknown>> =>
    given === undefined ? {} : { [kind]: reference(await names.resolve(kind, given, { argument: kind, companyId })) };
  const project = await resolveGiven(names, 'project', input.project, { argument: 'project', companyId });
  if ((project === undefined) !== (input.phase === undefined))
    throw new ToolInputError('phase', 'A project ticket needs both project and phase.');
  const phase =
    project && (await resolveGiven(names, 'phase', input.phase, { argument: 'phase', projectId: project.id }));
  const board = await resolveGiven(names, 'board', input.board, { argument: 'board' });
  if (project !== undefined && (input.severity ?? input.impact ?? input.team ?? input.parentTicketId) !== undefined) {
    throw new ToolInputError('project', 'Project tickets have no severity, impact, team or parent; leave them out.');
  }
  const template = await resolveGiven(names, 'serviceTemplate', input.template, { argument: 'template' });
  if (template !== undefined && project !== undefined)
    throw new ToolInputError('template', 'Templates are for service tickets; leave project out.');
  const preset = template && (await templateBody(manage, template.id, board?.id, signal));
  const summary = input.summary ?? preset?.summary;
  if (typeof summary !== 'string')
    throw new ToolInputError('summary', 'summary is missing. (At most 100 characters)', {
      ...(template !== undefined && { next: 'The template has none.' }),
    });
  checkSummary(summary);
  return {
    ...preset,
    summary: summary.trim().replace(/\s+/g, ' '),
    company: reference(company),
    ...(await one('contact', input.contact)),
    ...(await one('site', input.site)),
    ...(board && { board: reference(board) }),
    ...(await placeOnBoard(input, board?.id ?? idOf(preset?.board), names)),
    ...(await one('priority', input.priority)),
    ...(await one('source', input.source)),
    ...(await one('serviceLocation', input.serviceLocation)),
    ...(project && { project: reference(project) }),
    ...(phase && { phase: reference(phase) }),
    ...(input.severity !== undefined && { severity: input.severity }),
    ...(input.impact !== undefined && { impact: input.impact }),
    ...(input.parentTicketId !== undefined && { parentTicketId: input.parentTicketId }),
    ...(input.dueDate !== undefined && { requiredDate: await readDue(input.dueDate, 'dueDate', context) }),
    ...(input.description !== undefined && { initialDescription: input.description }),
    ...(input.internalNote !== undefined && { initialInternalAnalysis: input.internalNote }),
    // Manage mails the contact of a new ticket unless it is told not to.
    processNotifications: input.notify === true,
  };
}

/** What a new ticket is told by, in the order in which people read it. */
const NAMED = ['company', 'contact', 'site', 'project', 'phase', 'board', 'status', 'type', 'priority'] as const;

const showDue = (date: unknown, zone: string): string => {
  const due = fromManage(date, zone);
  return due === undefined ? '' : showMoment(due);
};

/** "VPN is down!" says the same as "vpn is down". */
const bareWords = (summary: unknown): string =>
  String(summary)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** A recent ticket that this one would repeat. */
async function repeated(
  body: ManageRecord,
  list: string,
  companyId: number,
  hours: number,
  { manage, now, signal }: ToolContext,
): Promise<ManageRecord | undefined> {
  const since = (await now()).minus({ hours });
  const conditions = all(field('company/id', '=', companyId), field('dateEntered', '>=', since));
  const { rows } = await manage.page(list, {
    conditions,
    orderBy: ['id desc'],
    pageSize: 50,
    signal,
  });
  const wanted = bareWords(body.summary);
  return rows.find((row) => (wanted === '' ? row.summary === body.summary : bareWords(row.summary) === wanted));
}

export default defineTool({
  name: 'create_ticket',
  title: 'Create ticket',
  toolset: 'service',
  core: true,
  effect: 'create',
  uses: [
    'POST /service/tickets',
    'POST /project/tickets',
    'GET /service/tickets',
    'GET /project/tickets',
    'GET /service/tickets/{id}',
    TEMPLATE_OPERATION,
    ...ASSIGN_OPERATIONS,
  ],
  description:
    'Open a service ticket (or a project ticket) by names. Mails nobody unless notify. Refuses a repetition of a recent ticket.',
  input,
  aliases: {
    where: 'serviceLocation',
    title: 'summary',
    subject: 'summary',
    customer: 'company',
    client: 'company',
    email: 'contact',
    contactEmail: 'contact',
    contactName: 'contact',
    reportedBy: 'contact',
    requester: 'contact',
    urgency: 'priority',
    owner: 'assignTo',
    assignedTo: 'assignTo',
    resource: 'assignTo',
    initialDescription: 'description',
    details: 'description',
    note: 'internalNote',
    assignee: 'assignTo',
    technician: 'assignTo',
    requiredDate: 'dueDate',
    due: 'dueDate',
    parent: 'parentTicketId',
    location: 'serviceLocation',
    queue: 'board',
    hours: { instead: 'Create the ticket, then log_time logs time on it.' },
    configuration: { instead: 'Create the ticket, then attach devices to it.' },
    serviceBoard: 'board',
    emailContact: 'notify',
    processNotifications: 'notify',
    subType: 'subtype',
  },
  output: z.looseObject({ id: z.int().optional(), summary: z.string().optional() }),
  async run(input, context) {
    const { manage, names, signal, plain } = context;
    const company = await companyOf(input, context);
    const assignee = saysNobody(input.assignTo)
      ? undefined
      : await resolveGiven(names, 'member', input.assignTo, { argument: 'assignTo' });
    const collection = input.project === undefined ? 'service' : 'project';
    const list = `GET /${collection}/tickets`;
    const members = await bodyOf(input, company, context);
    const body: ManageRecord = {
      ...sentBody(members),
      ...(await newCustomFields(context, list, input.customFields)),
    };
    const create = `POST /${collection}/tickets`;
    const twin = input.allowDuplicate ? undefined : await repeated(body, list, company.id, REPEAT_HOURS, context);
    if (twin !== undefined) {
      throw new ToolInputError(
        'summary',
        `${company.label} already has ticket ${twin.id} "${plain(twin.summary)}" (${plain(nameOf(twin.status))}) from the last ${REPEAT_HOURS} hours. Use that one, or send allowDuplicate: true.`,
      );
    }
    if (input.dryRun) {
      const chosen = NAMED.filter((member) => members[member] !== undefined).map(
        (member) => `${member}: ${plain(nameOf(members[member]))}`,
      );
      return legacyPreview(
        [manage.preview(create, { body })],
        [],
        [...chosen, ...(assignee ? [`assigned: ${plain(assignee.label)}`] : [])].join('\n'),
      );
    }
    if (input.notify)
      await context.confirm({
        question: `Create the ticket "${body.summary}" for ${company.label} and let Manage e-mail the contact?`,
        given: input.confirm,
      });

    // A lost answer is settled by looking for the ticket itself; with duplicates allowed nothing could tell them apart.
    const settle = input.allowDuplicate
      ? {}
      : { settle: () => repeated(body, list, company.id, REPEAT_HOURS, context) };
    const created = await manage.write(create, { body, signal, ...settle });
    const id = Number(created.id);
    const notes: string[] = [];
    if (assignee !== undefined)
      await assign(manage, names, id, assignee.id, signal).catch(noteFailure(notes, `assigning ${assignee.label}`));
    const facts: [string, string][] = [
      // What nobody asked for is what Manage chose.
      ...NAMED.map((member): [string, string] => {
        const chosen = plain(nameOf(created[member]));
        return [member, chosen === '' || members[member] !== undefined ? chosen : `${chosen} (default)`];
      }),
      ['due', showDue(created.requiredDate, await context.zone())],
      ['assigned', assignee?.label ?? ''],
      ['mailed', input.notify ? "as the board's set-up says" : 'nobody'],
    ];
    const shown = Object.fromEntries(facts.filter(([, value]) => value !== ''));
    return {
      structured: { id, summary: plain(created.summary), ...shown, ...(notes.length > 0 && { problems: notes }) },
      text: [
        `Created ${collection === 'project' ? 'project ticket' : 'ticket'} ${id}: ${plain(created.summary)}`,
        ...Object.entries(shown).map(([label, value]) => `${label}: ${value}`),
        ...notes,
      ].join('\n'),
    };
  },
});

/** The ticket exists: what comes after it may fail without undoing that, and is said. */
const noteFailure =
  (notes: string[], what: string) =>
  (error: unknown): void => {
    notes.push(
      `The ticket was created, but ${what} failed: ${error instanceof Error ? error.message : 'unknown'}. Use update_ticket for it.`,
    );
  };
