import type { DateTime } from 'luxon';
import { type Day, type Moment, showDay, showMoment } from '../../clock/index.ts';
import { type Clean, cleanLine, say } from '../../text/index.ts';

/**
 * What is planned for a time that has passed, a sentence each, for the `warnings` of a plan: a slip far more often than meant.
 * @param planned days and moments by the argument that says them; a day that is today has not passed
 */
export function inThePast(
  planned: Readonly<Record<string, Day | Moment | undefined>>,
  now: DateTime<true>,
): readonly Clean[] {
  const today = now.startOf('day');
  return Object.entries(planned).flatMap(([argument, time]) => {
    if (time === undefined || time.at >= ('day' in time ? today : now)) return [];
    const shown = 'day' in time ? showDay(time.at) : showMoment(time.at);
    return [say`${cleanLine(argument)}: ${cleanLine(shown)} is in the past.`];
  });
}
