import type { Behaviour } from '../../contract/behaviour.ts';
import { expand, setDefault } from '../../references.ts';
import { stamp } from '../../store/memory-collection.ts';
import type { SandboxRecord } from '../../store/store.ts';
import { addressOf, moveAddressToSite } from './company-address.ts';
import { mergeCompany } from './company-merge.ts';
import { associateTypes } from './type-association.ts';

/** Companies: unique identifiers, a first site, deleted softly. */
export const company: Behaviour<{ firstSite: string }> = {
  collection: '/company/companies',
  resource: 'company',
  label: 'company',
  derived: ['deletedFlag', 'dateDeleted', 'deletedBy'],

  asChanged: (record, { store }) => ({ ...record, ...addressOf(record, store) }),

  defaults(record, context) {
    const { scratch, previous, store } = context;
    // A replacement that leaves the address out leaves it as it is.
    if (previous !== undefined) Object.assign(record, { ...addressOf(previous, store), ...record });
    setDefault(record, 'status', 'CompanyStatusReference', context);
    record.deletedFlag ??= false;
    const site = record.site as { id?: number; name?: string } | undefined;
    if (record.id === undefined && typeof site?.name === 'string' && site.id === undefined) {
      scratch.firstSite = site.name;
      delete record.site;
    }
  },

  validate(record, { previous, store, scratch }) {
    const [owner] = store.collection('/company/companies').where('identifier', String(record.identifier));
    if (owner !== undefined && owner.id !== record.id && owner.id !== previous?.id) {
      return [{ code: 'ObjectExists', message: 'Company ID already in use.', field: 'identifier' }];
    }
    const changed = record.types !== undefined && JSON.stringify(record.types) !== JSON.stringify(previous?.types);
    if (previous !== undefined && changed) {
      return [
        {
          code: 'InvalidField',
          message: 'The types field can only be used when creating a new company',
          field: 'types',
        },
      ];
    }
    // A new company is nothing without a place: one address member, or a site by name.
    const place =
      scratch.firstSite !== undefined ||
      ['addressLine1', 'addressLine2', 'city', 'state', 'zip', 'site', 'country'].some(
        (member) => record[member] !== undefined,
      );
    return previous === undefined && !place
      ? [{ code: 'MissingRequiredField', message: 'The site/name field is required.', field: 'site' }]
      : [];
  },

  beforeSave(record, context) {
    const { previous, scratch } = context;
    if (previous !== undefined) {
      // A replacement that leaves them out leaves them as they are.
      if (previous.types !== undefined) record.types = previous.types;
      moveAddressToSite(record, context);
      return;
    }
    record.site = { name: scratch.firstSite ?? 'Main' };
  },

  afterSave(record, context) {
    const { previous } = context;
    if (previous !== undefined) return;
    const { store, api, caller, now } = context;
    const types = associateTypes(record, context);
    const sites = store.collection('/company/companies/{parentId}/sites');
    const { name } = record.site as { name: string };
    const site = sites.put(
      { name, primaryAddressFlag: true, inactiveFlag: false },
      { parentIds: [record.id], by: caller.identifier, at: now },
    );
    const saved: SandboxRecord = {
      ...record,
      ...(types.length > 0 && { types }),
      site: expand(
        site,
        'SiteReference',
        { template: '/company/companies/{parentId}/sites', parentIds: [record.id] },
        api,
      ),
    };
    moveAddressToSite(saved, context);
    store.collection('/company/companies').put(saved);
  },

  beforeDelete(record, { store, caller, now }) {
    store
      .collection('/company/companies')
      .put(
        { ...record, deletedFlag: true, dateDeleted: stamp(now), deletedBy: caller.identifier },
        { by: caller.identifier, at: now },
      );
    return 'keep';
  },
  actions: { 'POST /company/companies/{id}/merge': mergeCompany },
};
