import type { DateTime } from 'luxon';
import type { Period } from './period.ts';

const english = (moment: DateTime): DateTime => moment.setLocale('en-GB');
const isThisYear = (moment: DateTime, now: DateTime): boolean => moment.year === now.setZone(moment.zone).year;

/** `Fri 4 Dec`, with the year where it is not that of `now`. */
export const echoDay = (day: DateTime, now: DateTime): string =>
  english(day).toFormat(isThisYear(day, now) ? 'ccc d LLL' : 'ccc d LLL yyyy');

const clockOf = (moment: DateTime): string => moment.toFormat(moment.second === 0 ? 'HH:mm' : 'HH:mm:ss');

/** `Fri 4 Dec 15:00 (America/New_York)`; of an hour that the clocks repeat with its offset. */
export function echoMoment(moment: DateTime, now: DateTime): string {
  const said = `${echoDay(moment, now)} ${clockOf(moment)}`;
  const twice = moment.getPossibleOffsets();
  if (twice.length < 2) return `${said} (${moment.zoneName})`;
  const which = moment.toMillis() === Math.min(...twice.map((one) => one.toMillis())) ? 'first' : 'second';
  return `${said} ${moment.toFormat('ZZ')} (${moment.zoneName}, the ${which} of two as the clocks go back)`;
}

const isMidnight = (moment: DateTime): boolean => moment.toMillis() === moment.startOf('day').toMillis();

/** `Mon 23 Nov to Sun 29 Nov (America/New_York)`, the last day included; with times where they are not whole days. */
export function echoPeriod({ start, end }: Period, now: DateTime): string {
  const zone = `(${start.zoneName})`;
  if (isMidnight(start) && isMidnight(end) && end > start) {
    const last = end.minus({ milliseconds: 1 });
    const first = echoDay(start, now);
    return `${start.hasSame(last, 'day') ? first : `${first} to ${echoDay(last, now)}`} ${zone}`;
  }
  const until = start.hasSame(end, 'day') ? clockOf(end) : `${echoDay(end, now)} ${clockOf(end)}`;
  return `${echoDay(start, now)} ${clockOf(start)} to ${until} ${zone}`;
}
