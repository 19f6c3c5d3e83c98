import { DateTime } from 'luxon';
import type { Schemas } from '../../../src/api/index.ts';
import { readsAsDay } from '../../../src/api/meanings.ts';
import {
  ClockError,
  dateOnly,
  daysOf,
  readDay,
  readLength,
  readMoment,
  readPeriod,
  readSpan,
  showDay,
  showHours,
  showRange,
  toManage,
  unreadableIn,
} from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import { durationFor, minutesFor, refusal, type ToolContext, ToolInputError } from '../../../src/tool/index.ts';

/** What people say about when something is to be. */
export interface SlotInput {
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly hours?: string | undefined;
  readonly date?: string | undefined;
}

/** Other names for the arguments of a slot. */
export const timeAliases = {
  when: 'start',
  from: 'start',
  to: 'end',
  until: 'end',
  duration: durationFor('hours'),
  length: durationFor('hours'),
  minutes: minutesFor('hours'),
  durationMinutes: minutesFor('hours'),
  day: 'date',
} as const;

/** Looks at the phrases of a slot, each by itself. @throws {ClockError} {SeveralRefused} for those that say no time */
export async function checkPhrases(
  { start, end, hours, date }: SlotInput,
  { now }: Pick<ToolContext, 'now'>,
): Promise<void> {
  const said = { start, end, length: hours, day: date };
  const wrong = unreadableIn(said, { now: await now(), direction: 'ahead' });
  if (wrong.length > 0) throw refusal(wrong);
}

/** A place in somebody's calendar. */
export interface Slot {
  readonly start: DateTime;
  readonly end: DateTime;
  /** A day without a time of day, kept as midnight UTC. */
  readonly wholeDay: boolean;
  /** What has to be said of how it was read: an hour that the clocks repeat. */
  readonly notes?: readonly Clean[];
}

/** With the hour that daylight saving gives back. */
const LONGEST_DAY = 25;

/** The day that was said. "next week" is not a day: each day has an entry of its own. */
function readOneDay(said: string, now: DateTime): DateTime {
  const read = { now, argument: 'date', direction: 'ahead' as const };
  const period = readPeriod(said, read);
  if (period.end.diff(period.start, 'hours').hours <= LONGEST_DAY) return readDay(said, read).at;
  const [first, last] = daysOf(period);
  throw new ToolInputError(
    'date',
    say`date "${cleanLine(said)}" is more than a day. Send each day by itself, from date "${cleanLine(first)}" to date "${cleanLine(last)}".`,
  );
}

const wholeDay = (day: DateTime): Slot => ({ start: dateOnly(day), end: dateOnly(day), wholeDay: true });

function checked(start: DateTime, end: DateTime): Slot {
  if (end <= start) throw new ToolInputError('end', say`end is not after start (${cleanLine(showRange(start, end))}).`);
  const hours = end.diff(start, 'hours').hours;
  if (hours > LONGEST_DAY)
    throw new ToolInputError(
      'end',
      say`${cleanLine(showRange(start, end))} is longer than a day (${cleanLine(showHours(hours))}). Send each day by itself.`,
    );
  return { start, end, wholeDay: false };
}

/** Minutes that an entry takes where nobody said. */
const HOUR = 60;

/** What a start with the rest of it says; without `date`, `day` is only where bare times belong. @throws {ClockError} or {ToolInputError} */
function timed(
  { start, end, hours, date }: SlotInput,
  now: DateTime,
  day: DateTime | undefined,
  otherwise: number,
): Slot {
  const dayMayDiffer = date === undefined;
  const span = readSpan({ start, end, length: hours, day }, { now, direction: 'ahead', otherwise, dayMayDiffer });
  if (span.kind === 'within')
    throw new ToolInputError(
      'start',
      say`start "${cleanLine(start)}" names no time of day. Send one like "2pm", or the day alone as date.`,
    );
  return { start: span.start, end: span.end, wholeDay: false, notes: span.notes.map(cleanLine) };
}

/** Whether a phrase says from when to when, or only from when. */
function namesTime(phrase: string, now: DateTime): boolean {
  try {
    return readSpan({ start: phrase }, { now, direction: 'ahead', otherwise: HOUR }).kind === 'span';
  } catch (error) {
    if (error instanceof ClockError) return false;
    throw error;
  }
}

