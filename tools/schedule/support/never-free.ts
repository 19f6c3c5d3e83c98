import { DateTime } from 'luxon';
import { showMoment } from '../../../src/clock/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import type { Interval } from '../../../src/working-time/intervals.ts';
import { type FreeTime, freeTogether } from './free-time.ts';

/** Milliseconds. */
const MINUTE = 60_000;

/** Names that a group is told by; of a larger one the others are a number. */
const MOST_NAMED = 10;

/** Names of people in a row. */
export const namesOf = (people: readonly FreeTime[]): Clean =>
  joined(
    people.map(({ person }) => person.name),
    ', ',
  );

/** Why somebody has no slot of a length: no work then, nothing left of it, or only shorter gaps. */
function whyBusy({ working, free }: FreeTime): Clean {
  if (working === 0) return say`no working time then`;
  const longest = longestOf(free);
  return longest === 0 ? say`all taken` : say`at most ${inMinutes(longest)} minutes at a time`;
}

const longestOf = (slots: readonly Interval[]): number => Math.max(0, ...slots.map(({ start, end }) => end - start));

const inMinutes = (milliseconds: number): number => Math.floor(milliseconds / MINUTE);

/** `Alex Chen, Kaja Lind (no working time then); Jo Doe (all taken)`. */
export function busySaid(busy: readonly FreeTime[]): Clean {
  const reasons = new Map<Clean, FreeTime[]>();
  for (const one of busy) reasons.set(whyBusy(one), [...(reasons.get(whyBusy(one)) ?? []), one]);
  const each = [...reasons].map(([why, people]) => say`${namesOf(people)} (${why})`);
  return joined(each, '; ');
}

/** Some people who are free at once, and when that begins first. */
interface Group {
  /** Milliseconds since 1970. */
  readonly begin: number;
  readonly free: readonly FreeTime[];
  readonly others: readonly FreeTime[];
}

/** The most people who are free at once for a length in milliseconds, as early as may be; `undefined` where no two are. */
export function largestGroup(all: readonly FreeTime[], length: number): Group | undefined {
  // Where a slot can begin, more people are free; behind the last such moment one less.
  const changes = all
    .flatMap(({ free }) => free.filter(({ start, end }) => end - start >= length))
    .flatMap(({ start, end }) => [
      { at: start, by: 1 },
      { at: end - length, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || b.by - a.by);
  let [count, most, begin] = [0, 1, 0];
  for (const { at, by } of changes) {
    count += by;
    if (count > most) [most, begin] = [count, at];
  }
  if (most < 2) return undefined;
  const isFree = ({ free }: FreeTime): boolean =>
    free.some(({ start, end }) => start <= begin && begin + length <= end);
  return { begin, free: all.filter(isFree), others: all.filter((one) => !isFree(one)) };
}

/** `; the most at once: 3 of 4 at Tue 1 Dec 2026 15:30, all but Alex Chen`. */
function mostSaid(all: readonly FreeTime[], length: number, zone: string): Clean {
  const group = all.length > 2 ? largestGroup(all, length) : undefined;
  if (group === undefined) return say``;
  const { begin, free, others } = group;
  const at = cleanLine(showMoment(DateTime.fromMillis(begin, { zone }) as DateTime<true>));
  return say`; the most at once: ${free.length} of ${all.length} at ${at}, all but ${fewNames(others)}`;
}

const fewNames = (people: readonly FreeTime[]): Clean => {
  const more = people.length - MOST_NAMED;
  return more > 0 ? say`${namesOf(people.slice(0, MOST_NAMED))} and ${more} more` : namesOf(people);
};

/**
 * Why there is no slot for all: who has none at all, or how long the longest is that they have in common; and when the most of them
 * are free, with who is not.
 */
export function neverSaid(all: readonly FreeTime[], length: number, zone: string): Clean {
  return say`never all of them at once: ${whyNever(all, length)}${mostSaid(all, length, zone)}`;
}

function whyNever(all: readonly FreeTime[], length: number): Clean {
  const without = all.filter(({ free }) => longestOf(free) < length);
  if (without.length > 0) return say`nothing free for ${busySaid(without)}`;
  const longest = longestOf(freeTogether(all));
  return longest === 0 ? say`their free times do not meet` : say`at most ${inMinutes(longest)} minutes in common`;
}
