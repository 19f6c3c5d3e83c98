import { DateTime } from 'luxon';
import {
  type LooseSpan,
  type Period,
  readSpan,
  type SpanInput,
  showDay,
  showHours,
  showRange,
} from '../../../src/clock/index.ts';
import type { Named } from '../../../src/names/index.ts';
import { type LegacyToolContext as ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import { type Entry, readEntries, stretchOf, withChargeCodes } from '../../../src/working-time/entries.ts';
import { without } from '../../../src/working-time/stretches.ts';
import { firstFree } from './free-slot.ts';

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
  readonly chosen?: string;
}

const inHours = (minutes: number): number => Math.round((minutes / 60) * 10_000) / 10_000;

const clock = (milliseconds: number, zone: string): string =>
  DateTime.fromMillis(milliseconds, { zone }).toFormat('HH:mm');

/** Stretches of a working day that nothing is logged in, as people read them. */
function freeTimes(entries: readonly Entry[], day: Period, now: DateTime): string[] {
  const end = Math.min(day.end.toMillis(), now.toMillis());
  return without([{ start: day.start.toMillis(), end }], entries.map(stretchOf))
    .filter((gap) => gap.end - gap.start >= SHORTEST_GAP_MS)
    .map((gap) => `${clock(gap.start, day.start.zoneName)}-${clock(gap.end, day.start.zoneName)}`);
}

/**
 * When work was done, of what somebody said. Where only a day or a part of one is known, it is put into the first time there in
 * which nothing is logged.
 * @param ahead work that may lie in the future, such as leave
 * @throws {ToolInputError} or {ClockError} for what is missing or contradicts itself, with the free times of the day
 */
export async function findWhen(
  said: SpanInput,
  member: Named,
  now: DateTime<true>,
  ahead: boolean,
  { manage, names, signal }: ToolContext,
): Promise<When> {
  const span = readSpan(said, { now, direction: 'past', endsNow: true });
  if (span.kind === 'span') {
    const { start, end, minutes, breakMinutes, notes } = span;
    return { start, end, hours: inHours(minutes), deduct: inHours(breakMinutes), chosen: notes.join('\n') };
  }
  const { start } = span.period;
  const place = span.isPart
    ? span.period
    : ({ start: start.set({ hour: WORKDAY.from }), end: start.set({ hour: WORKDAY.to }) } as Period);
  const around = { memberId: member.id, start: start.startOf('day'), end: place.end };
  const entries = await withChargeCodes(await readEntries(manage, around, now.zoneName, signal), names);
  const until = ahead ? undefined : now;
  if (span.length !== undefined || span.isPart) {
    const found = firstFreeOf(span, place, entries, until);
    return span.isPart ? found : { ...found, chosen: 'no start was given: this is the first free time of that day' };
  }
  const free = freeTimes(entries, place, until ?? place.end);
  throw new ToolInputError(
    'start',
    `Say when it was: start with end or hours, like start "2pm", hours "45 minutes".${free.length === 0 ? '' : ` Not logged on ${showDay(start)}: ${free.join(', ')}.`}`,
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
      'Say how long it took: hours, like "45 minutes"; or send the exact start and end.',
    );
  if (breakMinutes >= length) throw new ToolInputError('break', 'The break is as long as the work.');
  const start = firstFree(entries.map(stretchOf), period, length * 60_000, until?.toMillis());
  if (start === undefined) {
    const logged = entries
      .filter((entry) => entry.start < period.end && entry.end > period.start)
      .map((entry) => `${entry.start.toFormat('HH:mm')}-${entry.end.toFormat('HH:mm')} ${entry.charge}`);
    const why = logged.length > 0 ? ` Logged there: ${logged.join('; ')}.` : '';
    const before = until !== undefined && until < period.end ? ` before ${until.toFormat('HH:mm')}` : '';
    throw new ToolInputError(
      'start',
      `There is no free ${showHours(length / 60)} in ${showRange(period.start, period.end)}${before}.${why} Send the exact start.`,
    );
  }
  const begin = DateTime.fromMillis(start, { zone: period.start.zone }) as DateTime<true>;
  return {
    start: begin,
    end: begin.plus({ minutes: length }),
    deduct: inHours(breakMinutes),
    hours: inHours(length - breakMinutes),
  };
}
