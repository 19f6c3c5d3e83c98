import type { DateTime } from 'luxon';
import { z } from 'zod';
import { fromManage, showMoment, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, type Named, nameOf, referenceTo } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import { type Clean, cleanLine, joined, say } from '../../src/text/index.ts';
import {
  cleared,
  create,
  defineTool,
  fragments,
  inThePast,
  newCustomFields,
  sameText,
  type ToolContext,
  ToolInputError,
  update,
  withCustomFields,
} from '../../src/tool/index.ts';

/** How long an activity takes that does not say it. */
const DEFAULT_MINUTES = 30;

const input = z.strictObject({
  activityId: z.int().optional().describe('To change'),
  name: z.string().optional(),
  assignTo: fragments.name('member', { description: 'Default me' }).optional(),
  company: fragments.name('company').optional(),
  contact: fragments.nameWithin('contact').optional(),
  opportunity: fragments.name('opportunity', { of: 'company' }).optional(),
  type: fragments.name('activityType').optional(),
  status: fragments.name('activityStatus').optional(),
  due: fragments.moment('ahead', { description: 'Local time' }).optional(),
  length: fragments.length('unsaid', { description: 'Default 30 minutes' }).optional(),
  notes: fragments.prose().optional(),
  complete: z.boolean().optional(),
  clear: fragments.clear(['contact', 'opportunity', 'notes']),
  customFields: fragments.customFields,
  allowDuplicate: z.boolean().optional(),
  dryRun: fragments.dryRun,
  confirm: fragments.confirm,
});
type Input = z.output<typeof input>;

const isClosed = (status: Named | undefined): boolean => status?.record.closedFlag === true;

/** The status that completes an activity. @throws {ToolInputError} where there is none */
async function closedStatus({ names, signal }: ToolContext): Promise<Named> {
  const statuses = await names.list('activityStatus', { signal });
  const closed = statuses.find(isClosed);
  if (closed !== undefined) return closed;
  throw new ToolInputError('complete', say`There is no closed activity status here: send status.`, {
    allowed: statuses.map(({ label }) => cleanLine(label)),
  });
}

/** The status that opens a completed activity again: the usual one, where several are open. */
async function openStatus(
  before: ManageRecord | undefined,
  { names, signal }: ToolContext,
): Promise<Named | undefined> {
  const open = (await names.list('activityStatus', { signal })).filter((one) => !isClosed(one));
  if (open.some(({ id }) => id === idOf(before?.status))) return undefined;
  const usual = open.length === 1 ? open[0] : open.find(({ record }) => record.defaultFlag === true);
  if (usual !== undefined) return usual;
  throw new ToolInputError('complete', say`Send the status that the activity is to have.`, {
    allowed: open.map(({ label }) => cleanLine(label)),
  });
}

/** When an activity is due. A time of day alone is on the day that it has. */
function onItsDay(due: Input['due'], before: ManageRecord): Input['due'] {
  const was = due?.dayless === true ? fromManage(before.dateStart, due.at.zoneName) : undefined;
  if (due === undefined || was === undefined) return due;
  const at = was.set({ hour: due.at.hour, minute: due.at.minute }) as DateTime<true>;
  return { ...due, at };
}

/** When an activity begins and ends. One that moves keeps its length, unless it is given a new one. */
function timesOf({ due, length }: Input, before: ManageRecord | undefined): ManageRecord {
  const [was, until] = [before?.dateStart, before?.dateEnd].map((time) => fromManage(time, 'utc'));
  const start = due?.at ?? (length === undefined ? undefined : was);
  if (start === undefined) {
    if (length === undefined) return {};
    throw new ToolInputError('due', say`length belongs to a time: send due as well.`);
  }
  const minutes = length ?? (was && until ? until.diff(was, 'minutes').minutes : DEFAULT_MINUTES);
  return { dateStart: due && toManage(due.at), dateEnd: toManage(start.plus({ minutes })) };
}

/** The customer of an opportunity. */
function companyRecord(opportunity: Named | undefined): Pick<Named, 'id' | 'label'> | undefined {
  const id = idOf(opportunity?.record.company);
  return id === undefined ? undefined : { id, label: nameOf(opportunity?.record.company) ?? '' };
}

/**
 * The status that `complete` and `status` ask for; `complete: false` opens what is completed.
 * @throws {ToolInputError} where the two contradict each other; as `closedStatus`
 */
async function statusOf(
  { complete, status }: Input,
  before: ManageRecord | undefined,
  context: ToolContext,
): Promise<Named | undefined> {
  if (complete === undefined || (!complete && before === undefined)) return status;
  if (status === undefined) return complete ? closedStatus(context) : openStatus(before, context);
  if (isClosed(status) === complete) return status;
  throw new ToolInputError(
    'complete',
    say`complete${complete ? '' : ': false'} and status: ${cleanLine(status.label)} contradict each other, because that status is ${complete ? 'open' : 'closed'}. Send one of them.`,
  );
}

