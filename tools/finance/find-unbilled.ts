import { z } from 'zod';
import { ExactSum, type ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf } from '../../src/names/index.ts';
import { all, type Expression, field } from '../../src/query/index.ts';
import { UNBILLED, type UnbilledSource, unbilledCondition, type Worth, worthOf } from '../../src/revenue/unbilled.ts';
import { type Clean, cleanLine, counted, lines, say } from '../../src/text/index.ts';
import {
  datesFor,
  defineTool,
  fragments,
  listOutput,
  money,
  type ToolContext,
  tableResult,
  withSynonyms,
} from '../../src/tool/index.ts';
import { type Doubts, newDoubts, noteDoubts, saidDoubts } from './support/unbilled-doubts.ts';

/** What one customer or agreement has that is on no invoice yet. */
interface Line {
  readonly label: Clean;
  readonly hours: ExactSum;
  readonly time: ExactSum;
  /** Of the hours, those that an agreement covers. */
  readonly coveredHours: ExactSum;
  readonly expenses: ExactSum;
  readonly products: ExactSum;
  /** What agreements cover of all that: it is not invoiced beside them. */
  readonly covered: ExactSum;
}

const newLine = (label: Clean): Line => ({
  label,
  hours: new ExactSum(),
  time: new ExactSum(),
  coveredHours: new ExactSum(),
  expenses: new ExactSum(),
  products: new ExactSum(),
  covered: new ExactSum(),
});

function add(line: Line, source: UnbilledSource, { worth, covered, hours, coveredHours }: Worth): void {
  line[source].add(worth);
  line.covered.add(covered);
  line.hours.add(hours);
  line.coveredHours.add(coveredHours);
}

interface Wanted {
  readonly source: UnbilledSource;
  readonly conditions: Expression | undefined;
  readonly by: 'company' | 'agreement';
  readonly doubts: Doubts;
}

/** An agreement is named with its customer: many customers have one of the same name. */
function labelOf(row: ManageRecord, by: Wanted['by']): Clean {
  const name = nameOf(row[by]);
  if (name === undefined) return say`(none)`;
  const customer = nameOf(row.company);
  return by === 'agreement' && customer !== undefined
    ? say`${cleanLine(name)} (${cleanLine(customer)})`
    : cleanLine(name);
}

/** Adds all records of a source to the lines. Gives how many there were. */
async function collect(
  { source, conditions, by, doubts }: Wanted,
  found: Map<number, Line>,
  { manage, signal, progress, ...context }: ToolContext,
): Promise<number> {
  const zone = await context.zone();
  const { list, fields, date } = UNBILLED[source];
  let read = 0;
  const rows = manage.stream(list, {
    conditions,
    fields: [
      'id',
      'company/id',
      'company/name',
      'agreement/id',
      ...(by === 'agreement' ? ['agreement/name'] : []),
      ...(date === undefined ? [] : [date, 'status']),
      ...fields,
    ],
    signal,
  });
  for await (const row of rows) {
    const worth = worthOf(source, row);
    if (worth === undefined) continue;
    read += 1;
    if (read % 1_000 === 0) progress(read, undefined, `${read} ${source} read`);
    const key = idOf(row[by]) ?? 0;
    const line = found.get(key) ?? newLine(labelOf(row, by));
    found.set(key, line);
    add(line, source, worth);
    noteDoubts(doubts, { source, row, zone }, worth);
  }
  return read;
}

const PARTS = ['hours', 'time', 'coveredHours', 'expenses', 'products', 'covered'] as const;

/** Several lines in one. */
function sumOfLines(lines: readonly Line[], label: Clean): Line {
  const total = newLine(label);
  for (const line of lines) for (const part of PARTS) total[part].add(line[part].value);
  return total;
}

const worthOfLine = ({ time, expenses, products }: Line): number => time.value + expenses.value + products.value;

/** What is left to invoice when agreements have covered theirs. */
const toInvoice = (line: Line): number => worthOfLine(line) - line.covered.value;

export default defineTool({
  name: 'find_unbilled',
  title: 'Find unbilled',
  toolset: 'finance',
  core: true,
  effect: 'read',
  uses: [...Object.values(UNBILLED).map(({ list }) => list), 'GET /finance/agreements'],
  description:
    'Billable time, expenses and products not billed yet, by customer or agreement; what agreements cover stands apart.',
  input: z.strictObject({
    company: fragments.filterName('company').optional(),
    period: fragments.period('past', 'Of the work').optional(),
    by: withSynonyms(z.enum(['company', 'agreement']), { customer: 'company', client: 'company' }).default('company'),
    limit: fragments.list.limit,
  }),
  aliases: {
    customer: 'company',
    groupBy: 'by',
    top: 'limit',
    pageSize: 'limit',
    ...datesFor('period'),
  },
  output: listOutput,
  async run({ company, period, by, limit }, context) {
    const found = new Map<number, Line>();
    const doubts = newDoubts();
    const sources = Object.keys(UNBILLED) as UnbilledSource[];
    const [entries = 0, expenses = 0, products = 0] = await Promise.all(
      sources.map((source) => {
        const conditions = all(
          unbilledCondition(source, period, context.api),
          company && field('company/id', '=', company.id),
        );
        return collect({ source, conditions, by, doubts }, found, context);
      }),
    );
    const ordered = [...found.values()]
      .filter((line) => worthOfLine(line) !== 0 || line.hours.value !== 0)
      .sort((a, b) => toInvoice(b) - toInvoice(a) || worthOfLine(b) - worthOfLine(a) || b.hours.value - a.hours.value);
    const total = sumOfLines(ordered, say`all`);
    const shown = ordered.slice(0, limit);
    const others = ordered.length - shown.length;
    const rest = sumOfLines(ordered.slice(shown.length), say`others`);
    const undated = period !== undefined && products > 0;
    return tableResult({
      noun: by === 'company' ? 'customers' : 'agreements',
      head: lines([
        say`${counted(entries, 'time entry', 'time entries')}: ${total.hours.value} h, ${money(total.time.value)}. ${counted(expenses, 'expense', 'expenses')}: ${money(total.expenses.value)}. ${counted(products, 'product', 'products')}: ${money(total.products.value)}.`,
        say`Agreements cover ${total.coveredHours.value} h and ${money(total.covered.value)} of that; ${money(toInvoice(total))} is left to invoice.`,
        ...(await saidDoubts(doubts, context)),
        undated ? say`Products have no date of work and are all counted.` : undefined,
      ]),
      columns: [by, 'hours', 'time', 'expenses', 'products', 'covered hours', 'covered', 'to invoice'],
      rows: shown.map((line) => [
        line.label,
        line.hours.value,
        money(line.time.value),
        money(line.expenses.value),
        money(line.products.value),
        line.coveredHours.value,
        money(line.covered.value),
        money(toInvoice(line)),
      ]),
      total: ordered.length,
      pageSize: Math.max(ordered.length, 1),
      hint:
        others === 0
          ? undefined
          : say`The other ${others}: ${rest.hours.value} h, ${money(worthOfLine(rest))}, of which ${money(toInvoice(rest))} is to invoice.`,
    });
  },
});
