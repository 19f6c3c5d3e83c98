import { isDeepStrictEqual } from 'node:util';
import { type ManageClient, type ManageRecord, NotFound } from '../../../src/manage/index.ts';
import { type Expression, print } from '../../../src/query/index.ts';
import { ToolInputError } from '../../../src/tool/index.ts';

/** Operations that reading a report needs. */
export const REPORT_OPERATIONS = [
  'GET /system/reports/{reportName}',
  'GET /system/reports',
  'GET /system/reports/{reportName}/columns',
  'GET /system/reports/{reportName}/count',
] as const;

const REPORT = 'GET /system/reports/{reportName}';
const LARGEST_PAGE = 1000;

interface ReportData {
  readonly column_definitions?: readonly unknown[];
  readonly row_values?: readonly (readonly unknown[])[];
}

export interface ReportQuery {
  readonly report: string;
  readonly columns: readonly string[];
  readonly conditions: Expression | undefined;
  readonly orderBy?: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

/** What Manage says of a report's columns; servers that do not tell are asked for a row, which carries it. */
export async function reportColumns(
  manage: ManageClient,
  report: string,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const options = { path: { reportName: report }, signal };
  const said = await manage
    .get<unknown>('GET /system/reports/{reportName}/columns', options)
    .catch(async (error: unknown) => {
      if (!(error instanceof NotFound)) throw error;
      return (await manage.get<ReportData>(REPORT, { ...options, query: { pageSize: 1 } })).column_definitions;
    });
  return Array.isArray(said) ? said : [said];
}

/** One page of a report's rows, each as a record of the columns that were asked for. */
export async function reportPage(
  manage: ManageClient,
  { report, columns, conditions, orderBy, signal }: ReportQuery,
  page: number,
  pageSize: number,
): Promise<readonly ManageRecord[]> {
  const data = await manage.get<ReportData>(REPORT, {
    path: { reportName: report },
    query: {
      columns: columns.join(','),
      ...(conditions && { conditions: print(conditions) }),
      ...(orderBy && orderBy.length > 0 && { orderBy: orderBy.join(',') }),
      page,
      pageSize,
    },
    signal,
  });
  // The answer says in which order the columns stand; it need not be the one that was asked for.
  const names = (data.column_definitions ?? []).map((definition, index) =>
    typeof definition === 'object' && definition !== null ? Object.keys(definition)[0] : columns[index],
  );
  return (data.row_values ?? []).map((row) =>
    Object.fromEntries(row.map((value, index) => [names[index] ?? columns[index] ?? String(index), value])),
  );
}

/** How many rows a report has under these conditions. */
export const reportCount = (manage: ManageClient, { report, conditions, signal }: ReportQuery): Promise<number> =>
  manage.count('GET /system/reports/{reportName}/count', {
    path: { reportName: report },
    conditions,
    signal,
  });

/** Every row of a report, page by page. @throws {ToolInputError} where Manage gives the same page again and again */
export async function* reportRows(manage: ManageClient, query: ReportQuery): AsyncIterable<ManageRecord> {
  let before: readonly ManageRecord[] = [];
  for (let page = 1; ; page += 1) {
    const rows = await reportPage(manage, query, page, LARGEST_PAGE);
    if (rows.length > 0 && isDeepStrictEqual(rows, before))
      throw new ToolInputError('report', `${query.report} has more rows than Manage gives: narrow it by where.`);
    yield* rows;
    if (rows.length < LARGEST_PAGE) return;
    before = rows;
  }
}
