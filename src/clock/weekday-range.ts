import type { DateTime } from 'luxon';
import { weekdayOf } from './day-phrase.ts';
import { ClockError } from './errors.ts';
import type { ReadOptions } from './interpret.ts';
import type { Period } from './named-period.ts';
import { WEEKDAY, WHICH } from './spelling.ts';

const RANGE = new RegExp(
  `(?:(?:from|between) )?(?<![\\w/-])(?:(?<which>${WHICH}) )?(?<first>${WEEKDAY})(?: ?(?:-|–|—|\\.\\.+) ?| (?:to|until|till?|through(?: to)?|thru|and(?<=between .{1,40})) )(?:(?<again>${WHICH}) )?(?<last>${WEEKDAY})(?![\\w/-])`,
);
const OVER = /^(?:last|past|previous)$/;

/** From one day to another, both included. */
const days = (from: DateTime<true>, steps: number): Period => ({ start: from, end: from.plus({ days: steps + 1 }) });

/**
 * From one weekday to another, both included: "Monday to Wednesday", "Mon-Wed last week", "next Monday through Wednesday". Of what is
 * past it is the last one that began before today, or is over where it says "last"; of what is to come the first that begins from today on.
 * @param text in lower case, its numbers in digits
 * @param named reads a day, or a week: the words beside the range say which one is meant
 * @returns nothing for other phrases
 * @throws {ClockError} where two ranges can be meant
 */
export function weekdayRange(
  text: string,
  { now, argument, direction }: ReadOptions,
  named: (words: string) => Period | undefined,
): Period | undefined {
  const found = RANGE.exec(text);
  const { which, again, first, last } = found?.groups ?? {};
  if (found === null || first === undefined || last === undefined) return undefined;
  const beside = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`
    .trim()
    .replace(/^,? ?(?:of |(?:in|on|from) (?=\D))?|'s$|,$/g, '');
  const [begins, ends] = [weekdayOf(first), weekdayOf(last)];
  const apart = (ends - begins + 7) % 7;
  if (beside !== '') {
    const week = which === undefined && again === undefined ? named(beside) : undefined;
    const isWeek = week?.start.weekday === 1 && week.start.plus({ weeks: 1 }).equals(week.end);
    if (week === undefined || !isWeek) return undefined;
    const from = week.start.plus({ days: begins - 1 });
    if (ends >= begins) return days(from, apart);
    // It runs from the week before, or into the next one.
    const read = [from.minus({ weeks: 1 }), from].map(
      (start) => `${start.toISODate()}..${start.plus({ days: apart }).toISODate()}`,
    );
    throw new ClockError(
      argument,
      'ambiguous',
      `${argument} ${JSON.stringify(text)} can be read as ${read.join(' or ')}. Send the one you mean.`,
    );
  }
  const steps = apart || 7;
  const today = now.startOf('day') as DateTime<true>;
  if (which === undefined && direction !== 'either') {
    const away = (begins - today.weekday + 7) % 7;
    if (direction === 'ahead') return days(today.plus({ days: away }), steps);
    // A week from Monday to Monday is over today at the latest.
    const isLater = begins === ends && away !== 0;
    return days(today.plus({ days: away - (isLater ? 14 : 7) }), steps);
  }
  const start = named([which, first].filter((word) => word !== undefined).join(' '))?.start;
  if (start === undefined) return undefined;
  const isRunning = OVER.test(which ?? '') && start.plus({ days: steps }) >= today;
  return days(isRunning ? start.minus({ weeks: 1 }) : start, steps);
}
