import type { DateTime } from 'luxon';
import type { Period } from './named-period.ts';

const english = (moment: DateTime): DateTime => moment.setLocale('en-GB');
const isThisYear = (moment: DateTime, now: DateTime): boolean => moment.year === now.setZone(moment.zone).year;

/** `Fri 4 Dec`, with the year where it is not that of `now`. */
export const echoDay = (day: DateTime, now: DateTime): string =>
  english(day).toFormat(isThisYear(day, now) ? 'ccc d LLL' : 'ccc d LLL yyyy');

const clockOf = (moment: DateTime): string => moment.toFormat(moment.second === 0 ? 'HH:mm' : 'HH:mm:ss');

/** Which of two a moment is in an hour that the clocks repeat, and `undefined` in any other. */
function whichOfTwo(moment: DateTime): 'first' | 'second' | undefined {
  const twice = moment.getPossibleOffsets();
  if (twice.length < 2) return undefined;
  return moment.toMillis() === Math.min(...twice.map((one) => one.toMillis())) ? 'first' : 'second';
}

/** Says of a moment in an hour that the clocks repeat which of the two it is. */
export function repeatedHour(moment: DateTime): string | undefined {
  const which = whichOfTwo(moment);
  if (which === undefined) return undefined;
  return `the clocks go back: ${clockOf(moment)} comes twice, this is the ${which} (UTC${moment.toFormat('ZZ')}); for the other send the offset as well`;
}

/** `Fri 4 Dec 15:00 (America/New_York)`; of an hour that the clocks repeat with its offset. */
export function echoMoment(moment: DateTime, now: DateTime): string {
  const said = `${echoDay(moment, now)} ${clockOf(moment)}`;
  const which = whichOfTwo(moment);
  return which === undefined
    ? `${said} (${moment.zoneName})`
    : `${said} UTC${moment.toFormat('ZZ')} (${moment.zoneName}, the ${which} of two as the clocks go back)`;
}

/** ` UTC+13:00, the first of two as the clocks go back`, behind a moment in an hour that the clocks repeat; nothing behind any other. */
export function offsetOfRepeated(moment: DateTime): string {
  const which = whichOfTwo(moment);
  return which === undefined ? '' : ` UTC${moment.toFormat('ZZ')}, the ${which} of two as the clocks go back`;
}

/** Whether a moment begins a day. */
export const isMidnight = (moment: DateTime): boolean => moment.toMillis() === moment.startOf('day').toMillis();

/**
 * `Mon 23 Nov to Sun 29 Nov (America/New_York)`, the last day included; with times where they are not whole days. `open` are ends that
 * were not said.
 */
export function echoPeriod({ start, end }: Period, now: DateTime, open: 'start' | 'end' | 'both' | undefined): string {
  const zone = `(${start.zoneName})`;
  if (open === 'both') return 'all time';
  const from = isMidnight(start) ? echoDay(start, now) : `${echoDay(start, now)} ${clockOf(start)}`;
  if (open === 'end') return `from ${from} ${zone}`;
  const last = end.minus({ milliseconds: 1 });
  const until = isMidnight(end) ? echoDay(last, now) : `${echoDay(end, now)} ${clockOf(end)}`;
  if (open === 'start') return `until ${until} ${zone}`;
  if (isMidnight(start) && isMidnight(end))
    return `${start.hasSame(last, 'day') ? from : `${from} to ${until}`} ${zone}`;
  if (start.hasSame(end, 'day')) return `${echoDay(start, now)} ${clockOf(start)} to ${clockOf(end)} ${zone}`;
  // A timed start asks for a timed end, or midnight would read back as a whole day.
  return `${from} to ${isMidnight(start) ? until : `${echoDay(end, now)} ${clockOf(end)}`} ${zone}`;
}

/** What `echoPeriod` says, without the zone at its end: for days that are counted in the zone of each member, or beside one that is said. */
export const withoutZone = (echo: string): string => echo.replace(/ \([^()]+\)$/, '');
