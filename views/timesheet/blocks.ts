import { type Axis, axisOf } from '../calendar/axis.ts';
import { dayAfter, minutesOf, spanOf } from '../calendar/clock.ts';
import type { Span } from '../calendar/lanes.ts';
import type { Sheet, SheetDay, SheetEntry } from './sheet.ts';

/** A piece of an entry on one day. One over midnight has two. */
export interface Piece {
  readonly entry: SheetEntry;
  /** The day that it was entered for. */
  readonly day: SheetDay;
  readonly span: Span;
  /** The rest of an entry of the day before. */
  readonly isRest: boolean;
}

/** Whether an entry ends on the day after; one that ends at midnight does not. */
export const isOverMidnight = ({ start, end }: SheetEntry): boolean =>
  minutesOf(end) > 0 && minutesOf(end) <= minutesOf(start);

/** The pieces that stand on a day, with what the day before left over. */
export function piecesOn(day: SheetDay, { days }: Pick<Sheet, 'days'>): Piece[] {
  const before = days.find(({ date }) => date === dayAfter(day.date, -1));
  const rests = (before?.entries ?? []).filter(isOverMidnight).map((entry) => ({
    entry,
    day: before as SheetDay,
    span: { from: 0, to: minutesOf(entry.end) },
    isRest: true,
  }));
  const own = day.entries.map((entry) => ({ entry, day, span: spanOf(entry.start, entry.end), isRest: false }));
  return [...rests, ...own];
}

/** The axis of all days of a sheet. */
export const axisOfSheet = (sheet: Sheet): Axis =>
  axisOf(sheet.days.flatMap((day) => piecesOn(day, sheet).map(({ span }) => span)));

/** The room that a block needs to be read, in minutes of the axis. */
export const SHORTEST = 15;
