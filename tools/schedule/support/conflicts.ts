import { DateTime } from 'luxon';
import { type Period, showRange } from '../../../src/clock/index.ts';
import { type Clean, cleanLine, joined, say } from '../../../src/text/index.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import { overlaps } from '../../../src/working-time/intervals.ts';
import { isAway, readScheduled, type Scheduled, slotInterval, taken } from './scheduled.ts';
import type { Slot } from './slot.ts';

/** `entry 12: Tue 24 Nov 2026 14:00-15:00 Acme / Ticket# 4711 - VPN`; of a day off `entry 12: 2026-11-24 Vacation`. */
function shown({ id, start, end, day, what }: Scheduled, zone: string): Clean {
  const [from, to] = [DateTime.fromMillis(start, { zone }), DateTime.fromMillis(end, { zone })];
  return say`entry ${id}: ${cleanLine(day ?? showRange(from, to))} ${what}`;
}

interface Wanted {
  readonly memberId: number;
  readonly slot: Slot;
  /** Whether an entry is the one that is being written, which cannot be in its own way. */
  readonly isSame: IsSame | Promise<IsSame>;
}

type IsSame = (entry: Scheduled) => boolean;

/**
 * Entries of a member that share time with a slot, a line each. A day without a time shares it with none, unless the person is
 * away that day.
 */
export async function conflictsOf({ memberId, slot, isSame }: Wanted, context: ToolContext): Promise<readonly Clean[]> {
  const zone = await context.zone();
  const interval = slotInterval(slot, zone);
  const [entries, isOwn] = await Promise.all([readScheduled([memberId], slot as Period, context), isSame]);
  return entries
    .filter((entry) => !isOwn(entry) && (isAway(entry) || !slot.wholeDay) && overlaps(taken(entry, zone), interval))
    .map((entry) => shown(entry, zone));
}

/**
 * Refuses a slot that something stands in the way of, unless that is allowed.
 * @returns what is in the way all the same, which the answer says
 * @throws {ToolInputError}
 */
export function refuseConflicts(
  who: Clean,
  conflicts: readonly Clean[],
  allowed: boolean | undefined,
): Clean | undefined {
  if (conflicts.length === 0) return undefined;
  if (allowed) return say`At the same time as ${joined(conflicts, '; ')}.`;
  const busy = joined(
    conflicts.map((line) => say`- ${line}`),
    '\n',
  );
  // Each hint in a sentence of its own: those that name a tool which is not offered are left out.
  throw new ToolInputError('start', say`${who} is busy then:\n${busy}`, {
    next: say`Choose another time, or send allowConflicts: true. find_free_time finds free time.`,
  });
}
