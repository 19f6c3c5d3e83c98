import type { ManageRecord } from '../../../src/manage/index.ts';
import { say } from '../../../src/text/index.ts';
import { ToolInputError } from '../../../src/tool/index.ts';

/** Fields that may be emptied, and the members that hold them. */
const MEMBERS = {
  dueDate: 'requiredDate',
  contact: 'contact',
  site: 'site',
  owner: 'owner',
  type: 'type',
  subtype: 'subType',
  item: 'item',
  team: 'team',
  budgetHours: 'budgetHours',
} as const;

type Clearable = keyof typeof MEMBERS;

/** What `clear` takes. */
export const CLEARABLE = Object.keys(MEMBERS) as [Clearable, ...Clearable[]];

/** What goes with a field that is cleared: a subtype without its type is refused. */
const BELOW = { type: ['subtype', 'item'], subtype: ['item'] } as const satisfies Partial<
  Record<Clearable, readonly Clearable[]>
>;

/** The fields to empty, beside those that are set. */
interface Clearing {
  readonly clear?: readonly Clearable[] | undefined;
  readonly subtype?: unknown;
  readonly item?: unknown;
}

/** Members that are emptied, each with what cannot stand without it. @throws {ToolInputError} where that is set by the same call */
export function cleared(given: Clearing, record: ManageRecord): ManageRecord {
  const fields = given.clear ?? [];
  const empty = fields.flatMap((field) =>
    (field in BELOW ? BELOW[field as keyof typeof BELOW] : []).map((below) => {
      if (given[below] === undefined) return below;
      throw new ToolInputError(
        below,
        say`${below} belongs to the ${field} that clear empties, and goes with it: send one of the two.`,
      );
    }),
  );
  const members = fields.map((name) => MEMBERS[name]);
  const below = empty.map((name) => MEMBERS[name]).filter((member) => record[member] !== undefined);
  return Object.fromEntries([...members, ...below].map((member) => [member, null]));
}
