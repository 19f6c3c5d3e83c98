import { z } from 'zod';
import { fromManage, readLength, readMoment, showMoment, toManage } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf, resolveGiven } from '../../src/names/index.ts';
import { all, field } from '../../src/query/index.ts';
import {
  createRecord,
  defineLegacyTool as defineTool,
  fragments,
  newCustomFields,
  type LegacyToolContext as ToolContext,
  ToolInputError,
  updateRecord,
  withCustomFields,
} from '../../src/tool/index.ts';

const input = z.strictObject({
  activityId: z.int().optional().describe('To change'),
  name: z.string().optional(),
  assignTo: z.string().optional().describe('Default me'),
  company: z.string().optional(),
  contact: z.string().optional(),
  opportunity: z.string().optional(),
  type: z.string().optional(),
  status: z.string().optional(),
  due: z.string().optional().describe('Local time'),
  length: z.string().optional().describe('Default 30 minutes'),
  notes: z.string().optional(),
  complete: z.boolean().optional(),
  customFields: fragments.customFields,
  dryRun: fragments.dryRun,
});
type Input = z.output<typeof input>;

async function membersOf(
  given: Input,
  companyId: number | undefined,
  { names, now }: ToolContext,
): Promise<ManageRecord> {
  const company = await resolveGiven(names, 'company', given.company, { argument: 'company' });
  const of = company?.id ?? companyId;
  const contact = await resolveGiven(names, 'contact', given.contact, {
    argument: 'contact',
    ...(of !== undefined && { companyId: of }),
  });
  const opportunity = await resolveGiven(names, 'opportunity', given.opportunity, { argument: 'opportunity' });
  const type = await resolveGiven(names, 'activityType', given.type, { argument: 'type' });
  const named = await resolveGiven(names, 'activityStatus', given.status, { argument: 'status' });
  const statuses = await names.list('activityStatus');
  const done = given.complete ? statuses.find(({ record }) => record.closedFlag === true) : undefined;
  if (given.complete && done === undefined)
    throw new ToolInputError('complete', 'There is no closed activity status here: send status.', {
      allowed: statuses.map(({ label }) => label),
    });
  const member = await resolveGiven(names, 'member', given.assignTo, { argument: 'assignTo' });
  const due =
    given.due === undefined
      ? undefined
      : readMoment(given.due, { now: await now(), argument: 'due', direction: 'ahead' }).at;
  const minutes = given.length === undefined ? 30 : readLength(given.length, { argument: 'length' });
  const status = named ?? done;
  return {
    ...(given.name !== undefined && { name: given.name }),
    ...(member && { assignTo: { id: member.id } }),
    ...(company && { company: { id: company.id } }),
    ...(contact && { contact: { id: contact.id } }),
    ...(opportunity && { opportunity: { id: opportunity.id } }),
    ...(type && { type: { id: type.id } }),
    ...(status && { status: { id: status.id } }),
    ...(due && { dateStart: toManage(due), dateEnd: toManage(due.plus({ minutes })) }),
    ...(given.notes !== undefined && { notes: given.notes }),
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
  async run(given, context) {
    const { manage, signal, plain } = context;
    const zone = await context.zone();
    const describe = (row: ManageRecord): string => {
      const due = fromManage(row.dateStart, zone);
      return `activity ${row.id}: ${[row.name, nameOf(row.company), nameOf(row.assignTo), due && `${showMoment(due)} ${zone}`, nameOf(row.status)].filter(Boolean).map(plain).join(', ')}`;
    };
    if (given.activityId !== undefined) {
      const path = { id: given.activityId };
      const before = await manage.get<ManageRecord>('GET /sales/activities/{id}', { path, signal });
      const members = {
        ...(await membersOf(given, idOf(before.company), context)),
        ...(given.customFields && { customFields: withCustomFields(before, given.customFields) }),
      };
      return updateRecord(context, {
        operation: 'PATCH /sales/activities/{id}',
        path,
        before,
        members,
        dryRun: given.dryRun,
        describe,
      });
    }
    if (given.name === undefined)
      throw new ToolInputError('name', 'Send name for a new activity, or activityId for one to change.');
    const body: ManageRecord = {
      ...(await membersOf({ ...given, assignTo: given.assignTo ?? 'me' }, undefined, context)),
      ...(await newCustomFields(context, 'GET /sales/activities', given.customFields)),
    };
    const find = (signal: AbortSignal): Promise<ManageRecord | undefined> => {
      const conditions = all(
        field('name', '=', String(given.name)),
        field('assignTo/id', '=', idOf(body.assignTo) ?? 0),
        typeof body.dateStart === 'string' ? field('dateStart', '=', new Date(body.dateStart)) : undefined,
        body.company === undefined ? undefined : field('company/id', '=', idOf(body.company) ?? 0),
      );
      return manage.first('GET /sales/activities', { conditions, signal });
    };
    return createRecord(context, {
      operation: 'POST /sales/activities',
      body,
      dryRun: given.dryRun,
      describe,
      twin: {
        find,
        argument: 'name',
        says: (twin) => `There is ${describe(twin)} already. Send activityId: ${twin.id} to change it.`,
      },
    });
  },
});
