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

/** A record of its own for a type of a company, as companies that are created later get them. */
export function associateType(provider: Provider, company: SandboxRecord, type: unknown): void {
  provider.put(
    '/company/companies/{parentId}/typeAssociations',
    { type, company: provider.ref('CompanyReference', company) },
    { parents: [company.id] },
  );
}

function associateTypes(provider: Provider): void {
  for (const company of provider.all('/company/companies'))
    for (const type of (company.types ?? []) as Record<string, unknown>[]) associateType(provider, company, type);
}

/** Tables round companies (states, team roles, types of notes), and who looks after the customers. */
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
  associateTypes(provider);
}
