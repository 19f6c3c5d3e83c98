import { z } from 'zod';
import { closest } from '../../src/api/closest.ts';
import type { Schema } from '../../src/api/index.ts';
import { fromManage, showMoment } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { narrow, orderKeys } from '../../src/query/index.ts';
import {
  dayOf,
  defineLegacyTool as defineTool,
  fragments,
  listOutput,
  summarize,
  type LegacyToolContext as ToolContext,
  ToolInputError,
  tableResult,
} from '../../src/tool/index.ts';
import { REPORT_OPERATIONS, reportColumns, reportCount, reportPage, reportRows } from './support/report-rows.ts';
import { onlySchema, reportSchema } from './support/report-schema.ts';

/** Columns that are shown when none are chosen; views can have a hundred. */
const FEW = 10;

const input = z.strictObject({
  report: z.string().optional().describe('None lists them'),
  columns: z.array(z.string()).optional(),
  ...fragments.list,
  orderBy: z.string().optional(),
  groupBy: fragments.groupBy,
  sum: z.array(z.string()).optional(),
});

/** The report that a name means, in any letter case. */
async function reportNamed(given: string, { manage, signal }: ToolContext): Promise<string> {
  const { rows } = await manage.page<ManageRecord>('GET /system/reports', { pageSize: 1000, signal });
  const names = rows.map(({ name }) => String(name));
  const found = names.find((name) => name.toLowerCase() === given.trim().toLowerCase());
  if (found !== undefined) return found;
  const near = closest(given, names);
  throw new ToolInputError(
    'report',
    `There is no report ${JSON.stringify(given)}.${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''}`,
    { allowed: names },
  );
}

/** The real spellings of columns. */
function columnsNamed(argument: string, given: readonly string[], { name, fields }: Schema): string[] {
  const known = [...fields.keys()];
  return given.map((column) => {
    const found = known.find((one) => one.toLowerCase() === column.trim().toLowerCase());
    if (found !== undefined) return found;
    const near = closest(column, known);
    throw new ToolInputError(
      argument,
      `${argument}: the report ${name} has no column ${JSON.stringify(column)}.${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''}`,
      { allowed: known },
    );
  });
}

export default defineTool({
  name: 'run_report',
  title: 'Run report',
  toolset: 'system',
  effect: 'read',
  uses: REPORT_OPERATIONS,
  description: "Rows of one of Manage's reports, or sums by groups.",
  input,
  aliases: { name: 'report', reportName: 'report', fields: 'columns', by: 'groupBy', total: 'sum', filter: 'where' },
  output: listOutput,
  async run(given, context) {
    const { manage, signal, progress } = context;
    const limit = given.limit ?? 25;
    if (given.report === undefined) {
      const { rows } = await manage.page<ManageRecord>('GET /system/reports', { pageSize: 1000, signal });
      const cells = rows.map(({ name }) => [name]);
      return tableResult({ noun: 'reports', columns: ['report'], rows: cells, total: cells.length });
    }
    const report = await reportNamed(given.report, context);
    const schema = reportSchema(report, await reportColumns(manage, report, signal));
    const options = { api: onlySchema(schema), schema: report };
    const { conditions } = narrow({}, given, options);
    const all = [...schema.fields.keys()];
    const asked = given.columns ?? [];
    const chosen = asked.length === 0 ? all.slice(0, FEW) : columnsNamed('columns', asked, schema);
    const query = { report, conditions, signal };
    if ((given.groupBy ?? given.sum ?? []).length > 0)
      return summarize(
        { api: options.api, progress, zone: context.zone },
        {
          noun: 'rows',
          limit: given.limit,
          page: given.page,
          schema: report,
          groupBy: given.groupBy ?? [],
          sum: columnsNamed('sum', given.sum ?? [], schema),
          read: (fields) => reportRows(manage, { ...query, columns: fields.filter((field) => field !== 'id') }),
        },
      );
    const orderBy = given.orderBy === undefined ? undefined : orderKeys(given.orderBy, options);
    const [rows, total, zone] = await Promise.all([
      reportPage(manage, { ...query, columns: chosen, orderBy }, given.page ?? 1, limit),
      reportCount(manage, { ...query, columns: chosen }),
      context.zone(),
    ]);
    const left = asked.length === 0 ? all.slice(FEW) : [];
    const shown = (column: string, value: unknown): unknown => {
      if (schema.fields.get(column)?.type !== 'datetime') return value;
      // Days are kept as midnight UTC and mean no moment anywhere.
      if (/T00:00:00(\.0+)?Z?$/.test(String(value))) return dayOf(value);
      const moment = fromManage(value, zone);
      return moment === undefined ? value : showMoment(moment);
    };
    return tableResult({
      noun: `rows of ${report}`,
      ...(left.length > 0 && { head: `More columns: ${left.join(', ')}` }),
      columns: chosen,
      rows: rows.map((row) => chosen.map((column) => shown(column, row[column]))),
      total,
      page: given.page,
      pageSize: limit,
    });
  },
});
