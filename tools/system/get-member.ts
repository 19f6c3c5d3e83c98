import type { DateTime } from 'luxon';
import { z } from 'zod';
import { readsAsDay } from '../../src/api/meanings.ts';
import { fromManage, showDay, showMoment } from '../../src/clock/index.ts';
import { Forbidden, type List, type ManageRecord } from '../../src/manage/index.ts';
import { memberZones, nameOf, TICKET_KINDS } from '../../src/names/index.ts';
import {
  dayOf,
  defineTool,
  fragments,
  readable,
  recordView,
  shownCustomFields,
  type ToolContext,
} from '../../src/tool/index.ts';
import { openTicketsOf, scheduleAhead } from './support/duties.ts';

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

type Part = Pick<List<ManageRecord>, 'rows' | 'total'>;

/** Tickets that are open now, the newest first, service and project tickets alike; `undefined` where neither may be read. */
async function openTickets(
  member: ManageRecord,
  context: ToolContext,
): Promise<(Part & { readonly title: string }) | undefined> {
  const { manage, signal } = context;
  const conditions = await openTicketsOf(context, String(member.identifier));
  const parts = await Promise.all(
    TICKET_KINDS.map((kind) =>
      readable<Part>(
        manage.list<ManageRecord>(`GET /${kind}/tickets`, {
          conditions,
          fields: ['id', 'summary', 'company/name', 'status/name', 'priority/name'],
          orderBy: ['id desc'],
          limit: FEW,
          signal,
        }),
      ),
    ),
  );
  const known = parts.filter((part) => part !== undefined);
  if (known.length === 0) return undefined;
  const left = TICKET_KINDS.filter((_, index) => parts[index] === undefined).map(
    (kind) => `; ${kind} tickets may not be read`,
  );
  const rows = known.flatMap((part) => part.rows).sort((a, b) => Number(b.id) - Number(a.id));
  const totals = known.map(({ total }) => total);
  return {
    title: `Open tickets${left.join('')}`,
    rows: rows.slice(0, FEW),
    total: totals.includes(undefined) ? undefined : totals.reduce<number>((sum, total = 0) => sum + total, 0),
  };
}

/** How many there are of a part of which only the first are shown. */
const totalOf = (title: string, { rows, total }: Part = { rows: [], total: 0 }) => ({
  title: total === undefined && rows.length === FEW ? `${title} (the first ${FEW}, there may be more)` : title,
  total,
});

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
  input: z.strictObject({ member: fragments.name('member', { inactive: true }) }),
  aliases: {
    id: 'member',
    memberId: 'member',
    name: 'member',
    identifier: 'member',
    technician: 'member',
    user: 'member',
  },
  output: z.looseObject({ id: z.int() }),
  async run({ member: { id } }, context) {
    const { manage, names, api, signal } = context;
    const [member, now] = await Promise.all([profile(id, context), context.now()]);
    const parts = { path: { parentId: id }, signal };
    const [skills, certificates, zones, tickets, entries] = await Promise.all([
      readable(manage.all<ManageRecord>('GET /system/members/{parentId}/skills', parts)),
      readable(manage.all<ManageRecord>('GET /system/members/{parentId}/certifications', parts)),
      memberZones(names, [member], signal).catch((error: unknown) => {
        if (error instanceof Forbidden) return () => undefined;
        throw error;
      }),
      openTickets(member, context),
      readable<Part>(
        manage.list<ManageRecord>('GET /schedule/entries', {
          conditions: scheduleAhead(id, now),
          orderBy: ['dateStart asc'],
          limit: FEW,
          signal,
        }),
      ),
    ]);
    const zone = zones(member);
    const startOf = (entry: ManageRecord): string => {
      const isDay = readsAsDay(api, 'ScheduleEntry', 'dateStart', entry);
      const start = fromManage(entry.dateStart, isDay ? 'utc' : now.zoneName);
      if (start === undefined) return '';
      return isDay ? `${showDay(start)}, no time set` : showMoment(start);
    };
    return recordView({
      id,
      title: `${[member.firstName, member.lastName].filter(Boolean).join(' ')} (member ${id}, ${String(member.identifier)})`,
      facts: [...factsOf(member, { zone, now }), ...shownCustomFields(member)],
      sections: [
        {
          key: 'skills',
          title: 'Skills',
          columns: ['skill', 'level', 'years', 'certified'],
          rows: skills?.map((row) => [
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
          rows: certificates?.map((row) => [
            nameOf(row.certification),
            dayOf(row.dateReceived),
            dayOf(row.dateExpires),
          ]),
        },
        {
          key: 'tickets',
          ...totalOf(tickets?.title ?? 'Open tickets', tickets),
          columns: ['id', 'summary', 'company', 'status', 'priority'],
          rows: tickets?.rows.map((row) => [
            row.id,
            row.summary,
            nameOf(row.company),
            nameOf(row.status),
            nameOf(row.priority),
          ]),
        },
        {
          key: 'schedule',
          ...totalOf('Scheduled today or later', entries),
          columns: ['start', 'what'],
          rows: entries?.rows.map((row) => [startOf(row), row.name]),
        },
      ],
    });
  },
});

/** What the record itself says. @param zone the member's own, where it is known */
function factsOf(
  member: ManageRecord,
  { zone, now }: { readonly zone: string | undefined; readonly now: DateTime<true> },
): (readonly [string, unknown])[] {
  const local = zone === undefined ? undefined : now.setZone(zone);
  const hired = fromManage(member.hireDate, 'utc');
  const state = member.inactiveFlag === true ? `inactive since ${dayOf(member.inactiveDate) || 'unknown'}` : 'active';
  return [
    ['state', state],
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
    ['hired', hired && showDay(hired)],
  ];
}
