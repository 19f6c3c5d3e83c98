import { z } from 'zod';
import { closest } from '../../src/api/closest.ts';
import type { Schema } from '../../src/api/index.ts';
import { fromManage, showMoment } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { orderKeys, UnknownField } from '../../src/query/index.ts';
import { distancesOf } from '../../src/revenue/distances.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../src/text/index.ts';
import {
  dayOf,
  defineTool,
  emptyFirstNote,
  fragments,
  listOutput,
  narrowed,
  pageAsked,
  summarize,
  type ToolContext,
  ToolInputError,
  tableResult,
  together,
} from '../../src/tool/index.ts';
import { onlySchema, REPORT_OPERATIONS, reportCount, reportPage, reportRows, reportSchema } from './support/reports.ts';

/** Columns that are shown when none are chosen; views can have a hundred. */
const FEW = 10;

const input = z.strictObject({
  report: z.string().optional().describe('None lists them'),
  columns: fragments.fields,
  ...fragments.list,
  orderBy: z.string().optional(),
  groupBy: fragments.fields,
  sum: fragments.fields,
});

/** @throws {ToolInputError} for what is said of a report's rows where no report is named */
function checkHasReport({ report, page: _, limit: __, ...of }: z.output<typeof input>): void {
  const [stray] = Object.entries(of).flatMap(([argument, value]) => (value === undefined ? [] : [argument]));
  if (report !== undefined || stray === undefined) return;
  throw new ToolInputError('report', say`Send report: ${cleanLine(stray)} is of the rows of one.`, {
    next: say`run_report without arguments lists the reports.`,
  });
}

/** The names of all reports, or a page of them where one was asked for. */
function reportList(reports: readonly string[], { page = 1, limit }: z.output<typeof input>) {
  const pageSize = limit ?? reports.length;
  return tableResult({
    noun: 'reports',
    columns: ['report'],
    rows: reports.slice((page - 1) * pageSize, page * pageSize).map((name) => [name]),
    total: reports.length,
    page,
    pageSize,
  });
}

/** The one of some names that is meant, in any letter case and with or without `_` and blanks. */
function named(known: readonly string[], given: string): string | undefined {
  const letters = (text: string): string => text.toLowerCase().replace(/[\s_-]/g, '');
  const same = known.filter((name) => letters(name) === letters(given));
  return (
    same.find((name) => name.toLowerCase() === given.trim().toLowerCase()) ?? (same.length === 1 ? same[0] : undefined)
  );
}

const nearTo = (given: string, known: readonly string[]) => {
  const near = closest(given, known).map(cleanLine);
  return near.length === 0 ? say`` : say` Did you mean ${joined(near, ' or ')}?`;
};

/** @throws {ToolInputError} with the closest when there is no such report */
function reportNamed(given: string, reports: readonly string[]): string {
  const found = named(reports, given);
  if (found !== undefined) return found;
  throw new ToolInputError('report', say`There is no report "${cleanLine(given)}".${nearTo(given, reports)}`, {
    allowed: reports.map(cleanLine),
  });
}

/** What fails at once as what fails later, so that all of it is said together. */
const soon = async <T>(read: () => T): Promise<T> => read();

/** The error of a filter, with the columns of the report where it names another one: nothing else lists them. */
const withColumns = (error: unknown, { fields }: Schema): unknown =>
  error instanceof UnknownField
    ? new ToolInputError(error.at, cleanLine(error.message), { allowed: [...fields.keys()].map(cleanLine) })
    : error;

/** The real spellings of columns. @throws {ToolInputError} with the closest for one that the report does not have */
function columnsNamed(
  argument: 'columns' | 'sum' | 'groupBy',
  given: readonly string[],
  { name, fields }: Schema,
): string[] {
  const known = [...fields.keys()];
  return given.map((column) => {
    const found = named(known, column);
    if (found !== undefined) return found;
    throw new ToolInputError(
      argument,
      say`${argument}: the report ${cleanLine(name)} has no column "${cleanLine(column)}".${nearTo(column, known)}`,
      { allowed: known.map(cleanLine) },
    );
  });
}

/** The columns of groups, each with the unit of the calendar that was said with it: `Date_Entered:month`. */
const groupsNamed = (given: readonly string[], schema: Schema): string[] =>
  given
    .flatMap((text) => text.split(/,|\band\b/))
    .filter((text) => text.trim() !== '')
    .map((text) => /^\s*(.*?)\s*(:\s*\w+)?\s*$/.exec(text) ?? [text, text])
    .flatMap(([, column = '', unit = '']) => columnsNamed('groupBy', [column], schema).map((own) => `${own}${unit}`));

