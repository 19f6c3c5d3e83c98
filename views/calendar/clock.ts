import type { Span } from './lanes.ts';

export const DAY_MINUTES = 24 * 60;

/** `08:30` as minutes after midnight. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Minutes after midnight as `08:30`; the clock begins anew at the next one. */
export function timeOf(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}

/** A stretch between two wall-clock times; one that ends at or before its start goes on past midnight and is cut there. */
export function spanOf(start: string, end: string): Span {
  const [from, to] = [minutesOf(start), minutesOf(end)];
  return { from, to: to > from ? to : DAY_MINUTES };
}

const UTC = { timeZone: 'UTC' } as const;
const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** `Mon 23 Nov` */
export const dayName = (day: string): string =>
  dateOf(day)
    .toLocaleDateString('en-GB', { ...UTC, weekday: 'short', day: 'numeric', month: 'short' })
    .replace(',', '');

/** `23 Nov 2026` */
export const dateName = (day: string): string =>
  dateOf(day).toLocaleDateString('en-GB', { ...UTC, day: 'numeric', month: 'short', year: 'numeric' });

/** `Tue 24 Nov 2026`, `Mon 23 Nov – Sun 29 Nov 2026` */
export const daysName = (first: string, last: string): string =>
  `${first === last ? '' : `${dayName(first)} – `}${dayName(last)} ${last.slice(0, 4)}`;

/** A calendar day some days later or, with a negative number, earlier. */
export function dayAfter(day: string, days: number): string {
  const date = dateOf(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export const isWeekend = (day: string): boolean => [0, 6].includes(dateOf(day).getUTCDay());

/** `7.5 h` */
export const hoursName = (hours: number): string => `${Math.round(hours * 100) / 100} h`;

/** How far a zone's clock is ahead of UTC at a moment, in minutes. */
function offsetAt(moment: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(moment);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return Math.round((shown - moment) / 60_000);
}

/** A time on the wall clock of a zone. */
interface WallTime {
  readonly date: string;
  readonly time: string;
  readonly zone: string;
  /** The time that it comes after: one that is not later on the clock is on the next day. */
  readonly after?: string;
}

/** A time on the wall clock of a zone with its offset: `2026-11-24T10:45:00-05:00`. */
export function instantAt({ date, time, zone, after }: WallTime): string {
  const day = after !== undefined && minutesOf(time) <= minutesOf(after) ? dayAfter(date, 1) : date;
  const clock = Date.parse(`${day}T${time}:00Z`);
  // The offset at the clock's reading as if it were UTC is a guess, right but for the hours around a change of the clocks.
  const guess = offsetAt(clock, zone);
  const offset = offsetAt(clock - guess * 60_000, zone);
  return `${day}T${time}:00${offset < 0 ? '-' : '+'}${timeOf(Math.abs(offset))}`;
}
