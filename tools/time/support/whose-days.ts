import type { DateTime } from 'luxon';
import type { Period, SaidPeriod } from '../../../src/clock/index.ts';
import type { Named } from '../../../src/names/index.ts';
import { cleanLine, say } from '../../../src/text/index.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import { zoneOfMember } from '../../../src/working-time/member-zone.ts';

export interface DaysQuestion {
  /** A day or a week, today when left out. */
  readonly date?: SaidPeriod | undefined;
  /** The person of the conversation when left out. */
  readonly member?: Named | undefined;
}

/** Whose days are looked at, and which. */
export interface WhoseDays {
  readonly member: Named;
  /** Now, in the zone in which this member's days are counted. */
  readonly present: DateTime<true>;
  /** Midnight of the day that was said, in that zone; of a week, of its first day. */
  readonly day: DateTime<true>;
  /** Whether a whole week was said. */
  readonly weekly: boolean;
}

const isWeek = ({ start, end }: Period): boolean =>
  start.toMillis() === start.startOf('week').toMillis() && end <= start.plus({ weeks: 1 });

/**
 * A member and a day or a week of theirs. A date is that of who asks; the day is the member's own of this date.
 * @throws {ToolInputError} for periods that no one sheet covers
 */
export async function whoseDays(
  { date, member: given }: DaysQuestion,
  context: Pick<ToolContext, 'names' | 'now' | 'manage' | 'me' | 'zone' | 'signal'>,
): Promise<WhoseDays> {
  const member = given ?? (await context.names.resolve('member', 'me', { argument: 'member' }));
  const now = await context.now();
  const zone = await zoneOfMember(member, context);
  const present = now.setZone(zone) as DateTime<true>;
  const day = (date?.start ?? now).startOf('day').setZone(zone, { keepLocalTime: true }) as DateTime<true>;
  if (date === undefined || date.end <= date.start.plus({ days: 1 })) return { member, present, day, weekly: false };
  if (isWeek(date)) return { member, present, day, weekly: true };
  throw new ToolInputError('date', say`${cleanLine(date.echo)} is neither a day nor a week of a time sheet.`, {
    next: say`Send a day or a week ("last week", "week of 2026-11-09"); search_time_entries with period reads longer ones.`,
  });
}
