import type { DateTime } from 'luxon';
import { daysOf, type Period } from '../clock/index.ts';
import type { ManageReader, ManageRecord } from '../manage/index.ts';
import { nameOf } from '../names/index.ts';
import { field } from '../query/index.ts';
import { type Clean, cleanLine, say } from '../text/index.ts';

/** States in which a sheet's entries can be edited. */
const EDITABLE: ReadonlySet<string> = new Set(['Open', 'Rejected', 'ErrorsCorrected', 'RejectBySecondTier']);

/** Operations that reading sheets needs. */
export const SHEET_OPERATIONS = ['GET /time/sheets'] as const;

/** Whether time can be added to a sheet, and the sheet be submitted. */
export const isEditable = (sheet: ManageRecord): boolean => EDITABLE.has(String(sheet.status));

const dayOf = (text: unknown): string => String(text).slice(0, 10);

/** `2026-11-23 to 2026-11-29`, the calendar days that Manage keeps. */
export const sheetPeriod = (sheet: ManageRecord): Clean =>
  say`${cleanLine(dayOf(sheet.dateStart))} to ${cleanLine(dayOf(sheet.dateEnd))}`;

/** Whether days that were said, in their member's zone, are on a sheet at least in part. */
export function isOnSheet(said: Period, sheet: ManageRecord): boolean {
  const [first, last] = daysOf(said);
  return first <= dayOf(sheet.dateEnd) && last >= dayOf(sheet.dateStart);
}

/** First and last calendar day of a sheet, at midnight in the zone of `day`. */
export function sheetDays(sheet: ManageRecord, day: DateTime): { start: DateTime; end: DateTime } {
  const at = (text: unknown): DateTime => {
    const [year = 0, month = 1, date = 1] = dayOf(text).split('-').map(Number);
    return day.set({ year, month, day: date }).startOf('day');
  };
  return { start: at(sheet.dateStart), end: at(sheet.dateEnd) };
}

/** The sheet that a stored entry is on, in words: Manage decides by its own calendar, and it need not be the one that was expected. */
export function sheetOf({ timeSheet }: ManageRecord, expected: Clean | undefined): Clean | undefined {
  const stored = cleanLine(nameOf(timeSheet));
  return expected === undefined || stored === '' || expected.includes(stored) ? expected : say`time sheet ${stored}`;
}

export interface SheetQuestion {
  readonly memberId: number;
  /** The calendar day, in its own zone: sheets are kept by calendar day, without a zone. */
  readonly day: DateTime;
  /** Where such sheets are; expense reports are kept in the same way. Time sheets when left out. */
  readonly list?: 'GET /time/sheets' | 'GET /expense/reports';
}

/** The sheet that a member's day is on; `undefined` when the system has made none yet. */
export async function findSheet(
  { manage, signal }: { readonly manage: Pick<ManageReader, 'stream'>; readonly signal: AbortSignal },
  { memberId, day, list = 'GET /time/sheets' }: SheetQuestion,
): Promise<ManageRecord | undefined> {
  const wanted = day.toISODate() ?? '';
  // Manage keeps a sheet's days as text, which cannot be compared in conditions; so they are read from the newest back.
  const sheets = manage.stream<ManageRecord>(list, {
    conditions: field('member/id', '=', memberId),
    orderBy: ['dateStart desc'],
    signal,
  });
  for await (const sheet of sheets) {
    if (dayOf(sheet.dateEnd) < wanted) return undefined;
    if (dayOf(sheet.dateStart) <= wanted) return sheet;
  }
  return undefined;
}
