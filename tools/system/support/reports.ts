import { isDeepStrictEqual } from 'node:util';
import type { Field, Schema, Schemas } from '../../../src/api/index.ts';
import { secretsMasked } from '../../../src/api/meanings.ts';
import { isRecord } from '../../../src/json.ts';
import { type ManageReader, type ManageRecord, NotFound } from '../../../src/manage/index.ts';
import { type Expression, print } from '../../../src/query/index.ts';
import { cleanLine, say } from '../../../src/text/index.ts';
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

function fieldOf(type: unknown): Field {
  const said = String(type ?? '');
  // Views keep dates and moments in columns of one type: midnight UTC is a date.
  if (/date|time/i.test(said)) return { type: 'datetime', format: 'dayAtMidnight' };
  if (/num|int|dec|money|float|double|real/i.test(said)) return { type: 'number' };
  return { type: /bool|bit/i.test(said) ? 'boolean' : 'string' };
}

/**
 * One column of a report as Manage describes it: `{"Hours_Actual": {"type": "Numeric", ...}}`; a bare name and
 * `{"name": "Hours_Actual", "type": "Numeric"}` are taken as well.
 */
function columnOf(definition: unknown): readonly [string, Field][] {
  if (typeof definition === 'string') return [[definition, { type: 'string' }]];
  if (!isRecord(definition)) return [];
  const { name, type } = definition;
  if (typeof name === 'string') return [[name, fieldOf(type)]];
  return Object.entries(definition).map(([column, more]) => [column, fieldOf(isRecord(more) ? more.type : undefined)]);
}

/**
 * A report's columns as the schema of its rows, so that filters, orders and sums over it are checked like those of any record.
 * Servers that do not tell the columns are asked for a row, which carries them.
 */
export async function reportSchema(manage: ManageReader, report: string, signal: AbortSignal): Promise<Schema> {
  const options = { path: { reportName: report }, signal };
  const said = await manage
    .get<unknown>('GET /system/reports/{reportName}/columns', options)
    .catch(async (error: unknown) => {
      if (!(error instanceof NotFound)) throw error;
      return (await manage.get<ReportData>(REPORT, { ...options, query: { pageSize: 1 } })).column_definitions;
    });
  const definitions = Array.isArray(said) ? said : [said];
  return { name: report, fields: new Map(definitions.flatMap(columnOf)) };
}

/** Schemas that know nothing but the rows of a report. */
export const onlySchema = (schema: Schema): Schemas => ({
  schema: (name) => (name === schema.name ? schema : undefined),
});

export interface ReportQuery {
  readonly report: string;
  readonly columns: readonly string[];
  readonly conditions: Expression | undefined;
  readonly orderBy?: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

/** One page of a report's rows, each as a record of the columns that were asked for; secrets are masked. */
export async function reportPage(
  manage: ManageReader,
  { report, columns, conditions, orderBy = [], signal }: ReportQuery,
  { page, pageSize }: { readonly page: number; readonly pageSize: number },
): Promise<readonly ManageRecord[]> {
  const data = await manage.get<ReportData>(REPORT, {
    path: { reportName: report },
    query: {
      columns: columns.join(','),
      conditions: conditions && print(conditions),
      orderBy: orderBy.length > 0 ? orderBy.join(',') : undefined,
      page,
      pageSize,
    },
    signal,
  });
  // The answer says in which order the columns stand; it need not be the one that was asked for.
  const names = (data.column_definitions ?? []).map((definition, index) =>
    isRecord(definition) ? Object.keys(definition)[0] : columns[index],
  );
  return (data.row_values ?? []).map((row) =>
    secretsMasked(
      Object.fromEntries(row.map((value, index) => [names[index] ?? columns[index] ?? String(index), value])),
    ),
  );
}

/** How many rows a report has under these conditions. */
export const reportCount = (manage: ManageReader, { report, conditions, signal }: ReportQuery): Promise<number> =>
  manage.count('GET /system/reports/{reportName}/count', {
    path: { reportName: report },
    conditions,
    signal,
  });

/** Every row of a report, page by page. @throws {ToolInputError} where Manage gives the same page again and again */
export async function* reportRows(manage: ManageReader, query: ReportQuery): AsyncIterable<ManageRecord> {
  let before: readonly ManageRecord[] = [];
  for (let page = 1; ; page += 1) {
    const rows = await reportPage(manage, query, { page, pageSize: LARGEST_PAGE });
    if (rows.length > 0 && isDeepStrictEqual(rows, before))
      throw new ToolInputError(
        'report',
        say`${cleanLine(query.report)} has more rows than Manage gives: narrow it by where.`,
      );
    yield* rows;
    if (rows.length < LARGEST_PAGE) return;
    before = rows;
  }
}
