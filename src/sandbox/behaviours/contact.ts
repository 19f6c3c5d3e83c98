import type { Behaviour } from '../behaviour.ts';
import type { SandboxRecord } from '../store/store.ts';

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

  validate(record, _, { store }) {
    if (typeof record.firstName !== 'string' || record.firstName === '') {
      return [{ code: 'MissingRequiredField', message: 'The firstName field is required.', field: 'firstName' }];
    }
    const types = store.collection('/company/communicationTypes');
    return itemsOf(record).flatMap(({ type, value }, index) => {
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
  },

  beforeSave(record, _, { store }) {
    const types = store.collection('/company/communicationTypes');
    const nextId = store.collection('/company/contacts').size * 10 + 10;
    const items = itemsOf(record).map((item, index): CommunicationItem => {
      const type = types.get(Number(item.type?.id));
      const kind = type?.emailFlag === true ? 'Email' : type?.faxFlag === true ? 'Fax' : 'Phone';
      const domain = kind === 'Email' ? /@.*$/.exec(item.value ?? '')?.[0] : undefined;
      return {
        ...item,
        id: item.id ?? nextId + index,
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
    if (items.length > 0) record.communicationItems = items;
    const phone = items.find(
      ({ communicationType, defaultFlag }) => communicationType === 'Phone' && defaultFlag === true,
    );
    if (phone !== undefined) {
      record.defaultPhoneType = phone.type?.name;
      record.defaultPhoneNbr = phone.value;
    }
    delete record.typeIds;
    delete record.ignoreDuplicates;
  },
};
