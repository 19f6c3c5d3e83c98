import { DateTime } from 'luxon';
import { namesTime, type Period, readDay, readDayPart, showDay } from '../../../src/clock/index.ts';
import type { Named } from '../../../src/names/index.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import { type Entry, readEntries, stretchOf, withChargeCodes } from '../../../src/working-time/entries.ts';
import { without } from '../../../src/working-time/stretches.ts';
import { whenInDayPart } from './in-day-part.ts';
import { readWhen, type When, type WhenInput } from './when.ts';

/** When people work who do not say when they did. */
const WORKDAY = { from: 8, to: 18 } as const;
const SHORTEST_GAP_MS = 15 * 60_000;

export interface FoundWhen extends When {
  /** What was chosen because it was not said, for the answer. */
  readonly chosen?: string;
}

const clock = (milliseconds: number, zone: string): string =>
  DateTime.fromMillis(milliseconds, { zone }).toFormat('HH:mm');

/** Stretches of a working day that nothing is logged in, as people read them. */
function freeTimes(entries: readonly Entry[], day: Period, now: DateTime): string[] {
  const end = Math.min(day.end.toMillis(), now.toMillis());
  return without([{ start: day.start.toMillis(), end }], entries.map(stretchOf))
    .filter((gap) => gap.end - gap.start >= SHORTEST_GAP_MS)
    .map((gap) => `${clock(gap.start, day.start.zoneName)}-${clock(gap.end, day.start.zoneName)}`);
}

/** A time that stands in the date is the start. */
function inTheirPlaces(said: WhenInput, now: DateTime<true>): WhenInput {
  const { date, start, end } = said;
  if (
    date !== undefined &&
    start === undefined &&
    end === undefined &&
    namesTime(date, { now, direction: 'past', argument: 'date' })
  )
    return { ...said, date: undefined, start: date };
  return said;
}

/**
 * When work was done, of what somebody said. Where only a day or a part of one is known, it is put into the first time there in
 * which nothing is logged.
 * @param ahead work that may lie in the future, such as leave
 * @throws {ToolInputError} or {ClockError} for what is missing or contradicts itself, with the free times of the day
 */
export async function findWhen(
  given: WhenInput,
  member: Named,
  now: DateTime<true>,
  ahead: boolean,
  { manage, names, signal }: ToolContext,
): Promise<FoundWhen> {
  const said = inTheirPlaces(given, now);
  const day = said.date === undefined ? undefined : readDay(said.date, { now, direction: 'past', argument: 'date' }).at;
  const logged = async (period: Period): Promise<Entry[]> => {
    const around = { memberId: member.id, start: period.start.startOf('day'), end: period.end };
    return withChargeCodes(await readEntries(manage, around, now.zoneName, signal), names);
  };
  const until = ahead ? undefined : now;
  if (said.start !== undefined && said.end === undefined) {
    const part = readDayPart(said.start, { now, direction: 'past', argument: 'start', ...(day && { day }) });
    if (part !== undefined) return whenInDayPart(said, part, await logged(part), now, until);
  }
  const open = said.start === undefined && said.end === undefined;
  if (!open || (said.hours !== undefined && (day === undefined || day.hasSame(now, 'day')))) return readWhen(said, now);
  const start = day ?? (now.startOf('day') as DateTime<true>);
  const workday = { start: start.set({ hour: WORKDAY.from }), end: start.set({ hour: WORKDAY.to }) } as Period;
  const entries = await logged(workday);
  if (said.hours !== undefined)
    return {
      ...whenInDayPart(said, workday, entries, now, until),
      chosen: 'no start was given: this is the first free time of that day',
    };
  const free = freeTimes(entries, workday, until ?? workday.end);
  throw new ToolInputError(
    'start',
    `Say when it was: start with end or hours, like start "2pm", hours "45 minutes".${free.length === 0 ? '' : ` Not logged on ${showDay(start)}: ${free.join(', ')}.`}`,
  );
}