/** @throws {ToolInputError} for columns beside groups, which have none but their own */
function checkColumns({ columns = [], groupBy = [], sum = [] }: z.output<typeof input>): void {
  if (columns.length === 0 || groupBy.length + sum.length === 0) return;
  throw new ToolInputError(
    'columns',
    say`columns are those of rows; groupBy and sum give groups, whose columns they are. Leave columns out.`,
  );
}

/** That a sum adds distances to money: Manage keeps the amount of mileage as a distance, and a report tells it by the type alone. */
async function addsDistances(
  { sum = [], groupBy = [] }: z.output<typeof input>,
  columns: readonly string[],
  { names }: ToolContext,
): Promise<Clean | undefined> {
  const type = columns.find((column) => /^expense_?type$/i.test(column));
  if (type === undefined || sum.length === 0) return undefined;
  const distances = await distancesOf(names);
  const units = joined([...new Set(distances.values())], ', ');
  const isApart = groupBy.some((column) => column.toLowerCase() === type.toLowerCase());
  const apart = isApart ? say`` : say`: group by ${cleanLine(type)} to keep them apart`;
  return distances.size === 0 ? undefined : say`Amounts of mileage can be ${units}, not money${apart}.`;
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
    const asking = pageAsked(given);
    const { page, limit } = asking;
    checkHasReport(given);
    const reports = (await manage.all<ManageRecord>('GET /system/reports', { signal })).map(({ name }) => String(name));
    if (given.report === undefined) return reportList(reports, given);
    const report = reportNamed(given.report, reports);
    const schema = await reportSchema(manage, report, signal);
    const api = onlySchema(schema);
    const { zone, now } = context;
    const all = [...schema.fields.keys()];
    const asked = given.columns ?? [];
    const [{ query, understood }, chosen, sum, groupBy] = await together([
      narrowed({ api, zone, now }, {}, given, report).catch((error: unknown) => {
        throw withColumns(error, schema);
      }),
      soon(() => (asked.length === 0 ? all.slice(0, FEW) : columnsNamed('columns', asked, schema))),
      soon(() => columnsNamed('sum', given.sum ?? [], schema)),
      soon(() => groupsNamed(given.groupBy ?? [], schema)),
      soon(() => checkColumns(given)),
    ]);
    const rowsOf = { report, conditions: query.conditions, signal };
    if ((given.groupBy ?? given.sum ?? []).length > 0)
      return summarize(
        { api, progress, zone, now },
        {
          noun: 'rows',
          limit: given.limit,
          page: given.page,
          schema: report,
          groupBy,
          sum,
          read: (fields) => reportRows(manage, { ...rowsOf, columns: fields.filter((field) => field !== 'id') }),
          head: lines([understood, await addsDistances(given, all, context)]),
          orderBy: given.orderBy,
        },
      );
    const orderBy = given.orderBy === undefined ? undefined : orderKeys(given.orderBy, { api, schema: report });
    const [read, total, local] = await Promise.all([
      reportPage(manage, { ...rowsOf, columns: chosen, orderBy }, { page, pageSize: limit }),
      reportCount(manage, { ...rowsOf, columns: chosen }),
      zone(),
    ]);
    const { rows, pageSize } = asking.shown(read, total);
    const left = asked.length === 0 ? all.slice(FEW).map(cleanLine) : [];
    const shown = (column: string, value: unknown): unknown => {
      if (schema.fields.get(column)?.type !== 'datetime') return value;
      // Days are kept as midnight UTC and mean no moment anywhere.
      if (/T00:00:00(\.0+)?Z?$/.test(String(value))) return dayOf(value);
      const moment = fromManage(value, local);
      return moment === undefined ? value : showMoment(moment);
    };
    return tableResult({
      noun: `rows of ${report}`,
      head: lines([
        understood,
        emptyFirstNote(rows, { orderBy: orderBy ?? [], fields: chosen }),
        left.length > 0 && say`More columns: ${joined(left, ', ')}`,
      ]),
      columns: chosen,
      rows: rows.map((row) => chosen.map((column) => shown(column, row[column]))),
      total,
      page,
      pageSize,
    });
  },
});
