import { type Axis, axisOf } from './axis.ts';
import { DAY_MINUTES, dayAfter, minutesOf, spanOf } from './clock.ts';
import { type Lane, placeInLanes, type Span } from './lanes.ts';
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
const SHORTEST = 15;

/** Where a block stands: room on the axis, and a lane beside what it overlaps. */
export interface Placed extends Span, Lane {}

/** Spans in the room of an axis, long enough to be read; those that come too close stand side by side. */
export function placed(spans: readonly Span[], { place, length }: Axis): Placed[] {
  const rooms = spans.map(({ from, to }) => {
    const start = Math.min(place(from), length - SHORTEST);
    return { from: start, to: Math.max(place(Math.min(to, DAY_MINUTES)), start + SHORTEST) };
  });
  const lanes = placeInLanes(rooms);
  return rooms.map((room, index) => ({ ...room, ...(lanes[index] as Lane) }));
}
