import type { DateTime } from 'luxon';
import { readDays, type SaidDays } from '../clock/index.ts';
import type { Named } from '../names/index.ts';
import type { ToolContext } from '../tool/index.ts';
import { zoneOfMember } from './member-zone.ts';

/** A member's days, as somebody says them. */
export interface DaysQuestion {
  readonly date?: SaidDays | undefined;
  /** The person of the conversation when left out. */
  readonly member?: Named | undefined;
}

type DaysContext = Pick<ToolContext, 'names' | 'now' | 'me' | 'zone' | 'signal' | 'period'>;

/** Now, where a member's days are counted, and the days that were said as days there. */
interface MemberDays {
  readonly present: DateTime<true>;
  readonly date: SaidDays | undefined;
}

/**
 * Days that were said of somebody, as days of theirs: "today" is the day that is running where the member's days are counted, as the
 * date of who asks may be over there, or not have begun. The answer says how they were read.
 */
export async function daysOfOwner(
  { date: said, member }: DaysQuestion & { readonly member: Named },
  context: DaysContext,
): Promise<MemberDays> {
  const [now, zone] = await Promise.all([context.now(), zoneOfMember(member, context)]);
  const date = said?.inZone(zone);
  if (date !== undefined) context.period('date', date);
  return { present: now.setZone(zone) as DateTime<true>, date };
}

/**
 * A member and days of theirs, the present one when nobody said any: the answer tells it where it is not the date of who asks.
 * @returns whose they are, now in that zone, and the days in it where any were said
 */
export async function daysOfMember(
  { date, member: given }: DaysQuestion,
  context: DaysContext,
): Promise<MemberDays & { readonly member: Named }> {
  const member = given ?? (await context.names.resolve('member', 'me', { argument: 'member' }));
  const [now, days] = await Promise.all([context.now(), daysOfOwner({ date, member }, context)]);
  const { present } = days;
  if (days.date === undefined && present.toISODate() !== now.toISODate())
    context.period('date', readDays('today', { now: present, argument: 'date', direction: 'past' }));
  return { member, ...days };
}
