import type { DateTime } from 'luxon';
import type { SaidDays } from '../clock/index.ts';
import type { Named } from '../names/index.ts';
import type { ToolContext } from '../tool/index.ts';
import { zoneOfMember } from './member-zone.ts';

/** A member's days, as somebody says them. */
export interface DaysQuestion {
  readonly date?: SaidDays | undefined;
  /** The person of the conversation when left out. */
  readonly member?: Named | undefined;
}

/**
 * Days that were said, as those of their member: "today" is the day that is running where the member's days are counted, as the date
 * of who asks may be over there, or not have begun. The answer says how they were read.
 * @returns whose they are, now in that zone, and the days in it where any were said
 */
export async function daysOfMember(
  { date: said, member: given }: DaysQuestion,
  context: Pick<ToolContext, 'names' | 'now' | 'me' | 'zone' | 'signal' | 'period'>,
): Promise<{ member: Named; present: DateTime<true>; date: SaidDays | undefined }> {
  const member = given ?? (await context.names.resolve('member', 'me', { argument: 'member' }));
  const [now, zone] = await Promise.all([context.now(), zoneOfMember(member, context)]);
  const date = said?.inZone(zone);
  if (date !== undefined) context.period('date', date);
  return { member, present: now.setZone(zone) as DateTime<true>, date };
}
