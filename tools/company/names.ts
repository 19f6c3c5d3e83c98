import { hintOf, inactive, type Kind, type Named, table } from '../../src/names/kind.ts';

/** What people call countries whose names nobody writes out, and how set-up tables name them. */
const COUNTRIES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:us|usa)$/, ['united states', 'united states of america']],
  [/^(?:uk|gb|greatbritain)$/, ['united kingdom', 'great britain']],
];

function countryMeant(text: string, countries: readonly Named[]): readonly Named[] {
  const said = text.toLowerCase().replace(/[^a-z]/g, '');
  const [, names = []] = COUNTRIES.find(([words]) => words.test(said)) ?? [];
  return countries.filter(({ label }) => names.includes(label.toLowerCase()));
}

/** What people name in the company module. */
export const company = {
  company: {
    list: 'GET /company/companies',
    fields: ['id', 'name', 'identifier', 'status/name', 'city', 'deletedFlag', 'site', 'defaultContact'],
    names: ['name', 'identifier'],
    large: true,
    hidden: (row) => row.deletedFlag === true,
    hint: (row) => hintOf(row.identifier, row.city),
    wrappings: ['company', 'customer', 'client', 'account'],
  },
  contact: {
    list: 'GET /company/contacts',
    fields: ['id', 'firstName', 'lastName', 'company', 'site', 'title', 'inactiveFlag', 'communicationItems'],
    names: ['firstName', 'lastName'],
    large: true,
    person: true,
    parent: { scope: 'companyId', field: 'company/id' },
    hidden: inactive,
    hint: (row) => {
      const items = (row.communicationItems ?? []) as { communicationType?: string; value?: string }[];
      const email = items.find(({ communicationType }) => communicationType === 'Email')?.value;
      return hintOf(row.company, row.title, row.site, email);
    },
  },
  site: {
    ...table('/company/companies/{parentId}/sites', { fields: ['id', 'name', 'city', 'inactiveFlag'] }),
    parent: { scope: 'companyId', path: 'parentId', required: true },
  },
  configuration: {
    list: 'GET /company/configurations',
    fields: ['id', 'name', 'type', 'company', 'serialNumber', 'tagNumber', 'activeFlag'],
    names: ['name', 'serialNumber', 'tagNumber'],
    large: true,
    parent: { scope: 'companyId', field: 'company/id' },
    hint: (row) => hintOf(row.type, row.company, row.serialNumber),
    wrappings: ['configuration', 'config', 'asset', 'device'],
  },
  manufacturer: table('/procurement/manufacturers', { fields: ['id', 'name', 'inactiveFlag'] }),
  country: table('/company/countries', { fields: ['id', 'name'], meantBy: countryMeant }),
  state: table('/company/states', { fields: ['id', 'name', 'identifier', 'country'], names: ['name', 'identifier'] }),
  teamRole: table('/company/teamRoles', {
    fields: ['id', 'name', 'accountManagerFlag', 'techFlag', 'salesFlag'],
  }),
  companyNoteType: table('/company/noteTypes', { fields: ['id', 'name', 'defaultFlag'] }),
  configurationType: table('/company/configurations/types', { fields: ['id', 'name', 'inactiveFlag'] }),
  configurationStatus: table('/company/configurations/statuses', {
    fields: ['id', 'description', 'closedFlag'],
    names: ['description'],
  }),
  companyType: table('/company/companies/types', { fields: ['id', 'name', 'vendorFlag'] }),
  companyStatus: table('/company/companies/statuses', { fields: ['id', 'name', 'inactiveFlag'] }),
  contactType: table('/company/contacts/types', { fields: ['id', 'description'], names: ['description'] }),
  communicationType: table('/company/communicationTypes', {
    fields: ['id', 'description', 'emailFlag', 'phoneFlag', 'faxFlag', 'defaultFlag'],
    names: ['description'],
  }),
} as const satisfies Readonly<Record<string, Kind>>;

declare module '../../src/names/kind.ts' {
  interface NameKinds extends Record<keyof typeof company, Kind> {}
}
