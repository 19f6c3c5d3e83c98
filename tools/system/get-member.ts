import { z } from 'zod';
import { fromManage, showDay, showMoment } from '../../src/clock/index.ts';
import { Forbidden, type ManageRecord } from '../../src/manage/index.ts';
import { memberZones, nameOf } from '../../src/names/index.ts';
import type { Expression } from '../../src/query/index.ts';
import {
  dayOf,
  defineLegacyTool as defineTool,
  readablePart,
  readListPage,
  recordView,
  shownCustomFields,
  type LegacyToolContext as ToolContext,
} from '../../src/tool/index.ts';
import { openTicketsOf, scheduleAhead } from './support/duties.ts';
import { findMember } from './support/find-member.ts';

const FEW = 10;
const LICENCES: Readonly<Record<string, string>> = { F: 'full', A: 'API only', C: 'StreamlineIT', X: 'subcontractor' };

/** The member's record; callers with few rights get the little that everybody may see. */
async function profile(id: number, { manage, signal }: ToolContext): Promise<ManageRecord> {
  const options = { path: { id }, signal };
  return manage.get<ManageRecord>('GET /system/members/{id}', options).catch((error: unknown) => {
    if (error instanceof Forbidden) return manage.get<ManageRecord>('GET /system/info/members/{id}', options);
    throw error;
  });
}

/** Tickets that are open now, the newest first, and what is in the calendar next. */
async function assigned(member: ManageRecord, context: ToolContext) {
  const { manage, signal } = context;
  const now = await context.now();
  const open = await openTicketsOf(context, String(member.identifier));
  const nothing = { rows: [] as readonly ManageRecord[], total: 0 };
  const page = (
    list: string,
    conditions: Expression,
    more: { fields?: readonly string[]; orderBy: readonly string[] },
  ) =>
    readListPage(manage, list, { conditions }, { ...more, page: 1, limit: FEW, signal }).catch((error: unknown) => {
      if (error instanceof Forbidden) return nothing;
      throw error;
    });
  const tickets = (kind: 'service' | 'project') =>
    page(`GET /${kind}/tickets`, open, {
      fields: ['id', 'summary', 'company/name', 'status/name', 'priority/name'],
      orderBy: ['id desc'],
    });
  const [service, project, entries] = await Promise.all([
    tickets('service'),
    tickets('project'),
    page('GET /schedule/entries', scheduleAhead(Number(member.id), now), { orderBy: ['dateStart asc'] }),
  ]);
  const total = service.total + project.total;
  return { tickets: { rows: [...service.rows, ...project.rows].slice(0, FEW), total }, entries, now };
}

export default defineTool({
  name: 'get_member',
  title: 'Get member',
  toolset: 'system',
  effect: 'read',
  uses: [
    'GET /system/members/{id}',
    'GET /system/members',
    'GET /system/info/members/{id}',
    'GET /system/members/{parentId}/skills',
    'GET /system/members/{parentId}/certifications',
    'GET /system/timeZoneSetups',
    'GET /service/tickets',
    'GET /service/tickets/count',
    'GET /project/tickets',
    'GET /project/tickets/count',
    'GET /schedule/entries',
    'GET /schedule/entries/count',
  ],
  description: "A member's profile: roles, place, supervisor, licence, skills; open tickets and what is scheduled.",
  input: z.strictObject({ member: z.string() }),
  aliases: {
    id: 'member',
    memberId: 'member',
    name: 'member',
    identifier: 'member',
    technician: 'member',
    user: 'member',
  },
  output: z.looseObject({ id: z.int() }),
  async run({ member: given }, context) {
    const { manage, signal } = context;
    const id = await findMember(context, given);
    const member = await profile(id, context);
    const parts = { path: { parentId: id }, pageSize: 100, signal };
    const [skills, certificates, zones, work] = await Promise.all([
      readablePart(manage.page<ManageRecord>('GET /system/members/{parentId}/skills', parts)),
      readablePart(manage.page<ManageRecord>('GET /system/members/{parentId}/certifications', parts)),
      memberZones(manage, [member], signal).catch(() => () => undefined),
      assigned(member, context),
    ]);
    const zone = zones(member);
    const local = zone === undefined ? undefined : work.now.setZone(zone);
    const at = (value: unknown): string => {
      const moment = fromManage(value, work.now.zoneName);
      return moment === undefined ? '' : showMoment(moment);
    };
    const left = member.inactiveFlag === true ? `inactive since ${dayOf(member.inactiveDate) || 'unknown'}` : 'active';
    return recordView({
      id,
      title: `${[member.firstName, member.lastName].filter(Boolean).join(' ')} (member ${id}, ${String(member.identifier)})`,
      facts: [
        ['state', left],
        ['title', member.title],
        ['type', nameOf(member.type)],
        ['e-mail', member.officeEmail ?? member.primaryEmail],
        ['phone', [member.officePhone, member.mobilePhone].filter(Boolean).join(', ')],
        ['work role', nameOf(member.workRole)],
        ['work type', nameOf(member.workType)],
        ['location', nameOf(member.defaultLocation)],
        ['department', nameOf(member.defaultDepartment)],
        ['time zone', zone ?? nameOf(member.timeZone)],
        ['local time', local?.isValid ? showMoment(local) : undefined],
        ['calendar', nameOf(member.calendar)],
        ['hours a day', member.dailyCapacity],
        ['reports to', nameOf(member.reportsTo)],
        ['time approver', nameOf(member.timeApprover)],
        ['expense approver', nameOf(member.expenseApprover)],
        [
          'security role',
          [nameOf(member.securityRole), member.adminFlag === true && 'administrator'].filter(Boolean).join(', '),
        ],
        ['licence', LICENCES[String(member.licenseClass)] ?? member.licenseClass],
        ['hired', fromManage(member.hireDate, 'utc') && showDay(fromManage(member.hireDate, 'utc') ?? work.now)],
        ...shownCustomFields(member),
      ],
      sections: [
        {
          key: 'skills',
          title: 'Skills',
          columns: ['skill', 'level', 'years', 'certified'],
          rows: skills.map((row) => [
            nameOf(row.skill),
            row.skillLevel,
            row.yearsExperience,
            row.certifiedFlag === true ? 'yes' : '',
          ]),
        },
        {
          key: 'certifications',
          title: 'Certifications',
          columns: ['certification', 'received', 'expires'],
          rows: certificates.map((row) => [nameOf(row.certification), dayOf(row.dateReceived), dayOf(row.dateExpires)]),
        },
        {
          key: 'tickets',
          title: 'Open tickets',
          columns: ['id', 'summary', 'company', 'status', 'priority'],
          total: work.tickets.total,
          rows: work.tickets.rows.map((row) => [
            row.id,
            row.summary,
            nameOf(row.company),
            nameOf(row.status),
            nameOf(row.priority),
          ]),
        },
        {
          key: 'schedule',
          title: 'Scheduled next',
          columns: ['start', 'what'],
          total: work.entries.total,
          rows: work.entries.rows.map((row) => [
            Number(row.hours ?? 0) > 0 ? at(row.dateStart) : `${dayOf(row.dateStart)} no time set`,
            row.name,
          ]),
        },
      ],
    });
  },
});
