import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import type { Named } from '../../src/names/index.ts';
import { cleanLine, say } from '../../src/text/index.ts';
import {
  checkEmail,
  cleared,
  defineTool,
  fragments,
  switchFor,
  ToolInputError,
  update,
  withCustomFields,
} from '../../src/tool/index.ts';

/** Arguments that can be emptied, by the member of the record. */
const CLEARED = { title: 'title', email: 'officeEmail', phone: 'officePhone', reportsTo: 'reportsTo' } as const;

const input = z.strictObject({
  member: fragments.name('member', { inactive: true }),
  title: fragments.prose().optional(),
  workRole: fragments.name('workRole').optional(),
  location: fragments.name('location').optional(),
  department: fragments.name('department').optional(),
  timeZone: fragments.name('timeZone').optional(),
  reportsTo: fragments.name('member').optional(),
  approver: fragments.name('member').optional(),
  hoursPerDay: fragments.hours(z.number().optional()),
  email: z.string().optional(),
  phone: fragments.phone,
  inactive: z.boolean().optional(),
  clear: fragments.clear(['title', 'email', 'phone', 'reportsTo']),
  customFields: fragments.customFields,
  dryRun: fragments.dryRun,
});

const reference = (named: Named | undefined) => named && { id: named.id, name: named.label };

export default defineTool({
  name: 'update_member',
  title: 'Update member',
  toolset: 'system',
  effect: 'update',
  idempotent: true,
  uses: ['PATCH /system/members/{id}', 'GET /system/members/{id}'],
  description: "Change a member's role, place, zone, approver or hours, not rights.",
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
    active: switchFor('inactive', false, true),
    reactivate: switchFor('inactive', false),
  },
  output: z.looseObject({ id: z.int().optional() }),
  async run(given, context) {
    const { manage, names, signal } = context;
    const { hoursPerDay, customFields } = given;
    const path = { id: given.member.id };
    if (hoursPerDay !== undefined && !(hoursPerDay > 0 && hoursPerDay <= 24))
      throw new ToolInputError(
        'hoursPerDay',
        say`hoursPerDay has to be more than 0 and at most 24, not ${hoursPerDay}.`,
      );
    if (given.reportsTo?.id === path.id)
      throw new ToolInputError('reportsTo', say`reportsTo: nobody reports to themselves.`);
    if (given.email !== undefined) checkEmail(given.email, 'email');
    if (given.inactive === true)
      throw new ToolInputError('inactive', say`deactivate_member does that, and says what they still hold.`);
    const before = await manage.get<ManageRecord>('GET /system/members/{id}', { path, signal });
    const approver = reference(given.approver);
    const gone =
      before.inactiveFlag === true && given.inactive === undefined
        ? say`${cleanLine(given.member.label)} is inactive; inactive: false makes them active again.`
        : undefined;
    const answer = await update(context, {
      operation: 'PATCH /system/members/{id}',
      path,
      before,
      members: {
        title: given.title,
        officeEmail: given.email,
        officePhone: given.phone,
        workRole: reference(given.workRole),
        defaultLocation: reference(given.location),
        defaultDepartment: reference(given.department),
        timeZone: reference(given.timeZone),
        reportsTo: reference(given.reportsTo),
        timeApprover: approver,
        // Who approves somebody's time approves the expenses as well.
        expenseApprover: approver,
        dailyCapacity: hoursPerDay,
        inactiveFlag: given.inactive,
        customFields: customFields && (await withCustomFields(context, before, customFields)),
        ...cleared(given, CLEARED),
      },
      dryRun: given.dryRun,
      notes: [gone],
      says: () => [gone],
      describe: ({ id, firstName, lastName }) =>
        say`member ${cleanLine(id)}: ${cleanLine(firstName)} ${cleanLine(lastName)}`,
    });
    names.refresh();
    return answer;
  },
});
