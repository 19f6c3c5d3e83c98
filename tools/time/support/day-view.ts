import type { DateTime } from 'luxon';
import type { Whole } from '../../../src/manage/index.ts';
import { type Entry, intervalOf, sumHours } from '../../../src/working-time/entries.ts';
import { gaps, type Interval } from '../../../src/working-time/intervals.ts';

/** Shorter gaps are the time between two tasks. */
const SHORTEST_GAP_MS = 15 * 60_000;

/** One calendar day of a member. */
export interface DayView {
  readonly day: DateTime;
  readonly entries: readonly Entry[];
  readonly gaps: readonly Interval[];
  readonly hours: number;
}

/** The days from `start` up to, not with, `end`, each with its entries and the gaps between them. */
export function dayViews(entries: Whole<Entry>, start: DateTime, end: DateTime): DayView[] {
  const views: DayView[] = [];
  for (let day = start.startOf('day'); day < end; day = day.plus({ days: 1 })) {
    const own = entries.filter((entry) => entry.start.hasSame(day, 'day'));
    views.push({
      day,
      entries: own,
      gaps: gaps(own.map(intervalOf)).filter((gap) => gap.end - gap.start >= SHORTEST_GAP_MS),
      hours: sumHours(own),
    });
  }
  return views;
}
