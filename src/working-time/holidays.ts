import { DateTime } from 'luxon';
import { daysOf, echoDay, type Period } from '../clock/index.ts';
import { type Clean, cleanLine, joined, say } from '../text/index.ts';
import type { WorkCalendar } from './work-calendar.ts';

/** Holidays that are named; a period of years has many. */
const MOST_NAMED = 6;

/**
 * The holidays of a period that take working days, as a reason for fewer hours: `holiday: Thanksgiving, Thu 26 Nov`. One that not
 * all of the people have says how many do.
 * @param calendars of each of the people, one a person
 * @param period what is looked at, in the zone of who asks
 * @returns nothing where there is none
 */
export function holidaysSaid(
  calendars: readonly WorkCalendar[],
  period: Period,
  now: DateTime<true>,
): Clean | undefined {
  const [first, last] = daysOf(period);
  const found = new Map<string, { readonly date: string; readonly name: Clean; people: number }>();
  for (const { week, holidays } of calendars) {
    for (const { date, name, part } of holidays) {
      const day = DateTime.fromISO(date);
      if (date < first || date > last || week[day.weekday - 1] === undefined) continue;
      const what = part === undefined ? cleanLine(name) : say`${cleanLine(name)}, part of the day`;
      const key = `${date} ${what}`;
      const known = found.get(key) ?? { date, name: what, people: 0 };
      known.people += 1;
      found.set(key, known);
    }
  }
  if (found.size === 0) return undefined;
  const sorted = [...found.values()].sort((a, b) => a.date.localeCompare(b.date));
  const named = sorted.slice(0, MOST_NAMED).map(({ date, name, people }) => {
    const whose = people === calendars.length ? say`` : say`, ${people} of ${calendars.length} members`;
    return say`${name}, ${cleanLine(echoDay(DateTime.fromISO(date, { zone: now.zone }), now))}${whose}`;
  });
  const more = sorted.length > MOST_NAMED ? say` and ${sorted.length - MOST_NAMED} more` : say``;
  return say`${sorted.length === 1 ? say`holiday` : say`holidays`}: ${joined(named, '; ')}${more}`;
}
