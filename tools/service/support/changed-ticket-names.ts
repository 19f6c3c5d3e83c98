import type { ManageRecord } from '../../../src/manage/index.ts';
import { idOf, type Named } from '../../../src/names/index.ts';
import { assigneeOf } from '../../../src/tickets/assign.ts';
import type { NameWithin } from '../../../src/tool/index.ts';
import type { PlaceInput } from './place.ts';

/** What is changed on a ticket by names. */
interface ChangedNames extends PlaceInput {
  readonly board?: Named | undefined;
  readonly company?: Named | undefined;
  readonly contact?: NameWithin | undefined;
  readonly site?: NameWithin | undefined;
  readonly assignTo?: NameWithin | undefined;
}

/**
 * What is looked up on the way to the change, all side by side. What was looked up once is known where it is used.
 * @param refused arguments that cannot be read: nothing is looked up on them
 */
export function lookUps(
  input: ChangedNames,
  record: ManageRecord,
  refused: ReadonlySet<string> = new Set(),
): readonly (Promise<unknown> | undefined)[] {
  const boardId = refused.has('board') ? undefined : (input.board?.id ?? idOf(record.board));
  const companyId = refused.has('company') ? undefined : (input.company?.id ?? idOf(record.company));
  const { status, type, subtype, item, team } = input;
  return [
    ...[status, type, subtype, item, team].map((name) =>
      boardId === undefined ? undefined : name?.within({ boardId }),
    ),
    ...[input.contact, input.site].map((name) => (companyId === undefined ? undefined : name?.within({ companyId }))),
    assigneeOf(input.assignTo),
  ];
}
