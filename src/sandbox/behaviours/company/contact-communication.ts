import { type Behaviour, type HookContext, saveContext } from '../../contract/behaviour.ts';
import { invalidObject, missing } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { bodyErrors } from '../../write/body.ts';
import { applyPatch } from '../../write/patch.ts';
import { contact } from './contact.ts';

const CONTACTS = '/company/contacts';
type Item = Record<string, unknown> & { id?: number };

function contactOf({ store, parentIds }: HookContext): SandboxRecord {
  const found = store.collection(CONTACTS).get(parentIds[0] ?? 0);
  if (found === undefined) throw missing('Contact', parentIds[0]);
  return found;
}

const itemsOf = (record: SandboxRecord): Item[] =>
  Array.isArray(record.communicationItems) ? (record.communicationItems as Item[]) : [];

const shown = (item: Item | undefined, contact: SandboxRecord): Item => ({
  ...item,
  contactId: contact.id,
  _info: contact._info,
});
const SCHEMA = 'ContactCommunication';

/** Writes a contact's items by the contact's own rules: known types, one default a kind. */
function store(items: Item[], context: HookContext): SandboxRecord {
  const previous = contactOf(context);
  const record = { ...previous, communicationItems: items } as SandboxRecord;
  const saving = saveContext(context, previous);
  const errors = contact.validate?.(record, saving) ?? [];
  if (errors.length > 0)
    throw invalidObject(
      'contactCommunication',
      errors.map((error) => ({ ...error, field: error.field.replace(/^communicationItems\/\d+\//, '') })),
    );
  contact.beforeSave?.(record, saving);
  return context.store.collection(CONTACTS).put(record, { by: context.caller.identifier, at: context.now });
}

function itemIn(record: SandboxRecord, id: string | undefined): Item {
  const found = itemsOf(record).find((item) => item.id === Number(id));
  if (found === undefined) throw missing('ContactCommunication', id);
  return found;
}

function checked({ operation, body }: ActionRequest, { api }: HookContext): Item {
  const errors = bodyErrors(api, operation, body, JSON.stringify(body) ?? '');
  if (errors.length > 0) throw invalidObject('contactCommunication', errors);
  const { id: _, contactId: __, _info: ___, ...item } = body as Item;
  return item;
}

function add(request: ActionRequest, context: HookContext): ActionAnswer {
  const before = new Set(itemsOf(contactOf(context)).map(({ id }) => id));
  const next = store([...itemsOf(contactOf(context)), checked(request, context)], context);
  const added = itemsOf(next).find(({ id }) => !before.has(id));
  return { status: 201, body: request.whole(shown(added, next), SCHEMA) };
}

function replace(request: ActionRequest, context: HookContext, change: (item: Item) => Item): ActionAnswer {
  const id = request.pathValues.id;
  const old = itemIn(contactOf(context), id);
  const changed = { ...change(old), id: old.id };
  const next = store(
    itemsOf(contactOf(context)).map((item) => (item.id === old.id ? changed : item)),
    context,
  );
  return { status: 200, body: request.whole(shown(itemIn(next, id), next), SCHEMA) };
}

function listed({ list }: ActionRequest, context: HookContext): ActionAnswer {
  const record = contactOf(context);
  return list(
    itemsOf(record).map((item) => shown(item, record)),
    { schema: SCHEMA },
  );
}

const path = '/company/contacts/{parentId}/communications';

/** Ways to reach a contact, one by one: the same items that the contact itself holds. */
export const contactCommunication: Behaviour = {
  collection: path,
  actions: {
    [`GET ${path}`]: listed,
    [`GET ${path}/count`]: listed,
    [`GET ${path}/{id}`]: ({ pathValues, whole }, context) => {
      const record = contactOf(context);
      return { status: 200, body: whole(shown(itemIn(record, pathValues.id), record), SCHEMA) };
    },
    [`POST ${path}`]: add,
    [`PUT ${path}/{id}`]: (request, context) => replace(request, context, () => checked(request, context)),
    [`PATCH ${path}/{id}`]: (request, context) => {
      const schema = context.api.schema(SCHEMA);
      return replace(
        request,
        context,
        (item) => applyPatch(item, request.body, { schema, api: context.api, derived: ['contactId', 'id'] }) as Item,
      );
    },
    [`DELETE ${path}/{id}`]: ({ pathValues }, context) => {
      const gone = itemIn(contactOf(context), pathValues.id);
      store(
        itemsOf(contactOf(context)).filter((item) => item !== gone),
        context,
      );
      return { status: 204 };
    },
  },
};
