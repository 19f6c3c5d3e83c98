import type { Span } from './lanes.ts';

/** A part of the day as a calendar shows it: hours in full, or many empty ones folded into a little room. */
export interface Stretch extends Span {
  readonly isFolded: boolean;
}

/** How minutes of the day become room in a calendar; room is counted in minutes, too. */
export interface Axis {
  readonly stretches: readonly Stretch[];
  /** All room. */
  readonly length: number;
  /** Where a minute of the day stands. */
  place(minute: number): number;
  /** The minute of the day that stands at a room. */
  minuteAt(room: number): number;
}

/** Hours that are always shown in full. */
const OFFICE: Span = { from: 8 * 60, to: 17 * 60 };
/** Empty time from here on is folded. */
const LEAST_FOLDED = 3 * 60;
/** The room of what is folded. */
const FOLDED = 30;

/**
 * The axis of a calendar: office hours, and whole hours around what is outside of them. One call at two in the morning does not make
 * the day twice as high: the hours between are folded.
 */
export function axisOf(spans: readonly Span[]): Axis {
  const whole = [...spans, OFFICE]
    .map(({ from, to }) => ({ from: Math.floor(from / 60) * 60, to: Math.ceil(to / 60) * 60 }))
    .sort((a, b) => a.from - b.from);
  const stretches: Stretch[] = [];
  for (const { from, to } of whole) {
    const last = stretches.at(-1);
    if (last === undefined) stretches.push({ from, to, isFolded: false });
    else if (from - last.to < LEAST_FOLDED) stretches[stretches.length - 1] = { ...last, to: Math.max(last.to, to) };
    else stretches.push({ from: last.to, to: from, isFolded: true }, { from, to, isFolded: false });
  }
  const roomOf = ({ from, to, isFolded }: Stretch): number => (isFolded ? FOLDED : to - from);
  return {
    stretches,
    length: stretches.reduce((sum, stretch) => sum + roomOf(stretch), 0),
    place(minute) {
      let room = 0;
      for (const stretch of stretches) {
        if (minute < stretch.to) {
          const into = Math.max(0, minute - stretch.from);
          return room + (into * roomOf(stretch)) / (stretch.to - stretch.from);
        }
        room += roomOf(stretch);
      }
      return room;
    },
    minuteAt(wanted) {
      let room = 0;
      for (const stretch of stretches) {
        const own = roomOf(stretch);
        if (wanted < room + own) return stretch.from + (Math.max(0, wanted - room) * (stretch.to - stretch.from)) / own;
        room += own;
      }
      return stretches.at(-1)?.to ?? 0;
    },
  };
}

/** The full hours that are shown, in minutes of the day. */
export const hoursOn = ({ stretches }: Axis): number[] =>
  stretches
    .filter(({ isFolded }) => !isFolded)
    .flatMap(({ from, to }) => Array.from({ length: (to - from) / 60 }, (_, index) => from + index * 60));
