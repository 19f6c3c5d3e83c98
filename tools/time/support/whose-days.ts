import type { DateTime } from 'luxon';
import { type Period, readPeriod } from '../../../src/clock/index.ts';
import type { Named } from '../../../src/names/index.ts';
import { type LegacyToolContext as ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import { zoneOfMember } from '../../../src/working-time/member-zone.ts';

export interface DaysQuestion {
  readonly date?: string | undefined;
  readonly member?: string | undefined;
}

/** Whose days are looked at, and which. */
export interface WhoseDays {
  readonly member: Named;
  /** Now, in the zone in which this member's days are counted. */
  readonly present: DateTime<true>;
  /** The day that was said; of a week, its first. */
  readonly day: DateTime<true>;
  /** Whether a whole week was said. */
  readonly weekly: boolean;
}

const isWeek = ({ start, end }: Period): boolean =>
  start.toMillis() === start.startOf('week').toMillis() && end <= start.plus({ weeks: 1 });

/**
 * A member and a day or a week of theirs. Inactive members may be meant: their time is still there.
 * @throws {ToolInputError} for periods that no one sheet covers
 */
export async function whoseDays({ date, member: said }: DaysQuestion, context: ToolContext): Promise<WhoseDays> {
  const member = await context.names.resolve('member', said ?? 'me', { argument: 'member', inactive: true });
  const present = (await context.now()).setZone(await zoneOfMember(member, context)) as DateTime<true>;
  if (date === undefined) return { member, present, day: present, weekly: false };
  const period = readPeriod(date, { now: present, direction: 'past', argument: 'date' });
  if (period.end <= period.start.plus({ days: 1 })) return { member, present, day: period.start, weekly: false };
  if (isWeek(period)) return { member, present, day: period.start, weekly: true };
  throw new ToolInputError('date', `date ${JSON.stringify(date)} is no day and no week of a time sheet.`, {
    next: 'Send a day or a week ("last week", "week of 2026-11-09"); search_time_entries with period reads longer ones.',
  });
}
