import { z } from 'zod';
import { ClockError, readPeriod } from '../../src/clock/index.ts';
import { csv, isOfMoney, makeReport, REPORT_USES, render } from '../../src/report/index.ts';
import { type Clean, caption, clean, cleanLine, cleanValue, lines } from '../../src/text/index.ts';
import {
  type Alias,
  datesFor,
  defineTool,
  fragments,
  listOutput,
  type ToolContext,
  table,
  together,
  withSynonyms,
} from '../../src/tool/index.ts';

/** What people narrow a report by without saying where. */
const NARROWING = [
  'company',
  'customer',
  'client',
  'board',
  'member',
  'technician',
  'team',
  'project',
  'agreement',
] as const;

const narrowing: Alias = {
  argument: 'where',
  as: (_, given) =>
    NARROWING.filter((name) => given[name] !== undefined && given[name] !== '').map((name) => ({
      field: name,
      value: given[name],
    })),
};

/** What people call the period that another is compared with. */
const COMPARISONS = {
  previousPeriod: 'previous',
  priorPeriod: 'previous',
  prior: 'previous',
  periodBefore: 'previous',
  before: 'previous',
  lastPeriod: 'previous',
  periodOverPeriod: 'previous',
  previousYear: 'lastYear',
  priorYear: 'lastYear',
  yearBefore: 'lastYear',
  yearAgo: 'lastYear',
  yearOverYear: 'lastYear',
  yoy: 'lastYear',
  samePeriodLastYear: 'lastYear',
} as const;

export default defineTool({
  name: 'report',
  title: 'Report',
  toolset: 'system',
  core: true,
  effect: 'read',
  uses: REPORT_USES,
  tables: ({ by }) => (/board/i.test(String(by)) ? ['board'] : []),
  description:
    'opened closed backlog reopened oneTouch slaMet openSlaMissed unassigned stale, responseHours resolutionHours age (:median :p90 :max); hours billable billableShare nonBillable capacity utilization billableUtilization lateEntry afterHours scheduled; billed mrr newMrr lostMrr recurringCost labourCost margin effectiveRate unbilled balance productMargin; pipeline weighted won winRate budget actual; endpoints expiring seats csat; "a/b", "a - b", "share of a"; a wrong name lists all.',
  input: z.strictObject({
    measures: z.array(z.string()),
    by: z
      .array(z.string())
      .optional()
      .describe(
        'Up to 2: company, contact, member, board, type, ticket, product, month, weekday, hour, age..., custom field',
      ),
    period: z.string().optional(),
    compare: withSynonyms(z.enum(['previous', 'lastYear']), COMPARISONS).optional(),
    where: fragments.list.where.describe('By dimension and name'),
    top: fragments.rows(z.int().optional()),
    orderBy: z.string().optional(),
    explain: z.boolean().optional(),
    format: z.enum(['table', 'csv']).optional(),
    confirm: z.boolean().optional(),
  }),
  aliases: {
    measure: 'measures',
    metric: 'measures',
    metrics: 'measures',
    kpi: 'measures',
    groupBy: 'by',
    dimensions: 'by',
    dimension: 'by',
    per: 'by',
    filter: 'where',
    filters: 'where',
    limit: 'top',
    sort: 'orderBy',
    comparison: 'compare',
    compareTo: 'compare',
    date: 'period',
    when: 'period',
    timeframe: 'period',
    dateRange: 'period',
    range: 'period',
    ...datesFor('period'),
    ...Object.fromEntries(NARROWING.map((name) => [name, narrowing])),
  },
  output: listOutput,
  view: 'report',
  async run(
    { measures: said, by: split = [], where = [], explain = false, format = 'table', confirm, ...rest },
    context,
  ) {
    const { measures, by } = splitSaid(said, split);
    const isWhole = format === 'csv';
    const [report] = await together([
      makeReport({ ...rest, measures, by, where, isWhole, confirmed: confirm === true }, context),
      checkPeriod(rest.period, context),
    ]);
    const { columns, titles, rows, shown, notes, head, shape, left } = render(report, explain);
    return {
      structured: {
        total: report.groups,
        head,
        totals: totalsIn(report),
        columns: columns.map(cleanLine),
        rows: rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cleanLine(cell) : cell))),
        notes,
      },
      text:
        format === 'csv'
          ? lines([
              csv(rows.length > 0 ? { columns, rows } : totalsOf(report)),
              // Whoever says how many wants no more.
              rest.top === undefined && left,
            ])
          : lines([head, rows.length > 0 && clean(table(titles, shown, '|')), ...notes]),
      aside: cleanValue(shape),
    };
  },
});

/** Looks at a period beside the measures, which decide how it is read. @throws {ClockError} for what is no period */
async function checkPeriod(said: string | undefined, { now }: ToolContext): Promise<void> {
  if (said === undefined) return;
  try {
    readPeriod(said, { now: await now(), argument: 'period', direction: 'past' });
  } catch (error) {
    if (error instanceof ClockError && error.code === 'unreadable') throw error;
  }
}

const MEASURE_BY = /^(.+?)\s+by\s+(?:each\s+)?(.+)$/i;

/** Measures with what they are split by in the same text, where nothing else says it: "tickets closed by member". */
function splitSaid(measures: readonly string[], by: readonly string[]) {
  const said = measures.map((text) => MEASURE_BY.exec(text.trim()));
  const splits = new Set(said.flatMap((found) => found?.[2] ?? []));
  if (by.length > 0 || splits.size !== 1) return { measures, by };
  return { measures: measures.map((text, index) => said[index]?.[1] ?? text), by: [...splits] };
}

type Report = Awaited<ReturnType<typeof makeReport>>;

/** The values of all groups together, by measure; amounts of several currencies each by itself. */
const totalsIn = ({ measures, totals, byCurrency }: Report) =>
  Object.fromEntries(
    measures.flatMap((measure, index): [Clean, number | null][] =>
      byCurrency.length === 0 || !isOfMoney(measure)
        ? [[caption(measure.name), shortened(totals.values[index])]]
        : byCurrency.map(({ currency, line }) => [
            caption(`${measure.name} ${currency}`),
            shortened(line.values[index]),
          ]),
    ),
  );

const shortened = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : Math.round(value * 100) / 100;

/** A report that is not split, as a table of one row. */
const totalsOf = ({ measures, totals }: Report) => ({
  columns: measures.map(({ name }) => name),
  rows: [totals.values.map(shortened)],
});
