import type { Span } from './lanes.ts';
import type { SheetDay } from './sheet.ts';

export const DAY_MINUTES = 24 * 60;

/** `08:30` as minutes after midnight. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** A stretch between two wall-clock times; one that ends at or before its start goes on past midnight and is cut there. */
export function spanOf(start: string, end: string): Span {
  const [from, to] = [minutesOf(start), minutesOf(end)];
  return { from, to: to > from ? to : DAY_MINUTES };
}

/** The whole hours that a calendar of some days has to show: office hours, and more where somebody worked. */
export function hoursShown(days: readonly SheetDay[]): { first: number; last: number } {
  const spans = days.flatMap(({ entries }) => entries.map(({ start, end }) => spanOf(start, end)));
  return {
    first: Math.min(8, ...spans.map(({ from }) => Math.floor(from / 60))),
    last: Math.max(17, ...spans.map(({ to }) => Math.ceil(to / 60))),
  };
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

/** A calendar day some days later or, with a negative number, earlier. */
export function dayAfter(day: string, days: number): string {
  const date = dateOf(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export const isWeekend = (day: string): boolean => [0, 6].includes(dateOf(day).getUTCDay());

/** `7.5 h` */
export const hoursName = (hours: number): string => `${Math.round(hours * 100) / 100} h`;
