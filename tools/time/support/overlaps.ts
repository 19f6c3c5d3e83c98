import type { DateTime } from 'luxon';
import { fromManage, showHours, showMoment, showRange } from '../../../src/clock/index.ts';
import type { ManageRecord } from '../../../src/manage/index.ts';
import { folded } from '../../../src/names/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import { type ToolContext, ToolInputError } from '../../../src/tool/index.ts';
import { type Entry, intervalOf, readEntries } from '../../../src/working-time/entries.ts';
import { overlaps } from '../../../src/working-time/intervals.ts';
import type { ChargeTo } from './charge-to.ts';

const SHORTEST_GAP_MINUTES = 15;

type Span = Pick<Entry, 'start' | 'end'>;

/** What is about to be logged. */
interface Work {
  readonly memberId: number;
  readonly start: DateTime<true>;
  readonly charge: ChargeTo;
}

/** Entries of the same start, and charged to the same. */
export const sameStart = (entries: readonly Entry[], { start, charge }: Omit<Work, 'memberId'>): readonly Entry[] =>
  entries.filter(
    ({ record, start: other }) =>
      other.toMillis() === start.toMillis() &&
      record.chargeToId === charge.members.chargeToId &&
      (record.chargeToId === undefined || record.chargeToType === charge.members.chargeToType),
  );

/**
 * The entry that logs the same work on the same day: as long, charged to the same and with the same notes. For work whose start was
 * chosen here: the one that was logged before took the time that this one would have.
 */
export async function findSameWork(
  { memberId, start, charge }: Work,
  { hours, notes = '' }: { readonly hours: number; readonly notes?: string | undefined },
  reading: Pick<ToolContext, 'manage' | 'names' | 'signal'>,
): Promise<ManageRecord | undefined> {
  const day = { memberId, start: start.startOf('day'), end: start.endOf('day'), zone: start.zoneName };
  const entries = await readEntries(day, reading);
  return entries.find(
    ({ record, hours: logged }) =>
      Math.abs(logged - hours) < 0.01 &&
      record.chargeToId === charge.members.chargeToId &&
      record.chargeToType === charge.members.chargeToType &&
      folded(String(record.notes ?? '')) === folded(notes),
  )?.record;
}

/** The stored entry of a piece of work, if there is one beside those that were known before. */
export async function findEntry(
  work: Work,
  known: readonly Entry[],
  reading: Pick<ToolContext, 'manage' | 'names' | 'signal'>,
): Promise<ManageRecord | undefined> {
  const { memberId, start } = work;
  const at = { memberId, start, end: start.plus({ minutes: 1 }), zone: start.zoneName };
  const entries = sameStart(await readEntries(at, reading), work);
  return entries.find(({ id }) => !known.some((before) => before.id === id))?.record;
}

/** The first of some entries that shares time with a span. */
export const overlapping = (entries: readonly Entry[], span: Span): Entry | undefined =>
  entries.find((entry) => overlaps(intervalOf(entry), intervalOf(span)));

/** `entry 12: Tue 24 Nov 2026 14:00-15:00 on Training`. */
export const shownEntry = ({ id, start, end, charge }: Entry): Clean =>
  say`entry ${id}: ${cleanLine(showRange(start, end))} on ${charge}`;

/** `Entry 12 already logs 1 h on Training from Tue 24 Nov 2026 14:00`, with what to do. */
export const saysDuplicate = ({ id, actualHours, timeStart }: ManageRecord, { start, charge }: Work): Clean =>
  say`Entry ${Number(id)} already logs ${cleanLine(showHours(Number(actualHours ?? 0)))} on ${charge.label} from ${cleanLine(showMoment(fromManage(timeStart, start.zoneName) ?? start))}. Use update_time_entry to change it, or send allowDuplicate: true to log it again.`;

/**
 * Refuses a span that shares time with what is logged, unless that is allowed.
 * @returns what it shares time with, which the answer says
 * @throws {ToolInputError}
 */
export function checkOverlap(entries: readonly Entry[], span: Span, allowed?: boolean): Clean | undefined {
  const other = overlapping(entries, span);
  if (other === undefined) return undefined;
  if (allowed) return say`overlaps ${shownEntry(other)}`;
  throw new ToolInputError(
    'start',
    say`${cleanLine(showRange(span.start, span.end))} overlaps ${shownEntry(other)}. Change the times, or send allowOverlap: true.`,
  );
}

/** The time between the entry before and this one, when it is worth a word. */
export function gapBefore(entries: readonly Entry[], { start }: Pick<Span, 'start'>): Clean | undefined {
  const before = entries.filter((entry) => entry.end <= start && entry.start.hasSame(start, 'day')).at(-1);
  if (before === undefined || start.diff(before.end, 'minutes').minutes < SHORTEST_GAP_MINUTES) return undefined;
  return say`nothing is logged between ${cleanLine(before.end.toFormat('HH:mm'))} and ${cleanLine(start.toFormat('HH:mm'))}`;
}
