import type { DateTime } from 'luxon';
import type { Period } from '../../../src/clock/index.ts';
import type { Named } from '../../../src/names/index.ts';
import { cleanLine, say } from '../../../src/text/index.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import { zoneInManage } from '../../../src/working-time/member-zone.ts';
import { type DaysQuestion, daysOfMember } from '../../../src/working-time/said-days.ts';

/** Whose days are looked at, and which. */
export interface WhoseDays {
  readonly member: Named;
  /** Now, in the zone in which this member's days are counted. */
  readonly present: DateTime<true>;
  /** Midnight of the day that was said, in that zone; of a week, of its first day. */
  readonly day: DateTime<true>;
  /** Whether a whole week was said. */
  readonly weekly: boolean;
  /** The zone in which the hours of the member's calendar are meant, wherever the conversation is. */
  readonly workZone: string;
}

const isWeek = ({ start, end }: Period): boolean =>
  start.toMillis() === start.startOf('week').toMillis() && end <= start.plus({ weeks: 1 });

/**
 * A member and a day or a week of theirs; no date is the day that is running where the member's days are counted, as "today" is.
 * @throws {ToolInputError} for periods that no one sheet covers
 */
export async function whoseDays(
  question: DaysQuestion,
  context: Pick<ToolContext, 'names' | 'now' | 'me' | 'zone' | 'signal' | 'period'>,
): Promise<WhoseDays> {
  const { member, present, date } = await daysOfMember(question, context);
  const workZone = await zoneInManage(member, context);
  const day = (date?.start ?? present).startOf('day') as DateTime<true>;
  const whose = { member, present, day, workZone };
  if (date === undefined || date.end <= date.start.plus({ days: 1 })) return { ...whose, weekly: false };
  if (isWeek(date)) return { ...whose, weekly: true };
  throw new ToolInputError('date', say`${cleanLine(date.echo)} is neither a day nor a week of a time sheet.`, {
    next: say`Send a day or a week ("last week", "week of 2026-11-09"); search_time_entries with period reads longer ones.`,
  });
}
