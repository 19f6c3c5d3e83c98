import { z } from 'zod';
import type { SaidPeriod } from '../../src/clock/index.ts';
import type { ManageRecord } from '../../src/manage/index.ts';
import { idOf, type Named, nameOf } from '../../src/names/index.ts';
import { all, type Expression, field } from '../../src/query/index.ts';
import { CUSTOMERS_CURRENCY } from '../../src/revenue/currency.ts';
import { UNBILLED, type UnbilledSource, unbilledCondition, worths } from '../../src/revenue/unbilled.ts';
import { type Clean, cleanLine, counted, lines, say } from '../../src/text/index.ts';
import {
  amountTitle,
  currencyCode,
  datesFor,
  defineTool,
  fragments,
  listOutput,
  loosened,
  money,
  type ToolContext,
  tableResult,
  type Without,
  withSynonyms,
} from '../../src/tool/index.ts';
import {
  asItStands,
  coveringAgreements,
  type Doubts,
  newDoubts,
  noteDoubts,
  saidDoubts,
} from './support/unbilled-doubts.ts';
import {
  addWorth,
  amountOf,
  hoursOf,
  type Line,
  linesOf,
  newLine,
  type Piece,
  toInvoice,
  worthOfLine,
} from './support/unbilled-lines.ts';

/** What is looked through. */
interface Asked {
  readonly company: Named | undefined;
  readonly period: SaidPeriod | undefined;
  readonly by: Wanted['by'];
}

/** Everything that is unbilled of what is asked for, and how many records of each source there are. */
async function gather({ company, period, by }: Asked, doubts: Doubts, context: ToolContext) {
  const found = new Map<string, Piece>();
  const sources = Object.keys(UNBILLED) as UnbilledSource[];
  const counts = await Promise.all(
    sources.map((source) => {
      const conditions = all(
        unbilledCondition(source, period, context.api),
        company && field('company/id', '=', company.id),
      );
      return collect({ source, conditions, by, doubts }, found, context);
    }),
  );
  return { pieces: [...found.values()], counts };
}

/** What is worth something: what to invoice first. */
async function worthwhile(pieces: readonly Piece[], context: ToolContext): Promise<Line[]> {
  return (await linesOf(pieces, context))
    .filter((line) => worthOfLine(line) !== 0 || line.hours.value !== 0)
    .sort((a, b) => toInvoice(b) - toInvoice(a) || worthOfLine(b) - worthOfLine(a) || b.hours.value - a.hours.value);
}

/** How many customers or agreements there would be without each filter. */
async function without(asked: Asked, context: ToolContext): Promise<Without[]> {
  const given = (['company', 'period'] as const).filter((argument) => asked[argument] !== undefined);
  return Promise.all(
    given.map(async (argument) => {
      const { pieces } = await gather({ ...asked, [argument]: undefined }, newDoubts(), context);
      return { argument, total: (await worthwhile(pieces, context)).length };
    }),
  );
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

/** Adds all records of a source to the pieces. Gives how many there were. */
async function collect(
  { source, conditions, by, doubts }: Wanted,
  found: Map<string, Piece>,
  { manage, names, signal, progress, ...context }: ToolContext,
): Promise<number> {
  const zone = await context.zone();
  const { list, fields, date } = UNBILLED[source];
  const worthOf = worths(names);
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
    const worth = await worthOf(source, row);
    if (worth === undefined) continue;
    read += 1;
    if (read % 1_000 === 0) progress(read, undefined, `${read} ${source} read`);
    const [key, companyId, code] = [idOf(row[by]) ?? 0, idOf(row.company) ?? 0, currencyCode(row.currency)];
    const place = `${key} ${companyId} ${code}`;
    const piece = found.get(place) ?? { key, companyId, line: newLine(labelOf(row, by), code) };
    found.set(place, piece);
    addWorth(piece.line, source, worth);
    noteDoubts(doubts, { source, row, zone }, worth);
  }
  return read;
}

export default defineTool({
  name: 'find_unbilled',
  title: 'Find unbilled',
  toolset: 'finance',
  core: true,
  effect: 'read',
  uses: [...Object.values(UNBILLED).map(({ list }) => list), 'GET /finance/agreements', CUSTOMERS_CURRENCY],
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
    const doubts = newDoubts();
    const asked = { company, period, by };
    const { pieces, counts } = await gather(asked, doubts, context);
    const [ordered, agreements] = await Promise.all([worthwhile(pieces, context), coveringAgreements(doubts, context)]);
    const [entries = 0, expenses = 0, products = 0] = counts;
    const sum = (amount: (line: Line) => number): Clean => amountOf(ordered, amount);
    const [code, other] = new Set(ordered.map(({ currency }) => currency));
    const only = other === undefined ? code : undefined;
    const cell = (amount: number, { currency }: Line): Clean =>
      money(amount, only === undefined ? currency : undefined);
    const title = (text: string): Clean => amountTitle(text, only);
    const shown = ordered.slice(0, limit);
    const rest = ordered.slice(shown.length);
    const left = ordered.reduce((total, line) => total + toInvoice(line), 0);
    const nothing = ordered.length === 0 ? loosened(await without(asked, context)) : undefined;
    const undated = period !== undefined && products > 0;
    return tableResult({
      noun: by === 'company' ? 'customers' : 'agreements',
      head: lines([
        say`${counted(entries, 'time entry', 'time entries')}: ${hoursOf(ordered, 'hours')} h, ${sum(({ time }) => time.value)}. ${counted(expenses, 'expense', 'expenses')}: ${sum((line) => line.expenses.value)}. ${counted(products, 'product', 'products')}: ${sum((line) => line.products.value)}.`,
        say`Agreements cover ${hoursOf(ordered, 'coveredHours')} h and ${sum(({ covered }) => covered.value)} of that; ${sum(toInvoice)} is left to invoice${asItStands(doubts, left, only)}.`,
        ...saidDoubts(doubts, agreements, only),
        say`What agreements bill by themselves, their recurring amounts, is not in it: search_agreements shows that.`,
        undated ? say`Products have no date of work and are all counted.` : undefined,
      ]),
      columns: [
        by,
        'hours',
        title('time'),
        title('expenses'),
        title('products'),
        'covered hours',
        title('covered'),
        title('to invoice'),
      ],
      rows: shown.map((line) => [
        line.label,
        line.hours.value,
        cell(line.time.value, line),
        cell(line.expenses.value, line),
        cell(line.products.value, line),
        line.coveredHours.value,
        cell(line.covered.value, line),
        cell(toInvoice(line), line),
      ]),
      total: ordered.length,
      pageSize: Math.max(ordered.length, 1),
      hint:
        rest.length === 0
          ? nothing
          : say`The other ${rest.length}: ${hoursOf(rest, 'hours')} h, ${amountOf(rest, worthOfLine)}, of which ${amountOf(rest, toInvoice)} is to invoice.`,
    });
  },
});
