import { belongsTo, callOf, type Entry, placeOf, type Reversal, recordPlaceOf } from '../../../src/journal/index.ts';
import type { ToolContext } from '../../../src/tool/index.ts';

const isDone = ({ outcome, undoneBy }: Entry): boolean => outcome === 'done' && undoneBy === undefined;

/** Whether something was created inside a record that another write created: the lines of an order, the phases of a project. */
export const isInside = (made: Entry, owner: Entry): boolean =>
  made.created !== undefined && placeOf(made).startsWith(`${recordPlaceOf(owner)}/`);

/** Whether a write made something inside another's record or for it. */
export const isOn = (made: Entry, owner: Entry): boolean =>
  made.created !== undefined && (isInside(made, owner) || belongsTo(made, owner));

/**
 * What later calls of ours created inside a record or for it, such as the phases of a project and the time on a ticket: it would go
 * with the record, or be left without it, when its creation is taken back. The last one first; nothing for other writes.
 */
export async function builtOn(
  { entry, operation }: Reversal,
  { journal, site }: Pick<ToolContext, 'journal' | 'site'>,
): Promise<readonly Entry[]> {
  if (!operation.startsWith('DELETE') || entry.created === undefined) return [];
  const removed = new Set<string>();
  const found: Entry[] = [];
  for await (const other of journal.newestFirst({ site })) {
    if (other.at < entry.at) break;
    if (!isDone(other)) continue;
    if (other.operation.startsWith('DELETE')) removed.add(placeOf(other));
    const isInCall = callOf(other.id) === callOf(entry.id);
    if (isOn(other, entry) && !isInCall && !removed.has(recordPlaceOf(other))) found.push(other);
  }
  return found;
}
