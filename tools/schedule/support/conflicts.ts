import { DateTime } from 'luxon';
import { type Period, showRange } from '../../../src/clock/index.ts';
import type { LegacyToolContext as ToolContext } from '../../../src/tool/index.ts';
import { overlaps } from '../../../src/working-time/stretches.ts';
import { readScheduled, type Scheduled } from './scheduled.ts';
import type { Slot } from './slot.ts';

/** `entry 12: Tue 24 Nov 2026 14:00-15:00 Acme / Ticket# 4711 - VPN`. */
export const showScheduled = ({ id, start, end, what }: Scheduled, zone: string): string =>
  `entry ${id}: ${showRange(DateTime.fromMillis(start, { zone }), DateTime.fromMillis(end, { zone }))} ${what}`;

/** Entries of a member that share time with a slot, a line each; a day without a time shares it with none. */
export async function conflictsOf(
  memberId: number,
  slot: Slot,
  { manage, signal, zone }: ToolContext,
  except?: number,
): Promise<string[]> {
  if (slot.wholeDay) return [];
  const local = await zone();
  const stretch = { start: slot.start.toMillis(), end: slot.end.toMillis() };
  const entries = await readScheduled(manage, [memberId], slot as Period, signal);
  return entries
    .filter((entry) => entry.id !== except && overlaps(entry, stretch))
    .map((entry) => showScheduled(entry, local));
}
