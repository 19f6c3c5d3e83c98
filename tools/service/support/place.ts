import type { ManageRecord, Reference } from '../../../src/manage/index.ts';
import { type Named, type Names, nameOf } from '../../../src/names/index.ts';
import { type Clean, cleanLine, say } from '../../../src/text/index.ts';
import { whichBoard } from '../../../src/tickets/boards.ts';
import { fragments, type NameWithin, ToolInputError, together } from '../../../src/tool/index.ts';

/** What belongs to a board, as arguments of a tool. */
export const placeArguments = {
  status: fragments.nameWithin('status').optional(),
  type: fragments.nameWithin('type').optional(),
  subtype: fragments.nameWithin('subtype').optional(),
  item: fragments.nameWithin('item').optional(),
  team: fragments.nameWithin('team').optional(),
};

/** Names of what belongs to a board, as people give them. */
export interface PlaceInput {
  readonly status?: NameWithin | undefined;
  readonly type?: NameWithin | undefined;
  readonly subtype?: NameWithin | undefined;
  readonly item?: NameWithin | undefined;
  readonly team?: NameWithin | undefined;
}

const MEMBERS = [
  ['status', 'status'],
  ['type', 'type'],
  ['subtype', 'subType'],
  ['item', 'item'],
  ['team', 'team'],
] as const;

/**
 * Status, type, subtype, item and team as references of their board.
 * @throws {ToolInputError} when one is named without a board to look on, with where it is; for all that fail at once
 */
export async function placeOnBoard(
  input: PlaceInput,
  boardId: number | undefined,
  names: Names,
): Promise<Record<string, Reference>> {
  const found = await together(
    MEMBERS.map(async ([argument, member]): Promise<[string, Reference][]> => {
      const name = input[argument];
      if (name === undefined) return [];
      if (boardId !== undefined) return [[member, reference(await name.within({ boardId }))]];
      const which = await whichBoard(names, argument, name.given);
      throw new ToolInputError(argument, say`A ${argument} belongs to a board: send board as well.${which}`);
    }),
  );
  return Object.fromEntries(found.flat());
}

/** What a ticket has on its board, on another one. */
export interface CarriedOver {
  /** References there, `null` for what the new board does not have: those of the old board would be refused. */
  readonly members: Readonly<Record<string, Reference | null>>;
  /** What goes, by member, as `type Incident`. */
  readonly lost: ReadonlyMap<string, Clean>;
}

/**
 * What a ticket takes along to another board: of type, subtype and item the one of the same name there; of team that, or the new
 * board's default one, which a new ticket would get.
 */
export async function carriedOver(record: ManageRecord, boardId: number, names: Names): Promise<CarriedOver> {
  const members: Record<string, Reference | null> = {};
  const lost = new Map<string, Clean>();
  // A subtype without its type, and an item without its subtype, are refused.
  let chain = true;
  for (const [kind, member] of MEMBERS) {
    const name = nameOf(record[member]);
    if (kind === 'status' || name === undefined) continue;
    const there = await names.list(kind, { boardId });
    const same = there.find(({ label }) => label.toLowerCase() === name.toLowerCase());
    const fallback = kind === 'team' ? there.find((team) => team.record.defaultFlag === true) : undefined;
    const taken: Named | undefined = kind === 'team' || kind === 'type' || chain ? (same ?? fallback) : undefined;
    members[member] = taken === undefined ? null : reference(taken);
    if (taken === undefined) lost.set(member, say`${kind} ${cleanLine(name)}`);
    if (kind === 'type' || kind === 'subtype') chain = taken !== undefined;
  }
  return { members, lost };
}

/** A reference for a record to be written. Only its id is sent; the name is for people who read the preview. */
export const reference = ({ id, label }: Named): Reference => ({ id, name: label });

/** A reference for what was given, and nothing for what was not. */
export const referenceTo = (named: Named | undefined): Reference | undefined => named && reference(named);

/** Manage refuses longer summaries instead of cutting them. */
const LONGEST_SUMMARY = 100;

/** A summary as it is sent: one line. @throws {ToolInputError} for one that Manage would refuse */
export function summaryOf(given: string): string {
  const summary = given.trim().replace(/\s+/g, ' ');
  if (summary.length <= LONGEST_SUMMARY) return summary;
  throw new ToolInputError(
    'summary',
    say`summary has ${summary.length} characters; Manage takes ${LONGEST_SUMMARY}. Shorten it and put the rest into the description or a note.`,
  );
}
