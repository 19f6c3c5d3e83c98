import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import type { FieldError } from '../../contract/failure.ts';
import { expand, idOf } from '../../references.ts';
import type { SandboxRecord } from '../../store/store.ts';

const TYPES = '/company/contacts/types';
const ASSOCIATIONS = '/company/contacts/{parentId}/typeAssociations';

const typesOf = (contact: SandboxRecord | undefined): Record<string, unknown>[] =>
  Array.isArray(contact?.types) ? (contact.types as Record<string, unknown>[]) : [];

/** Ids as a create sends them; anything but a list has been refused by then. */
const givenIds = (record: SandboxRecord): number[] =>
  Array.isArray(record.typeIds) ? [...new Set(record.typeIds.map(Number))] : [];

/** `types` and `typeIds` are for creating; an existing contact has its type associations. */
export function contactTypeErrors(
  record: SandboxRecord,
  previous: SandboxRecord | undefined,
  { store }: HookContext,
): FieldError[] {
  const changed = ['types', 'typeIds'].filter(
    (name) => record[name] !== undefined && JSON.stringify(record[name]) !== JSON.stringify(previous?.[name]),
  );
  if (previous !== undefined)
    return changed.map((field) => ({
      code: 'InvalidField',
      message: `The ${field} field can only be used when creating a new contact`,
      field,
    }));
  const wanted = [...givenIds(record), ...typesOf(record).map((type) => Number(type.id))];
  return wanted
    .filter((id) => !store.collection(TYPES).has(id))
    .map((id) => ({ code: 'NotFound', message: `type ${id} not found`, field: 'typeIds' }));
}

/** Turns the ids of a new contact into its types. */
export function fillTypes(record: SandboxRecord, { store, api }: HookContext): void {
  const ids = new Set([...typesOf(record).map((type) => Number(type.id)), ...givenIds(record)]);
  const rows = [...ids].flatMap((id) => store.collection(TYPES).get(id) ?? []);
  if (rows.length > 0) record.types = rows.map((row) => expand(row, 'ContactTypeReference', TYPES, api));
  delete record.typeIds;
}

/** The types of a new contact as records of their own. */
export function associateTypes(contact: SandboxRecord, { store, api, caller, now }: HookContext): void {
  for (const type of typesOf(contact))
    store
      .collection(ASSOCIATIONS)
      .put(
        { type, contact: expand(contact, 'ContactReference', '/company/contacts', api) },
        { parentIds: [contact.id], by: caller.identifier, at: now },
      );
}

/** Sets a contact's `types` to what its associations say, one of them left out when it is about to go. */
function deriveTypes(contactId: number, { store, caller, now }: HookContext, without?: number): void {
  const contacts = store.collection('/company/contacts');
  const contact = contacts.get(contactId);
  if (contact === undefined) return;
  const rows = [...store.collection(ASSOCIATIONS).all([contactId])].filter(({ id }) => id !== without);
  contacts.put({ ...contact, types: rows.map(({ type }) => type) }, { by: caller.identifier, at: now });
}

export const contactTypeAssociation: Behaviour = {
  collection: ASSOCIATIONS,
  label: 'ContactTypeAssociation',
  defaults(record, { store, api, parentIds }) {
    const contact = store.collection('/company/contacts').get(parentIds[0] ?? 0);
    if (contact !== undefined) record.contact ??= expand(contact, 'ContactReference', '/company/contacts', api);
  },
  validate(record, { previous, store, parentIds }) {
    const same = [...store.collection(ASSOCIATIONS).all(parentIds)].some(
      ({ id, type }) => id !== previous?.id && idOf(type) === idOf(record.type),
    );
    // The words for this are not known.
    return same ? [{ code: 'ObjectExists', message: 'The contact already has this type.', field: 'type/id' }] : [];
  },
  afterSave: (_, context) => deriveTypes(context.parentIds[0] ?? 0, context),
  beforeDelete(record, context) {
    deriveTypes(context.parentIds[0] ?? 0, context, record.id);
    return undefined;
  },
};
