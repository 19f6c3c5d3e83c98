import type { ManageRecord } from '../../../src/manage/index.ts';

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

/** What goes with a member that is cleared: a subtype without its type is refused. */
const BELOW: Readonly<Record<string, readonly string[]>> = { type: ['subType', 'item'], subType: ['item'] };

/** Members that are emptied, each with what cannot stand without it. */
export function cleared(fields: readonly Clearable[] | undefined, record: ManageRecord): ManageRecord {
  const members = (fields ?? []).map((name) => MEMBERS[name]);
  const below = members.flatMap((member) => BELOW[member] ?? []).filter((member) => record[member] !== undefined);
  return Object.fromEntries([...members, ...below].map((member) => [member, null]));
}
