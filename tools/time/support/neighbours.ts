import { showHours, showMoment, showRange } from '../../../src/clock/index.ts';
import { ToolInputError } from '../../../src/tool/index.ts';
import { type Entry, stretchOf } from '../../../src/working-time/entries.ts';
import { overlaps } from '../../../src/working-time/stretches.ts';
import type { ChargeTo } from './charge-to.ts';
import type { When } from './find-when.ts';

const SHORTEST_GAP_MINUTES = 15;

const sameCharge = (entry: Entry, { members }: ChargeTo): boolean =>
  members.chargeToId === undefined
    ? entry.record.chargeToId === undefined
    : entry.record.chargeToId === members.chargeToId && entry.record.chargeToType === members.chargeToType;

/** Refuses a double of an entry and, unless it is allowed, an overlap with one. */
export function checkOthers(entries: readonly Entry[], when: When, charge: ChargeTo, allowOverlap: boolean): void {
  const twin = entries.find((entry) => sameCharge(entry, charge) && entry.start.toMillis() === when.start.toMillis());
  if (twin !== undefined) {
    throw new ToolInputError(
      'start',
      `Entry ${twin.id} already logs ${showHours(twin.hours)} on ${twin.charge} from ${showMoment(twin.start)}. Use update_time_entry to change it.`,
    );
  }
  const other = allowOverlap ? undefined : entries.find((entry) => overlaps(stretchOf(entry), stretchOf(when)));
  if (other !== undefined) {
    throw new ToolInputError(
      'start',
      `${showRange(when.start, when.end)} overlaps entry ${other.id}: ${showRange(other.start, other.end)} on ${other.charge}. Change the times, or send allowOverlap: true.`,
    );
  }
}

/** The time between the entry before and this one, when it is worth a word. */
export function gapBefore(entries: readonly Entry[], when: When): string {
  const before = entries.filter((entry) => entry.end <= when.start && entry.start.hasSame(when.start, 'day')).at(-1);
  if (before === undefined || when.start.diff(before.end, 'minutes').minutes < SHORTEST_GAP_MINUTES) return '';
  return `nothing is logged between ${before.end.toFormat('HH:mm')} and ${when.start.toFormat('HH:mm')}`;
}
