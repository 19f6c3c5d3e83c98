import { type Axis, axisOf } from '../calendar/axis.ts';
import { DAY_MINUTES, minutesOf } from '../calendar/clock.ts';
import type { Span } from '../calendar/lanes.ts';
import { dateIn, type Entry, type Schedule, timeIn, timesOf } from './day.ts';
import type { Free, Slot } from './free.ts';

/** What of an entry is on a day. */
export interface Piece {
  readonly entry: Entry;
  readonly day: string;
  /** In minutes of the day. */
  readonly span: Span;
  /** It began on a day before. */
  readonly isRest: boolean;
  /** It goes on after the day. */
  readonly goesOn: boolean;
}

/** A member's day. */
export interface Lane {
  readonly memberId: number;
  readonly name: string;
  readonly day: string;
  readonly pieces: readonly Piece[];
  /** Entries of the day without a time: work that waits for one, or what takes the member away. */
  readonly untimed: readonly Entry[];
  /** `undefined` where it is not known. */
  readonly free: readonly Slot[] | undefined;
  readonly holidays: readonly string[];
  /** Nobody said when the member works. */
  readonly isAssumed: boolean;
  /** Whether the member works on the day at all. */
  readonly works: boolean;
}

function pieceOn(day: string, entry: Entry): Piece[] {
  const times = timesOf(entry);
  if (times === undefined) return [];
  const [first, final] = [dateIn(times.start), dateIn(times.end)];
  const from = first < day ? 0 : minutesOf(timeIn(times.start));
  const to = final > day ? DAY_MINUTES : minutesOf(timeIn(times.end));
  const isOn = first <= day && day <= final && (to > from || first === final);
  const goesOn = final > day && timeIn(times.end) !== '00:00';
  return isOn ? [{ entry, day, span: { from, to }, isRest: first < day, goesOn }] : [];
}

/** The lanes of a day by name: of those who have anything on it, and of everybody whose free time was read. */
export function lanesOn(day: string, { entries }: Schedule, free: Free | undefined): Lane[] {
  const names = new Map(entries.map(({ memberId, member }) => [memberId, member]));
  for (const { id, name } of free?.people ?? []) names.set(id, name);
  return [...names]
    .map(([memberId, name]) => {
      const own = entries.filter((entry) => entry.memberId === memberId);
      const person = free?.people.find(({ id }) => id === memberId);
      return {
        memberId,
        name,
        day,
        pieces: own.flatMap((entry) => pieceOn(day, entry)).sort((a, b) => a.span.from - b.span.from),
        untimed: own.filter((entry) => entry.day === day),
        free: person?.free.filter((slot) => slot.day === day),
        holidays: (person?.holidays ?? []).filter(({ date }) => date === day).map((holiday) => holiday.name),
        isAssumed: person?.isAssumed ?? false,
        works: person?.works ?? true,
      };
    })
    .filter((lane) => lane.free !== undefined || lane.pieces.length + lane.untimed.length > 0)
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Hours that free time can stretch a day to. Somebody who works on the other side of the world leaves it as it is. */
const LIGHT: Span = { from: 7 * 60, to: 19 * 60 };

/** A free slot in minutes of the day. */
export const spanOfSlot = ({ start, end }: Slot): Span => ({ from: minutesOf(start), to: minutesOf(end) });

/** The axis of some lanes. */
export function axisOfLanes(lanes: readonly Lane[]): Axis {
  const busy = lanes.flatMap(({ pieces }) => pieces.map(({ span }) => span));
  const free = lanes
    .flatMap((lane) => lane.free ?? [])
    .map(spanOfSlot)
    .map(({ from, to }) => ({ from: Math.max(from, LIGHT.from), to: Math.min(to, LIGHT.to) }))
    .filter(({ from, to }) => to > from);
  return axisOf([...busy, ...free]);
}

/** Minutes of free time that an axis shows in full. */
export function shownOf({ from, to }: Span, { stretches }: Axis): number {
  return stretches
    .filter(({ isFolded }) => !isFolded)
    .reduce((sum, stretch) => sum + Math.max(0, Math.min(to, stretch.to) - Math.max(from, stretch.from)), 0);
}

/** When a piece begins and ends on its day: `23:00` and `–02:00 ⤵`, and on the day after `⤴` and ` 02:00`. */
export function whenOf({ entry, isRest, goesOn }: Piece): { readonly begin: string; readonly end: string } {
  const { start, end } = timesOf(entry) ?? { start: '', end: '' };
  if (isRest) return { begin: '⤴', end: goesOn ? ' all day ⤵' : ` ${timeIn(end)}` };
  return { begin: timeIn(start), end: `–${timeIn(end)}${goesOn ? ' ⤵' : ''}` };
}
