import { DateTime } from 'luxon';
import { memberZones, type Named } from '../../../src/names/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import type { ToolContext } from '../../../src/tool/index.ts';
import { without } from '../../../src/working-time/intervals.ts';
import { CALENDAR_OPERATIONS, isAssumed, readCalendars, workingTime } from '../../../src/working-time/work-calendar.ts';
import { slotInterval } from './scheduled.ts';
import type { Slot } from './slot.ts';

/** Operations that telling off-hours needs. */
export const OFF_HOURS_OPERATIONS = [...CALENDAR_OPERATIONS, 'GET /system/timeZoneSetups'] as const;

/**
 * What a dispatcher should know of a slot that is outside of somebody's working time, or partly so: the holiday, or the calendar.
 * `undefined` where it is, and where no calendar says.
 */
export async function offHours(
  member: Pick<Named, 'record' | 'label'>,
  slot: Slot,
  { manage, names, signal, zone: conversation }: ToolContext,
): Promise<Clean | undefined> {
  const [zoneOf, local] = await Promise.all([memberZones(names, [member.record], signal), conversation()]);
  const zone = zoneOf(member.record) ?? local;
  const bounds = slotInterval(slot, zone);
  const at = (moment: number): DateTime<true> => DateTime.fromMillis(moment, { zone }) as DateTime<true>;
  const period = { start: at(bounds.start), end: at(bounds.end) };
  const calendar = (await readCalendars(manage, period, signal)).of(member.record);
  if (isAssumed(calendar)) return undefined;
  const work = workingTime(calendar, zone, bounds);
  if (slot.wholeDay ? work.length > 0 : without([bounds], work).length === 0) return undefined;
  const dates = [period.start.toISODate(), at(bounds.end - 1).toISODate()];
  const holiday = calendar.holidays.find(({ date }) => dates.includes(date));
  const who = cleanLine(member.label);
  return holiday === undefined
    ? say`Note: outside the working hours of ${who} (${cleanLine(calendar.name)}).`
    : say`Note: ${cleanLine(holiday.name)} is a holiday of ${who} (${cleanLine(holiday.date)}).`;
}
