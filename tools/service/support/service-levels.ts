import type { ManageRecord } from '../../../src/manage/index.ts';
import { nameOf } from '../../../src/names/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import { type NameWithin, type ToolContext, tableResult } from '../../../src/tool/index.ts';

/** Operations that `serviceLevels` calls. */
export const LEVEL_OPERATIONS = ['GET /service/SLAs', 'GET /service/SLAs/{parentId}/priorities'] as const;

/** Which priority a ticket gets by how many it hits and how much it hurries. */
const MATRIX = ['hi', 'med', 'low'].flatMap((impact) =>
  ['Hi', 'Med', 'Low'].map((urgency) => [`${impact}Impact${urgency}Urgency`, impact, urgency.toLowerCase()] as const),
);

const goal = (hours: unknown, percent: unknown): string =>
  hours === undefined || hours === null ? '' : `${hours} h${percent ? ` (${percent} %)` : ''}`;

/** Which priority a ticket gets, for one SLA. */
const matrixOf = (row: ManageRecord): Clean[] =>
  MATRIX.map(([member, impact, urgency]) => {
    const priority = cleanLine(nameOf(row[member]));
    return say`${cleanLine(impact)} impact, ${cleanLine(urgency)} urgency: ${priority}`;
  });

function headOf(row: ManageRecord): Clean {
  const calendar = nameOf(row.customCalendar);
  const hours = joined([say`hours of ${cleanLine(row.basedOn)}`, cleanLine(calendar)], ', ');
  return say`${cleanLine(row.name)}${row.defaultFlag === true ? ' (default)' : ''}: ${hours}`;
}

/** What an SLA promises by priority, and which priority a ticket gets by its impact and urgency; of all of them with `all`. */
export async function serviceLevels(sla: NameWithin, { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>) {
  const one = /^all$/i.test(sla.given.trim()) ? undefined : await sla.within({});
  const all = await manage.all<ManageRecord>('GET /service/SLAs', { orderBy: ['applicationOrder asc'], signal });
  const chosen = all.filter(({ id }) => one === undefined || id === one.id);
  const goals = await Promise.all(
    [...chosen].map(async (row): Promise<readonly (readonly unknown[])[]> => {
      const path = { parentId: Number(row.id) };
      const own = await manage.all<ManageRecord>('GET /service/SLAs/{parentId}/priorities', { path, signal });
      const promised = (from: ManageRecord): string[] => [
        goal(from.respondHours, from.respondPercent),
        goal(from.planWithin, from.planWithinPercent),
        goal(from.resolutionHours, from.resolutionPercent),
      ];
      const byPriority = own.map((level) => [row.name, nameOf(level.priority), ...promised(level)]);
      return byPriority.length > 0 ? byPriority : [[row.name, 'any', ...promised(row)]];
    }),
  );
  const rows = goals.flat();
  const says = chosen.map((row) => joined([headOf(row), ...(one === undefined ? [] : matrixOf(row))], '; '));
  return tableResult({
    noun: 'goals',
    head: joined(says, '. '),
    columns: ['SLA', 'priority', 'respond', 'plan', 'resolve'],
    rows,
    total: rows.length,
    pageSize: Math.max(rows.length, 1),
  });
}
