import { z } from 'zod';
import { dateOnly, readPeriod } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { nameOf, resolveGiven } from '../../src/names/index.ts';
import { all, type Expression, field } from '../../src/query/index.ts';
import {
  defineLegacyTool as defineTool,
  listOutput,
  money,
  type LegacyToolContext as ToolContext,
  tableResult,
} from '../../src/tool/index.ts';

/** What one customer or agreement has that is on no invoice; amounts in hundredths. */
interface Line {
  readonly label: string;
  hours: number;
  time: number;
  expenses: number;
  products: number;
}

const SOURCES = {
  time: {
    list: 'GET /time/entries',
    date: 'timeStart',
    billable: 'billableOption',
    fields: ['actualHours', 'hoursBilled', 'hourlyRate'],
  },
  expenses: {
    list: 'GET /expense/entries',
    date: 'date',
    billable: 'billableOption',
    fields: ['amount', 'billAmount'],
  },
  products: {
    list: 'GET /procurement/products',
    date: undefined,
    billable: 'billableOption',
    fields: ['quantity', 'price', 'cancelledFlag'],
  },
} as const;
type Source = keyof typeof SOURCES;

/** Hundredths of hours and money, so that sums are exact. */
function add(line: Line, source: Source, row: ManageRecord): void {
  const cents = (value: unknown): number => Math.round(Number(value ?? 0) * 100);
  if (source === 'time') {
    line.hours += cents(row.hoursBilled ?? row.actualHours);
    line.time += Math.round(Number(row.hoursBilled ?? row.actualHours ?? 0) * Number(row.hourlyRate ?? 0) * 100);
  } else if (source === 'expenses') line.expenses += cents(row.billAmount ?? row.amount);
  else line.products += Math.round(Number(row.quantity ?? 0) * Number(row.price ?? 0) * 100);
}

async function collect(
  source: Source,
  conditions: Expression | undefined,
  by: 'company' | 'agreement',
  lines: Map<string, Line>,
  { manage, signal, progress }: ToolContext,
): Promise<number> {
  const { list, fields } = SOURCES[source];
  let read = 0;
  const rows = manage.stream<ManageRecord>(list, {
    conditions,
    fields: ['id', `${by}/id`, `${by}/name`, ...fields],
    signal,
  });
  for await (const row of rows) {
    if (source === 'products' && row.cancelledFlag === true) continue;
    read += 1;
    if (read % 1_000 === 0) progress(read, undefined, `${read} ${source} read`);
    const label = nameOf(row[by]) ?? '(none)';
    const key = String((row[by] as { id?: unknown } | undefined)?.id ?? '');
    const line = lines.get(key) ?? { label, hours: 0, time: 0, expenses: 0, products: 0 };
    lines.set(key, line);
    add(line, source, row);
  }
  return read;
}

export default defineTool({
  name: 'find_unbilled',
  title: 'Find unbilled',
  toolset: 'finance',
  effect: 'read',
  uses: ['GET /time/entries', 'GET /expense/entries', 'GET /procurement/products'],
  description: 'Billable time, expenses and products that are on no invoice yet, summed by customer or agreement.',
  input: z.strictObject({
    company: z.string().optional(),
    until: z.string().optional().describe('Period or day of the work'),
    by: z.enum(['company', 'agreement']).default('company'),
  }),
  aliases: { customer: 'company', period: 'until', groupBy: 'by' },
  output: listOutput,
  async run(input, context) {
    const { names, now } = context;
    const company = await resolveGiven(names, 'company', input.company, { argument: 'company' });
    const period =
      input.until === undefined
        ? undefined
        : readPeriod(input.until, { now: await now(), direction: 'past', argument: 'until' });
    const lines = new Map<string, Line>();
    const counts = await Promise.all(
      (Object.keys(SOURCES) as Source[]).map((source) => {
        const { date, billable } = SOURCES[source];
        const day = source === 'expenses' ? dateOnly : <T>(moment: T): T => moment;
        const conditions = all(
          field(billable, '=', 'Billable'),
          field('invoice/id', '=', null),
          company && field('company/id', '=', company.id),
          period && date ? field(date, '>=', day(period.start)) : undefined,
          period && date ? field(date, '<', day(period.end)) : undefined,
        );
        return collect(source, conditions, input.by, lines, context);
      }),
    );
    const amount = (line: Line): number => line.time + line.expenses + line.products;
    const ordered = [...lines.values()].sort((a, b) => amount(b) - amount(a) || b.hours - a.hours);
    const sum = (pick: (line: Line) => number): number => ordered.reduce((total, line) => total + pick(line), 0);
    const [entries, expenses, products] = counts;
    return tableResult({
      noun: input.by === 'company' ? 'customers' : 'agreements',
      head: `${entries} time entries, ${expenses} expenses and ${products} products read: ${sum(({ hours }) => hours) / 100} h, ${money(sum(amount) / 100)} in all${period && products ? '; products have no date of work and are all counted' : ''}`,
      columns: [input.by, 'hours', 'time', 'expenses', 'products'],
      rows: ordered.map((line) => [
        line.label,
        line.hours / 100,
        money(line.time / 100),
        money(line.expenses / 100),
        money(line.products / 100),
      ]),
      total: ordered.length,
      pageSize: Math.max(ordered.length, 1),
    });
  },
});
