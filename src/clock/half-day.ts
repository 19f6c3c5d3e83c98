import type { DateTime } from 'luxon';
import { ClockError } from './errors.ts';

/** An hour from 1 to 6 as people write it who do not mean the night: "3", "at 3:30"; not "03:30", "3am" or "3 hours". */
const BARE_HOUR =
  /(?:^|[^\d:./-])([1-6])(?=(?:[:.][0-5]\d)?(?:$|[^\d:.]))(?!(?:[:.][0-5]\d)?\s*(?:[ap]\.?m\b|h|min|sec|day|week|month|year|st|nd|rd|th))/i;

export interface HalfDayOptions {
  readonly argument: string;
  readonly after?: DateTime | undefined;
  readonly before?: DateTime | undefined;
}

/**
 * The side of noon that a bare hour is on. "At 3" said about work can be either; beside a start or an end that is known it is the
 * reading that lies next to it.
 * @param text what was recognised, `hasMeridiem` whether it said am or pm
 * @throws {ClockError} when both could be meant
 */
export function whichHalf(
  moment: DateTime<true>,
  text: string,
  hasMeridiem: boolean,
  { argument, after, before }: HalfDayOptions,
): DateTime<true> {
  if (hasMeridiem || moment.hour === 0 || moment.hour > 11 || /(?<![\d:.])0\d/.test(text)) return moment;
  // An end of which only the hour is said is the first such hour after the start.
  if (after !== undefined) return /[a-z]{3}/i.test(text) ? moment : firstAfter(after, moment);
  const late = moment.plus({ hours: 12 });
  if (moment.hour > 6 || !BARE_HOUR.test(text)) return moment;
  if (before !== undefined) return late < before ? late : moment;
  throw new ClockError(
    argument,
    'ambiguous',
    `${argument} ${JSON.stringify(text)} can be read as ${moment.toFormat('HH:mm')} or ${late.toFormat('HH:mm')}. Send the one that is meant.`,
  );
}

function firstAfter(start: DateTime, moment: DateTime<true>): DateTime<true> {
  const sameDay = start.set({ hour: moment.hour, minute: moment.minute, second: moment.second });
  return [sameDay, sameDay.plus({ hours: 12 }), sameDay.plus({ days: 1 })].find((one) => one > start) as DateTime<true>;
}
