import type { DateTime } from 'luxon';
import type { ManageClient, ManageRecord } from '../manage/index.ts';
import { all, field } from '../query/index.ts';

/** States in which a sheet's entries can be edited. */
const EDITABLE: ReadonlySet<string> = new Set(['Open', 'Rejected', 'ErrorsCorrected', 'RejectBySecondTier']);

/** Operations that reading sheets needs. */
export const SHEET_OPERATIONS = ['GET /time/sheets'] as const;

export const isEditable = (sheet: ManageRecord): boolean => EDITABLE.has(String(sheet.status));

const dayOf = (text: unknown): string => String(text).slice(0, 10);

/** `Mon 23 Nov 2026 - Sun 29 Nov 2026`, of the calendar days that Manage keeps. */
export const sheetPeriod = (sheet: ManageRecord): string => `${dayOf(sheet.dateStart)} to ${dayOf(sheet.dateEnd)}`;

/** First and last calendar day of a sheet, at midnight of a zone. */
export function sheetDays(sheet: ManageRecord, day: DateTime): { start: DateTime; end: DateTime } {
  const at = (text: unknown): DateTime => {
    const [year = 0, month = 1, date = 1] = dayOf(text).split('-').map(Number);
    return day.set({ year, month, day: date }).startOf('day');
  };
  return { start: at(sheet.dateStart), end: at(sheet.dateEnd) };
}

/**
 * The sheet that a member's day is on; `undefined` when the system has made none yet. Sheets are kept by calendar day, without a
 * zone.
 * @param list where such sheets are; expense reports are kept in the same way
 */
export async function findSheet(
  manage: ManageClient,
  memberId: number,
  day: DateTime,
  signal: AbortSignal,
  list: 'GET /time/sheets' | 'GET /expense/reports' = 'GET /time/sheets',
): Promise<ManageRecord | undefined> {
  const conditions = all(field('member/id', '=', memberId));
  const { rows } = await manage.page(list, {
    conditions,
    orderBy: ['dateStart desc'],
    pageSize: 200,
    signal,
  });
  const wanted = day.toISODate() ?? '';
  return rows.find((sheet) => dayOf(sheet.dateStart) <= wanted && wanted <= dayOf(sheet.dateEnd));
}
