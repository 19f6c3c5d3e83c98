import type { Behaviour, HookContext } from '../../contract/behaviour.ts';
import { invalidObject, missing } from '../../contract/failure.ts';
import type { ActionAnswer, ActionRequest } from '../../contract/request.ts';
import { expand } from '../../references.ts';
import type { SandboxRecord, Store } from '../../store/store.ts';
import { associateTypes, contactTypeErrors, fillTypes } from './contact-type.ts';

interface CommunicationItem {
  id?: number;
  type?: { id?: number; name?: string };
  value?: string;
  defaultFlag?: boolean;
  communicationType?: string;
  domain?: string;
}

const itemsOf = (record: SandboxRecord): CommunicationItem[] =>
  Array.isArray(record.communicationItems) ? (record.communicationItems as CommunicationItem[]) : [];

/** Items of all contacts share one sequence, which begins behind the ids of the seed. */
function nextItemId(store: Store): number {
  const sequence = store.collection('/company/contacts/{parentId}/communications');
  return sequence.put(sequence.size === 0 ? { id: 100_000 } : {}).id;
}

const POINTING = ['/service/tickets', '/project/tickets', '/company/configurations', '/finance/agreements'] as const;

/** Deletes a contact; `transferContactId` names who takes over what points to it. Without one, nothing points anywhere any more. */
function remove({ pathValues, query }: ActionRequest, { store, api, caller, now }: HookContext): ActionAnswer {
  const contacts = store.collection('/company/contacts');
  const gone = contacts.get(Number(pathValues.id));
  if (gone === undefined) throw missing('Contact', pathValues.id);
  const given = [...query].find(([name]) => name.toLowerCase() === 'transfercontactid')?.[1];
  const heir = given === undefined ? undefined : contacts.get(Number(given));
  if (given !== undefined && (heir === undefined || heir.id === gone.id))
    throw invalidObject('contact', [
      { code: 'NotFound', message: `Contact ${given} not found`, field: 'transferContactId' },
    ]);
  const reference = heir && expand(heir, 'ContactReference', '/company/contacts', api);
  const written = { by: caller.identifier, at: now };
  for (const template of POINTING) {
    const rows = store.collection(template);
    for (const row of [...rows.where('contact/id', gone.id)]) rows.put({ ...row, contact: reference }, written);
  }
  const companies = store.collection('/company/companies');
  for (const row of [...companies.where('defaultContact/id', gone.id)])
    companies.put({ ...row, defaultContact: reference }, written);
  contacts.remove(gone.id);
  return { status: 204 };
}

/** Contacts: communication items with types of the installation, one default a kind. */
export const contact: Behaviour = {
  collection: '/company/contacts',
  resource: 'contact',
  label: 'Contact',

  defaults(record, { store }) {
    record.inactiveFlag ??= false;
    record.disablePortalLoginFlag ??= true;
    record.portalSecurityLevel ??= 1;
    const given = record.company as { id?: number } | undefined;
    const company = store.collection('/company/companies').get(Number(given?.id ?? 0));
    if (company !== undefined) record.site ??= company.site;
  },

  validate(record, context) {
    const { previous } = context;
    const { store } = context;
    if (typeof record.firstName !== 'string' || record.firstName === '') {
      return [{ code: 'MissingRequiredField', message: 'The firstName field is required.', field: 'firstName' }];
    }
    const types = store.collection('/company/communicationTypes');
    const items = itemsOf(record).flatMap(({ type, value }, index) => {
      if (types.get(Number(type?.id)) === undefined)
        return [
          {
            code: 'NotFound',
            message: `type ${type?.id ?? ''} not found`,
            field: `communicationItems/${index}/type/id`,
          },
        ];
      return value === undefined || value === ''
        ? [
            {
              code: 'MissingRequiredField',
              message: 'The value field is required.',
              field: `communicationItems/${index}/value`,
            },
          ]
        : [];
    });
    return [...items, ...contactTypeErrors(record, previous, context)];
  },

  beforeSave(record, context) {
    const { previous } = context;
    const { store } = context;
    const types = store.collection('/company/communicationTypes');
    const items = itemsOf(record).map((item): CommunicationItem => {
      const type = types.get(Number(item.type?.id));
      const spoken = type?.faxFlag === true ? 'Fax' : 'Phone';
      const kind = type?.emailFlag === true ? 'Email' : spoken;
      const domain = kind === 'Email' ? /@.*$/.exec(item.value ?? '')?.[0] : undefined;
      return {
        ...item,
        id: item.id ?? nextItemId(store),
        type: { id: type?.id ?? 0, name: String(type?.description) },
        communicationType: kind,
        ...(domain !== undefined && { domain }),
      };
    });
    for (const kind of ['Email', 'Phone', 'Fax']) {
      const own = items.filter(({ communicationType }) => communicationType === kind);
      const chosen = own.findLast(({ defaultFlag }) => defaultFlag === true) ?? own[0];
      for (const item of own) item.defaultFlag = item === chosen;
    }
    if (record.communicationItems !== undefined) record.communicationItems = items;
    const phone = items.find(
      ({ communicationType, defaultFlag }) => communicationType === 'Phone' && defaultFlag === true,
    );
    delete record.defaultPhoneType;
    delete record.defaultPhoneNbr;
    if (phone !== undefined) {
      record.defaultPhoneType = phone.type?.name;
      record.defaultPhoneNbr = phone.value;
    }
    if (previous === undefined) fillTypes(record, context);
    delete record.ignoreDuplicates;
  },
  afterSave(record, context) {
    const { previous } = context;
    if (previous === undefined) associateTypes(record, context);
  },
  actions: { 'DELETE /company/contacts/{id}': remove },
};
