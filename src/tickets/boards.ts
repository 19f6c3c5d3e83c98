import { asSaid, fitting, type ListScope, type Named, type Names, unknownAmong } from '../names/index.ts';
import { type Clean, cleanLine, joined, say } from '../text/index.ts';
import { ToolInputError } from '../tool/index.ts';

/** What belongs to a board, and can be asked for over all of them. */
type OfBoard = 'status' | 'type' | 'subtype' | 'item' | 'team';

/** Statuses, types or teams of one board, or of all. */
export async function ofBoards(names: Names, kind: OfBoard, boardId?: number): Promise<readonly Named[]> {
  if (boardId !== undefined) return names.list(kind, { boardId });
  return (await byBoard(names, kind)).flatMap(({ rows }) => rows);
}

/**
 * Statuses, types or teams of a name on all boards: the same name has another id on each. A part of a name stands for all names that it
 * is a part of.
 * @throws {UnknownName} with the names that there are, when none fits
 */
export async function onAnyBoard(names: Names, kind: OfBoard, given: string): Promise<readonly Named[]> {
  const rows = await ofBoards(names, kind);
  const [, name, number] = /^(.*\S)\s*\((?:id\s*)?(\d+)\)$/i.exec(given.trim()) ?? [];
  const { id = number, text, beside = name } = asSaid(given);
  const said = id ?? /^#?(\d+)$/.exec(text)?.[1];
  // A name beside an id has to be its own: "3: In Progress", "In Progress (3)".
  const byId = rows.filter((row) => row.id === Number(said) && (!beside || fitting(beside, [row]).records.length > 0));
  const fits = said === undefined ? fitting(text, rows).records : byId;
  if (fits.length > 0) return fits;
  const bracketed = await onBoardInBrackets(names, kind, text);
  if (bracketed.length > 0) return bracketed;
  throw await unknownAmong(rows, { kind, argument: kind, given }, names);
}

/** What answers and errors of ours write: `Waiting on Customer (Help Desk)` is that status of that board. */
async function onBoardInBrackets(names: Names, kind: OfBoard, text: string): Promise<readonly Named[]> {
  const [, name, inBrackets] = /^(.+?)\s*\(([^()]+)\)$/.exec(text) ?? [];
  if (name === undefined || inBrackets === undefined) return [];
  const boards = fitting(inBrackets, await names.list('board')).records;
  const found = await Promise.all(boards.map(({ id }) => ofBoards(names, kind, id)));
  return found.flatMap((rows) => fitting(name, rows).records);
}

/** What a board has of a kind. */
export interface OnBoard {
  readonly board: Named;
  readonly rows: readonly Named[];
}

/** What each board has of a kind, board by board. */
export async function byBoard(names: Names, kind: OfBoard, scope: ListScope = {}): Promise<readonly OnBoard[]> {
  const boards = await names.list('board', { signal: scope.signal });
  return Promise.all(
    boards.map(async (board) => ({ board, rows: await names.list(kind, { ...scope, boardId: board.id }) })),
  );
}

/** Names that a refusal lists board by board. */
const FEW = 30;

/**
 * Where something is that was named without its board: `"New" is on: Help Desk, Internal.`; of a name that no board has, what there
 * is on each, where that is not much. Nothing where the boards cannot be read, and of what there is too much of.
 */
export async function whichBoard(names: Names, kind: OfBoard, given: string): Promise<Clean> {
  if (kind === 'subtype' || kind === 'item') return say``;
  const all = await byBoard(names, kind).catch(() => []);
  const having = all.filter(({ rows }) => fitting(given, rows).records.length > 0);
  const labels = (records: readonly Named[]): Clean =>
    joined(
      records.map(({ label }) => cleanLine(label)),
      ', ',
    );
  if (having.length > 0)
    return say` ${cleanLine(JSON.stringify(given))} is on: ${labels(having.map(({ board }) => board))}.`;
  const some = all.filter(({ rows }) => rows.length > 0);
  const count = some.reduce((sum, { rows }) => sum + rows.length, 0);
  if (count === 0 || count > FEW) return say``;
  return say` No board has ${cleanLine(JSON.stringify(given))}; there are ${joined(
    some.map(({ board, rows }) => say`${cleanLine(board.label)}: ${labels(rows)}`),
    '; ',
  )}.`;
}

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
