import type { ManageRecord } from '../../../src/manage/index.ts';
import { nameOf } from '../../../src/names/index.ts';
import { type LegacyToolContext as ToolContext, tableResult } from '../../../src/tool/index.ts';

/** Operations that `serviceLevels` calls. */
export const LEVEL_OPERATIONS = ['GET /service/SLAs', 'GET /service/SLAs/{parentId}/priorities'] as const;

/** Which priority a ticket gets by how many it hits and how much it hurries. */
const MATRIX = ['hi', 'med', 'low'].flatMap((impact) =>
  ['Hi', 'Med', 'Low'].map((urgency) => [`${impact}Impact${urgency}Urgency`, impact, urgency.toLowerCase()] as const),
);

const goal = (hours: unknown, percent: unknown): string =>
  hours === undefined || hours === null ? '' : `${hours} h${percent ? ` (${percent} %)` : ''}`;

/** What an SLA promises by priority, and which priority a ticket gets by its impact and urgency; of all of them with `all`. */
export async function serviceLevels(sla: string, { manage, names, signal, plain }: ToolContext) {
  const one = /^all$/i.test(sla.trim()) ? undefined : await names.resolve('sla', sla, { argument: 'sla' });
  const { rows } = await manage.page<ManageRecord>('GET /service/SLAs', {
    pageSize: 200,
    orderBy: ['applicationOrder asc'],
    signal,
  });
  const chosen = rows.filter(({ id }) => one === undefined || id === one.id);
  const levels = await Promise.all(
    chosen.map(async (row) => {
      const options = { path: { parentId: Number(row.id) }, pageSize: 200, signal };
      const own = (await manage.page<ManageRecord>('GET /service/SLAs/{parentId}/priorities', options)).rows;
      return { row, own };
    }),
  );
  const says = chosen.map((row) => {
    const calendar = nameOf(row.customCalendar);
    const matrix =
      one === undefined
        ? []
        : MATRIX.map(
            ([member, impact, urgency]) => `${impact} impact, ${urgency} urgency: ${plain(nameOf(row[member]))}`,
          );
    const head = `${plain(row.name)}${row.defaultFlag === true ? ' (default)' : ''}: hours of ${plain(row.basedOn)}${calendar === undefined ? '' : `, ${plain(calendar)}`}`;
    return [head, ...matrix].join('; ');
  });
  const lines = levels.flatMap(({ row, own }) => {
    const goals = (from: ManageRecord): string[] => [
      goal(from.respondHours, from.respondPercent),
      goal(from.planWithin, from.planWithinPercent),
      goal(from.resolutionHours, from.resolutionPercent),
    ];
    const others = own.map((level) => [row.name, nameOf(level.priority), ...goals(level)]);
    return others.length > 0 ? others : [[row.name, 'any', ...goals(row)]];
  });
  return tableResult({
    noun: 'goals',
    head: says.join('. '),
    columns: ['SLA', 'priority', 'respond', 'plan', 'resolve'],
    rows: lines,
    total: lines.length,
    pageSize: Math.max(lines.length, 1),
  });
}