/** The day that was said; `undefined` where it came with a time of day, and so is a start. */
function dayUnlessTimed(date: string, now: DateTime): DateTime | undefined {
  try {
    return readOneDay(date, now);
  } catch (error) {
    if (error instanceof ClockError && namesTime(date, now)) return undefined;
    throw error;
  }
}

/**
 * The slot that was meant: start with end or hours (one by default), a range in `start`, or a day alone, which takes no time.
 * @throws {ToolInputError} or {ClockError} for what contradicts itself
 */
export function readSlot(said: SlotInput, now: DateTime): Slot {
  const { start, end, hours, date } = said;
  if (start !== undefined) return timed(said, now, date === undefined ? undefined : readOneDay(date, now), HOUR);
  const day = date === undefined ? now : dayUnlessTimed(date, now);
  if (day === undefined) return timed({ start: date, end, hours }, now, undefined, HOUR);
  if (end !== undefined || hours !== undefined)
    throw new ToolInputError(
      'start',
      say`Send start as well: end and hours alone say no time. A day without a time is date alone.`,
    );
  return wholeDay(day);
}

/**
 * Where an entry goes: what is not said stays. A new start or day moves the whole entry, a new end or new hours change its length;
 * an entry without a time gets one, an hour long, by a start.
 * @returns `undefined` when nothing was said
 */
export function moveSlot(said: SlotInput, was: Slot, now: DateTime): Slot | undefined {
  const { start, end, hours, date } = said;
  if ([start, end, hours, date].every((given) => given === undefined)) return undefined;
  if (end !== undefined && hours !== undefined) throw new ToolInputError('hours', say`Send end or hours, not both.`);
  const day = date === undefined ? was.start : readOneDay(date, now);
  const { year, month, day: number } = day;
  const onDay = now.set({ year, month, day: number }).startOf('day');
  if (was.wholeDay && start === undefined) {
    if (end === undefined && hours === undefined) return wholeDay(day);
    throw new ToolInputError('start', say`The entry has no time: send start as well.`);
  }
  const minutes = was.wholeDay ? HOUR : was.end.diff(was.start, 'minutes').minutes;
  if (start !== undefined) return timed(said, now, onDay, minutes);
  const from = was.start.set({ year, month, day: number });
  const lasts = hours === undefined ? minutes : readLength(hours, { argument: 'hours' });
  const read = { now, direction: 'ahead' as const, argument: 'end', day: from };
  return checked(from, end === undefined ? from.plus({ minutes: lasts }) : readMoment(end, read).at);
}

/** Whether a slot has begun: a day that is over, or a time before this minute. */
export const isPast = ({ start, wholeDay: isDay }: Slot, now: DateTime): boolean =>
  isDay ? start < dateOnly(now) : start < now.startOf('minute');

/** The slot of an entry, on the wall clock of a zone. Entries for whole days have no hours, and their day is the same in every zone. */
export function slotOf(entry: ManageRecord, { api, zone }: { readonly api: Schemas; readonly zone: string }): Slot {
  const at = (value: unknown): DateTime => DateTime.fromISO(String(value), { zone: 'utc' });
  const [start, end] = [at(entry.dateStart), at(entry.dateEnd ?? entry.dateStart)];
  const isDay = readsAsDay(api, 'ScheduleEntry', 'dateStart', entry) || end <= start;
  return isDay
    ? { start, end, wholeDay: true }
    : { start: start.setZone(zone), end: end.setZone(zone), wholeDay: false };
}

/** Its members in an entry. */
export const slotMembers = ({ start, end }: Slot): { dateStart: string; dateEnd: string } => ({
  dateStart: toManage(start),
  dateEnd: toManage(end),
});

/** `Tue 24 Nov 2026 14:00-14:45 America/New_York` (where a zone has to be named), `Tue 24 Nov 2026, no time set`. */
export function showSlot({ start, end, wholeDay: isDay }: Slot, zone?: string): Clean {
  if (!isDay) return joined([cleanLine(showRange(start, end)), cleanLine(zone)], ' ');
  const day = cleanLine(showDay(start));
  return end.hasSame(start, 'day') ? say`${day}, no time set` : say`${day} - ${cleanLine(showDay(end))}, no time set`;
}
