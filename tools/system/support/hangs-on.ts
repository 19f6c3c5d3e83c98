import type { Reversal } from '../../../src/journal/index.ts';
import { all, field } from '../../../src/query/index.ts';
import { type Clean, counted, joined, say } from '../../../src/text/index.ts';
import { readable, type ToolContext } from '../../../src/tool/index.ts';

/**
 * What goes with a ticket whose creation is taken back, whoever wrote it: the journal knows nothing of a customer's answer.
 * @returns `with 2 notes and 1 time entry`; nothing for other records, and where there is nothing or the role may not read it
 */
export async function hangsOn(
  { operation, path }: Reversal,
  { manage, signal }: Pick<ToolContext, 'manage' | 'signal'>,
): Promise<Clean | undefined> {
  const kind = /^DELETE \/(service|project)\/tickets\/\{id\}$/.exec(operation)?.[1];
  if (kind === undefined) return undefined;
  const id = Number(path.id);
  const conditions = all(
    field('chargeToId', '=', id),
    field('chargeToType', '=', kind === 'project' ? 'ProjectTicket' : 'ServiceTicket'),
  );
  const [notes = 0, time = 0] = await Promise.all([
    readable(manage.count(`GET /${kind}/tickets/{parentId}/notes/count`, { path: { parentId: id }, signal })),
    readable(manage.count('GET /time/entries/count', { conditions, signal })),
  ]);
  const each = joined(
    [notes > 0 && counted(notes, 'note'), time > 0 && counted(time, 'time entry', 'time entries')],
    ' and ',
  );
  return each === '' ? undefined : say`with ${each}`;
}
