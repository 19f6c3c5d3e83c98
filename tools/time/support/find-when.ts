import { DateTime } from 'luxon';
import {
  type LooseSpan,
  type Period,
  readSpan,
  type SpanInput,
  showDay,
  showHours,
  showMoment,
  showRange,
  unreadableIn,
} from '../../../src/clock/index.ts';
import type { Named } from '../../../src/names/index.ts';
import { type Clean, cleanLine, joined, lines, say } from '../../../src/text/index.ts';
import { refusal, type ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import { type Entry, intervalOf, readEntries } from '../../../src/working-time/entries.ts';
import { type Interval, joined as merged, without } from '../../../src/working-time/intervals.ts';

/** A break that says that there was none. */
const NO_BREAK = /^\s*(?:0+(?:[.:]0+)?|no|none|no break)\s*(?:minutes?|mins?|m|hours?|h)?\s*$/i;

/** When people work who do not say when they did. */
const WORKDAY = { from: 8, to: 18 } as const;
const SHORTEST_GAP_MS = 15 * 60_000;

/** When work was done. */
export interface When {
  readonly start: DateTime<true>;
  readonly end: DateTime<true>;
  /** Hours of the break, not part of the work. */
  readonly deduct: number;
  readonly hours: number;
  /** What was chosen because it was not said, or could be understood in another way; for the answer. */
  readonly chosen?: Clean;
  /** Whether the start was chosen: the first free time of the day. */
  readonly isChosen?: boolean;
}

/** Whose work is placed, and where in time it may lie. */
export interface Placing {
  readonly member: Named;
  readonly now: DateTime<true>;
  /** Whether it may lie in the future, such as leave. */
  readonly ahead: boolean;
}

const inHours = (minutes: number): number => Math.round((minutes / 60) * 10_000) / 10_000;

const clock = (milliseconds: number, zone: string): string =>
  DateTime.fromMillis(milliseconds, { zone }).toFormat('HH:mm');

/** Intervals of a working day that nothing is logged in, as people read them. */
function freeTimes(entries: readonly Entry[], day: Period, now: DateTime): Clean[] {
  const end = Math.min(day.end.toMillis(), now.toMillis());
  return without([{ start: day.start.toMillis(), end }], entries.map(intervalOf))
    .filter((gap) => gap.end - gap.start >= SHORTEST_GAP_MS)
    .map((gap) => cleanLine(`${clock(gap.start, day.start.zoneName)}-${clock(gap.end, day.start.zoneName)}`));
}

/** Further apart than a day: "9am" alone is today's or tomorrow's, which no day was named for. */
const DIFFERENT_DAYS = 2;

/**
 * Leave is logged ahead and afterwards, so that "Friday" can be either one.
 * @throws {ToolInputError} for a day that could lie on both sides, with both dates
 */
export function checkSide(said: SpanInput, now: DateTime<true>): void {
  const [past, ahead] = (['past', 'ahead'] as const).map((direction) => {
    try {
      const span = readSpan(said, { now, direction, endsNow: true });
      return span.kind === 'span' ? span.start : span.period.start;
    } catch {
      // What is wrong with it is said where it is read.
      return undefined;
    }
  });
  if (past === undefined || ahead === undefined || ahead.diff(past, 'days').days < DIFFERENT_DAYS) return;
  const argument = said.day === undefined ? 'start' : 'date';
  throw new ToolInputError(
    argument,
    say`${argument} can be ${cleanLine(showDay(past))} or ${cleanLine(showDay(ahead))}, as leave is logged ahead as well. Send the date.`,
  );
}

/** Looks at phrases beside refused ones, each by itself. @throws {ClockError} {SeveralRefused} for those that say no time */
export async function checkPhrases(said: SpanInput, { now }: Pick<ToolContext, 'now'>): Promise<void> {
  const wrong = unreadableIn(said, { now: await now(), direction: 'past' });
  if (wrong.length > 0) throw refusal(wrong);
}

/** The times that somebody said, without a look at what is logged. @throws {ClockError} for what cannot be read */
export function saidSpan(said: SpanInput, now: DateTime<true>): ReturnType<typeof readSpan> {
  const breakTime = NO_BREAK.test(String(said.breakTime ?? '')) ? undefined : said.breakTime;
  return readSpan({ ...said, breakTime }, { now, direction: 'past', endsNow: true });
}

/**
 * When work was done, of what somebody said. Where only a day or a part of one is known, it is put into the first time there in
 * which nothing is logged.
 * @throws {ToolInputError} or {ClockError} for what is missing or contradicts itself, with the free times of the day
 */
export async function findWhen(
  said: SpanInput,
  { member, now, ahead }: Placing,
  context: Pick<ToolContext, 'manage' | 'names' | 'signal'>,
): Promise<When> {
  const span = saidSpan(said, now);
  if (span.kind === 'span') {
    const { start, end, minutes, breakMinutes, notes } = span;
    const chosen = lines(notes.map(cleanLine));
    return { start, end, hours: inHours(minutes), deduct: inHours(breakMinutes), chosen };
  }
  const { start } = span.period;
  if (start > now && !ahead)
    throw new ToolInputError(
      said.day === undefined ? 'start' : 'date',
      say`${cleanLine((start.hasSame(now, 'day') ? showMoment : showDay)(start))} is in the future (it is ${cleanLine(showMoment(now))}, ${cleanLine(now.zoneName)}). Time is logged for days that have come.`,
    );
  const place = span.isPart
    ? span.period
    : ({ start: start.set({ hour: WORKDAY.from }), end: start.set({ hour: WORKDAY.to }) } as Period);
  const entries = await readEntries(
    { memberId: member.id, start: start.startOf('day'), end: place.end, zone: now.zoneName },
    context,
  );
  const until = ahead ? undefined : now;
  if (span.length !== undefined || span.isPart) {
    const found = firstFreeOf(span, place, entries, until);
    if (span.isPart) return { ...found, isChosen: true };
    return { ...found, isChosen: true, chosen: say`no start was given: this is the first free time of that day` };
  }
  const free = joined(freeTimes(entries, place, until ?? place.end), ', ');
  const notLogged = free === '' ? say`` : say` Not logged on ${cleanLine(showDay(start))}: ${free}.`;
  throw new ToolInputError(
    'start',
    say`Say when it was: start with end or hours, like start "2pm", hours "45 minutes".${notLogged}`,
  );
}

/**
 * The first free time in a part of a day, among what is logged already. `entries` are those of that day; nothing is put after `until`.
 * @throws {ToolInputError} without a length, and when the part has no such gap, with what is logged in it
 */
function firstFreeOf(
  { length, breakMinutes }: LooseSpan,
  period: Period,
  entries: readonly Entry[],
  until: DateTime<true> | undefined,
): When {
  if (length === undefined)
    throw new ToolInputError(
      'hours',
      say`Say how long it took: hours, like "45 minutes"; or send the exact start and end.`,
    );
  if (breakMinutes >= length) throw new ToolInputError('break', say`The break is as long as the work.`);
  const start = firstFree(entries.map(intervalOf), period, length * 60_000, until?.toMillis());
  if (start === undefined) throw noRoom(length, period, entries, until);
  const begin = DateTime.fromMillis(start, { zone: period.start.zone }) as DateTime<true>;
  return {
    start: begin,
    end: begin.plus({ minutes: length }),
    deduct: inHours(breakMinutes),
    hours: inHours(length - breakMinutes),
  };
}

function noRoom(
  length: number,
  period: Period,
  entries: readonly Entry[],
  until: DateTime<true> | undefined,
): ToolInputError {
  const logged = entries
    .filter((entry) => entry.start < period.end && entry.end > period.start)
    .map(
      (entry) => say`${cleanLine(`${entry.start.toFormat('HH:mm')}-${entry.end.toFormat('HH:mm')}`)} ${entry.charge}`,
    );
  const why = logged.length > 0 ? say` Logged there: ${joined(logged, '; ')}.` : say``;
  const isCut = until !== undefined && until < period.end;
  const before = isCut ? say` before ${cleanLine(until.toFormat('HH:mm'))}` : say``;
  return new ToolInputError(
    'start',
    say`There is no free ${cleanLine(showHours(length / 60))} in ${cleanLine(showRange(period.start, period.end))}${before}.${why} Send the exact start.`,
  );
}

/**
 * The first time of a certain length in a period that no interval covers, in milliseconds since the epoch; `undefined` when there is
 * none. `until` is an end of its own, for work that cannot lie in the future.
 */
export function firstFree(
  taken: readonly Interval[],
  period: Period,
  length: number,
  until = Number.POSITIVE_INFINITY,
): number | undefined {
  const end = Math.min(period.end.toMillis(), until);
  let start = period.start.toMillis();
  for (const interval of merged(taken)) {
    if (interval.end <= start) continue;
    if (interval.start - start >= length) break;
    start = interval.end;
  }
  return start + length <= end ? start : undefined;
}
