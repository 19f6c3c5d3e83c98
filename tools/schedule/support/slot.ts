import { DateTime } from 'luxon';
import {
  dateOnly,
  readDay,
  readLength,
  readMoment,
  readPeriod,
  readSpan,
  showDay,
  showRange,
  toManage,
} from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { type LegacyToolContext as ToolContext, ToolInputError } from '../../../src/tool/index.ts';

/** What people say about when something is to be. */
export interface SlotInput {
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly hours?: string | undefined;
  readonly date?: string | undefined;
}

/** The day that was said. "next week" is none: what fills several days has a start and an end. */
function readOneDay(said: string, now: DateTime): DateTime {
  const read = { now, argument: 'date', direction: 'ahead' as const };
  const { start, end } = readPeriod(said, read);
  if (end.diff(start, 'hours').hours <= LONGEST_DAY) return readDay(said, read).at;
  const last = end.minus({ milliseconds: 1 });
  throw new ToolInputError(
    'date',
    `date ${JSON.stringify(said)} is more than a day. Send start and end, like start "${start.toISODate()} 8am", end "${last.toISODate()} 5pm".`,
  );
}

/** With the hour that daylight saving gives back. */
const LONGEST_DAY = 25;

/** A place in somebody's calendar. */
export interface Slot {
  readonly start: DateTime;
  readonly end: DateTime;
  /** A day without a time of day, kept as midnight UTC. */
  readonly wholeDay: boolean;
}

const wholeDay = (day: DateTime): Slot => ({ start: dateOnly(day), end: dateOnly(day), wholeDay: true });

function checked(start: DateTime, end: DateTime): Slot {
  if (end <= start) throw new ToolInputError('end', `end is not after start (${showRange(start, end)}).`);
  return { start, end, wholeDay: false };
}

/** Minutes that an entry takes where nobody said. */
const HOUR = 60;

/** What a start with the rest of it says. @throws {ClockError} or {ToolInputError} */
function timed({ start, end, hours }: SlotInput, now: DateTime, day: DateTime | undefined, otherwise: number): Slot {
  const span = readSpan({ start, end, length: hours, day }, { now, direction: 'ahead', otherwise });
  if (span.kind === 'within')
    throw new ToolInputError('start', `start ${JSON.stringify(start)} names no time of day. Send one like "2pm".`);
  return { start: span.start, end: span.end, wholeDay: false };
}

/**
 * The slot that was meant: start with end or hours (one by default), a range in `start`, or a day alone, which takes no time.
 * @throws {ToolInputError} or {ClockError} for what contradicts itself
 */
export function readSlot(said: SlotInput, now: DateTime): Slot {
  const { start, end, hours, date } = said;
  if (start === undefined && (end !== undefined || hours !== undefined))
    throw new ToolInputError('start', 'Send start as well: end and hours alone say no time.');
  const day = date === undefined ? undefined : readOneDay(date, now);
  return start === undefined ? wholeDay(day ?? now) : timed(said, now, day, HOUR);
}

/**
 * Where an entry goes: what is not said stays. A new start or day moves the whole entry, a new end or new hours change its length;
 * an entry without a time gets one, an hour long, by a start.
 * @returns `undefined` when nothing was said
 */
export function moveSlot(said: SlotInput, was: Slot, now: DateTime): Slot | undefined {
  const { start, end, hours, date } = said;
  if ([start, end, hours, date].every((given) => given === undefined)) return undefined;
  if (end !== undefined && hours !== undefined) throw new ToolInputError('hours', 'Send end or hours, not both.');
  const day = date === undefined ? was.start : readOneDay(date, now);
  const { year, month, day: number } = day;
  const onDay = now.set({ year, month, day: number }).startOf('day');
  if (was.wholeDay && start === undefined) {
    if (end === undefined && hours === undefined) return wholeDay(day);
    throw new ToolInputError('start', 'The entry has no time: send start as well.');
  }
  const minutes = was.wholeDay ? HOUR : was.end.diff(was.start, 'minutes').minutes;
  if (start !== undefined) return timed(said, now, onDay, minutes);
  const from = was.start.set({ year, month, day: number });
  const lasts = hours === undefined ? minutes : readLength(hours, { argument: 'hours' });
  const read = { now, direction: 'ahead' as const, argument: 'end', day: from };
  return checked(from, end === undefined ? from.plus({ minutes: lasts }) : readMoment(end, read).at);
}

/** The slot of an entry, on the wall clock of a zone. Without hours it is for a day. */
export function slotOf(entry: ManageRecord, zone: string): Slot {
  const at = (value: unknown): DateTime => DateTime.fromISO(String(value), { zone: 'utc' });
  const [start, end] = [at(entry.dateStart), at(entry.dateEnd ?? entry.dateStart)];
  return end > start
    ? { start: start.setZone(zone), end: end.setZone(zone), wholeDay: false }
    : { start, end: start, wholeDay: true };
}

/** Its members in an entry. */
export const slotMembers = ({ start, end }: Slot): { dateStart: string; dateEnd: string } => ({
  dateStart: toManage(start),
  dateEnd: toManage(end),
});

/** `Tue 24 Nov 2026 14:00-14:45 America/New_York` (where a zone has to be named), `Tue 24 Nov 2026, no time set`. */
export const showSlot = ({ start, end, wholeDay: isDay }: Slot, zone?: string): string =>
  isDay ? `${showDay(start)}, no time set` : [showRange(start, end), zone].filter(Boolean).join(' ');

/** What stands in the way of a slot, refused unless it is allowed. */
export function refuseConflicts(
  who: string,
  clashes: readonly string[],
  allowed: boolean | undefined,
  { plain }: Pick<ToolContext, 'plain'>,
): void {
  if (clashes.length === 0 || allowed) return;
  throw new ToolInputError(
    'start',
    `${plain(who)} is busy then:\n${clashes.map((line) => `- ${plain(line)}`).join('\n')}`,
    {
      next: 'Choose another time (find_free_time finds some), or send allowConflicts: true.',
    },
  );
}
