import type { Named, Names } from '../names/index.ts';
import { type Clean, cleanLine, say } from '../text/index.ts';
import { ToolInputError } from '../tool/index.ts';

/** Boards are for service tickets, or for projects and their tickets. */
type BoardKind = 'service' | 'project';

/** Boards of a kind. */
const boardsOf = async (kind: BoardKind, names: Names): Promise<readonly Named[]> =>
  (await names.list('board')).filter(({ record }) => (record.projectFlag === true) === (kind === 'project'));

/** Manage shows a ticket on a board of the other kind nowhere. @throws {ToolInputError} for such a board, with those of the kind */
export async function checkBoardKind(
  board: Pick<Named, 'id' | 'label'> | undefined,
  kind: BoardKind,
  { names, next }: { readonly names: Names; readonly next?: Clean },
): Promise<void> {
  if (board === undefined) return;
  const boards = await boardsOf(kind, names);
  if (boards.some(({ id }) => id === board.id)) return;
  const known = await boardsOf(kind === 'project' ? 'service' : 'project', names);
  // An inactive board is in neither list.
  if (!known.some(({ id }) => id === board.id)) return;
  throw new ToolInputError('board', say`${cleanLine(board.label)} is not a ${kind} board.`, {
    allowed: boards.map(({ label }) => cleanLine(label)),
    next,
  });
}
