import { z } from 'zod';
import type { ApiDescription } from '../../src/api/index.ts';
import { fromManage, showDay, showMoment } from '../../src/clock/index.ts';
import { defined } from '../../src/json.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, type Named, nameOf } from '../../src/names/index.ts';
import { type Clean, clean, cleanLine, cut, joined, lines, say } from '../../src/text/index.ts';
import { ASSIGN_OPERATIONS, assignedAs, assigneeOf, assignStep, whenScheduled } from '../../src/tickets/assign.ts';
import { checkBoardKind } from '../../src/tickets/boards.ts';
import {
  defineTool,
  fragments,
  inThePast,
  newCustomFields,
  type Step,
  sentBody,
  switchFor,
  type ToolContext,
  ToolInputError,
  together,
} from '../../src/tool/index.ts';
import { dueToManage, isDueDay, timeTaken } from './support/due-day.ts';
import { DUPLICATE_HOURS, isUnfinished, NAMED, sameTicket } from './support/duplicate-ticket.ts';
import { companyOf, lookUps, projectOf } from './support/new-ticket-names.ts';
import { parentOf } from './support/parent-ticket.ts';
import { placeArguments, placeOnBoard, reference, referenceTo, summaryOf } from './support/place.ts';
import { contactOfNew, nobodyToMail, OF_COMPANY } from './support/recipients.ts';
import { fromTemplate, type Preset, TEMPLATE_OPERATION, templateBody } from './support/template.ts';

const input = z.strictObject({
  summary: fragments.prose('At most 100 characters').optional(),
  company: fragments.name('company', { description: "Default: the contact's" }).optional(),
  template: fragments.name('serviceTemplate').optional(),
  contact: fragments.name('contact', { of: 'company', orDefault: true, description: 'Name or e-mail' }).optional(),
  site: fragments.nameWithin('site').optional(),
  description: fragments.prose('Customer-visible first note').optional(),
  internalNote: fragments.prose().optional(),
  board: fragments.name('board', { description: "Default: Manage's" }).optional(),
  ...placeArguments,
  priority: fragments.name('priority').optional(),
  severity: fragments.level.optional(),
  impact: fragments.level.optional(),
  source: fragments.name('source').optional(),
  serviceLocation: fragments.name('serviceLocation', { description: 'On-site, remote...; not the office' }).optional(),
  owner: fragments.name('member', { description: 'Answers for it' }).optional(),
  assignTo: fragments.nameWithin('member', 'Works on it').optional(),
  project: fragments.nameWithin('project', 'For a project ticket, with phase').optional(),
  phase: fragments.nameWithin('phase').optional(),
  parentTicketId: z.int().optional(),
  dueDate: fragments.moment('ahead', { dayMeans: '17:00' }).optional(),
  customFields: fragments.customFields,
  notify: z.boolean().optional().describe('E-mail the contact'),
  allowDuplicate: z.boolean().optional(),
  dryRun: fragments.dryRun,
  confirm: fragments.confirm,
});
type Input = z.output<typeof input>;

/** Where a site keeps the day of a due date alone, and takes the wrong one. */
const DUE_OPERATIONS = ['PATCH /service/tickets/{id}', 'PATCH /project/tickets/{id}'] as const;

/** A description that is mailed is shown in the question up to this length. */
const LONGEST_SHOWN = 2_000;

/** The new ticket, references with their names. */
async function membersOf(
  input: Input,
  company: Named,
  context: ToolContext,
): Promise<{ members: ManageRecord; preset: Preset | undefined }> {
  const { manage, names, signal } = context;
  const { board, template, dueDate } = input;
  const { project, phase } = await projectOf(input, company.id);
  await checkBoardKind(board, project === undefined ? 'service' : 'project', { names });
  const preset = template && (await templateBody(manage, template.id, board?.id, signal));
  const summary = input.summary ?? preset?.members.summary;
  if (typeof summary !== 'string')
    throw new ToolInputError('summary', say`summary is missing. (At most 100 characters)`, {
      next: template && say`The template has none.`,
    });
  const members = {
    ...preset?.members,
    ...defined({
      summary: summaryOf(summary),
      company: reference(company),
      contact: referenceTo(input.contact),
      site: referenceTo(await input.site?.within({ companyId: company.id })),
      board: referenceTo(board),
      ...(await placeOnBoard(input, board?.id ?? idOf(preset?.members.board), names)),
      priority: referenceTo(input.priority),
      source: referenceTo(input.source),
      serviceLocation: referenceTo(input.serviceLocation),
      owner: referenceTo(input.owner),
      project: referenceTo(project),
      phase: referenceTo(phase),
      severity: input.severity,
      impact: input.impact,
      parentTicketId: input.parentTicketId,
      requiredDate: dueDate && dueToManage(dueDate.at),
      initialDescription: input.description,
      initialInternalAnalysis: input.internalNote,
      // Manage mails the contact of a new ticket unless it is told not to.
      processNotifications: input.notify === true,
    }),
  };
  return { members, preset };
}

