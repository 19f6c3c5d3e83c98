import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import type { FieldError } from '../../contract/failure.ts';
import { expand, idOf } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';

const GROUPS = '/marketing/groups';

/** Who can be in a group, and where the same is seen from their side. */
const SIDES = {
  contact: {
    people: '/company/contacts',
    inGroup: '/marketing/groups/{parentId}/contacts',
    own: '/company/contacts/{parentId}/groups',
    schema: 'ContactReference',
    label: 'Contact',
  },
  company: {
    people: '/company/companies',
    inGroup: '/marketing/groups/{parentId}/companies',
    own: '/company/companies/{parentId}/groups',
    schema: 'CompanyReference',
    label: 'Company',
  },
} as const;
type Side = keyof typeof SIDES;

/** A row of a group goes by the id of the contact or company, so it is stored under one that is its own. */
const SPAN = 10_000_000;
export const groupRowId = (memberId: number, groupId: number): number => groupId * SPAN + memberId;
const memberIdOf = (row: SandboxRecord): number => row.id % SPAN;

const by = ({ caller, now }: HookContext): { by: string; at: Date } => ({ by: caller.identifier, at: now });

const ownRow = (
  side: Side,
  memberId: number,
  groupId: number,
  { store }: Pick<HookContext, 'store'>,
): SandboxRecord | undefined =>
  [...store.collection(SIDES[side].own).all([memberId])].find(({ group }) => idOf(group) === groupId);

/** Shows on a contact or company that it is in a group. */
export function linkMember(
  side: Side,
  row: SandboxRecord,
  groupId: number,
  context: Pick<HookContext, 'store' | 'api'> & { readonly written: { readonly by: string; readonly at: Date } },
): void {
  const { store, api, written } = context;
  const { people, own, schema } = SIDES[side];
  const memberId = memberIdOf(row);
  const [member, group] = [store.collection(people).get(memberId), store.collection(GROUPS).get(groupId)];
  if (member === undefined || group === undefined) return;
  const { groupId: _, id: __, note, _info: ___, ...flags } = row;
  store.collection(own).put(
    {
      ...ownRow(side, memberId, groupId, context),
      ...flags,
      ...(side === 'contact' && note !== undefined && { description: note }),
      group: expand(group, 'GroupReference', GROUPS, api),
      [side]: expand(member, schema, people, api),
    },
    { parentIds: [memberId], ...written },
  );
}

/** The rows of a group, by the ids of contacts or companies. */
const inGroup = (side: Side): Behaviour => ({
  collection: SIDES[side].inGroup,
  label: SIDES[side].label,
  storedId: (id, [groupId = 0]) => groupRowId(id, groupId),
  present: (row) => ({ ...row, id: memberIdOf(row) }),
  defaults(record, { parentIds }) {
    record.groupId = parentIds[0];
    record.unsubscribeFlag ??= false;
  },
  validate(record, { previous, store }): FieldError[] {
    if (previous !== undefined) return [];
    const { label, people, inGroup: rows } = SIDES[side];
    const memberId = record.id === undefined ? 0 : memberIdOf(record);
    if (!store.collection(people).has(memberId))
      return [{ code: 'NotFound', message: `${label} ${memberId} not found`, field: 'id' }];
    // The words for this are not known.
    return store.collection(rows).has(record.id)
      ? [{ code: 'ObjectExists', message: `The ${side} is in this group already.`, field: 'id' }]
      : [];
  },
  afterSave: (record, context) =>
    linkMember(side, record, context.parentIds[0] ?? 0, { ...context, written: by(context) }),
  beforeDelete(record, context) {
    const own = ownRow(side, memberIdOf(record), context.parentIds[0] ?? 0, context);
    if (own !== undefined) context.store.collection(SIDES[side].own).remove(own.id);
    return undefined;
  },
});

/** The groups of a contact or company, from its own side. */
const ofMember = (side: Side): Behaviour => ({
  collection: SIDES[side].own,
  afterSave(record, context) {
    const groupId = idOf(record.group) ?? 0;
    const { group: __, contact: ___, company: ____, description, _info, ...flags } = record;
    context.store.collection(SIDES[side].inGroup).put(
      {
        unsubscribeFlag: false,
        ...flags,
        ...(side === 'contact' && description !== undefined && { note: description }),
        id: groupRowId(context.parentIds[0] ?? 0, groupId),
        groupId,
      },
      { parentIds: [groupId], ...by(context) },
    );
  },
  beforeDelete(record, { store, parentIds }) {
    store.collection(SIDES[side].inGroup).remove(groupRowId(parentIds[0] ?? 0, idOf(record.group) ?? 0));
    return undefined;
  },
});

/** Marketing groups, whose members are seen from both sides. */
export const marketingGroups: readonly Behaviour[] = [
  inGroup('contact'),
  inGroup('company'),
  ofMember('contact'),
  ofMember('company'),
];
