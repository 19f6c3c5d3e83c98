import { isEditable } from '../../../src/approval/time-sheet.ts';
import { Forbidden, type ManageRecord, sumOf, type Whole } from '../../../src/manage/index.ts';
import { idOf, type Names, nameOf } from '../../../src/names/index.ts';
import { byUnit, distancesOf } from '../../../src/revenue/distances.ts';
import { type Clean, cleanLine, cut, excerptLine, joined, say } from '../../../src/text/index.ts';
import {
  currencyCode,
  dayOf,
  money,
  type SummaryQuestion,
  type ToolContext,
  ToolInputError,
} from '../../../src/tool/index.ts';

/** Operations that reading an expense to change it needs. */
export const EXPENSE_OPERATIONS = ['GET /expense/entries/{id}'] as const;

/** An expense that may still be changed. @throws {ToolInputError} that says why not, before anything is sent */
export async function editableExpense(id: number, { manage, signal }: ToolContext): Promise<ManageRecord> {
  const record = await manage.get('GET /expense/entries/{id}', { path: { id }, signal });
  const status = cleanLine(record.status);
  if (status === '' || isEditable(record)) return record;
  if (/billed|writtenoff/i.test(status))
    throw new ToolInputError('expenseId', say`Expense ${id} is ${status} and cannot be changed any more.`);
  throw new ToolInputError('expenseId', say`Expense ${id} is ${status}: its report was submitted.`, {
    next: say`submit_expense_report with reverse: true opens the report again.`,
  });
}

/** How the amounts of expenses are to be read. */
export interface Amounts {
  /** `23.50`, `47 miles`. */
  show(row: ManageRecord): Clean;
  /** Sums of money, each currency by itself, and of distances: `60.00, 47 miles`. */
  sum(rows: Whole<ManageRecord>): Clean;
  /** What a report comes to as Manage says it, or its sums where distances are in it. */
  total(report: ManageRecord, rows: Whole<ManageRecord>): Clean;
  /** Tells money and distances apart where expenses are grouped. */
  readonly byUnit: NonNullable<SummaryQuestion['apart']>;
}

/** The amount of a type for mileage is a distance; everything else is money. */
export async function amountsOf(names: Names): Promise<Amounts> {
  const units = await distancesOf(names);
  const unitOf = (row: ManageRecord): Clean | undefined => units.get(idOf(row.type) ?? 0);
  const shown = (amount: number, row: ManageRecord): Clean => {
    const unit = unitOf(row);
    return unit === undefined ? money(amount, row.currency) : say`${amount} ${unit}`;
  };
  const kindOf = (row: ManageRecord): string => unitOf(row) ?? `in ${currencyCode(row.currency)}`;
  const sum = (rows: Whole<ManageRecord>): Clean => {
    const first = new Map([...rows].reverse().map((row) => [kindOf(row), row]));
    const sums = [...new Set([...rows].map(kindOf))].map((kind) => {
      const same = rows.filter((row) => kindOf(row) === kind);
      return shown(sumOf(same, 'amount'), first.get(kind) ?? {});
    });
    return joined(sums, ', ');
  };
  return {
    byUnit: byUnit(units),
    show: (row) => shown(Number(row.amount ?? 0), row),
    total(report, rows) {
      // Manage adds miles to dollars, and says no currency.
      const [kind, other] = new Set([...rows].map(kindOf));
      if (other !== undefined || rows.some((row) => unitOf(row) !== undefined)) return sum(rows);
      return money(report.total, kind === undefined ? report.currency : [...rows][0]?.currency);
    },
    sum,
  };
}

/** As long as Manage lets a ticket's summary be; other servers may send more. */
const LONGEST_SUMMARY = 100;

/** What an expense is for, by the names of charge codes: `ticket 4711 VPN is down`, `Office`. */
export async function chargesOf(names: Names): Promise<(row: ManageRecord) => Clean> {
  const codes = new Map((await names.list('chargeCode').catch(() => [])).map(({ id, label }) => [id, label]));
  return ({ chargeToType, chargeToId, ticket, project, company }) => {
    const id = cleanLine(chargeToId);
    if (chargeToType === 'ChargeCode') return cleanLine(codes.get(Number(chargeToId)) ?? `charge code ${id}`);
    if (id === '') return cleanLine(nameOf(project) ?? nameOf(company));
    const summary = cleanLine((ticket as { summary?: unknown } | undefined)?.summary);
    return joined([say`ticket ${id}`, cut(summary, LONGEST_SUMMARY)], ' ');
  };
}

/** As much of an expense's notes as a line of a list has room for. */
const LONGEST_NOTES = 80;

/** An expense's notes as a line of a list shows them; what is cut is marked. */
export const briefNotes = ({ notes }: ManageRecord): Clean => excerptLine(notes, LONGEST_NOTES);

/** `expense 51: 23.50 Meals on Acme, 2026-11-24`. */
export const expenseLine = (row: ManageRecord, amounts: Amounts, on: Clean): Clean =>
  say`expense ${Number(row.id)}: ${amounts.show(row)} ${cleanLine(nameOf(row.type))} on ${on}, ${dayOf(row.date)}`;

/** Operations that counting receipts needs. */
export const RECEIPT_OPERATIONS = ['GET /system/documents'] as const;

/** Files of one expense that are looked at. */
const MOST_RECEIPTS = 25;

/** How many files are attached to each expense, at most 25; `undefined` where the role may not see documents. */
export async function receiptsOf(
  expenses: readonly ManageRecord[],
  { manage, signal }: ToolContext,
): Promise<ReadonlyMap<number, number> | undefined> {
  const count = async ({ id }: ManageRecord): Promise<readonly [number, number]> => {
    const query = { recordType: 'Expense', recordId: Number(id) };
    const { rows } = await manage.list('GET /system/documents', {
      query,
      fields: ['id'],
      limit: MOST_RECEIPTS,
      signal,
    });
    return [Number(id), rows.length];
  };
  try {
    return new Map(await Promise.all(expenses.map(count)));
  } catch (error) {
    if (error instanceof Forbidden) return undefined;
    throw error;
  }
}
