import type { Axis } from './axis.ts';
import { DAY_MINUTES } from './clock.ts';
import { type Lane, placeInLanes, type Span } from './lanes.ts';

/** Where a block stands: room on the axis, and a lane beside what it overlaps. */
export interface Placed extends Span, Lane {}

/**
 * Spans in the room of an axis, long enough to be read; those that come too close stand side by side.
 * @param shortest the room that a block needs to be read, in minutes of the axis
 */
export function placed(spans: readonly Span[], { place, length }: Axis, shortest: number): Placed[] {
  const rooms = spans.map(({ from, to }) => {
    const start = Math.min(place(from), length - shortest);
    return { from: start, to: Math.max(place(Math.min(to, DAY_MINUTES)), start + shortest) };
  });
  const lanes = placeInLanes(rooms);
  return rooms.map((room, index) => ({ ...room, ...(lanes[index] as Lane) }));
}
