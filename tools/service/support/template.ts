import type { ManageReader, ManageRecord } from '../../../src/manage/index.ts';
import { idOf } from '../../../src/names/index.ts';

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
  return id === undefined ? {} : { [as]: { id } };
};

/**
 * What a service template says of a new ticket, as the body of its creation.
 * @param boardId the board that was asked for; on another one than the template's, its status, type and team do not exist
 */
export async function templateBody(
  manage: ManageReader,
  id: number,
  boardId: number | undefined,
  signal: AbortSignal,
): Promise<ManageRecord> {
  const record = await manage.get<ManageRecord>(TEMPLATE_OPERATION, { path: { id }, signal });
  const own = idOf(record.board);
  const isThere = boardId === undefined || boardId === own;
  return {
    ...(record.summary !== undefined && { summary: record.summary }),
    ...(isThere && reference(record, 'board')),
    ...Object.assign({}, ...ANYWHERE.map((member) => reference(record, member))),
    ...(isThere && Object.assign({}, ...OF_BOARD.map(([member, as]) => reference(record, member, as)))),
    ...(record.severity !== undefined && { severity: record.severity }),
    ...(record.impact !== undefined && { impact: record.impact }),
    ...(record.hoursBudget !== undefined && { budgetHours: record.hoursBudget }),
    ...(record.problem !== undefined && { initialDescription: record.problem }),
    ...(record.internalAnalysis !== undefined && { initialInternalAnalysis: record.internalAnalysis }),
  };
}
