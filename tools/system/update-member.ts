import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { ianaZone, type Named, resolveGiven } from '../../src/names/index.ts';
import {
  defineLegacyTool as defineTool,
  fragments,
  type LegacyToolContext as ToolContext,
  updateRecord,
  withCustomFields,
} from '../../src/tool/index.ts';

const input = z.strictObject({
  member: z.string(),
  title: z.string().optional(),
  workRole: z.string().optional(),
  location: z.string().optional(),
  department: z.string().optional(),
  timeZone: z.string().optional(),
  reportsTo: z.string().optional(),
  approver: z.string().optional(),
  hoursPerDay: z.number().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  customFields: fragments.customFields,
  dryRun: fragments.dryRun,
});
type Input = z.output<typeof input>;

/** A time zone set-up by its own name, or by the zone that it stands for: `America/Chicago`. */
async function zoneNamed(given: string | undefined, { names }: ToolContext): Promise<Named | undefined> {
  if (given === undefined) return undefined;
  const setups = await names.list('timeZone');
  const wanted = ianaZone(given);
  const meant = setups.filter(({ label, record }) => {
    const words = (record.timeZone as { name?: unknown } | undefined)?.name;
    return wanted !== undefined && (ianaZone(String(words ?? '')) ?? ianaZone(label)) === wanted;
  });
  const [only] = meant;
  return only !== undefined && meant.length === 1 ? only : names.resolve('timeZone', given, { argument: 'timeZone' });
}

async function references(given: Input, context: ToolContext): Promise<ManageRecord> {
  const { names } = context;
  const found = await Promise.all([
    resolveGiven(names, 'workRole', given.workRole, { argument: 'workRole' }),
    resolveGiven(names, 'location', given.location, { argument: 'location' }),
    resolveGiven(names, 'department', given.department, { argument: 'department' }),
    zoneNamed(given.timeZone, context),
    resolveGiven(names, 'member', given.reportsTo, { argument: 'reportsTo' }),
    resolveGiven(names, 'member', given.approver, { argument: 'approver' }),
  ]);
  const fields = ['workRole', 'defaultLocation', 'defaultDepartment', 'timeZone', 'reportsTo', 'timeApprover'];
  const named = Object.fromEntries(
    found.flatMap((named, index) =>
      named === undefined ? [] : [[fields[index] ?? '', { id: named.id, name: named.label }]],
    ),
  );
  // Who approves somebody's time approves the expenses as well.
  return { ...named, ...(named.timeApprover !== undefined && { expenseApprover: named.timeApprover }) };
}

export default defineTool({
  name: 'update_member',
  title: 'Update member',
  toolset: 'system',
  effect: 'update',
  idempotent: true,
  uses: ['PATCH /system/members/{id}', 'GET /system/members/{id}'],
  description: "Change a member's role, place, zone, supervisor, approver or hours; not the rights.",
  input,
  aliases: {
    id: 'member',
    memberId: 'member',
    emailAddress: 'email',
    officeEmail: 'email',
    officePhone: 'phone',
    dailyCapacity: 'hoursPerDay',
    timeApprover: 'approver',
    supervisor: 'reportsTo',
    manager: 'reportsTo',
    defaultLocation: 'location',
    defaultDepartment: 'department',
    role: 'workRole',
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(given, context) {
    const { manage, names, signal, plain } = context;
    const { id } = await names.resolve('member', given.member, { argument: 'member' });
    const path = { id };
    const before = await manage.get<ManageRecord>('GET /system/members/{id}', { path, signal });
    const texts = { title: given.title, officeEmail: given.email, officePhone: given.phone };
    const members: ManageRecord = {
      ...Object.fromEntries(
        Object.entries(texts).flatMap(([field, value]) =>
          value === undefined ? [] : [[field, value === '' ? null : value]],
        ),
      ),
      ...(await references(given, context)),
      ...(given.hoursPerDay !== undefined && { dailyCapacity: given.hoursPerDay }),
      ...(given.customFields && { customFields: withCustomFields(before, given.customFields) }),
    };
    const answer = await updateRecord(context, {
      operation: 'PATCH /system/members/{id}',
      path,
      before,
      members,
      dryRun: given.dryRun,
      describe: (after) => `member ${id}: ${plain(after.firstName)} ${plain(after.lastName)}`,
    });
    names.refresh();
    return answer;
  },
});