function showDue(created: ManageRecord, { zone, api }: { zone: string; api: ApiDescription }): Clean {
  const due = fromManage(created.requiredDate, isDueDay(created, api) ? 'utc' : zone);
  if (due === undefined) return say``;
  return cleanLine(isDueDay(created, api) ? showDay(due) : showMoment(due));
}

/** The contact that Manage puts on a ticket for which nobody named one. */
function contactOfCompany({ contact }: ManageRecord, { record }: Named): Clean | undefined {
  const chosen = contact === undefined ? nameOf(record.defaultContact) : undefined;
  return chosen === undefined ? undefined : say`contact: ${cleanLine(chosen)} (${OF_COMPANY})`;
}

/** Who is on the new ticket, as it is stored: its owner may be, whom nobody assigned. */
async function onIt(
  created: ManageRecord,
  { assignee, assignment }: { readonly assignee: Named | undefined; readonly assignment: ManageRecord | undefined },
  { manage, names, now, signal }: ToolContext,
): Promise<Clean> {
  const isProject = created.project !== undefined && created.project !== null;
  const operation = isProject ? 'GET /project/tickets/{id}' : 'GET /service/tickets/{id}';
  // It is made, whether or not it can be read again.
  const read = () =>
    manage.get<ManageRecord>(operation, { path: { id: Number(created.id) }, signal }).catch(() => created);
  const stored = assignment === undefined ? created : await read();
  const when = assignment?.id === undefined ? undefined : whenScheduled(assignment, await now());
  const on = await assignedAs(stored, names, new Map(when === undefined ? [] : [[assignee?.identifier, when]]));
  return on === '' && when !== undefined ? say`${cleanLine(assignee?.label)} (${when})` : on;
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
    'GET /project/tickets/{id}',
    'GET /company/contacts/{id}',
    TEMPLATE_OPERATION,
    ...DUE_OPERATIONS,
    ...ASSIGN_OPERATIONS,
  ],
  dressing: DUE_OPERATIONS,
  description:
    'Open a service ticket (or a project ticket) by names. Mails nobody unless notify. Refuses a duplicate of a recent ticket.',
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
    remote: switchFor('serviceLocation', 'Remote'),
    onSite: switchFor('serviceLocation', 'On-Site'),
    queue: 'board',
    hours: { instead: 'Create the ticket, then log_time logs time on it.' },
    configuration: { instead: 'Create the ticket, then attach devices to it.' },
    serviceBoard: 'board',
    emailContact: 'notify',
    processNotifications: 'notify',
    subType: 'subtype',
  },
  output: z.looseObject({ id: z.int().optional(), summary: z.string().optional() }),
  looksUp: lookUps,
  async run(input, context) {
    const { signal } = context;
    await together(lookUps(input, context));
    const company = await companyOf(input, context);
    const collection = input.project === undefined ? 'service' : 'project';
    const list = `GET /${collection}/tickets`;
    const { members, preset } = await membersOf(input, company, context);
    const template = fromTemplate(preset, members);
    const parent = await parentOf(input.parentTicketId, company, context);
    const { customFields } = await newCustomFields(context, list, input.customFields);
    const assignee = await assigneeOf(input.assignTo);
    const mailing = input.notify ? await contactOfNew(input.contact, company, context) : undefined;
    if (mailing !== undefined && mailing.to.length === 0)
      throw new ToolInputError('notify', nobodyToMail(mailing), {
        next: say`Leave notify out, or give the contact an e-mail address with update_contact.`,
      });
    const to = joined(mailing?.to ?? [], ', ');
    const find = (within: AbortSignal): Promise<ManageRecord | undefined> => sameTicket(members, list, context, within);
    // An interrupted call may have left the ticket with nobody on it: then calling again assigns, instead of being refused.
    const known = assignee === undefined || input.allowDuplicate ? undefined : await find(signal);
    const left = known !== undefined && isUnfinished(known, members) ? known : undefined;
    const making: Step = {
      operation: `POST /${collection}/tickets`,
      request: { body: sentBody({ ...members, customFields }) },
      does: say`ticket created`,
      find: left && (async () => left),
    };
    const assigning = assignee && (await assignStep(([made]) => Number(made?.id) || 'new', assignee, context));
    const due = input.dueDate && say`due: ${cleanLine(input.dueDate.echo)}`;
    return context.send({
      steps: [making, ...(assigning === undefined ? [] : [{ ...assigning, mayFail: true }])],
      dryRun: input.dryRun,
      confirm: input.confirm,
      duplicate:
        input.allowDuplicate || left !== undefined
          ? undefined
          : {
              find,
              argument: 'summary',
              says: ({ id, summary, status }) =>
                say`${cleanLine(company.label)} already has ticket ${Number(id)} "${cleanLine(summary)}" (${cleanLine(nameOf(status))}) from the last ${DUPLICATE_HOURS} hours. Use that one, or send allowDuplicate: true.`,
            },
      warnings: [...(parent?.warnings ?? []), ...inThePast({ dueDate: input.dueDate }, await context.now())],
      question: lines([
        say`Create the ticket "${cleanLine(members.summary)}" for ${cleanLine(company.label)}${mailing === undefined ? say`` : say` and let Manage e-mail it to ${to}`}?`,
        mailing && cut(clean(members.initialDescription), LONGEST_SHOWN),
      ]),
      notes: [
        ...NAMED.filter((member) => nameOf(members[member]) !== undefined).map(
          (member) => say`${member}: ${cleanLine(nameOf(members[member]))}`,
        ),
        contactOfCompany(members, company),
        template,
        // Whoever opens a ticket with an owner puts them on it, without an appointment.
        input.owner && say`assigned: ${cleanLine(input.owner.label)}, as its owner`,
        parent && say`parent: ${parent.label}`,
        due,
        left && say`Ticket ${Number(left.id)} already exists; only ${cleanLine(assignee?.label)} would be assigned.`,
      ],
      async answer({ made: [created = {}, assignment], failed }) {
        const id = Number(created.id);
        const now = await context.now();
        const facts: [string, Clean][] = [
          // What nobody asked for is what Manage chose.
          ...NAMED.map((member): [string, Clean] => {
            const chosen = cleanLine(nameOf(created[member]));
            if (chosen === '' || members[member] !== undefined) return [member, chosen];
            const isCompanys = member === 'contact' && idOf(created.contact) === idOf(company.record.defaultContact);
            return [member, say`${chosen} (${isCompanys ? OF_COMPANY : say`default`})`];
          }),
          ['parent', parent?.label ?? say``],
          ['due', showDue(created, { zone: now.zoneName, api: context.api })],
          ['assigned', await onIt(created, { assignee, assignment }, context)],
          ['mailed', mailing === undefined || left !== undefined ? say`nobody` : to],
        ];
        const shown = facts.filter(([, value]) => value !== '');
        const what = collection === 'project' ? say`project ticket` : say`ticket`;
        const head =
          left === undefined
            ? say`Created ${what} ${id}`
            : say`An earlier call created ${what} ${id}; this one finished it`;
        return {
          structured: { id, summary: cleanLine(created.summary), ...Object.fromEntries(shown) },
          text: lines([
            say`${head}: ${cleanLine(created.summary)}`,
            ...shown.map(([label, value]) => say`${cleanLine(label)}: ${value}`),
            left === undefined ? template : undefined,
            isDueDay(created, context.api) ? undefined : timeTaken(input.dueDate),
            failed.length > 0
              ? say`${cleanLine(assignee?.label)} is not assigned; once nothing stands against it, the same call again finishes it.`
              : undefined,
          ]),
        };
      },
    });
  },
});
