import { DateTime } from 'luxon';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { dayOf } from '../../../src/tool/index.ts';

/** Cycles that follow the calendar. */
const CALENDAR = {
  CalendarWeek: 'week',
  CalendarMonth: 'month',
  CalendarQuarter: 'quarter',
  CalendarYear: 'year',
} as const;

/** Cycles that are counted from the day on which the agreement began. */
const CONTRACT: Readonly<Record<string, readonly ['weeks' | 'months' | 'years', number]>> = {
  Contract2Weeks: ['weeks', 2],
  Contract4Weeks: ['weeks', 4],
  ContractQuarter: ['months', 3],
  ContractYear: ['years', 1],
};

/**
 * The day on which what an agreement includes was full again, at midnight of the caller's zone: that of its cycle, or the day on which
 * it began where it has none.
 * @param now in the caller's zone
 */
export function cycleBegan({ applicationCycle, startDate }: ManageRecord, now: DateTime): DateTime {
  const cycle = String(applicationCycle);
  if (cycle in CALENDAR) return now.startOf(CALENDAR[cycle as keyof typeof CALENDAR]);
  const first = DateTime.fromISO(dayOf(startDate), { zone: now.zone });
  if (!first.isValid || first > now) return now.startOf('month');
  const length = CONTRACT[cycle];
  if (length === undefined) return first;
  const [unit, size] = length;
  const periods = Math.floor(now.diff(first, unit)[unit] / size);
  return first.plus({ [unit]: periods * size });
}
