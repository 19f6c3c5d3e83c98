import type { ManageReader, ManageRecord } from '../../../src/manage/index.ts';
import { idOf, nameOf } from '../../../src/names/index.ts';
import { type Clean, cleanLine, cut, joined, lines, say } from '../../../src/text/index.ts';

/** Operation that `templateBody` calls. */
export const TEMPLATE_OPERATION = 'GET /service/templates/{id}';

/** What a ticket has from its template wherever it stands, and what belongs to the template's board. */
const ANYWHERE = ['priority', 'source', 'serviceLocation'] as const;
const OF_BOARD = [
  ['status', 'status'],
  ['type', 'type'],
  ['subtype', 'subType'],
  ['item', 'item'],
  ['team', 'team'],
] as const;

const reference = (record: ManageRecord, member: string, as: string = member): ManageRecord => {
  const id = idOf(record[member]);
  return id === undefined ? {} : { [as]: { id, name: nameOf(record[member]) } };
};

/** What a template fills in that is not among what every new ticket is told by, in the order in which people read it. */
const SILENT = [
  ['subtype', 'subType'],
  ['item', 'item'],
  ['team', 'team'],
  ['source', 'source'],
  ['service location', 'serviceLocation'],
  ['severity', 'severity'],
  ['impact', 'impact'],
] as const;

/** Characters of a note of the template that are told. */
const LONGEST_NOTE = 200;

/** What a template says of a new ticket. */
export interface Preset {
  readonly members: ManageRecord;
  /** What belongs to the template's own board, where the ticket goes to another. */
  readonly left: ManageRecord;
}

/** What the board that was asked for keeps out of the ticket, unless somebody said it. */
function leftOut({ left }: Preset, members: ManageRecord): Clean | undefined {
  const lost = OF_BOARD.filter(([, as]) => left[as] !== undefined && members[as] === undefined);
  if (lost.length === 0) return undefined;
  const what = lost.map(([member, as]) => say`${cleanLine(member)} ${cleanLine(nameOf(left[as]))}`);
  return say`Left out of the template, which is for ${cleanLine(nameOf(left.board))}: ${joined(what, '; ')}.`;
}

/**
 * What a new ticket has from its template without a word from anybody, and what the board keeps out of it, in a line each; nothing
 * where that is nothing.
 * @param preset what the template says
 * @param members the new ticket: what was said goes before the template
 */
export function fromTemplate(preset: Preset | undefined, members: ManageRecord): Clean | undefined {
  if (preset === undefined) return undefined;
  const said = lines([taken(preset.members, members), leftOut(preset, members)]);
  return said === '' ? undefined : said;
}

function taken(preset: ManageRecord, members: ManageRecord): Clean | undefined {
  const isOwn = (member: string): boolean => preset[member] !== undefined && members[member] === preset[member];
  const notes = [
    ['note that the customer can see', 'initialDescription'],
    ['internal note', 'initialInternalAnalysis'],
  ] as const;
  const told = [
    ...notes.map(([what, member]) =>
      isOwn(member) ? say`${what} "${cut(cleanLine(preset[member]), LONGEST_NOTE)}"` : undefined,
    ),
    ...SILENT.map(([what, member]) => {
      const value = cleanLine(nameOf(preset[member]) ?? preset[member]);
      return isOwn(member) ? say`${what} ${value}` : undefined;
    }),
    isOwn('budgetHours') ? say`budget ${Number(preset.budgetHours)} h` : undefined,
  ].filter((part) => part !== undefined);
  return told.length === 0 ? undefined : say`From the template: ${joined(told, '; ')}.`;
}

/**
 * What a service template says of a new ticket, as the body of its creation.
 * @param boardId the board that was asked for; on another one than the template's, its status, type and team do not exist
 */
export async function templateBody(
  manage: ManageReader,
  id: number,
  boardId: number | undefined,
  signal: AbortSignal,
): Promise<Preset> {
  const record = await manage.get<ManageRecord>(TEMPLATE_OPERATION, { path: { id }, signal });
  const own = idOf(record.board);
  const isThere = boardId === undefined || boardId === own;
  const ofBoard: ManageRecord = Object.assign(
    reference(record, 'board'),
    ...OF_BOARD.map(([member, as]) => reference(record, member, as)),
  );
  const members = {
    ...(record.summary !== undefined && { summary: record.summary }),
    ...Object.assign({}, ...ANYWHERE.map((member) => reference(record, member))),
    ...(isThere && ofBoard),
    ...(record.severity !== undefined && { severity: record.severity }),
    ...(record.impact !== undefined && { impact: record.impact }),
    ...(record.hoursBudget !== undefined && { budgetHours: record.hoursBudget }),
    ...(record.problem !== undefined && { initialDescription: record.problem }),
    ...(record.internalAnalysis !== undefined && { initialInternalAnalysis: record.internalAnalysis }),
  };
  return { members, left: isThere ? {} : ofBoard };
}
