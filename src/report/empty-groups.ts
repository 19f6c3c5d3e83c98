import { readablePart } from '../tool/index.ts';
import type { Filters } from './filters.ts';
import { dimensionOf, type Split } from './keys.ts';
import { memberLabel, readMembers } from './look-ups.ts';
import type { Counted } from './measure.ts';
import type { Reading } from './table-cache.ts';

/** Members and boards that have nothing to count: people ask who did nothing. */
export async function emptyGroups(
  split: Split | undefined,
  parts: readonly Counted[],
  filters: Filters,
  reading: Reading,
) {
  const by = dimensionOf(split);
  if (by === undefined || filters.dimensions.some(({ dimension }) => dimension === by)) return [];
  if (by === 'board' && parts.every(({ collection }) => collection.name === 'tickets')) {
    const boards = await readablePart(reading.context.names.list('board'));
    return boards.filter(({ record }) => record.projectFlag !== true).map(({ id, label }) => ({ id: `${id}`, label }));
  }
  const isOfWork = parts.some(({ collection }) =>
    ['time', 'capacity', 'schedule', 'tickets', 'reopenedTickets'].includes(collection.name),
  );
  if (by !== 'member' || !isOfWork || filters.dimensions.length + filters.fields.length > 0) return [];
  const members = await readMembers(reading);
  return Array.from({ length: members.length }, (_, row) => row)
    .filter((row) => members.number('inactive', row) !== 1 && members.text('license', row) !== 'A')
    .map((row) => ({ id: String(members.number('id', row)), label: memberLabel(members, row) }));
}
