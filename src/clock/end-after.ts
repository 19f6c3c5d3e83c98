import type { DateTime } from 'luxon';
import type { Said } from './said.ts';

/** Minutes beside an hour: such a time is said more exactly than "to 5". */
const HAS_MINUTES = /\d\s?[:.h]\s?\d\d/;

/** Ends with minutes that may be in the second half of the day after a start of the first: "9:00 to 5:30", not "11:00 to 10:00". */
export const LATEST_CLOSE = 7;

/**
 * A bare end beside its start, in the half of the day that follows it: "9 to 5". One that was said with its minutes comes out before
 * the start, for the caller to refuse, where nobody would mean the other half of the day.
 * @param isExact whether an hour with minutes is in the half of the day that it names
 */
export function endAfter(moment: DateTime<true>, after: DateTime, said: Said, isExact: boolean): DateTime<true> {
  const ownDay = said.day !== undefined;
  const same = ownDay
    ? moment
    : (after.setZone(moment.zone).set({ hour: moment.hour, minute: moment.minute }) as DateTime<true>);
  if (same > after) return same;
  const hasMinutes = HAS_MINUTES.test(said.text);
  const isLate = hasMinutes && same.hour > LATEST_CLOSE;
  const late = same.plus({ hours: 12 });
  if (late > after) return isLate || (hasMinutes && isExact) ? same : late;
  return ownDay || isLate ? same : same.plus({ days: 1 });
}
