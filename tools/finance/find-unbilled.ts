import { z } from 'zod';
import { ExactSum, type ManageRecord } from '../../src/manage/index.ts';
import { idOf, nameOf } from '../../src/names/index.ts';
import { all, type Expression, field, within } from '../../src/query/index.ts';
import { type Clean, cleanLine, counted, lines, say } from '../../src/text/index.ts';
import {
  datesFor,
  defineTool,
  fragments,
  listOutput,
  money,
  type ToolContext,
  tableResult,
} from '../../src/tool/index.ts';

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

const SOURCES = {
  time: {
    list: 'GET /time/entries',
    schema: 'TimeEntry',
    date: 'timeStart',
    fields: ['actualHours', 'hoursBilled', 'hourlyRate', 'agreementHours', 'agreementAmount'],
  },
  expenses: {
    list: 'GET /expense/entries',
    schema: 'ExpenseEntry',
    date: 'date',
    fields: ['amount', 'billAmount', 'agreementAmount'],
  },
  // Products have neither a date of work nor a status.
  products: {
    list: 'GET /procurement/products',
    schema: 'ProductItem',
    date: undefined,
    fields: ['quantity', 'quantityCancelled', 'price', 'cancelledFlag', 'agreementAmount'],
  },
} as const;
type Source = keyof typeof SOURCES;

/** Statuses of time and expenses that Manage does not bill any more, although some of them stand on no invoice. */
const DONE = ['Billed', 'BilledAgreement', 'WrittenOff'];

const number = (value: unknown): number => Number(value ?? 0);

function add(line: Line, source: Source, row: ManageRecord): void {
  if (source === 'products') {
    line.products.add((number(row.quantity) - number(row.quantityCancelled)) * number(row.price));
    line.covered.add(row.agreementAmount);
    return;
  }
  if (source === 'expenses') {
    line.expenses.add(row.billAmount ?? row.amount);
    line.covered.add(row.agreementAmount);
    return;
  }
  const hours = number(row.hoursBilled ?? row.actualHours);
  line.hours.add(hours);
  line.time.add(hours * number(row.hourlyRate));
  line.coveredHours.add(row.agreementHours);
  line.covered.add(row.agreementAmount ?? number(row.agreementHours) * number(row.hourlyRate));
}

interface Wanted {
  readonly source: Source;
  readonly conditions: Expression | undefined;
  readonly by: 'company' | 'agreement';
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
  { source, conditions, by }: Wanted,
  found: Map<number, Line>,
  { manage, signal, progress }: ToolContext,
): Promise<number> {
  const { list, fields } = SOURCES[source];
  let read = 0;
  const rows = manage.stream(list, {
    conditions,
    fields: [
      'id',
      'company/id',
      'company/name',
      ...(by === 'agreement' ? ['agreement/id', 'agreement/name'] : []),
      ...fields,
    ],
    signal,
  });
  for await (const row of rows) {
    if (source === 'products' && row.cancelledFlag === true) continue;
    read += 1;
    if (read % 1_000 === 0) progress(read, undefined, `${read} ${source} read`);
    const key = idOf(row[by]) ?? 0;
    const line = found.get(key) ?? newLine(labelOf(row, by));
    found.set(key, line);
    add(line, source, row);
  }
  return read;
}

const worth = ({ time, expenses, products }: Line): number => time.value + expenses.value + products.value;

export default defineTool({
  name: 'find_unbilled',
  title: 'Find unbilled',
  toolset: 'finance',
  core: true,
  effect: 'read',
  uses: Object.values(SOURCES).map(({ list }) => list),
  description:
    'Billable time, expenses and products not billed yet, by customer or agreement; what agreements cover stands apart.',
  input: z.strictObject({
    company: fragments.filterName('company').optional(),
    period: fragments.period('past', 'Of the work').optional(),
    by: z.enum(['company', 'agreement']).default('company'),
  }),
  aliases: {
    customer: 'company',
    groupBy: 'by',
    ...datesFor('period'),
  },
  output: listOutput,
  async run({ company, period, by }, context) {
    const found = new Map<number, Line>();
    const sources = Object.keys(SOURCES) as Source[];
    const [entries = 0, expenses = 0, products = 0] = await Promise.all(
      sources.map((source) => {
        const { date, schema } = SOURCES[source];
        const conditions = all(
          field('billableOption', '=', 'Billable'),
          field('invoice/id', '=', null),
          date && field('status', 'not in', DONE),
          company && field('company/id', '=', company.id),
          period && date && within(date, period, { api: context.api, schema }),
        );
        return collect({ source, conditions, by }, found, context);
      }),
    );
    const ordered = [...found.values()]
      .filter((line) => worth(line) !== 0 || line.hours.value !== 0)
      .sort((a, b) => worth(b) - worth(a) || b.hours.value - a.hours.value);
    const total = newLine(say`all`);
    for (const line of ordered)
      for (const part of ['hours', 'time', 'coveredHours', 'expenses', 'products', 'covered'] as const)
        total[part].add(line[part].value);
    const undated = period !== undefined && products > 0;
    return tableResult({
      noun: by === 'company' ? 'customers' : 'agreements',
      head: lines([
        say`${counted(entries, 'time entry', 'time entries')}: ${total.hours.value} h, ${money(total.time.value)}. ${counted(expenses, 'expense', 'expenses')}: ${money(total.expenses.value)}. ${counted(products, 'product', 'products')}: ${money(total.products.value)}.`,
        say`Agreements cover ${total.coveredHours.value} h and ${money(total.covered.value)} of that; ${money(worth(total) - total.covered.value)} is left to invoice.`,
        undated ? say`Products have no date of work and are all counted.` : undefined,
      ]),
      columns: [by, 'hours', 'time', 'expenses', 'products', 'covered hours', 'covered', 'to invoice'],
      rows: ordered.map((line) => [
        line.label,
        line.hours.value,
        money(line.time.value),
        money(line.expenses.value),
        money(line.products.value),
        line.coveredHours.value,
        money(line.covered.value),
        money(worth(line) - line.covered.value),
      ]),
      total: ordered.length,
      pageSize: Math.max(ordered.length, 1),
    });
  },
});
