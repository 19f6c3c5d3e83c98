import { isEditable } from '../../../src/approval/time-sheet.ts';
import { Forbidden, type ManageClient, type ManageRecord } from '../../../src/manage/index.ts';
import { idOf, type Names, nameOf } from '../../../src/names/index.ts';
import { cleanLine } from '../../../src/text/index.ts';
import { dayOf, money, ToolInputError } from '../../../src/tool/index.ts';

/** Operations that reading an expense to change it needs. */
export const EXPENSE_OPERATIONS = ['GET /expense/entries/{id}'] as const;

/** An expense that may still be changed. @throws {ToolInputError} that says why not, before anything is sent. */
export async function editableExpense(manage: ManageClient, id: number, signal: AbortSignal): Promise<ManageRecord> {
  const record = await manage.get<ManageRecord>('GET /expense/entries/{id}', { path: { id }, signal });
  const status = String(record.status ?? '');
  if (status === '' || isEditable(record)) return record;
  const isBilled = /billed|writtenoff/i.test(status);
  throw new ToolInputError(
    'expenseId',
    `Expense ${id} is ${status}${isBilled ? ' and cannot be changed any more.' : ': its report was submitted.'}`,
    { ...(!isBilled && { next: 'submit_expense_report with reverse: true opens the report again.' }) },
  );
}

/** How the amounts of expenses are to be read. */
export interface Amounts {
  /** What a distance is counted in, like `miles`; `undefined` for money. */
  unit(row: ManageRecord): string | undefined;
  /** `23.50`, `47 miles`. */
  show(row: ManageRecord): string;
  /** Sums of money and of distances, as `60.00, 47 miles`. */
  sum(rows: readonly ManageRecord[]): string;
}

/** The amount of a type for mileage is a distance; everything else is money. */
export async function amountsOf(names: Names): Promise<Amounts> {
  const types = await names.list('expenseType').catch(() => []);
  const units = new Map(
    types
      .filter(({ record }) => record.mileageFlag === true)
      .map(({ id, record }) => [id, String(record.amountCaption ?? 'miles').toLowerCase()]),
  );
  const unit = (row: ManageRecord): string | undefined => units.get(idOf(row.type) ?? 0);
  const shown = (amount: number, of: string | undefined): string =>
    of === undefined ? money(amount) : `${amount} ${of}`;
  return {
    unit,
    show: (row) => shown(Number(row.amount ?? 0), unit(row)),
    sum(rows) {
      const cents = new Map<string | undefined, number>();
      for (const row of rows)
        cents.set(unit(row), (cents.get(unit(row)) ?? 0) + Math.round(Number(row.amount ?? 0) * 100));
      return [...cents].map(([of, sum]) => shown(sum / 100, of)).join(', ');
    },
  };
}

/** What an expense is for, by the names of charge codes: `ticket 4711 VPN is down`, `Office`. */
export async function chargesOf(names: Names): Promise<(row: ManageRecord) => string> {
  const codes = new Map((await names.list('chargeCode').catch(() => [])).map(({ id, label }) => [id, label]));
  return ({ chargeToType, chargeToId, ticket, project, company }) => {
    if (chargeToType === 'ChargeCode') return codes.get(Number(chargeToId)) ?? `charge code ${chargeToId}`;
    if (chargeToId !== undefined && chargeToId !== null)
      return `ticket ${chargeToId} ${cleanLine((ticket as { summary?: unknown } | undefined)?.summary).slice(0, 40)}`;
    return nameOf(project) ?? nameOf(company) ?? '';
  };
}

/** `expense 51: 23.50 Meals on Acme, 2026-11-24`, not cleaned. */
export const expenseLine = (row: ManageRecord, amounts: Amounts, on: string): string =>
  `expense ${row.id}: ${amounts.show(row)} ${nameOf(row.type) ?? ''} on ${on}, ${dayOf(row.date)}`;

/** Operations that counting receipts needs. */
export const RECEIPT_OPERATIONS = ['GET /system/documents'] as const;

/** How many files are attached to each expense; `undefined` where the role may not see documents. */
export async function receiptsOf(
  manage: ManageClient,
  ids: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number> | undefined> {
  const count = async (id: number): Promise<readonly [number, number]> => {
    const query = { recordType: 'Expense', recordId: id };
    const { rows } = await manage.page('GET /system/documents', { query, fields: ['id'], pageSize: 25, signal });
    return [id, rows.length];
  };
  try {
    return new Map(await Promise.all(ids.map(count)));
  } catch (error) {
    if (error instanceof Forbidden) return undefined;
    throw error;
  }
}
