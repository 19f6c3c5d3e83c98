import type { DateTime, Zone } from 'luxon';

const WEEK_MS = 7 * 86_400_000;

/** A day as all members of one zone have it: worked out once, not for each of them. */
export interface Day {
  readonly isYesterday: boolean;
  readonly isRecent: boolean;
  readonly weekNumber: number;
  readonly weeksAgo: number;
  /** When work begins, in milliseconds, and the Monday before. */
  readonly begins: number;
  readonly monday: string;
}

/** The same days in a zone. */
export function daysIn(zone: Zone, days: readonly DateTime[], now: DateTime): Day[] {
  const thisWeek = now.startOf('week');
  const yesterday = now.minus({ days: 1 }).toISODate();
  const recent = now.minus({ days: 8 });
  return days.map((day) => {
    const start = day.setZone(zone, { keepLocalTime: true }).set({ hour: 8, minute: 30, second: 0, millisecond: 0 });
    return {
      isYesterday: day.toISODate() === yesterday,
      isRecent: day > recent,
      weekNumber: day.weekNumber,
      weeksAgo: Math.round((thisWeek.toMillis() - day.startOf('week').toMillis()) / WEEK_MS),
      begins: start.toMillis(),
      monday: start.startOf('week').toISODate() ?? '',
    };
  });
}
