import { ExactSum } from '../../../src/manage/index.ts';
import { billedIn } from '../../../src/revenue/currency.ts';
import type { UnbilledSource, Worth } from '../../../src/revenue/unbilled.ts';
import { type Clean, joined } from '../../../src/text/index.ts';
import { money, type ToolContext } from '../../../src/tool/index.ts';

/** What one customer or agreement has that is on no invoice yet. */
export interface Line {
  readonly label: Clean;
  /** The code of what its amounts are in; empty where nobody knows. */
  readonly currency: Clean;
  readonly hours: ExactSum;
  readonly time: ExactSum;
  /** Of the hours, those that an agreement covers. */
  readonly coveredHours: ExactSum;
  readonly expenses: ExactSum;
  readonly products: ExactSum;
  /** What agreements cover of all that: it is not invoiced beside them. */
  readonly covered: ExactSum;
}

export const newLine = (label: Clean, currency: Clean): Line => ({
  label,
  currency,
  hours: new ExactSum(),
  time: new ExactSum(),
  coveredHours: new ExactSum(),
  expenses: new ExactSum(),
  products: new ExactSum(),
  covered: new ExactSum(),
});

export function addWorth(line: Line, source: UnbilledSource, { worth, covered, hours, coveredHours }: Worth): void {
  line[source].add(worth);
  line.covered.add(covered);
  line.hours.add(hours);
  line.coveredHours.add(coveredHours);
}

const PARTS = ['hours', 'time', 'coveredHours', 'expenses', 'products', 'covered'] as const;

function addLine(total: Line, line: Line): void {
  for (const part of PARTS) total[part].add(line[part].value);
}

/** What one customer has of one agreement or of all, in the currency of an expense, or in one that only the customer tells. */
export interface Piece {
  /** The customer or agreement that it is listed under. */
  readonly key: number;
  readonly companyId: number;
  readonly line: Line;
}

/** The pieces as lines, one for each customer or agreement and currency: amounts of two currencies are not added up. */
export async function linesOf(
  pieces: readonly Piece[],
  context: Pick<ToolContext, 'manage' | 'signal'>,
): Promise<Line[]> {
  const unsaid = pieces.filter(({ line }) => line.currency === '');
  const ids = unsaid.map(({ companyId }) => companyId).filter((id) => id !== 0);
  const codes = await billedIn(ids, context);
  const found = new Map<string, Line>();
  for (const { key, companyId, line } of pieces) {
    const code = line.currency === '' ? (codes.get(companyId) ?? line.currency) : line.currency;
    const place = `${key} ${code}`;
    const whole = found.get(place) ?? newLine(line.label, code);
    found.set(place, whole);
    addLine(whole, line);
  }
  return [...found.values()];
}

/** An amount of lines, a sum a currency: `120.00 USD + 80.00 EUR`. */
export function amountOf(lines: readonly Line[], amount: (line: Line) => number): Clean {
  const sums = new Map<Clean, ExactSum>();
  for (const line of lines) {
    const sum = sums.get(line.currency) ?? new ExactSum();
    sums.set(line.currency, sum);
    sum.add(amount(line));
  }
  if (sums.size === 0) return money(0);
  return joined(
    [...sums].map(([code, sum]) => money(sum.value, code)),
    ' + ',
  );
}

/** Hours of lines. */
export function hoursOf(lines: readonly Line[], part: 'hours' | 'coveredHours'): number {
  const sum = new ExactSum();
  for (const line of lines) sum.add(line[part].value);
  return sum.value;
}

export const worthOfLine = ({ time, expenses, products }: Line): number => time.value + expenses.value + products.value;

/** What is left to invoice when agreements have covered theirs. */
export const toInvoice = (line: Line): number => worthOfLine(line) - line.covered.value;
