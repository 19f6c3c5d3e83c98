import { z } from 'zod';
import { operationLacking } from '../../src/api/versions.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import { lines, say } from '../../src/text/index.ts';
import {
  choiceWords,
  dayOf,
  defineTool,
  fragments,
  money,
  notRead,
  readable,
  recordView,
  shownCustomFields,
  type ToolContext,
} from '../../src/tool/index.ts';

/** Members of the team, and notes, that are shown. */
const MOST = 100;

/** `12 h` of the schedule: the work plan has it exactly, a phase itself mostly. */
const scheduledOf = ({ scheduled_Hours: planned, scheduledHours }: ManageRecord): string => {
  const hours = Number(planned ?? scheduledHours ?? 0);
  return hours === 0 ? '' : `${hours} h`;
};

/** `1.10` after `1.9`: a WBS code is a row of numbers. */
const byWbs = (a: ManageRecord, b: ManageRecord): number =>
  String(a.wbsCode ?? '').localeCompare(String(b.wbsCode ?? ''), 'en', { numeric: true });

/** Open and closed tickets of each phase, counted while they stream by. */
async function ticketCounts(
  projectId: number,
  { manage, signal }: ToolContext,
): Promise<Map<number, [number, number]>> {
  const counts = new Map<number, [number, number]>();
  const rows = manage.stream<ManageRecord>('GET /project/tickets', {
    conditions: field('project/id', '=', projectId),
    fields: ['id', 'phase/id', 'closedFlag'],
    signal,
  });
  for await (const row of rows) {
    const phase = idOf(row.phase) ?? 0;
    const [open, closed] = counts.get(phase) ?? [0, 0];
    counts.set(phase, row.closedFlag === true ? [open, closed + 1] : [open + 1, closed]);
  }
  return counts;
}

const RECAP = 'GET /project/projects/{id}/projectRecap';
const PLAN = 'GET /project/projects/{id}/projectWorkplan';

/** The financial recap of sites of 2026.4. */
async function recapFacts(
  id: number,
  { currency }: ManageRecord,
  { manage, api, signal }: ToolContext,
): Promise<[string, unknown][]> {
  const why = operationLacking(api, RECAP);
  if (why !== undefined) return [['recap', `not shown: it ${why}`]];
  const recap = await readable(manage.get<ManageRecord>(RECAP, { path: { id }, signal }));
  if (recap === undefined) return [];
  const { revenueActual, revenueBilled, revenueUnbilled, costActual } = recap;
  return [
    ['actual revenue', money(revenueActual, currency)],
    ['billed', `${money(revenueBilled, currency)}, unbilled ${money(revenueUnbilled, currency)}`],
    ['actual cost', money(costActual, currency)],
  ];
}

/** Scheduled hours and dates of the phases, by id, from the work plan of sites of 2025.1. */
async function planOf(id: number, { manage, signal }: ToolContext): Promise<ReadonlyMap<number, ManageRecord>> {
  const plan = await readable(manage.get<{ phases?: readonly ManageRecord[] }>(PLAN, { path: { id }, signal }));
  return new Map((plan?.phases ?? []).map((phase) => [Number(phase.id), phase]));
}

