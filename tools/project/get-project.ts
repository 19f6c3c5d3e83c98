import { z } from 'zod';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf, resolveGiven } from '../../src/names/index.ts';
import { field } from '../../src/query/index.ts';
import {
  dayOf,
  defineLegacyTool as defineTool,
  money,
  readablePart,
  recordView,
  shownCustomFields,
  type LegacyToolContext as ToolContext,
} from '../../src/tool/index.ts';

const MOST = 100;

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

export default defineTool({
  name: 'get_project',
  title: 'Get project',
  toolset: 'project',
  effect: 'read',
  uses: [
    'GET /project/projects/{id}',
    'GET /project/projects/{parentId}/phases',
    'GET /project/projects/{parentId}/teamMembers',
    'GET /project/projects/{parentId}/notes',
    'GET /project/tickets',
  ],
  description:
    'A project with its phases in order, team, tickets, notes, and budget against actual in hours and amounts.',
  input: z.strictObject({ project: z.string().describe('Name or id'), company: z.string().optional() }),
  aliases: { id: 'project', projectId: 'project', name: 'project', customer: 'company' },
  output: z.looseObject({ id: z.int() }),
  async run(input, context) {
    const { manage, names, signal, quote } = context;
    const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
    const { id } = await names.resolve('project', input.project, {
      argument: 'project',
      ...(company && { companyId: company.id }),
    });
    const part = (list: string) =>
      readablePart(
        manage.page<ManageRecord>(`GET /project/projects/{parentId}/${list}`, {
          path: { parentId: id },
          pageSize: MOST,
          signal,
        }),
      );
    const [record, phases, team, notes, counts] = await Promise.all([
      manage.get<ManageRecord>('GET /project/projects/{id}', { path: { id }, signal }),
      part('phases'),
      part('teamMembers'),
      part('notes'),
      ticketCounts(id, context),
    ]);
    const against = (actual: unknown, budget: unknown): string =>
      `${Number(actual ?? 0)} h of ${Number(budget ?? 0) === 0 ? 'no budget' : `${Number(budget)} h`}`;
    const all = [...counts.values()].reduce(([open, closed], [o, c]) => [open + o, closed + c], [0, 0]);
    const amounts = ['Time', 'Expense', 'Product'].map((kind) => Number(record[`estimated${kind}Revenue`] ?? 0));
    const costs = ['Time', 'Expense', 'Product'].map((kind) => Number(record[`estimated${kind}Cost`] ?? 0));
    const sum = (values: readonly number[]): string => money(values.reduce((total, value) => total + value, 0));
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
        ['hours', against(record.actualHours, record.budgetHours ?? record.estimatedHours)],
        ['scheduled hours', record.scheduledHours],
        [
          'billing',
          [record.billingMethod, record.billingAmount && money(record.billingAmount)].filter(Boolean).join(' '),
        ],
        ['estimated revenue', sum(amounts)],
        ['estimated cost', sum(costs)],
        ['agreement', nameOf(record.agreement)],
        ['tickets', `${all[0]} open, ${all[1]} closed`],
        ...shownCustomFields(record),
      ],
      sections: [
        {
          key: 'phases',
          title: 'Phases',
          columns: ['id', 'wbs', 'phase', 'status', 'hours', 'open tickets', 'deadline'],
          rows: [...phases]
            .sort(byWbs)
            .map((phase) => [
              phase.id,
              phase.wbsCode,
              phase.description,
              nameOf(phase.status),
              against(phase.actualHours, phase.budgetHours),
              counts.get(Number(phase.id))?.[0] ?? 0,
              dayOf(phase.deadlineDate),
            ]),
        },
        {
          key: 'team',
          title: 'Team',
          columns: ['id', 'member', 'role', 'hours'],
          rows: team.map((row) => [row.id, nameOf(row.member), nameOf(row.projectRole), row.hours]),
        },
      ],
      notes: notes.length === 0 ? '' : quote(notes.map(({ text }) => String(text ?? '')).join('\n---\n')),
    });
  },
});
