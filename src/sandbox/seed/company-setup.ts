import { fillCustomFields, PODS } from '../behaviours/custom-fields.ts';
import type { SandboxRecord } from '../store/store.ts';
import type { Provider } from './provider.ts';

const STATES: readonly (readonly [country: string, states: Readonly<Record<string, string>>])[] = [
  [
    'United States',
    {
      CA: 'California',
      CT: 'Connecticut',
      FL: 'Florida',
      IL: 'Illinois',
      MA: 'Massachusetts',
      NJ: 'New Jersey',
      NY: 'New York',
      OH: 'Ohio',
      PA: 'Pennsylvania',
      TX: 'Texas',
      VT: 'Vermont',
      WA: 'Washington',
    },
  ],
  ['Canada', { BC: 'British Columbia', ON: 'Ontario', QC: 'Quebec' }],
];

const FIELDS = [
  ['company', 'Account tier', 'Text', ['Gold', 'Silver', 'Bronze']],
  ['company', 'Contract signed', 'Date', []],
  ['contact', 'Assistant', 'Text', []],
  ['configuration', 'Rack position', 'Text', []],
  ['configuration', 'Admin password', 'Password', []],
] as const;

/** A screen's custom fields on records that were there before their definitions. */
function fill(provider: Provider, collection: string, screen: keyof typeof PODS): void {
  const records = provider.store.collection(collection);
  for (const record of [...records.all()]) {
    const filled: SandboxRecord = { ...record };
    fillCustomFields(filled, screen, provider.store);
    records.put(filled);
  }
}

/** A record of its own for each type of a company, as companies that are created later get them. */
function associateTypes(provider: Provider): void {
  for (const company of provider.all('/company/companies')) {
    for (const type of (company.types ?? []) as Record<string, unknown>[])
      provider.put(
        '/company/companies/{parentId}/typeAssociations',
        { type, company: provider.ref('CompanyReference', company) },
        { parents: [company.id] },
      );
  }
}

/** Tables round companies (states, team roles, types of notes), who looks after the customers, and custom fields. */
export function seedCompanySetup(provider: Provider): void {
  for (const [name, states] of STATES) {
    const country = provider.ref('CountryReference', provider.named('/company/countries', name));
    provider.table(
      '/company/states',
      Object.entries(states).map(([identifier, state]) => ({ identifier, name: state, country })),
    );
  }
  provider.table('/company/noteTypes', [
    { identifier: 'General', name: 'General', defaultFlag: true },
    { identifier: 'Documentation', name: 'Documentation' },
    { identifier: 'Complaint', name: 'Complaint' },
  ]);
  const [manager, lead] = provider.table('/company/teamRoles', [
    { name: 'Account Manager', accountManagerFlag: true, techFlag: false, salesFlag: false },
    { name: 'Technical Lead', accountManagerFlag: false, techFlag: true, salesFlag: false },
    { name: 'Sales Representative', accountManagerFlag: false, techFlag: false, salesFlag: true },
  ]);
  const engineers = ['achen', 'pnair', 'jdoe'];
  for (const company of provider.all('/company/companies')) {
    if (company.id === 1 || company.deletedFlag === true) continue;
    for (const [role, identifier] of [
      [manager, 'bwest'],
      [lead, engineers[company.id % engineers.length] ?? 'achen'],
    ] as const) {
      if (role === undefined) continue;
      const { id, name, accountManagerFlag, techFlag, salesFlag } = role;
      provider.put(
        '/company/companies/{parentId}/teams',
        {
          company: provider.ref('CompanyReference', company),
          teamRole: { id, name },
          member: provider.ref('MemberReference', provider.named('/system/members', identifier, 'identifier')),
          accountManagerFlag,
          techFlag,
          salesFlag,
        },
        { parents: [company.id] },
      );
    }
  }
  FIELDS.forEach(([screen, caption, type, options], index) => {
    provider.put('/system/userDefinedFields', {
      podId: PODS[screen],
      caption,
      sequenceNumber: index + 1,
      fieldTypeIdentifier: type,
      entryTypeIdentifier: options.length > 0 ? 'List' : type === 'Date' ? 'Date' : 'EntryField',
      requiredFlag: false,
      displayOnScreenFlag: true,
      readOnlyFlag: false,
      ...(options.length > 0 && {
        options: options.map((optionValue, at) => ({ id: at + 1, optionValue, sortOrder: at, inactiveFlag: false })),
      }),
    });
  });
  fill(provider, '/company/companies', 'company');
  fill(provider, '/company/contacts', 'contact');
  fill(provider, '/company/configurations', 'configuration');
  associateTypes(provider);
}
