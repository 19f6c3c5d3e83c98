import type { DateTime } from 'luxon';
import type { Whole } from '../../../src/manage/index.ts';
import { type Entry, intervalOf, sumHours } from '../../../src/working-time/entries.ts';
import { gaps, type Interval, within } from '../../../src/working-time/intervals.ts';
import { type WorkCalendar, workingTime } from '../../../src/working-time/work-calendar.ts';

/** Shorter gaps are the time between two tasks. */
const SHORTEST_GAP_MS = 15 * 60_000;

/** One calendar day of a member. */
export interface DayView {
  readonly day: DateTime;
  readonly entries: readonly Entry[];
  readonly gaps: readonly Interval[];
  readonly hours: number;
}

/** When a member works. */
export interface WorkingHours {
  readonly calendar: WorkCalendar;
  /** Whose wall clock the calendar's hours are on: the member's own, which need not be the one that the days are counted in. */
  readonly zone: string;
}

/** Time between entries in which the member should have worked: an evening, or a day off between two calls, lacks nothing. */
function gapsOn(day: DateTime, entries: readonly Entry[], { calendar, zone }: WorkingHours): Interval[] {
  const bounds = { start: day.toMillis(), end: day.plus({ days: 1 }).toMillis() };
  const work = workingTime(calendar, zone, bounds);
  return gaps(entries.map(intervalOf))
    .flatMap((gap) => within(work, gap))
    .filter((gap) => gap.end - gap.start >= SHORTEST_GAP_MS);
}

/** The days from `start` up to, not with, `end`, each with its entries and the gaps between them in the calendar's hours. */
export function dayViews(
  entries: Whole<Entry>,
  { start, end }: { readonly start: DateTime; readonly end: DateTime },
  hours: WorkingHours,
): DayView[] {
  const views: DayView[] = [];
  for (let day = start.startOf('day'); day < end; day = day.plus({ days: 1 })) {
    const own = entries.filter((entry) => entry.start.hasSame(day, 'day'));
    views.push({ day, entries: own, gaps: gapsOn(day, own, hours), hours: sumHours(own) });
  }
  return views;
}
