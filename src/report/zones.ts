import { type Clean, cleanLine, joined, say } from '../text/index.ts';
import { readablePart } from '../tool/index.ts';
import { readCountedPeople } from '../working-time/people.ts';
import { dimensionOf, type Split } from './groups/keys.ts';
import type { Counted } from './measure.ts';
import type { Reading } from './tables/table-cache.ts';

/** More people are counted, not named. */
const MOST_NAMED = 5;

/**
 * What has to be said of weekdays and hours of work: they are those of the report's zone, where a Monday morning elsewhere is a Sunday.
 * Nothing where they are not asked for, or where everybody is in that zone.
 */
export async function zoneNote(
  splits: readonly Split[],
  parts: readonly Counted[],
  zone: string,
  { context }: Reading,
): Promise<Clean | undefined> {
  const isClock = splits.some((split) => ['weekday', 'hour'].includes(dimensionOf(split) ?? ''));
  const isOfWork = parts.some(({ collection }) => collection.schema === 'TimeEntry');
  if (!isClock || !isOfWork) return undefined;
  const people = await readablePart(readCountedPeople(undefined, context));
  const elsewhere = people.filter((person) => person.zone !== zone);
  if (elsewhere.length === 0) return undefined;
  const named = elsewhere.slice(0, MOST_NAMED).map((person) => say`${person.name} (${cleanLine(person.zone)})`);
  const more = elsewhere.length > MOST_NAMED ? say` and ${elsewhere.length - MOST_NAMED} more` : say``;
  return say`Weekdays and hours are those of ${cleanLine(zone)}, also for who is elsewhere: ${joined(named, ', ')}${more}.`;
}