export default defineTool({
  name: 'get_project',
  title: 'Get project',
  toolset: 'project',
  effect: 'read',
  uses: [
    'GET /project/projects/{id}',
    'GET /project/projects/{parentId}/phases',
    'GET /project/projects/{parentId}/teamMembers',
    'GET /project/projects/{parentId}/teamMembers/count',
    'GET /project/projects/{parentId}/notes',
    'GET /project/projects/{parentId}/notes/count',
    'GET /project/tickets',
    RECAP,
    PLAN,
  ],
  description: 'A project: phases in order, team, tickets, notes, budget and actual hours and amounts.',
  input: z.strictObject({
    project: fragments.name('project', { of: 'company', description: 'Name or id' }),
    company: fragments.name('company').optional(),
  }),
  aliases: { id: 'project', projectId: 'project', name: 'project', customer: 'company' },
  output: z.looseObject({ id: z.int() }),
  async run({ project: { id } }, context) {
    const { manage, signal, quote } = context;
    const part = (list: string, orderBy: readonly string[] = []) =>
      readable(
        manage.list<ManageRecord>(`GET /project/projects/{parentId}/${list}`, {
          path: { parentId: id },
          orderBy,
          limit: MOST,
          signal,
        }),
      );
    const [record, phases, team, notes, counts, plan] = await Promise.all([
      manage.get<ManageRecord>('GET /project/projects/{id}', { path: { id }, signal }),
      readable(manage.all<ManageRecord>('GET /project/projects/{parentId}/phases', { path: { parentId: id }, signal })),
      part('teamMembers'),
      part('notes', ['id desc']),
      ticketCounts(id, context),
      planOf(id, context),
    ]);
    const against = (actual: unknown, budget: unknown, estimated?: unknown): string => {
      const [most, guess] = [Number(budget ?? 0), Number(estimated ?? 0)];
      const without = guess === 0 ? 'no budget' : `no budget, ${guess} h estimated`;
      return `${Number(actual ?? 0)} h of ${most === 0 ? without : `${most} h`}`;
    };
    const [open, closed] = [...counts.values()].reduce<readonly [number, number]>(
      ([sum, done], [o, c]) => [sum + o, done + c],
      [0, 0],
    );
    const estimated = (what: 'Revenue' | 'Cost') =>
      money(
        ['Time', 'Expense', 'Product'].reduce((sum, kind) => sum + Number(record[`estimated${kind}${what}`] ?? 0), 0),
        record.currency,
      );
    const read = notes?.rows ?? [];
    const missing = (notes?.total ?? read.length) - read.length;
    return recordView({
      id,
      title: `Project ${id}: ${record.name}`,
      facts: [
        ['company', nameOf(record.company)],
        ['status', nameOf(record.status)],
        ['manager', nameOf(record.manager)],
        ['board', nameOf(record.board)],
        ['dates', `${dayOf(record.estimatedStart)} to ${dayOf(record.estimatedEnd)}`],
        ['done', record.percentComplete === undefined ? '' : `${Math.round(Number(record.percentComplete) * 100)} %`],
        ['hours', against(record.actualHours, record.budgetHours, record.estimatedHours)],
        ['scheduled hours', record.scheduledHours],
        [
          'billing',
          [choiceWords(record.billingMethod), record.billingAmount && money(record.billingAmount, record.currency)]
            .filter(Boolean)
            .join(' '),
        ],
        ['estimated revenue', estimated('Revenue')],
        ['estimated cost', estimated('Cost')],
        ...(await recapFacts(id, record, context)),
        ['agreement', nameOf(record.agreement)],
        ['tickets', `${open} open, ${closed} closed`],
        ...shownCustomFields(record),
      ],
      sections: [
        {
          key: 'phases',
          title: 'Phases',
          columns: ['id', 'wbs', 'phase', 'status', 'hours', 'scheduled', 'open tickets', 'deadline'],
          rows:
            phases &&
            [...phases]
              .sort(byWbs)
              .map((phase) => [
                phase.id,
                phase.wbsCode,
                phase.description,
                nameOf(phase.status),
                against(phase.actualHours, phase.budgetHours),
                scheduledOf(plan.get(Number(phase.id)) ?? phase),
                counts.get(Number(phase.id))?.[0] ?? 0,
                dayOf(phase.deadlineDate),
              ]),
        },
        {
          key: 'team',
          title: 'Team',
          columns: ['id', 'member', 'role', 'hours'],
          rows: team?.rows.map((row) => [row.id, nameOf(row.member), nameOf(row.projectRole), row.hours]),
          total: team?.total,
        },
      ],
      notes: lines([
        notes === undefined ? notRead([say`Notes`]) : undefined,
        missing > 0 ? say`Notes, the newest ${read.length} of ${read.length + missing}:` : undefined,
        read.length === 0
          ? undefined
          : quote(
              read
                .toReversed()
                .map(({ text }) => String(text ?? ''))
                .join('\n---\n'),
            ),
      ]),
    });
  },
});
