import type { Named, Names } from '../../../src/names/index.ts';
import { type CleanValue, cleanLine, cleanValue } from '../../../src/text/index.ts';
import { isClosed } from '../../../src/tickets/open-tickets.ts';
import { readablePart } from '../../../src/tool/index.ts';

/** The statuses of some boards, by name and in order, for the view: what a ticket can be moved to. */
export async function statusesByBoard(shown: readonly string[], names: Names): Promise<CleanValue> {
  const boards = await readablePart(names.list('board'));
  const wanted = boards.filter(({ label }) => shown.includes(cleanLine(label)));
  const lists = await Promise.all(
    wanted.map(async ({ id, label }) => {
      const statuses = await readablePart(names.list('status', { boardId: id }));
      const order = ({ record }: Named): number => Number(record.sortOrder ?? 0);
      return [
        cleanLine(label),
        [...statuses]
          .sort((a, b) => order(a) - order(b))
          .map((status) => ({ name: cleanLine(status.label), closes: isClosed(status) })),
      ];
    }),
  );
  return cleanValue(Object.fromEntries(lists));
}