/** @throws {ToolInputError} for an opportunity of another customer than the activity's */
function checkWhose(opportunity: Named | undefined, before: ManageRecord): void {
  const [whose, own] = [companyRecord(opportunity), idOf(before.company)];
  if (opportunity === undefined || whose === undefined || own === undefined || whose.id === own) return;
  throw new ToolInputError(
    'opportunity',
    say`${cleanLine(opportunity.label)} is of ${cleanLine(whose.label)}, the activity of ${cleanLine(nameOf(before.company))}. Send company as well to move it there.`,
  );
}

async function membersOf(given: Input, before: ManageRecord | undefined, context: ToolContext): Promise<ManageRecord> {
  const { opportunity } = given;
  // A new activity of an opportunity is one with its customer.
  const company = given.company ?? (before === undefined ? companyRecord(opportunity) : undefined);
  const companyId = company?.id ?? idOf(before?.company);
  // A contact and an opportunity belong to a company: the old one's cannot stay.
  const moves = company !== undefined && before?.company !== undefined && company.id !== idOf(before.company);
  const left = (member: 'contact' | 'opportunity') => (moves && before?.[member] !== undefined ? null : undefined);
  if (before !== undefined && company === undefined) checkWhose(opportunity, before);
  const contact = await given.contact?.within(companyId === undefined ? {} : { companyId });
  const status = await statusOf(given, before, context);
  return {
    name: given.name,
    assignTo: referenceTo(given.assignTo),
    company: referenceTo(company),
    contact: referenceTo(contact) ?? left('contact'),
    opportunity: referenceTo(opportunity) ?? left('opportunity'),
    type: referenceTo(given.type),
    status: referenceTo(status),
    ...timesOf(given, before),
    notes: given.notes,
  };
}

export default defineTool({
  name: 'save_activity',
  title: 'Save activity',
  toolset: 'sales',
  effect: 'update',
  uses: [
    'POST /sales/activities',
    'PATCH /sales/activities/{id}',
    'GET /sales/activities',
    'GET /sales/activities/{id}',
  ],
  description: 'Plan a sales activity (call, follow-up), or with activityId change or complete one.',
  input,
  aliases: {
    id: 'activityId',
    subject: 'name',
    summary: 'name',
    member: 'assignTo',
    assignedTo: 'assignTo',
    customer: 'company',
    dateStart: 'due',
    when: 'due',
    start: 'due',
    note: 'notes',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(sent, context) {
    const { manage, signal } = context;
    const path = { id: sent.activityId ?? 0 };
    const reading =
      sent.activityId === undefined
        ? undefined
        : manage.get<ManageRecord>('GET /sales/activities/{id}', { path, signal });
    const [zone, present, before] = await Promise.all([context.zone(), context.now(), reading]);
    const given = before === undefined ? sent : { ...sent, due: onItsDay(sent.due, before) };
    const describe = (row: ManageRecord): Clean => {
      const due = fromManage(row.dateStart, zone);
      const when = due && say`${cleanLine(showMoment(due))} ${cleanLine(zone)}`;
      const facts = [row.name, nameOf(row.company), nameOf(row.assignTo)].map(cleanLine);
      return say`activity ${Number(row.id)}: ${joined([...facts, when, cleanLine(nameOf(row.status))], ', ')}`;
    };
    // What is done may lie behind; what is planned does not.
    const isPlanned = !given.complete && !isClosed(given.status);
    const consent = {
      dryRun: given.dryRun,
      confirm: given.confirm,
      warnings: isPlanned ? inThePast({ due: given.due }, present) : [],
      question: say`Save the activity${given.name === undefined ? say`` : say` "${cleanLine(given.name)}"`}?`,
    };
    if (before !== undefined) {
      return update(context, {
        operation: 'PATCH /sales/activities/{id}',
        path,
        before,
        members: {
          ...(await membersOf(given, before, context)),
          customFields: given.customFields && (await withCustomFields(context, before, given.customFields)),
          ...cleared(given, { contact: 'contact', opportunity: 'opportunity', notes: 'notes' }),
        },
        ...consent,
        describe,
      });
    }
    const { name } = given;
    if (name === undefined)
      throw new ToolInputError('name', say`Send name for a new activity, or activityId for one to change.`);
    const assignTo = given.assignTo ?? (await context.names.resolve('member', 'me', { argument: 'assignTo' }));
    const members = await membersOf({ ...given, assignTo }, undefined, context);
    return create(context, {
      operation: 'POST /sales/activities',
      members: { ...members, ...(await newCustomFields(context, 'GET /sales/activities', given.customFields)) },
      ...consent,
      describe,
      duplicate: given.allowDuplicate
        ? undefined
        : {
            find: (within) =>
              sameText(
                context,
                {
                  list: 'GET /sales/activities',
                  member: 'name',
                  text: name,
                  conditions: all(
                    field('assignTo/id', '=', assignTo.id),
                    given.due && field('dateStart', '=', given.due.at),
                    given.company && field('company/id', '=', given.company.id),
                  ),
                },
                within,
              ),
            argument: 'name',
            says: (duplicate) =>
              say`There is already ${describe(duplicate)}. Send activityId: ${Number(duplicate.id)} to change it, or allowDuplicate: true if this is another one.`,
          },
    });
  },
});
